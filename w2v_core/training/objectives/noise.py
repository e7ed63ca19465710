"""Noise words: K a pair, from P(w) ~ count(w)^power, as independent draws or as a pool for each block.

If a draw may not hit its own pair's target it is dropped, not drawn again (word2vec.c's rule): the pair then
has fewer than K noise words. A shared pool does the same by giving a pair's own target no weight.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ...corpus.vocabulary import Vocabulary
from ...problems import Problem, counted
from ..config import TrainingConfig

Index = npt.NDArray[np.integer]
Counts = npt.NDArray[np.floating]


class Noise:
    """Where noise words come from.

    Attributes
    ----------
    negatives : int
        K, draws a pair.
    distribution : (V,) float64 array
        Pn.
    may_hit_target : bool

    Raises
    ------
    Problem
        ``too_many_negatives``: more than there are words.
    """

    def __init__(self, vocabulary: Vocabulary, config: TrainingConfig) -> None:
        if config.negatives > len(vocabulary):
            raise Problem(
                "too_many_negatives",
                f"{counted(config.negatives, 'negative')} a pair, but the vocabulary has only "
                f"{counted(len(vocabulary), 'word')}.",
                negatives=config.negatives,
                words=len(vocabulary),
            )
        self.negatives = config.negatives
        self.may_hit_target = config.noise_may_hit_target
        self.distribution = vocabulary.noise_distribution(config.noise_power)
        # Upper ends of all words' intervals but the last, which takes whatever rounding leaves at the top.
        self._ends = np.cumsum(self.distribution)[:-1]

    def draw(self, rng: np.random.Generator, pairs: int) -> Index:
        """Draw K words for each pair: (pairs, K) word ids."""
        return self._words(rng.random(pairs * self.negatives)).reshape(pairs, self.negatives)

    def draw_pools(self, rng: np.random.Generator, blocks: int, size: int) -> Index:
        """Draw a pool of `size` words for each block: (blocks, size) word ids.

        One draw falls in each 1/size of Pn, and over all blocks one in each 1/(blocks size): as fair as free
        draws, less spread, and rising numbers are found faster than random ones.
        """
        n = blocks * size
        return self._words((np.arange(n) + rng.random(n)) / n).reshape(size, blocks).T

    def counted(self, noise: Index, target: Index) -> tuple[Index, Index]:
        """Return those of (P, k) draws that count: which pair each is for, and the word."""
        pair = np.repeat(np.arange(len(noise)), noise.shape[1])
        word = noise.ravel()
        if not self.may_hit_target:
            counts = word != target[pair]
            pair, word = pair[counts], word[counts]
        return pair, word

    def owed(self, positives: Counts, targets: Index, noise: Index) -> Counts:
        """Return for how many pairs of each row a block's draws count: (b, r, 1) if all alike, or (b, r, N).

        `positives` (b, r, c) are the pairs, `targets` (b, c) their words, `noise` (b, N) the draws.
        """
        pairs = positives @ np.ones(
            (positives.shape[2], 1), positives.dtype
        )  # a sum 6 times as fast as .sum()
        if self.may_hit_target:
            return pairs
        return pairs - positives @ (targets[:, :, None] == noise[:, None, :]).astype(positives.dtype)

    def expected(self, positives: Counts) -> Counts:
        """Return the expected noise counts (n, V) of pair counts (n, V): K Pn(w) for each pair that owes."""
        pairs = positives.sum(axis=1, keepdims=True)
        owed = pairs if self.may_hit_target else pairs - positives
        return owed * (self.negatives * self.distribution)

    def share_kept(self) -> npt.NDArray[np.float64]:
        """Return, for each word as target, the expected share of its draws that count."""
        return np.ones_like(self.distribution) if self.may_hit_target else 1 - self.distribution

    def _words(self, uniform: npt.NDArray[np.float64]) -> Index:
        return np.searchsorted(self._ends, uniform, side="right")
