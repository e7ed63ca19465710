"""Two tables for the TensorFlow Embedding Projector: vectors.tsv (numbers) and metadata.tsv (words).

The metadata written has the columns "word" and "count" under a heading, which the Projector wants as soon as
there is more than one column. Read is also a single column of words, which has no heading.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from ...problems import Problem
from ..files import numbered_lines
from ..space import Vectors
from .rows import Rows, problem_at
from .text import LARGEST_DIM, decimals, no_vectors, parse_numbers

Counts = npt.NDArray[np.int64]


def metadata_path(path: Path) -> Path:
    """Return where the words of a table of vectors are: vectors.tsv has metadata.tsv beside it."""
    if "vectors" in path.name:
        return path.with_name("metadata".join(path.name.rsplit("vectors", 1)))
    return path.with_name("metadata-" + path.name)


def read_projector(
    file: BinaryIO, name: str, metadata: BinaryIO, metadata_name: str
) -> tuple[list[str], Vectors, Counts | None]:
    """Read both tables; the counts are None where the metadata has no column "count".

    Raises
    ------
    Problem
        ``rows_differ``: one table is longer; ``bad_count_line``; and those of `text` and `Rows`.
    """
    words, counts = _read_metadata(metadata, metadata_name)
    rows = None
    for number, line in numbered_lines(file, name):
        parts = line.rstrip(b" \t\r").split(b"\t")
        if rows is None:
            dim = len(parts)
            if dim > LARGEST_DIM:
                raise no_vectors(name)
            rows = Rows(name, dim, "line", most=len(words))
        values = parse_numbers(parts, dim, name, number)
        if len(rows) == len(words):
            raise _rows_differ(name, metadata_name, len(words) + 1, len(words))
        rows.add(words[len(rows)], values, number)
    if rows is None:
        raise no_vectors(name)
    if len(rows) < len(words):
        raise _rows_differ(name, metadata_name, len(rows), len(words))
    return *rows.finish(), counts


def _read_metadata(file: BinaryIO, name: str) -> tuple[list[bytes], Counts | None]:
    table = [(number, line.rstrip(b"\r").split(b"\t")) for number, line in numbered_lines(file, name)]
    if not table or len(table[0][1]) == 1:
        return [cells[0] for _, cells in table], None
    heading = [cell.strip().lower() for cell in table[0][1]]
    word = heading.index(b"word") if b"word" in heading else 0
    count = heading.index(b"count") if b"count" in heading else None
    words, counts = [], []
    for number, cells in table[1:]:
        if len(cells) != len(heading):
            raise Problem(
                "wrong_columns",
                f"{name}, line {number}: {len(cells)} columns where there should be {len(heading)}.",
                name=name,
                line=number,
                found=len(cells),
                expected=len(heading),
            )
        words.append(cells[word])
        if count is not None:
            text = cells[count].strip()
            if not text.isdigit() or len(text) > 18:
                shown = text[:40].decode(errors="replace")
                raise problem_at("bad_count", name, "line", number, f"{shown!r} is no count.", text=shown)
            counts.append(int(text))
    return words, None if count is None else np.array(counts, dtype=np.int64)


def _rows_differ(name: str, metadata: str, vectors: int, words: int) -> Problem:
    more = "or more " if vectors > words else ""
    return Problem(
        "rows_differ",
        f"{name} has {vectors} {more}rows of numbers, {metadata} has {words} words: they do not belong "
        "together.",
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
