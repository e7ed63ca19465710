"""Comma- and tab-separated tables: their columns, and the text of one of them.

The delimiter is the one that cuts the first rows into equally many cells. Quoted cells may hold delimiters
and line breaks (RFC 4180; Python's csv module).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ..problems import Problem
from .intake import Intake
from .options import TextOptions

DELIMITERS = (",", "\t", ";", "|")
NO_DELIMITER = "\x1f"  # ASCII's unit separator, in no text: a table of one column
HEAD = 1 << 16  # characters in which to look for delimiter, names and the column with the text
ROWS = 50
BLANK_LINES = re.compile(r"(?:[^\S\n]*+\n)++")
LONGEST_CELL = 1 << 22  # characters; a quote that is never closed ends here at the latest
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
        head += piece
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
        ``no_column``: the options ask for a column that there is not; ``damaged_table``.
    """
    lines = head[:HEAD].split("\n")
    delimiter = _delimiter([line for line in lines if line.strip()][: 4 * ROWS])
    rows = list(islice(_rows(iter(_with_ends(lines)), delimiter, name), ROWS))
    if not rows:
        return None
    header = options.header == "yes" or (options.header == "auto" and _has_header(rows))
    names = rows[0]
    body = rows[1:] if header else rows
    columns = tuple(
        Column(
            i + 1,
            names[i].strip() if header and i < len(names) and names[i].strip() else str(i + 1),
            tuple(row[i] for row in body if i < len(row))[:SAMPLES],
        )
        for i in range(max(map(len, rows)))
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
    rows = _rows(_lines(head, pieces, name), table.delimiter, name)
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
            f"{short} rows of {name} have no column {column.name}; they were left out.",
            name=name,
            count=short,
            column=column.name,
        )


def _rows(lines: Iterator[str], delimiter: str, name: str) -> Iterator[list[str]]:
    """Yield the rows in which something stands."""
    csv.field_size_limit(max(LONGEST_CELL, csv.field_size_limit()))  # the module's one setting, only raised
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        yield from (row for row in reader if any(map(str.strip, row)))
    except csv.Error:
        raise _damaged(name, reader.line_num) from None


def _lines(head: str, pieces: Iterator[str], name: str) -> Iterator[str]:
    """Yield lines with their ends."""
    rest, number = "", 0
    piece: str | None = head
    while piece is not None:
        *whole, rest = (rest + piece).split("\n")
        for line in whole:
            number += 1
            yield line + "\n"
        if len(rest) > LONGEST_CELL:
            raise _damaged(name, number + 1)
        piece = next(pieces, None)
    if rest:
        yield rest


def _with_ends(lines: list[str]) -> list[str]:
    return [line + "\n" for line in lines]


def _damaged(name: str, line: int) -> Problem:
    return Problem(
        "damaged_table",
        f"{name} cannot be read as a table around line {line}: perhaps a quotation mark is never closed.",
        name=name,
        line=line,
    )


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
    raise Problem(
        "no_column",
        f"{name} has no column {wanted}; its columns are {', '.join(names)}.",
        name=name,
        column=wanted,
        columns=", ".join(names),
    )


def _wordiness(cells: list[str]) -> float:
    """Return how much text is in cells: letters, in cells of several words or without ASCII letters."""
    return sum(
        sum(map(str.isalpha, cell)) * (1 if " " in cell.strip() or not cell.isascii() else 0.1)
        for cell in cells
    ) / max(1, len(cells))
