"""The descent: one step takes a batch, scores it, and moves the rows it touches.

    S = W[rows] U[columns]^T        loss, G = objective(S)
    dW[rows] = G U[columns]         dU[columns] = G^T W[rows]

Rows and columns are distinct, so an update is two plain row assignments. What the columns and the counts are
is the objective's business (`objectives`), which pairs there are is the corpus's (`corpus.windows`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..corpus.corpus import Corpus
from ..corpus.windows import Windows
from ..problems import Diverged, Problem
from ..vectors.embeddings import Embeddings
from .config import TrainingConfig
from .objectives import distinct, make_objective
from .optimizers import sgd_update


@dataclass(frozen=True)
class StepRecord:
    """What one step saw.

    Attributes
    ----------
    step : int
        From 1.
    epoch : int
        From 1: the pass over the corpus to which the step's pairs belong.
    pairs : int
        Pairs seen so far, this step's included.
    loss : float
        Mean loss per pair of this step's batch, before its update, in nats (float64).
    learning_rate : float
        The rate this step used.
    """

    step: int
    epoch: int
    pairs: int
    loss: float
    learning_rate: float


@dataclass(frozen=True, eq=False)
class _Overwritten:
    """The rows that the last step replaced, as they were."""

    rows: Any
    old_w: npt.NDArray[np.float32]
    columns: Any
    old_u: npt.NDArray[np.float32]


class Trainer:
    """Trains one model on one corpus, a step at a time.

    Parameters
    ----------
    corpus : Corpus
    config : TrainingConfig

    Attributes
    ----------
    W : (V, d) float32 array
        Center vectors, uniform in +-0.5/d at the start.
    U : (outputs, d) float32 array
        Output vectors, zero at the start: every score is 0, so the first loss is known exactly.
    steps, pairs : int
        Done so far.

    Raises
    ------
    Problem
        ``no_pairs``, ``too_many_negatives``: the settings cannot work on this corpus.

    Notes
    -----
    Initial vectors, windows and noise have a random generator each, so that two runs that differ only in the
    objective start from the same W and see the same pairs in the same order.
    """

    def __init__(self, corpus: Corpus, config: TrainingConfig) -> None:
        self.corpus = corpus
        self.config = config
        init, windows, noise = np.random.default_rng(config.seed).spawn(3)
        self._noise_rng = noise
        self.objective = make_objective(corpus.vocabulary, config)
        self._windows = Windows(
            corpus,
            window=config.window,
            dynamic=config.dynamic_window,
            subsample=config.subsample,
            batch_tokens=config.batch_tokens,
            epochs=config.epochs,
            rng=windows,
        )
        shape = len(corpus.vocabulary), config.dim
        self.W = ((init.random(shape, dtype=np.float32) - 0.5) / config.dim).astype(np.float32)
        self.U = np.zeros((self.objective.n_outputs, config.dim), dtype=np.float32)
        self.steps = 0
        self.pairs = 0
        self._last: _Overwritten | None = None

    @property
    def finished(self) -> bool:
        """Whether the last batch of the last epoch has been trained on."""
        return self._windows.finished

    @property
    def learning_rate(self) -> float:
        """The starting rate; setting it acts from the next step on, at the schedule's present point."""
        return self.config.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.config = self.config.replace(learning_rate=rate)

    def step(self) -> StepRecord:
        """Train on the next batch.

        Raises
        ------
        Diverged
            The loss is infinite or not a number. W and U are then as they were when it was last finite, and
            training can go on at a lower rate.
        Problem
            ``finished``: there is no further batch.
        """
        if self.finished:
            raise Problem("finished", "The run is over: its last epoch is done.")
        batch = self._windows.next()
        rate = self.config.rate_at(batch.tokens / (len(self.corpus) * self.config.epochs))
        rows, row_of_center = distinct(batch.centers, len(self.W))
        row = row_of_center[batch.owner]
        draw = self.objective.draw(len(rows), row, batch.contexts, self._noise_rng)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            loss = self._descend(rows, draw.columns, draw.counts, rate) / len(row)
        if not math.isfinite(loss):
            self._restore()
            raise Diverged(self.steps, rate)
        self.steps += 1
        self.pairs += len(row)
        return StepRecord(self.steps, batch.epoch, self.pairs, loss, rate)

    def run(self, steps: int | None = None) -> Iterator[StepRecord]:
        """Yield the records of the next `steps` steps, or of all that are left."""
        while not self.finished and steps != 0:
            yield self.step()
            if steps is not None:
                steps -= 1

    def snapshot(self) -> Embeddings:
        """Return the vectors as they are now, as a read-only copy."""
        vocabulary = self.corpus.vocabulary
        return Embeddings(vocabulary, self.W.copy(), self.U.copy())

    def _descend(self, rows: Any, columns: Any, counts: tuple[Any, ...], rate: float) -> float:
        """Move W[rows] and U[columns] one step down; return the summed loss before it.

        A loss that is not finite moves nothing.
        """
        A, B = self.W[rows], self.U[columns]
        loss, G = self.objective.loss(A @ B.T, *counts)
        if not math.isfinite(loss):
            return loss
        bound = self.config.max_row_update
        new_a = A + sgd_update(G @ B, rate, bound)
        new_b = B + sgd_update(G.T @ A, rate, bound)
        if not math.isfinite(float(new_a.sum()) + float(new_b.sum())):
            return math.inf
        self._last = _Overwritten(rows, A, columns, B.copy() if B.base is self.U else B)
        self.W[rows], self.U[columns] = new_a, new_b
        return loss

    def _restore(self) -> None:
        """Undo the last update: it led to a loss that is not finite."""
        if self._last is not None:
            self.W[self._last.rows] = self._last.old_w
            self.U[self._last.columns] = self._last.old_u
            self._last = None
