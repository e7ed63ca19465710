"""Comma- and tab-separated tables: their columns, and the text of one of them.

The delimiter is the one that a first line such as ``sep=;`` tells, as Excel writes it, or else the one that cuts the
first rows into equally many cells. Quoted cells may hold delimiters
and line breaks (RFC 4180; Python's csv module).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from .. import limits
from ..problems import Problem, counted
from .intake import Intake
from .options import TextOptions

DELIMITERS = (",", "\t", ";", "|")
NO_DELIMITER = "\x1f"  # ASCII's unit separator, in no text: a table of one column
HEAD = 1 << 16  # characters in which to look for delimiter, names and the column with the text
ROWS = 50
DECLARED = re.compile(r"sep=([^\n\r\"])[^\S\n]*(?:\n|\Z)", re.IGNORECASE)
BLANK_LINES = re.compile(r"(?:[^\S\n]*+\n)++")
NAMED = 20  # columns in a sentence
SAMPLES = 3


@dataclass(frozen=True)
class Column:
    """A column: its number from 1, its name (the number, where there are no names), its first cells."""

    number: int
    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What a table looks like.

    Attributes
    ----------
    columns : tuple of Column
    delimiter : str
    header : bool
        Whether the first row holds the names.
    chosen : int
        Index of the column to read.
    """

    columns: tuple[Column, ...]
    delimiter: str
    header: bool
    chosen: int


def beginning(pieces: Iterator[str]) -> str:
    """Take from `pieces` as many as it needs to `look`; return them without the blank lines they begin with."""
    head = ""
    for piece in pieces:
        head += piece  # never much: blank lines go, and a head is enough
        if blank := BLANK_LINES.match(head):
            head = head[blank.end() :]
        if len(head) >= HEAD:
            break
    return head


def look(head: str, options: TextOptions, name: str) -> Table | None:
    """Look at the beginning of a table, passing over blank rows; None if there are no others.

    Raises
    ------
    Problem
        ``no_column``: the options ask for a column that there is not; ``damaged_table``, ``many_columns``.
    """
    head, declared = _declared(head)
    lines = head[:HEAD].split("\n")
    delimiter = declared or _delimiter([line for line in lines if line.strip()][: 4 * ROWS])
    rows = list(islice(_rows(iter(_with_ends(lines)), delimiter, name), ROWS))
    if not rows:
        return None
    width = max(map(len, rows))
    if width > limits.MOST_COLUMNS:
        raise _too_wide(name)
    header = options.header == "yes" or (options.header == "auto" and _has_header(rows))
    names = rows[0]
    body = rows[1:] if header else rows
    columns = tuple(
        Column(
            i + 1,
            names[i].strip() if header and i < len(names) and names[i].strip() else str(i + 1),
            tuple(row[i] for row in body if i < len(row))[:SAMPLES],
        )
        for i in range(width)
    )
    return Table(columns, delimiter, header, _choose(columns, body, options.column, name))


def cells(pieces: Iterable[str], options: TextOptions, name: str, intake: Intake) -> Iterator[str]:
    """Yield the text of the chosen column, cell by cell, each a paragraph.

    Raises
    ------
    Problem
        As `look`.
    """
    pieces = iter(pieces)
    head = beginning(pieces)
    table = look(head, options, name)
    if table is None:
        return
    column = table.columns[table.chosen]
    intake.column = column.name
    rows = _rows(_lines(_declared(head)[0], pieces, name), table.delimiter, name)
    if table.header:
        next(rows, None)
    short = 0
    for row in rows:
        if table.chosen < len(row):
            yield row[table.chosen] + "\n\n"
        else:
            short += 1
    if short:
        intake.notice(
            "short_rows",
            f"Left out of {name}, without a column {column.name}: {counted(short, 'row')}.",
            name=name,
            count=short,
            column=column.name,
        )


def _rows(lines: Iterator[str], delimiter: str, name: str) -> Iterator[list[str]]:
    """Yield the rows in which something stands."""
    csv.field_size_limit(
        max(limits.LONGEST_CELL, csv.field_size_limit())
    )  # the module's one setting, only raised
    size = number = 0  # characters of the row so far, and lines of the table

    def told() -> Iterator[str]:
        nonlocal size, number
        for line in _narrow(lines, delimiter, name):
            size, number = size + len(line), number + 1
            if size > limits.LONGEST_CELL:  # quotes in which lines end, in thousands of cells
                raise _damaged(name, number)
            yield line

    reader = csv.reader(told(), delimiter=delimiter)
    try:
        for row in reader:
            size = 0
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error:
        raise _damaged(name, reader.line_num) from None


def _lines(head: str, pieces: Iterator[str], name: str) -> Iterator[str]:
    """Yield lines with their ends."""
    begun: list[str] = []  # parts of the line that goes on
    size = number = 0
    for piece in chain([head], pieces):
        *whole, rest = piece.split("\n")
        for line in whole:
            number += 1
            yield "".join([*begun, line, "\n"]) if begun else line + "\n"
            begun, size = [], 0
        if rest:
            begun.append(rest)
            size += len(rest)
        if size > limits.LONGEST_CELL:
            raise _damaged(name, number + 1)
    if begun:
        yield "".join(begun)


def _narrow(lines: Iterator[str], delimiter: str, name: str) -> Iterator[str]:
    """Refuse lines of very many cells before they are cells; those with quotes may be one cell all the same."""
    for line in lines:
        if len(line) > limits.PIECE and '"' not in line and line.count(delimiter) >= limits.MOST_COLUMNS:
            raise _too_wide(name)
        yield line


def _with_ends(lines: list[str]) -> list[str]:
    return [line + "\n" for line in lines]


def _too_wide(name: str) -> Problem:
    return Problem(
        "many_columns",
        f"{name} has more than {limits.MOST_COLUMNS:,} columns; keep only those that hold text.",
        name=name,
        most=limits.MOST_COLUMNS,
    )


def _damaged(name: str, line: int) -> Problem:
    return Problem(
        "damaged_table",
        f"{name} cannot be read as a table around line {line}: perhaps a quotation mark is never closed.",
        name=name,
        line=line,
    )


def _declared(head: str) -> tuple[str, str | None]:
    """Return the beginning of a table with a blank line where it tells its delimiter, and that."""
    found = DECLARED.match(head)
    return ("\n" + head[found.end() :], found[1]) if found else (head, None)


def _delimiter(lines: list[str]) -> str:
    best, found = 0.6, NO_DELIMITER  # below, rows are so unlike that the delimiter must be punctuation
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(_with_ends(lines), delimiter=delimiter) if row][:ROWS]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        width, rows = Counter(widths).most_common(1)[0]
        if width > 1 and rows / len(widths) > best:
            best, found = rows / len(widths), delimiter
    return found


def _has_header(rows: list[list[str]]) -> bool:
    """Tell names from data: short, distinct, no numbers and no sentences."""
    if len(rows) < 2:
        return False
    names = [cell.strip() for cell in rows[0]]
    return len(set(names)) == len(names) and all(
        name and len(name) <= 40 and not name[0].isdigit() and not re.search(r"[.!?。！？,，]", name)
        for name in names
    )


def _choose(columns: tuple[Column, ...], body: list[list[str]], asked: str | int | None, name: str) -> int:
    """Return the index of the column that is asked for, or else of the one with the most text."""
    if asked is None:
        return max(range(len(columns)), key=lambda i: _wordiness([row[i] for row in body if i < len(row)]))
    names = [column.name for column in columns]
    wanted = str(asked).strip()
    if isinstance(asked, str):  # a name may be a number, too; an int never means a name
        for given, known in ((wanted, names), (wanted.casefold(), [known.casefold() for known in names])):
            if given in known:
                return known.index(given)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(columns):
        return int(wanted) - 1
    listed = ", ".join(name[: limits.LONGEST_NAME] for name in names[:NAMED]) + (
        "…" if len(names) > NAMED else ""
    )
    raise Problem(
        "no_column",
        f"{name} has no column {wanted[: limits.LONGEST_NAME]}; its columns are {listed}.",
        name=name,
        column=wanted[: limits.LONGEST_NAME],
        columns=listed,
    )


def _wordiness(cells: list[str]) -> float:
    """Return how much text is in cells: letters, in cells of several words or without ASCII letters."""
    return sum(
        sum(map(str.isalpha, cell)) * (1 if " " in cell.strip() or not cell.isascii() else 0.1)
        for cell in cells
    ) / max(1, len(cells))
