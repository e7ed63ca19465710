"""Vectors as lines of text: word2vec's text format, GloVe's, and the number tables of `projector`.

    word2vec    a header "V d", then V lines "word number ... number"
    GloVe       the same lines without a header
    a table     the same with tabs in place of blanks

The last d columns are the vector. A word may hold blanks (GloVe's largest file has such words) as long as the parts
after a blank are no numbers.

fastText's ``.vec`` files are word2vec text. Numbers are written as the shortest decimals that give the same
float32 again.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from ...problems import Problem, counted
from ..files import numbered_lines
from ..space import Vectors
from .rows import BadRow, RowBuffer, Terms, check_dim

HEADER = re.compile(rb" *(\d{1,18}) +(\d{1,18})[ \r\n]*")
SHOWN = 40  # bytes of what is wrong that a message shows


def parse_header(line: bytes, name: str) -> tuple[int, int]:
    """Return the rows and columns that a word2vec header promises.

    Raises
    ------
    Problem
        ``unknown_format``: not even text. ``bad_header``: no two whole numbers. ``no_vectors``: a zero.
        ``too_many_dimensions``.
    """
    match = HEADER.fullmatch(line)
    if match is None:
        shown = line[:SHOWN].decode(errors="replace").strip()
        if b"\0" in line or not is_utf8(line):
            raise unknown_format(name)
        raise Problem(
            "bad_header",
            f"{name}: the first line should give the number of words and of dimensions, not {shown!r}.",
            name=name,
            header=shown,
        )
    rows, dim = int(match[1]), int(match[2])
    check_dim(dim, name)
    if not rows or not dim:
        raise no_vectors(name)
    return rows, dim


def unknown_format(name: str) -> Problem:
    """Make the Problem ``unknown_format``: nothing says what it is."""
    return Problem("unknown_format", f"{name} is in no format that can be read here.", name=name)


def no_vectors(name: str) -> Problem:
    """Make the Problem ``no_vectors``: a sound file of nothing."""
    return Problem("no_vectors", f"{name} holds no vectors.", name=name)


def read_word2vec_text(file: BinaryIO, terms: Terms) -> tuple[list[str], Vectors]:
    """Read a header and as many lines as it promises.

    Raises
    ------
    Problem
        ``bad_header``, ``no_vectors``, and those of `RowBuffer` and `numbered_lines`. Unless `terms` pass over it,
        ``too_few_rows``, ``too_many_rows``; of a line ``wrong_columns``, ``not_a_number``.
    """
    name, found = terms.name, 0
    lines = numbered_lines(file, name, terms.fault)
    number, line = next(lines, (1, b""))
    promised, dim = parse_header(line, name)
    rows = RowBuffer(terms, dim, "line", promised)
    for number, line in lines:
        if rows.full:
            return rows.finish()
        found += 1
        if found == promised + 1:
            terms.fault(
                Problem(
                    "too_many_rows",
                    f"{name}: the first line promises {counted(promised, 'word')}, but line {number} is one more.",
                    name=name,
                    promised=promised,
                    line=number,
                )
            )
        _take(line, number, rows, dim, terms)
    if found < promised and not rows.full:
        terms.fault(
            Problem(
                "too_few_rows",
                f"{name}: the first line promises {counted(promised, 'word')}, but the file ends after {found} "
                f"(line {number}).",
                name=name,
                promised=promised,
                found=found,
                line=number,
            )
        )
    return rows.finish()


def read_glove(file: BinaryIO, terms: Terms, separator: bytes = b" ") -> tuple[list[str], Vectors]:
    """Read lines without a header; the first decides the dimension.

    Raises
    ------
    Problem
        As `read_word2vec_text`, the header's apart.
    """
    name, rows = terms.name, None
    for number, line in numbered_lines(file, name, terms.fault):
        if rows is None:
            dim = line.rstrip().count(separator)
            check_dim(dim, name)
            if not dim:
                raise no_vectors(name)
            rows = RowBuffer(terms, dim, "line")
        if rows.full:
            break
        _take(line, number, rows, dim, terms, separator)
    if rows is None:
        raise no_vectors(name)
    return rows.finish()


def _take(line: bytes, number: int, rows: RowBuffer, dim: int, terms: Terms, separator: bytes = b" ") -> None:
    """Take a line "word number ... number" over."""
    parts = line.rstrip(b" \t\r").split(separator)  # word2vec.c and fastText end their lines with a space
    extra = len(parts) - 1 - dim
    if extra > 0 and not any(map(is_number, parts[1 : 1 + extra])):
        parts[: 1 + extra] = [separator.join(parts[: 1 + extra])]
    try:
        rows.add(parts[0], parse_numbers(parts[1:], dim, terms.name, number), number)
    except BadRow as problem:
        terms.fault(problem)


def parse_numbers(parts: list[bytes], dim: int, name: str, number: int) -> list[float]:
    """Return the numbers of a line.

    Raises
    ------
    BadRow
        ``wrong_columns``: there are not `dim`. ``not_a_number``: names the column's text.
    """
    if len(parts) != dim:
        raise BadRow(
            "wrong_columns",
            f"{name}, line {number}: {counted(len(parts), 'number')} where there should be {dim}.",
            name=name,
            line=number,
            found=len(parts),
            expected=dim,
        )
    try:
        values = list(map(float, parts))
        if b"_" not in b"".join(parts):  # Python's own 1_000, which no format knows
            return values
    except ValueError:
        pass
    wrong = next(part for part in parts if not is_number(part))[:SHOWN].decode(errors="replace")
    raise BadRow(
        "not_a_number",
        f"{name}, line {number}: {wrong!r} is not a number.",
        name=name,
        line=number,
        text=wrong,
    )


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8, but for a character cut in two at their end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def is_number(part: bytes) -> bool:
    """Tell whether a column's text is a number (nan and inf are)."""
    try:
        float(part)
    except ValueError:
        return False
    return b"_" not in part and part == part.strip()


def write_word2vec_text(file: BinaryIO, words: list[bytes], vectors: Vectors) -> None:
    """Write a header and a line a word."""
    file.write(b"%d %d\n" % vectors.shape)
    write_glove(file, words, vectors)


def write_glove(file: BinaryIO, words: list[bytes], vectors: Vectors) -> None:
    """Write a line a word."""
    for word, numbers in zip(words, decimals(vectors, " "), strict=True):
        file.write(b"%b %b\n" % (word, numbers))


def decimals(vectors: Vectors, separator: str) -> Iterator[bytes]:
    """Yield each row's numbers as text."""
    for row in vectors:
        yield separator.join(map(str, row)).encode()
