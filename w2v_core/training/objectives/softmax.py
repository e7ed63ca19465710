"""Full softmax (Mikolov et al. 2013b, eq. 2; course notes, 2.1-2.2).

    p(o | c) = exp(w_c . u_o) / sum_w exp(w_c . u_w)        L = -log p(o | c)

The distribution depends on the center alone, so all contexts of one word share a row of scores.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import log_softmax

from ...corpus.vocabulary import Vocabulary
from ..config import TrainingConfig
from ..losses import softmax
from .common import Draw, Floats, Index


class Softmax:
    """-log p(o | c), every word a column. Starts at ln V."""

    loss = staticmethod(softmax)
    draw_blocks = None
    block = 16
    noise = None

    def __init__(self, vocabulary: Vocabulary, config: TrainingConfig) -> None:
        self.n_outputs = len(vocabulary)
        self.start_value = math.log(len(vocabulary))
        self.start_values = np.full(len(vocabulary), self.start_value)

    @staticmethod
    def scored_columns(vocabulary_size: int, config: TrainingConfig) -> int:
        """Return how many columns a row has: all words."""
        return vocabulary_size

    def draw(
        self, n_rows: int, row: Index, target: Index, rng: np.random.Generator, noise: Index | None = None
    ) -> Draw:
        """Take the whole vocabulary as columns; the pairs are the counts."""
        return Draw(slice(None), (row, target))

    def expected(self, n_rows: int, row: Index, target: Index, count: Floats) -> Draw:
        """Weigh each pair with its count."""
        return Draw(slice(None), (row, target, count))

    def word_scores(self, scores: Floats) -> Floats:
        """Rank by w . u."""
        return scores

    def log_probabilities(self, scores: Floats) -> Floats:
        """Return log p(w | c)."""
        return log_softmax(scores, axis=1)
