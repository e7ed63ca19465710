"""Two tables for the TensorFlow Embedding Projector: vectors.tsv (numbers) and metadata.tsv (words).

The metadata written has the columns "word" and "count" under a heading, which the Projector wants as soon as
there is more than one column. A single column of words has none, though some have: then there is a line too many.
Of several columns the one that is called for words is read, or else the first that does not hold numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import PurePath
from typing import BinaryIO, TypeVar, cast

import numpy as np
import numpy.typing as npt

from ... import limits
from ...problems import Problem, counted
from ..files import numbered_lines
from ..space import Vectors
from .rows import BadRow, RowBuffer, Terms, check_dim
from .text import SHOWN, decimals, is_number, no_vectors, parse_numbers

AnyPath = TypeVar("AnyPath", bound=PurePath)
Counts = npt.NDArray[np.int64]
Fault = Callable[[Problem], None]

# What people call a column of words, the likeliest first.
WORD_COLUMNS = (
    b"word",
    b"words",
    b"token",
    b"tokens",
    b"label",
    b"labels",
    b"term",
    b"name",
    b"text",
    b"title",
)
MOST_NAMED = 10  # columns in a sentence
LOOKED_AT = 100  # lines, for a column that does not hold numbers


def metadata_path(path: AnyPath) -> AnyPath:
    """Return where the words of a table of vectors are: vectors.tsv has metadata.tsv beside it."""
    if "vectors" in path.name:
        return path.with_name("metadata".join(path.name.rsplit("vectors", 1)))
    return path.with_name("metadata-" + path.name)


def read_projector(
    file: BinaryIO, terms: Terms, metadata: BinaryIO, metadata_name: str, column: str | None = None
) -> tuple[list[str], Vectors, Counts | None]:
    """Read both tables; the counts are None where the metadata has no column "count".

    Parameters
    ----------
    column : str, optional
        The metadata's column of words: its name, or its number from 1.

    Raises
    ------
    Problem
        ``rows_differ``: one table is longer; ``no_word_column``; ``bad_count_line``; and those of `text` and
        `RowBuffer`.
    """
    name = terms.name
    words = _words(metadata, metadata_name, column, terms.fault, lambda: sum(1 for _ in _again(file, name)))
    words = chain(list(islice(words, 1)), words)  # the first before the numbers, which may have to be counted
    rows = None  # words come in step with the numbers: there may be any number of them
    found = 0
    for found, (number, line) in enumerate(_lines(file, name, terms.fault), 1):
        if rows is not None and rows.full:
            return *rows.finish(), _counts(rows)
        pair = next(words, None)
        if pair is None:
            raise _rows_differ(name, metadata_name, found, found - 1)
        word, count = pair
        if line is None or word is None:
            continue
        parts = line.rstrip(b" \t\r").split(b"\t")
        if rows is None:
            dim = len(parts)
            check_dim(dim, name)
            rows = RowBuffer(terms, dim, "line")
        try:
            rows.add(word, parse_numbers(parts, dim, name, number), number, count)
        except BadRow as problem:
            terms.fault(problem)
    if rows is None:
        raise no_vectors(name)
    if not rows.full and (more := sum(1 for _ in words)):
        raise _rows_differ(name, metadata_name, found, found + more)
    return *rows.finish(), _counts(rows)


def _counts(rows: RowBuffer) -> Counts | None:
    return np.array(rows.counts, dtype=np.int64) if rows.counts else None


def _lines(file: BinaryIO, name: str, fault: Fault) -> Iterator[tuple[int, bytes | None]]:
    """Yield as `numbered_lines` do; None for a last line without an end that `fault` passes over: it counts as one."""
    unfinished: list[Problem] = []
    yield from numbered_lines(file, name, unfinished.append)
    for problem in unfinished:
        fault(problem)
        yield cast(int, problem.details["line"]), None


def _again(file: BinaryIO, name: str) -> Iterator[bytes | None]:
    """Yield all lines, of which faults are told elsewhere; the file stands at the end where it stood."""
    start = file.tell()
    for _, line in _lines(file, name, lambda _: None):
        yield line
    file.seek(start)


def _words(
    file: BinaryIO, name: str, column: str | None, fault: Fault, rows: Callable[[], int]
) -> Iterator[tuple[bytes | None, int | None]]:
    """Yield each word, None if it may be cut off, and its count, if there is a column of counts.

    `rows` counts the lines of numbers.
    """
    start = file.tell()
    table = _cells(file, name, fault)
    _, first = next(table, (1, None))
    if first is None:
        return
    if len(first) < 2:
        if first and column is not None:
            _word_column(first, [], name, column)  # the only one, or none
        lines: Iterator[list[bytes]] = chain([first], (cells for _, cells in table))
        if first and first[0].strip().lower() in WORD_COLUMNS:
            # Or a word like any other, as the number of lines says.
            file.seek(start)
            headed = sum(1 for _ in _again(file, name)) == rows() + 1
            lines = (cells for _, cells in _cells(file, name, fault))
            if headed:
                next(lines)
        yield from ((cells[0] if cells else None, None) for cells in lines)
        return
    sample = list(islice(table, LOOKED_AT))
    word = _word_column(first, [cells for _, cells in sample], name, column)
    heading = [cell.strip().lower() for cell in first]
    count = heading.index(b"count") if b"count" in heading else None
    for number, cells in chain(sample, table):
        if not cells:
            yield None, None
            continue
        if len(cells) != len(heading):
            raise Problem(
                "wrong_columns",
                f"{name}, line {number}: {counted(len(cells), 'column')} where there should be {len(heading)}.",
                name=name,
                line=number,
                found=len(cells),
                expected=len(heading),
            )
        text = b"0" if count is None else cells[count].strip()
        if not text.isdigit() or len(text) > 18:
            shown = text[:SHOWN].decode(errors="replace")
            what = f"{name}, line {number}: {shown!r} is no count."
            raise Problem("bad_count_line", what, name=name, line=number, text=shown)
        yield cells[word], None if count is None else int(text)


def _word_column(heading: list[bytes], sample: list[list[bytes]], name: str, wanted: str | None) -> int:
    """Return which column holds the words."""
    names = [cell.strip().lower() for cell in heading]
    if wanted is not None:
        if (named := wanted.strip().lower().encode(errors="replace")) in names:
            return names.index(named)
        if (wanted_number := wanted.strip()) in (numbers := [str(i) for i in range(1, len(names) + 1)]):
            return numbers.index(wanted_number)
        shown = [cell[:SHOWN].decode(errors="replace") for cell in heading]
        raise Problem(
            "no_word_column",
            f"{name} has no column {wanted[:SHOWN]!r}; its columns are {', '.join(shown[:MOST_NAMED])}"
            f"{' …' if len(shown) > MOST_NAMED else ''}.",
            name=name,
            column=wanted[:SHOWN],
            columns=tuple(shown),
        )
    for usual in WORD_COLUMNS:
        if usual in names:
            return names.index(usual)
    for place in range(len(names)):
        if any(place < len(cells) and not is_number(cells[place].strip()) for cells in sample):
            return place
    return 0


def _cells(file: BinaryIO, name: str, fault: Fault) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the lines of a table of words, with their numbers, cut into cells; none where `_lines` give None."""
    for number, line in _lines(file, name, fault):
        cells = [] if line is None else line.rstrip(b"\r").split(b"\t", limits.MOST_METADATA_COLUMNS)
        if len(cells) > limits.MOST_METADATA_COLUMNS:
            most = limits.MOST_METADATA_COLUMNS
            what = f"{name}, line {number}: more than {most} columns; leave only the one with the words."
            raise Problem("many_columns_line", what, name=name, line=number, most=most)
        yield number, cells


def _rows_differ(name: str, metadata: str, vectors: int, words: int) -> Problem:
    more = " or more" if vectors > words else ""
    return Problem(
        "rows_differ",
        f"{name} has {counted(vectors, 'row')}{more} of numbers, {metadata} has {counted(words, 'word')}: they do not "
        "belong together.",
        name=name,
        metadata=metadata,
        vectors=vectors,
        words=words,
    )


def write_projector(
    file: BinaryIO, metadata: BinaryIO, words: list[bytes], vectors: Vectors, counts: Counts | None
) -> None:
    """Write both tables; without counts the one of words has no heading, as the Projector wants it."""
    for numbers in decimals(vectors, "\t"):
        file.write(numbers + b"\n")
    if counts is None:
        metadata.writelines(word + b"\n" for word in words)
        return
    metadata.write(b"word\tcount\n")
    for word, count in zip(words, counts.tolist(), strict=True):
        metadata.write(b"%b\t%d\n" % (word, count))
