"""What each objective trains on: the columns of the score matrix, and the counts it draws for them.

Every objective reads a batch as pairs (row, target) and answers two things: which rows of U are the columns,
and the counts that its loss form takes. The loss itself is in `losses`, the one descent step in `trainer`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ..corpus.vocabulary import Vocabulary
from ..problems import Problem
from .config import TrainingConfig
from .losses import logistic, softmax

Index = npt.NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Draw:
    """The part of U that a batch touches, and what its loss form needs besides the scores.

    Attributes
    ----------
    columns : (m,) int array of distinct rows of U, or slice(None) for all
    counts : tuple
        The remaining arguments of the objective's loss form.
    """

    columns: Index | slice
    counts: tuple[Any, ...]


class Objective(Protocol):
    """What the trainer asks of an objective."""

    n_outputs: int
    """Rows of U."""
    start_value: float
    """Mean loss per pair while U = 0, so that every score is 0."""

    def draw(self, n_rows: int, row: Index, target: Index, rng: np.random.Generator) -> Draw:
        """Choose columns and counts for P pairs: `row` (P,) in 0..n_rows-1, `target` (P,) word ids."""

    def loss(self, scores: npt.NDArray[Any], *counts: Any) -> tuple[float, npt.NDArray[Any]]:
        """Return the summed loss and dloss/dscores."""


class Softmax:
    """Full softmax: p(o | c) = exp(w_c . u_o) / sum_w exp(w_c . u_w), loss -log p (course notes, 2.1-2.2).

    The distribution depends on the center alone, so all contexts of one word share a row of scores.
    """

    loss = staticmethod(softmax)

    def __init__(self, vocabulary: Vocabulary, config: TrainingConfig) -> None:
        self.n_outputs = len(vocabulary)
        self.start_value = math.log(len(vocabulary))

    def draw(self, n_rows: int, row: Index, target: Index, rng: np.random.Generator) -> Draw:
        """Take the whole vocabulary as columns; the pairs are the counts."""
        return Draw(slice(None), (row, target))


class NegativeSampling:
    """Negative sampling: -log sigmoid(w_c . u_o) - sum over K noise words of log sigmoid(-w_c . u_n).

    A noise draw may equal the target (word2vec.c skips such draws, which moves the optimum).
    """

    loss = staticmethod(logistic)

    def __init__(self, vocabulary: Vocabulary, config: TrainingConfig) -> None:
        if config.negatives > len(vocabulary):
            raise Problem(
                "too_many_negatives",
                f"{config.negatives} negatives a pair, but the vocabulary has only {len(vocabulary)} words.",
                negatives=config.negatives,
                words=len(vocabulary),
            )
        self.n_outputs = len(vocabulary)
        self.negatives = config.negatives
        self.pool = config.noise_pool if config.noise == "shared" else None
        self.start_value = (1 + self.negatives) * math.log(2)
        self._cumulative = np.cumsum(vocabulary.noise_distribution(config.noise_power))
        self._cumulative[-1] = 1.0  # rounding must not leave a gap at the top

    def draw(self, n_rows: int, row: Index, target: Index, rng: np.random.Generator) -> Draw:
        """Take the targets and the noise words as columns; count pairs and draws for each cell."""
        if self.pool is None:
            noise = self._noise_words(rng.random(len(row) * self.negatives))
        else:  # one draw in each 1/N of the distribution: as fair as independent draws, less spread
            noise = self._noise_words((np.arange(self.pool) + rng.random(self.pool)) / self.pool)
        columns, column = distinct(np.concatenate([target, noise]), self.n_outputs)
        pair_column, noise_column = column[: len(target)], column[len(target) :]

        shape = n_rows, len(columns)
        positives = count_cells(row, pair_column, shape)
        if self.pool is None:
            negatives = count_cells(np.repeat(row, self.negatives), noise_column, shape)
        else:  # every pair owes K draws; the pool's N draws stand for all of them
            owed = np.bincount(row, minlength=n_rows) * (self.negatives / self.pool)
            drawn = np.bincount(noise_column, minlength=len(columns))
            negatives = np.outer(owed, drawn).astype(np.float32)
        return Draw(columns, (positives, negatives))

    def _noise_words(self, uniform: npt.NDArray[np.float64]) -> Index:
        return np.searchsorted(self._cumulative, uniform, side="right")


_OBJECTIVES: dict[str, Callable[[Vocabulary, TrainingConfig], Objective]] = {
    "softmax": Softmax,
    "negative_sampling": NegativeSampling,
}


def make_objective(vocabulary: Vocabulary, config: TrainingConfig) -> Objective:
    """Return the objective that `config` names, for this vocabulary."""
    return _OBJECTIVES[config.objective](vocabulary, config)


def distinct(ids: Index, size: int) -> tuple[Index, Index]:
    """Return the distinct ids (rising) and, for each given id, its place among them.

    Like ``numpy.unique(ids, return_inverse=True)``, but through a table of `size` marks instead of a sort:
    about 4 times as fast for a batch's ids.
    """
    present = np.zeros(size, dtype=bool)
    present[ids] = True
    found = np.flatnonzero(present)
    place = np.empty(size, dtype=np.int64)
    place[found] = np.arange(len(found))
    return found, place[ids]


def count_cells(row: Index, column: Index, shape: tuple[int, int]) -> npt.NDArray[np.float32]:
    """Count how often each cell (row, column) occurs, as a float32 matrix."""
    cells = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1])
    return cells.reshape(shape).astype(np.float32)
