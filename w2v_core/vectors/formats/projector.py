"""Two tables for the TensorFlow Embedding Projector: vectors.tsv (numbers) and metadata.tsv (words).

The metadata written has the columns "word" and "count" under a heading, which the Projector wants as soon as
there is more than one column. Read is also a single column of words, which has no heading.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from ... import limits
from ...problems import Problem, counted
from ..files import numbered_lines
from ..space import Vectors
from .rows import RowBuffer, check_dim, problem_at
from .text import SHOWN, decimals, no_vectors, parse_numbers

Counts = npt.NDArray[np.int64]


def metadata_path(path: Path) -> Path:
    """Return where the words of a table of vectors are: vectors.tsv has metadata.tsv beside it."""
    if "vectors" in path.name:
        return path.with_name("metadata".join(path.name.rsplit("vectors", 1)))
    return path.with_name("metadata-" + path.name)


def read_projector(
    file: BinaryIO, name: str, metadata: BinaryIO, metadata_name: str, limit: int | None = None
) -> tuple[list[str], Vectors, Counts | None]:
    """Read both tables; the counts are None where the metadata has no column "count".

    Raises
    ------
    Problem
        ``rows_differ``: one table is longer; ``bad_count_line``; and those of `text` and `RowBuffer`.
    """
    words = _words(metadata, metadata_name)  # in step with the numbers: it may be any number of words
    rows, counts = None, array("q")
    for number, line in numbered_lines(file, name):
        parts = line.rstrip(b" \t\r").split(b"\t")
        if rows is None:
            dim = len(parts)
            check_dim(dim, name)
            rows = RowBuffer(name, dim, "line", limit=limit)
        values = parse_numbers(parts, dim, name, number)
        word, count = next(words, (None, None))
        if word is None:
            raise _rows_differ(name, metadata_name, len(rows) + 1, len(rows))
        rows.add(word, values, number)
        if count is not None:
            counts.append(count)
    if rows is None:
        raise no_vectors(name)
    if more := sum(1 for _ in words):
        raise _rows_differ(name, metadata_name, len(rows), len(rows) + more)
    return *rows.finish(), np.array(counts, dtype=np.int64) if counts else None


def _words(file: BinaryIO, name: str) -> Iterator[tuple[bytes, int | None]]:
    """Yield each word and its count, if there is a column of counts."""
    table = _cells(file, name)
    _, first = next(table, (1, []))
    if len(first) < 2:
        yield from ((cell, None) for cell in first)
        yield from ((cells[0], None) for _, cells in table)
        return
    heading = [cell.strip().lower() for cell in first]
    word = heading.index(b"word") if b"word" in heading else 0
    count = heading.index(b"count") if b"count" in heading else None
    for number, cells in table:
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
            raise problem_at("bad_count", name, "line", number, f"{shown!r} is no count.", text=shown)
        yield cells[word], None if count is None else int(text)


def _cells(file: BinaryIO, name: str) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the lines of a table of words, with their numbers, cut into cells."""
    for number, line in numbered_lines(file, name):
        cells = line.rstrip(b"\r").split(b"\t", limits.MOST_METADATA_COLUMNS)
        if len(cells) > limits.MOST_METADATA_COLUMNS:
            raise problem_at(
                "many_columns",
                name,
                "line",
                number,
                f"more than {limits.MOST_METADATA_COLUMNS} columns; leave only the one with the words.",
                most=limits.MOST_METADATA_COLUMNS,
            )
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
    file: BinaryIO, metadata: BinaryIO, words: list[bytes], vectors: Vectors, counts: Counts
) -> None:
    """Write both tables."""
    for numbers in decimals(vectors, "\t"):
        file.write(numbers + b"\n")
    metadata.write(b"word\tcount\n")
    for word, count in zip(words, counts.tolist(), strict=True):
        metadata.write(b"%b\t%d\n" % (word, count))
