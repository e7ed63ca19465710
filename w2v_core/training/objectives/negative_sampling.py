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
import numpy.typing as npt
from scipy.special import log_expit, log_softmax

from ...corpus.vocabulary import Vocabulary
from ..config import TrainingConfig
from ..losses import logistic
from ..rows import distinct
from .common import Draw, Floats, Index, count_cells, expected_start
from .noise import Noise

# Long blocks share their noise words among many centers; draws per pair are of use to a single row.
BLOCK = {"shared": 32, "per_pair": 8}

Positives = npt.NDArray[np.bool_]
DrawnNoise = tuple[Index, Floats]  # (b, N) word ids, and how often each counts for each row (b, r, N)


class NegativeSampling:
    """One question "pair or noise?" for each pair and each of its K noise words. Starts at (K + 1) ln 2.

    If no draw counts that hits its target, it starts at (1 + K (1 - Pn(o))) ln 2.
    """

    loss = staticmethod(logistic)

    def __init__(self, vocabulary: Vocabulary, config: TrainingConfig) -> None:
        self.noise = Noise(vocabulary, config)
        self.n_outputs = len(vocabulary)
        self.block = BLOCK[config.noise]
        self.shared, self.pool = config.noise == "shared", config.noise_pool
        self.start_values = (1 + self.noise.negatives * self.noise.share_kept()) * math.log(2)
        self.start_value = expected_start(self.start_values, vocabulary, config)

    @staticmethod
    def scored_columns(vocabulary_size: int, config: TrainingConfig) -> int:
        """Return about how many columns a block has: the text around, and the noise."""
        block = BLOCK[config.noise]
        # On average a center reaches (window + 1) / 2 words to either side.
        drawn = block * (config.window + 1) * config.negatives
        return block + 2 * config.window + (config.noise_pool if config.noise == "shared" else drawn)

    def draw(
        self, n_rows: int, row: Index, target: Index, rng: np.random.Generator, noise: Index | None = None
    ) -> Draw:
        """Take the targets and the noise words as columns; count pairs and draws for each cell."""
        drawn = self.noise.draw(rng, len(row)) if noise is None else noise
        pair, noise_word = self.noise.counted(drawn, target)
        columns, column = distinct(np.concatenate([target, noise_word]), self.n_outputs)
        shape = n_rows, len(columns)
        positives = count_cells(row, column[: len(target)], shape)
        negatives = count_cells(row[pair], column[len(target) :], shape)
        return Draw(columns, (positives, negatives))

    def draw_blocks(self, targets: Index, positives: npt.NDArray[np.bool_], rng: np.random.Generator) -> Draw:
        """Take each block's targets and its noise words as columns."""
        draw_noise = self._draw_pools if self.shared else self._draw_per_pair
        noise_word, negatives = draw_noise(targets, positives, rng)
        columns, place = distinct(np.concatenate([targets, noise_word], axis=1), self.n_outputs)
        # Side by side, so that one product scores both: fewer and larger products are faster.
        counts = np.zeros((2, *positives.shape[:2], place.shape[1]), dtype=np.float32)
        counts[0, ..., : targets.shape[1]] = positives
        counts[1, ..., targets.shape[1] :] = negatives
        return Draw(columns, (counts[0], counts[1]), place)

    def _draw_pools(self, targets: Index, positives: Positives, rng: np.random.Generator) -> DrawnNoise:
        """Let a block's N draws stand for the K that each of its pairs owes: each draw counts K/N."""
        noise_word = self.noise.draw_pools(rng, len(targets), self.pool)
        owed = self.noise.owed(positives.astype(np.float32), targets, noise_word)
        return noise_word, owed * (self.noise.negatives / self.pool)

    def _draw_per_pair(self, targets: Index, positives: Positives, rng: np.random.Generator) -> DrawnNoise:
        """Draw K words for every pair, the textbook's way: each is noise for its own row alone."""
        block, row, column = np.nonzero(positives)
        drawn = self.noise.draw(rng, len(block))
        pair, word = self.noise.counted(drawn, targets[block, column])
        block, row = block[pair], row[pair]
        of_block = np.bincount(block, minlength=len(targets))
        slot = np.arange(len(word)) - (np.cumsum(of_block) - of_block)[block]  # its column among its block's
        noise_word = np.zeros((len(targets), int(of_block.max())), dtype=word.dtype)  # filled up with word 0
        negatives = np.zeros((*positives.shape[:2], noise_word.shape[1]), dtype=np.float32)
        noise_word[block, slot] = word
        negatives[block, row, slot] = 1
        return noise_word, negatives

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
