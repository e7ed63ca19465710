"""Words and rows as a reader meets them, gathered into one float32 array and checked on the way.

The array grows with the rows that are really there, never by what a header promises.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ... import limits
from ...problems import Problem
from ..space import Vectors

FIRST_NUMBERS = 1 << 18  # room to begin with
CHECKED = 4096  # rows looked through at once
# Larger numbers come from damage, not from training; below it, sums of squares fit into float32.
LARGEST = 1e15
WORD_BYTES = 200  # what a short word takes in lists and dictionaries
LETTER_BYTES = 4  # and for each of its bytes in UTF-8, at most


class RowBuffer:
    """The words and vectors of one file.

    Parameters
    ----------
    name : str
        The file, for messages.
    dim : int
        Numbers a row.
    unit : {"line", "row"}
        What places are counted in: lines of a text, rows of a binary file. Problem codes end with it.
    most : int, optional
        Rows to make room for at most.
    limit : int, optional
        Bytes of memory that words and numbers may take.

    Raises
    ------
    Problem
        ``too_many_vectors``, ``vectors_too_big``: so many rows are more than allowed.
    """

    def __init__(
        self, name: str, dim: int, unit: str, most: int | None = None, limit: int | None = None
    ) -> None:
        self.name, self.unit = name, unit
        self._most, self._limit = most, limit
        self._bytes = limits.MOST_VECTOR_BYTES if limit is None else limit
        self._letters = 0
        self._check(most or 0, dim)
        self._seen: dict[str, int] = {}
        self._places = array("q")
        first = max(1, FIRST_NUMBERS // dim)
        first = first if most is None else min(first, most)
        self._array = np.empty((first, dim), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._seen)

    def add(self, word: bytes, values: Sequence[float] | npt.NDArray[np.floating], place: int) -> None:
        """Append one word, as UTF-8, and its numbers.

        Raises
        ------
        Problem
            ``bad_word_*``, ``long_word_*``, ``not_utf8_*``, ``duplicate_word_*``, with * "line" or "row";
            ``too_many_vectors``, ``vectors_too_big``.
        """
        n = len(self._seen)
        self._letters += len(word)
        self._check(n + 1, self._array.shape[1])
        text = decoded(word, self.name, self.unit, place)
        if self._seen.setdefault(text, n) != n:
            what = f"the word {text!r} has a vector already."
            raise problem_at("duplicate_word", self.name, self.unit, place, what, word=text)
        if n == len(self._array):
            self._array.resize((self._room(n), self._array.shape[1]), refcheck=False)
        with np.errstate(over="ignore"):  # 1e99 becomes inf, which `finish` reports
            self._array[n] = values
        self._places.append(place)

    def finish(self) -> tuple[list[str], Vectors]:
        """Return the words and their (V, d) vectors.

        Raises
        ------
        Problem
            ``bad_value_*``: a number is not finite, or absurdly large.
        """
        n = len(self._seen)
        self._array.resize((n, self._array.shape[1]), refcheck=False)
        check_values(self._array, self.name, self.unit, self._places)
        return list(self._seen), self._array

    def _room(self, n: int) -> int:
        """Return for how many rows to make room where `n` are full: for twice as many, but no more than may come."""
        fit = (self._bytes - LETTER_BYTES * self._letters) // memory(1, self._array.shape[1], 0)
        return max(n + 1, min(2 * n, fit, self._most or limits.MOST_VECTORS))

    def _check(self, rows: int, dim: int) -> None:
        check_rows(rows, self.name)
        check_size(memory(rows, dim, self._letters), self.name, self._limit)


def memory(rows: int, dim: int, letters: int) -> int:
    """Return about how many bytes of memory so many words and vectors take; `letters` are the words' bytes."""
    return rows * (WORD_BYTES + 4 * dim) + LETTER_BYTES * letters


def check_rows(rows: int, name: str) -> None:
    """Raise Problem ``too_many_vectors`` if these are more than any file may hold."""
    if rows > limits.MOST_VECTORS:
        raise Problem(
            "too_many_vectors",
            f"{name} has more than {limits.MOST_VECTORS:,} words; keep the most frequent ones.",
            name=name,
            most=limits.MOST_VECTORS,
        )


def check_dim(dim: int, name: str) -> None:
    """Raise Problem ``too_many_dimensions`` if these are more than any vector may have."""
    if dim > limits.LONGEST_VECTOR:
        raise Problem(
            "too_many_dimensions",
            f"{name} has {dim:,} numbers for each word; vectors of at most {limits.LONGEST_VECTOR:,} can be read.",
            name=name,
            dim=dim,
            most=limits.LONGEST_VECTOR,
        )


def check_size(size: int, name: str, limit: int | None) -> None:
    """Raise Problem ``vectors_too_big`` if `size` bytes of memory are more than allowed."""
    limit = limits.MOST_VECTOR_BYTES if limit is None else limit
    if size > limit:
        limit_mb = round(limit / (1 << 20))
        raise Problem(
            "vectors_too_big",
            f"{name} holds more vectors than fit into {limit_mb} MB of memory; keep the most frequent words, or fewer "
            "dimensions.",
            name=name,
            limit_mb=limit_mb,
        )


def problem_at(code: str, name: str, unit: str, place: int, what: str, **details: object) -> Problem:
    """Make the Problem ``<code>_<unit>``, which says what is wrong at which line or row of a file."""
    details |= {"name": name, unit: place}
    return Problem(f"{code}_{unit}", f"{name}, {unit} {place}: {what}", **details)


def decoded(word: bytes, name: str, unit: str, place: int) -> str:
    """Return a word from its UTF-8 bytes, or raise ``long_word_*``, ``not_utf8_*`` or ``bad_word_*``."""
    if len(word) > limits.LONGEST_VECTOR_WORD:
        what = f"the word has more than {limits.LONGEST_VECTOR_WORD} bytes; no word is so long."
        raise problem_at("long_word", name, unit, place, what, most=limits.LONGEST_VECTOR_WORD)
    try:
        text = word.decode()
    except UnicodeDecodeError:
        raise problem_at("not_utf8", name, unit, place, "the word is not in UTF-8.") from None
    if not text:
        raise problem_at("bad_word", name, unit, place, "there is no word before the numbers.")
    return text


def check_values(vectors: Vectors, name: str, unit: str, places: Sequence[int]) -> None:
    """Raise Problem ``bad_value_*`` at the first row with a number that no training ends with."""
    for start in range(0, len(vectors), CHECKED):
        usable = np.abs(vectors[start : start + CHECKED]) <= LARGEST  # False for nan, too
        if not usable.all():
            row = int(np.flatnonzero(~usable.all(axis=1))[0])
            value = float(vectors[start + row][~usable[row]][0])
            what = f"{value:g} is no coordinate of a vector."
            raise problem_at("bad_value", name, unit, places[start + row], what, value=value)
