"""Words and rows as a reader meets them, gathered into one float32 array and checked on the way.

The array grows with the rows that are really there, never by what a header promises.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ...problems import Problem
from ..space import Vectors

FIRST_NUMBERS = 1 << 18  # room to begin with
CHECKED = 4096  # rows looked through at once
# Larger numbers come from damage, not from training; below it, sums of squares fit into float32.
LARGEST = 1e15
WORD_BYTES = 200  # what a short word takes in lists and dictionaries


class Rows:
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
        ``vectors_too_big``: `most` rows would take more than `limit`.
    """

    def __init__(
        self, name: str, dim: int, unit: str, most: int | None = None, limit: int | None = None
    ) -> None:
        self.name, self.unit = name, unit
        self._most, self._limit = most, limit
        check_size(memory(most or 0, dim), name, limit)
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
            ``bad_word_*``, ``not_utf8_*``, ``duplicate_word_*``, with * "line" or "row"; ``vectors_too_big``.
        """
        n = len(self._seen)
        check_size(memory(n + 1, self._array.shape[1]), self.name, self._limit)
        text = decoded(word, self.name, self.unit, place)
        if self._seen.setdefault(text, n) != n:
            what = f"the word {text!r} has a vector already."
            raise problem_at("duplicate_word", self.name, self.unit, place, what, word=text)
        if n == len(self._array):
            room = 2 * n if self._most is None else min(2 * n, self._most)
            self._array.resize((room, self._array.shape[1]), refcheck=False)
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


def memory(rows: int, dim: int) -> int:
    """Return about how many bytes of memory so many words and vectors take."""
    return rows * (WORD_BYTES + 4 * dim)


def check_size(size: int, name: str, limit: int | None) -> None:
    """Raise Problem ``vectors_too_big`` if `size` bytes of memory are more than allowed."""
    if limit is not None and size > limit:
        limit_mb = round(limit / (1 << 20))
        raise Problem(
            "vectors_too_big",
            f"{name} holds more vectors than fit into {limit_mb} MB of memory.",
            name=name,
            limit_mb=limit_mb,
        )


def problem_at(code: str, name: str, unit: str, place: int, what: str, **details: object) -> Problem:
    """Make the Problem ``<code>_<unit>``, which says what is wrong at which line or row of a file."""
    details |= {"name": name, unit: place}
    return Problem(f"{code}_{unit}", f"{name}, {unit} {place}: {what}", **details)


def decoded(word: bytes, name: str, unit: str, place: int) -> str:
    """Return a word from its UTF-8 bytes, or raise ``not_utf8_*`` or ``bad_word_*``."""
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
