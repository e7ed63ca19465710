"""What all objectives share: the answer they give, what is asked of them, and counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ...corpus.vocabulary import Vocabulary
from ..config import TrainingConfig
from ..rows import collect, spread
from .noise import Noise

Index = npt.NDArray[np.integer]
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Draw:
    """The part of U that a batch touches, and what its loss form needs besides the scores.

    Attributes
    ----------
    columns : (m,) int array of distinct rows of U, or slice(None) for all
    counts : tuple
        The remaining arguments of the objective's loss form.
    place : (b, c) int array, optional
        For a stack of b blocks: which of `columns` each block's c columns are.
    """

    columns: Index | slice
    counts: tuple[Any, ...]
    place: Index | None = None

    def outputs(self, vectors: Floats) -> Floats:
        """Return X (..., c, d), given U[columns]."""
        return vectors if self.place is None else spread(vectors, self.place)

    def back(self, gradient: Floats) -> Floats:
        """Return dU[columns] (m, d), given dX."""
        if self.place is None or isinstance(self.columns, slice):
            return gradient
        return collect(gradient, self.place, len(self.columns))


DrawBlocks = Callable[[Index, npt.NDArray[np.bool_], np.random.Generator], Draw]


class Objective(Protocol):
    """What the trainer, the probe and the microscope ask of an objective."""

    @property
    def n_outputs(self) -> int:
        """Rows of U."""

    @property
    def block(self) -> int:
        """Centers in each block of a batch, for objectives that draw blocks: measured, as many as train fastest."""

    @property
    def start_value(self) -> float:
        """Mean loss per pair while U = 0, so that every score is 0, averaged over the words as targets.

        Where the loss at 0 differs from word to word, a batch's own first loss differs from it.
        """

    @property
    def start_values(self) -> Floats:
        """(V,) The loss of a pair with each word as target while every score is 0."""

    @property
    def noise(self) -> Noise | None:
        """Where its noise words come from; None if it has none."""

    @property
    def draw_blocks(self) -> DrawBlocks | None:
        """Choose columns and counts for a stack of blocks: `targets` (b, c) word ids, `positives` (b, r, c).

        For losses that score few words a pair this is much faster than `draw`, and has the same gradient: to the
        digit with noise drawn for each pair, in expectation with pools. None for losses that score the whole
        vocabulary: there the rows of one matrix share all columns.
        """

    def draw(
        self, n_rows: int, row: Index, target: Index, rng: np.random.Generator, noise: Index | None = None
    ) -> Draw:
        """Choose columns and counts for P pairs: `row` (P,) in 0..n_rows-1, `target` (P,) word ids.

        `noise` (P, k), word ids, takes the place of drawn noise; objectives without noise ignore it.
        """

    def expected(self, n_rows: int, row: Index, target: Index, count: Floats) -> Draw:
        """Return all columns with the *expected* counts of `count[p]` pairs (row[p], target[p]), in float64.

        (row, target) must be distinct. Nothing is drawn.
        """

    @property
    def loss(self) -> Callable[..., tuple[float, npt.NDArray[Any]]]:
        """The loss form: from scores and counts to the summed loss and dloss/dscores (`losses`)."""

    def word_scores(self, scores: Floats) -> Floats:
        """Turn (n, n_outputs) scores into (n, V): how the model ranks the words, as what it trains says."""

    def log_probabilities(self, scores: Floats) -> Floats:
        """Turn (n, n_outputs) scores into (n, V) log p(word | row), rows summing to 1: comparable for all."""


def expected_start(start_values: Floats, vocabulary: Vocabulary, config: TrainingConfig) -> float:
    """Return the mean of (V,) start values over the words as targets.

    A word is met as often as subsampling leaves it. Sentence ends, where windows are cut short, are left out
    of account; `reference.start_value` is exact for given pairs.
    """
    met = vocabulary.counts * vocabulary.keep_probability(config.subsample)
    return float(np.average(start_values, weights=met))


def count_cells(
    row: Index, column: Index, shape: tuple[int, int], weight: Floats | None = None
) -> npt.NDArray[Any]:
    """Count how often each cell (row, column) occurs, as a float32 matrix; float64 if each has a weight."""
    cells = np.bincount(row * shape[1] + column, weights=weight, minlength=shape[0] * shape[1])
    return cells.reshape(shape).astype(np.float32 if weight is None else np.float64, copy=False)
