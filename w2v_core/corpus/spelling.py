"""Words by how they are spelt: for words half typed, or typed wrong. Upper and lower case are one, and so
are a letter with its mark and the one character that stands for both (Unicode's canonical equivalence).

Two spellings are alike as `difflib` measures it: twice the letters that match, in order, over the letters of both.
That takes a second for 100,000 words. So at first every word is 64 bits, one for each of its letters and pairs of
neighbouring letters (hashed; ends count as letters); the few words that share most of them are then measured.
To `difflib` two letters that have changed places are two errors; who types makes one of it, and so does `close`.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence

import numpy as np

from .. import limits

MEASURED = 300  # words that are compared letter by letter
LONGEST = 64  # letters of a word that are looked at; to compare two takes at least their product
LEAST_ALIKE = 0.6


def composed(text: str) -> str:
    """Return a text in the form in which words are kept.

    That is Unicode's NFC, in which nearly all texts are written (macOS names its files in NFD), without soft hyphens,
    which say where a word may be broken. Runs of marks must be bounded: to compose one takes the square of its length.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text).replace("\xad", "")


def composed_word(word: str) -> str:
    """Return a word in that form; what is too long for a word, and may be a run of marks, stays as it is."""
    return composed(word) if len(word) <= limits.LONGEST_WORD else word


def folded(word: str) -> str:
    """Return what all spellings of a word have in common that differ in case or in form alone."""
    return composed_word(composed_word(word).casefold())


class Spellings:
    """The spellings of some words.

    Parameters
    ----------
    words : sequence of str
        The most frequent first: where several suit equally, the earlier is the answer.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        same = map(folded, words)
        self._folded = [other if other != word else word for other, word in zip(same, words, strict=True)]
        self._first = {word: i for i, word in reversed(list(enumerate(self._folded)))}
        # From a generator: a list of a million numbers would be made an array in one piece, and halt other threads.
        self._bits = np.fromiter(map(_bits, self._folded), dtype=np.uint64, count=len(words))

    def same(self, word: str) -> str | None:
        """Return the most frequent word that differs from `word` in case (and form) alone, if there is one."""
        found = self._first.get(folded(word))
        return None if found is None else self._words[found]

    def completions(self, part: str, n: int) -> list[str]:
        """Return up to `n` words that begin with `part`, then words that contain it; each kind by frequency."""
        part = folded(part)
        inside = [i for i, word in enumerate(self._folded) if part in word]
        inside.sort(key=lambda i: not self._folded[i].startswith(part))
        return [self._words[i] for i in inside[:n]]

    def close(self, word: str, n: int, least_alike: float = LEAST_ALIKE) -> list[str]:
        """Return up to `n` words spelt like `word` (1: the same letters; 0: no common one), the closest first.

        The very closest are those in which two neighboring letters have changed places.
        """
        word = folded(word)[:LONGEST]
        swapped = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
        swaps = sorted({self._first[other] for other in swapped if other != word and other in self._first})
        bits = np.uint64(_bits(word))
        shared = np.bitwise_count(self._bits & bits).astype(np.int64)
        alike = 2 * shared / (np.bitwise_count(self._bits) + int(np.bitwise_count(bits)))
        likely = np.argsort(-alike, kind="stable")[:MEASURED]
        candidates: dict[str, str] = {}
        for i in likely:
            spelling = self._folded[i]
            candidates.setdefault(spelling[:LONGEST], self._words[self._first[spelling]])
        found = difflib.get_close_matches(word, candidates, n, least_alike)
        close = [*(self._words[i] for i in swaps), *(candidates[spelling] for spelling in found)]
        return list(dict.fromkeys(close))[:n]


def _bits(word: str) -> int:
    """Return the 64 bits of a word."""
    bits, before = 0, 1
    for letter in (*map(ord, word[:LONGEST]), 2):
        bits |= 1 << (letter & 63) | 1 << ((31 * before + letter) & 63)
        before = letter
    return bits
