"""Negative sampling (Mikolov et al. 2013b, eq. 4).

    L = -log sigmoid(w_c . u_o) - sum over K noise words n ~ Pn of log sigmoid(-w_c . u_n)

With P(o | c) the share of c's pairs that are with o, each score's own optimum is (Levy and Goldberg 2014)

    s = log( P(o | c) / (K Pn(o)) )                            PMI - log K where Pn is P
    s = log( P(o | c) / (K Pn(o) (1 - P(o | c))) )             if no draw counts that hits its target

so that exp(s) gives back P(o | c): the columns compare with a softmax once Pn is put back.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import log_expit, log_softmax

from ...corpus.vocabulary import Vocabulary
from ..config import TrainingConfig
from ..losses import logistic
from .common import Draw, Floats, Index, count_cells, distinct, expected_start
from .noise import Noise


class NegativeSampling:
    """One question "pair or noise?" for each pair and each of its K noise words. Starts at (K + 1) ln 2.

    If no draw counts that hits its target, it starts at (1 + K (1 - Pn(o))) ln 2.
    """

    loss = staticmethod(logistic)

    def __init__(self, vocabulary: Vocabulary, config: TrainingConfig) -> None:
        self.noise = Noise(vocabulary, config)
        self.n_outputs = len(vocabulary)
        self.pool = config.noise_pool if config.noise == "shared" else None
        self.start_values = (1 + self.noise.negatives * self.noise.share_kept()) * math.log(2)
        self.start_value = expected_start(self.start_values, vocabulary, config)

    def draw(
        self, n_rows: int, row: Index, target: Index, rng: np.random.Generator, noise: Index | None = None
    ) -> Draw:
        """Take the targets and the noise words as columns; count pairs and draws for each cell."""
        if self.pool is not None and noise is None:
            return self._draw_shared(self.pool, n_rows, row, target, rng)
        drawn = self.noise.draw(rng, len(row)) if noise is None else noise
        pair, noise_word = self.noise.counted(drawn, target)
        columns, column = distinct(np.concatenate([target, noise_word]), self.n_outputs)
        shape = n_rows, len(columns)
        positives = count_cells(row, column[: len(target)], shape)
        negatives = count_cells(row[pair], column[len(target) :], shape)
        return Draw(columns, (positives, negatives))

    def _draw_shared(
        self, pool: int, n_rows: int, row: Index, target: Index, rng: np.random.Generator
    ) -> Draw:
        """Let the pool's N draws stand for the K that every pair owes: each draw counts K/N."""
        noise_word = self.noise.draw_pool(rng, pool)
        columns, column = distinct(np.concatenate([target, noise_word]), self.n_outputs)
        shape = n_rows, len(columns)
        positives = count_cells(row, column[: len(target)], shape)
        drawn = np.bincount(column[len(target) :], minlength=len(columns))
        pairs = np.bincount(row, minlength=n_rows)[:, None]
        owed = self.noise.owing(pairs, positives) * (self.noise.negatives / pool)
        return Draw(columns, (positives, (owed * drawn).astype(np.float32)))

    def expected(self, n_rows: int, row: Index, target: Index, count: Floats) -> Draw:
        """Take every word as a column, with K Pn(w) noise words for each pair."""
        positives = count_cells(row, target, (n_rows, self.n_outputs), count)
        return Draw(slice(None), (positives, self.noise.expected(positives)))

    def word_scores(self, scores: Floats) -> Floats:
        """Rank by w . u."""
        return scores

    def log_probabilities(self, scores: Floats) -> Floats:
        """Solve the optimum for P(w | c), and make it sum to 1."""
        log_odds = scores + np.log(self.noise.negatives * self.noise.distribution)
        return log_softmax(log_odds if self.noise.may_hit_target else log_expit(log_odds), axis=1)
