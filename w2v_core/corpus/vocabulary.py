"""Words, their ids and counts, and the two probabilities that follow from the counts.

Keep probability (subsampling): word2vec.c's ``sqrt(t/f) + t/f``, capped at 1. The paper (Mikolov et al.,
2013b, eq. 5) prints ``sqrt(t/f)``; the code is what everybody runs.
Noise distribution: ``P(w) ~ count(w)**power`` with power `NOISE_POWER` (ibid., section 2.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..problems import UnknownWord
from .spelling import Spellings, composed_word, folded

Floats = npt.NDArray[np.float64]

NOISE_POWER = 0.75


class Vocabulary:
    """The words of a corpus, most frequent first.

    Parameters
    ----------
    words : sequence of str
        Distinct words by falling count; a word's place is its id.
    counts : (V,) int array
        How often each occurs.
    counted : bool
        Whether that is so. A file of vectors may be without counts: then ranks stand in for them.
    """

    def __init__(self, words: Sequence[str], counts: npt.ArrayLike, counted: bool = True) -> None:
        self.counted = counted
        self.words = tuple(words)
        self.counts = np.array(counts, dtype=np.int64)
        self.counts.setflags(write=False)
        self._ids = {word: i for i, word in enumerate(self.words)}
        if len(self._ids) != len(self.counts):
            raise ValueError("every word must be distinct and have one count")

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._found(word) is not None

    def id(self, word: str) -> int:
        """Return a word's id; raise `UnknownWord` (a KeyError) that names close spellings."""
        if (found := self._found(word)) is None:
            raise UnknownWord(word, self.close_spellings(word))
        return found

    def own(self, word: str) -> str | None:
        """Return a word as this vocabulary writes it, or None for an unknown one."""
        found = self._found(word)
        return None if found is None else self.words[found]

    def _found(self, word: str) -> int | None:
        """Return the id of a word; if none is written just so, of one that Unicode holds for the same."""
        if (found := self._ids.get(word)) is None:
            form = composed_word(word)
            found = self._ids.get(form, self._uncomposed.get(form))
        return found

    @cached_property
    def _uncomposed(self) -> dict[str, int]:
        """The words that are not in Unicode's form NFC, in that form."""
        forms = ((composed_word(word), word) for word in reversed(self.words))
        return {form: self._ids[word] for form, word in forms if form != word}

    def ids(self, words: Iterable[str]) -> npt.NDArray[np.int64]:
        """Return the ids of several words."""
        return np.array([self.id(word) for word in words], dtype=np.int64)

    def close_spellings(self, word: str, n: int = 3) -> list[str]:
        """Return up to `n` words spelt like `word`, the closest first."""
        return self.spellings.close(word, n)

    @cached_property
    def spellings(self) -> Spellings:
        """The words by how they are spelt; made at the first use, 0.3 s for 100,000 words."""
        return Spellings(self.words)

    def containing(self, part: str) -> npt.NDArray[np.int64]:
        """Return the ids of all words that contain `part`, whatever the case, ascending."""
        part = folded(part)
        return np.array([i for i, word in enumerate(self.words) if part in folded(word)], dtype=np.int64)

    def keep_probability(self, threshold: float) -> Floats:
        """Return the (V,) probability that one occurrence survives subsampling; 0 keeps all."""
        if threshold == 0:
            return np.ones(len(self))
        ratio = threshold * self.counts.sum() / self.counts  # t / f
        return np.minimum(1.0, np.sqrt(ratio) + ratio)

    def noise_distribution(self, power: float = NOISE_POWER) -> Floats:
        """Return the (V,) probabilities from which negatives are drawn."""
        weights = self.counts.astype(np.float64) ** power
        return weights / weights.sum()
