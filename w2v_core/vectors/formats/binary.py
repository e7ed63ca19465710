"""word2vec's binary format: a header line "V d", then for each word its bytes, a space and d float32 numbers.

Numbers are little-endian. word2vec.c ends each row with a line feed, gensim does not; both are read, and
gensim's way is written.
"""

from __future__ import annotations

from typing import BinaryIO

import numpy as np

from ... import limits
from ...problems import Problem, counted
from ..files import BLOCK
from ..space import Vectors
from .rows import BadRow, RowBuffer, Terms, problem_at
from .text import parse_header

LONGEST_HEADER = 100


def read_word2vec_binary(file: BinaryIO, terms: Terms) -> tuple[list[str], Vectors]:
    """Read a header and as many rows as it promises, a block at a time.

    Raises
    ------
    Problem
        ``bad_header``, ``no_vectors``, and those of `RowBuffer`. Unless `terms` pass over it, ``cut_off``: the file
        ends within a row; ``trailing_bytes``: it goes on after the last.
    """
    name, found = terms.name, 0
    buffer = file.readline(LONGEST_HEADER)
    promised, dim = parse_header(buffer, name)
    rows = RowBuffer(terms, dim, "row", promised)
    start = len(buffer)  # of the next row in the buffer
    passed = 0  # bytes of the file before the buffer
    while found < promised and not rows.full:
        space = buffer.find(b" ", start)
        numbers = space + 1
        if space < 0 or len(buffer) - numbers < 4 * dim:
            block = file.read(BLOCK)
            if not block:
                terms.fault(_cut_off(name, promised, found, passed + len(buffer)))
                return rows.finish()
            if (
                space < 0 and len(buffer) - start > limits.LONGEST_VECTOR_WORD + 1
            ):  # with a line end before it
                raise problem_at("bad_word", name, "row", found + 1, "there is no end to the word.")
            passed += start
            buffer, start = buffer[start:] + block, 0
            continue
        values = np.frombuffer(buffer, "<f4", dim, numbers)
        found += 1
        try:
            rows.add(buffer[start:space].removeprefix(b"\n"), values, found)
        except BadRow as problem:
            terms.fault(problem)
        start = numbers + 4 * dim
    if found == promised and (buffer[start:] + file.read(2)) not in (b"", b"\n"):
        terms.fault(
            Problem(
                "trailing_bytes",
                f"{name}: the first line promises {counted(promised, 'word')}, but there is more after the last (byte "
                f"{passed + start}).",
                name=name,
                promised=promised,
                byte=passed + start,
            )
        )
    return rows.finish()


def _cut_off(name: str, promised: int, found: int, byte: int) -> Problem:
    return Problem(
        "cut_off",
        f"{name}: the first line promises {counted(promised, 'word')}, but the file ends after {found} "
        f"(byte {byte}).",
        name=name,
        promised=promised,
        found=found,
        byte=byte,
    )


def write_word2vec_binary(file: BinaryIO, words: list[bytes], vectors: Vectors) -> None:
    """Write a header and a row a word."""
    file.write(b"%d %d\n" % vectors.shape)
    for word, row in zip(words, vectors.astype("<f4", copy=False), strict=True):
        file.write(word + b" " + row.tobytes())
