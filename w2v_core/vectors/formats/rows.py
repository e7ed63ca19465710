"""Words and rows as a reader meets them, gathered into one float32 array and checked on the way.

The array grows with the rows that are really there, never by what a header promises.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ... import limits
from ...problems import Faults, Problem
from ..space import Vectors, check_choice

FIRST_NUMBERS = 1 << 18  # room to begin with
CHECKED = 4096  # rows looked through at once
# Larger numbers come from damage, not from training; below it, sums of squares fit into float32.
LARGEST = 1e15
WORD_BYTES = 200  # what a short word takes in lists and dictionaries
LETTER_BYTES = 4  # and for each of its bytes in UTF-8, at most


ERRORS = ("refuse", "skip")


class BadRow(Problem):
    """A fault of one word or its numbers, without which the rest of the file can be used."""


@dataclass(frozen=True, eq=False)
class Terms:
    """On what terms a file is read: how much of it, and what becomes of its faults.

    Attributes
    ----------
    name : str
        The file, for messages.
    limit : int, optional
        Bytes of memory that words and numbers may take.
    first : int, optional
        Read no more than so many words.
    errors : {"refuse", "skip"}
        Whether a fault that the rest can be used without refuses the file.
    faults : Faults
        Those that were passed over.
    """

    name: str
    limit: int | None = None
    first: int | None = None
    errors: str = "refuse"
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        check_choice("errors", self.errors, ERRORS)
        if self.first is not None and self.first < 1:
            what = f"first must be a whole number, at least 1, not {self.first!r}."
            raise Problem("bad_setting", what, name="first", value=self.first)

    def fault(self, problem: Problem) -> None:
        """Raise a problem, or pass over it if that is wished."""
        if self.errors == "refuse":
            raise problem
        self.faults.add(problem)

    def check_most_is_kept(self, kept: int) -> None:
        """Raise the first fault if there are more of them than words: the file is not what it seems."""
        if self.faults.count > kept:
            raise self.faults.first[0]

    def at_most(self, promised: int) -> int:
        """Return how many of the words that a file promises are wanted."""
        return promised if self.first is None else min(promised, self.first)


class RowBuffer:
    """The words and vectors of one file.

    Parameters
    ----------
    terms : Terms
    dim : int
        Numbers a row.
    unit : {"line", "row"}
        What places are counted in: lines of a text, rows of a binary file. Problem codes end with it.
    promised : int, optional
        Rows that the file says it has.

    Attributes
    ----------
    counts : array of int
        How often each word occurs, where that is known.

    Raises
    ------
    Problem
        ``too_many_vectors``, ``vectors_too_big``: so many rows are more than allowed.
    """

    def __init__(self, terms: Terms, dim: int, unit: str, promised: int | None = None) -> None:
        self.name, self.unit = terms.name, unit
        self._terms = terms
        # A promise that may be wrong is none.
        known = promised is not None and terms.errors == "refuse"
        self._most = terms.at_most(promised) if promised is not None and known else None
        self._bytes = limits.MOST_VECTOR_BYTES if terms.limit is None else terms.limit
        self._letters = 0
        check_rows(self._most or 0, self.name)
        check_size(memory(self._most or 0, dim, 0), self.name, terms.limit)
        self._seen: dict[str, int] = {}
        self.counts = array("q")
        first = max(1, FIRST_NUMBERS // dim)
        first = first if self._most is None else min(first, self._most)
        self._array = np.empty((first, dim), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._seen)

    @property
    def full(self) -> bool:
        """Whether as many words are here as are wanted."""
        return len(self._seen) == self._terms.first

    def add(
        self,
        word: bytes,
        values: Sequence[float] | npt.NDArray[np.floating],
        place: int,
        count: int | None = None,
    ) -> None:
        """Append one word, as UTF-8, and its numbers.

        Raises
        ------
        BadRow
            ``bad_word_*``, ``long_word_*``, ``not_utf8_*``, ``duplicate_word_*``, ``bad_value_*`` (a number is not
            finite, or absurdly large), with * "line" or "row".
        Problem
            ``too_many_vectors``, ``vectors_too_big``.
        """
        n, dim = len(self._seen), self._array.shape[1]
        text = decoded(word, self.name, self.unit, place)
        if text in self._seen:
            what = f"the word {text!r} has a vector already."
            raise problem_at("duplicate_word", self.name, self.unit, place, what, word=text)
        letters = self._letters + len(word)
        check_rows(n + 1, self.name)
        check_size(memory(n + 1, dim, letters), self.name, self._terms.limit)
        if n == len(self._array):
            self._array.resize((self._room(n), dim), refcheck=False)
        with np.errstate(over="ignore", invalid="ignore"):  # 1e99 becomes inf, which is reported
            self._array[n] = values
            # For sound rows, at a fraction of what looking at each number costs.
            suspect = not self._array[n].dot(self._array[n]) <= LARGEST**2
        if suspect and not (np.abs(row := self._array[n].copy()) <= LARGEST).all():
            raise bad_value(row, self.name, self.unit, place)
        self._seen[text], self._letters = n, letters
        if count is not None:
            self.counts.append(count)

    def finish(self) -> tuple[list[str], Vectors]:
        """Return the words and their (V, d) vectors.

        Raises
        ------
        Problem
            If faults are passed over, the first of them if they outnumber the words.
        """
        n = len(self._seen)
        self._terms.check_most_is_kept(n)
        self._array.resize((n, self._array.shape[1]), refcheck=False)
        return list(self._seen), self._array

    def _room(self, n: int) -> int:
        """Return for how many rows to make room where `n` are full: for twice as many, but no more than may come."""
        fit = (self._bytes - LETTER_BYTES * self._letters) // memory(1, self._array.shape[1], 0)
        return max(n + 1, min(2 * n, fit, self._most or limits.MOST_VECTORS))


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


def problem_at(code: str, name: str, unit: str, place: int, what: str, **details: object) -> BadRow:
    """Make the Problem ``<code>_<unit>``, which says what is wrong at which line or row of a file."""
    details |= {"name": name, unit: place}
    return BadRow(f"{code}_{unit}", f"{name}, {unit} {place}: {what}", **details)


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


def check_values(vectors: Vectors, name: str) -> None:
    """Raise Problem ``bad_value_row`` at the first row with a number that no training ends with."""
    for row in bad_rows(vectors):
        raise bad_value(vectors[row], name, "row", row + 1)


def bad_rows(vectors: Vectors) -> Iterator[int]:
    """Yield the rows with a number that no training ends with."""
    for start in range(0, len(vectors), CHECKED):
        usable = np.abs(vectors[start : start + CHECKED]) <= LARGEST  # False for nan, too
        if not usable.all():
            yield from (start + np.flatnonzero(~usable.all(axis=1))).tolist()


def bad_value(row: Vectors, name: str, unit: str, place: int) -> BadRow:
    """Make the Problem ``bad_value_*`` for the first number of a row that cannot be."""
    value = float(row[~(np.abs(row) <= LARGEST)][0])
    what = f"{value:g} is no coordinate of a vector."
    return problem_at("bad_value", name, unit, place, what, value=value)
