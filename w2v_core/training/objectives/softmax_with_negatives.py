"""The course notes' softmax with negative words, as sections 2.3 and 2.4 write it.

    P(o | c) = exp(w_c . u_o) / sum_w exp(w_c . u_w)        P(n | c) = exp(-w_c . u_n) / sum_w exp(w_c . u_w)

    L = -sum over contexts o of log P(o | c) - sum over K noise words n ~ Pn of log P(n | c)

P(n | c) is no probability: over all words it does not sum to 1 (numerator and denominator differ in sign),
and it may exceed 1. And L has no lower bound: lower every score by a, and each noise word's term falls by 2a
while the contexts' terms stay. Training runs towards minus infinity. It is here to be shown, not to be used.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import log_softmax

from ...corpus.vocabulary import Vocabulary
from ..config import TrainingConfig
from ..losses import softmax
from .common import Draw, Floats, Index, count_cells, expected_start
from .noise import Noise


class SoftmaxWithNegatives:
    """Contexts have weight +1, noise words -1, in one softmax form. Starts at (K + 1) ln V.

    K words are drawn for every pair, whatever `config.noise` says: all words are columns anyway.
    """

    loss = staticmethod(softmax)
    draw_blocks = None
    block = 16

    def __init__(self, vocabulary: Vocabulary, config: TrainingConfig) -> None:
        self.noise = Noise(vocabulary, config)
        self.n_outputs = len(vocabulary)
        self.start_values = (1 + self.noise.negatives * self.noise.share_kept()) * math.log(len(vocabulary))
        self.start_value = expected_start(self.start_values, vocabulary, config)

    @staticmethod
    def scored_columns(vocabulary_size: int, config: TrainingConfig) -> int:
        """Return how many columns a row has: all words."""
        return vocabulary_size

    def draw(
        self, n_rows: int, row: Index, target: Index, rng: np.random.Generator, noise: Index | None = None
    ) -> Draw:
        """Take the whole vocabulary as columns; add the noise words to the pairs, with weight -1."""
        drawn = self.noise.draw(rng, len(row)) if noise is None else noise
        pair, noise_word = self.noise.counted(drawn, target)
        weight = np.ones(len(row) + len(pair), dtype=np.float32)
        weight[len(row) :] = -1
        return Draw(
            slice(None), (np.concatenate([row, row[pair]]), np.concatenate([target, noise_word]), weight)
        )

    def expected(self, n_rows: int, row: Index, target: Index, count: Floats) -> Draw:
        """Add every word to the pairs, with weight -K Pn(w) for each pair of the row."""
        positives = count_cells(row, target, (n_rows, self.n_outputs), count)
        noise_row, noise_word = np.divmod(np.arange(positives.size), self.n_outputs)
        weight = np.concatenate([count, -self.noise.expected(positives).ravel()])
        return Draw(
            slice(None), (np.concatenate([row, noise_row]), np.concatenate([target, noise_word]), weight)
        )

    def word_scores(self, scores: Floats) -> Floats:
        """Rank by w . u."""
        return scores

    def log_probabilities(self, scores: Floats) -> Floats:
        """Return log P(w | c) of a word as context, the one of the two that is a probability."""
        return log_softmax(scores, axis=1)
