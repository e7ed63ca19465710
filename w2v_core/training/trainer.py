"""The descent: one step takes a batch, scores it, and moves the rows it touches.

The words of the inputs and the columns of the outputs are distinct, so an update is plain row assignments.
`architectures` decides what the rows are, `objectives` what the columns and the counts are, `corpus.windows` which
pairs there are.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from ..corpus.corpus import Corpus
from ..corpus.windows import Position, Windows, longest_reach
from ..problems import Diverged, Problem
from ..vectors.embeddings import Embeddings
from . import checkpoint
from .architectures import ARCHITECTURES
from .batches import tokens_a_step
from .config import TrainingConfig
from .memory import check_memory
from .moves import Assignment, History, Mark, Move, ParameterTable, Task, descend
from .objectives import make_objective
from .optimizers import make_optimizer
from .records import StepRecord

__all__ = ["StepRecord", "Trainer"]

_SUMS = "W_sums", "U_sums"  # what the optimizers remember


class Trainer:
    """Trains one model on one corpus, a step at a time.

    Parameters
    ----------
    corpus : Corpus
    config : TrainingConfig

    Attributes
    ----------
    W : (V, d) float32 array
        Input vectors, uniform in +-0.5/d at the start (or zero, see `TrainingConfig.initial_vectors`).
    U : (outputs, d) float32 array
        Output vectors, zero at the start: every score is 0, so the first loss is known exactly.
    objective : Objective
        Before the first step another one may stand here, of a class that is derived from the configured one's: a
        loss of your own (docs/api.md). Saved runs know only the configured one.
    window : int
        Words to either side that a window can reach in this corpus: what lies beyond the longest sentence is none.
    batch_tokens : int
        Center tokens a step takes.
    steps, pairs : int
        Done so far.

    Examples
    --------
    >>> corpus = Corpus.from_text("the king rules the land. the queen rules the land.")
    >>> embeddings = Trainer(corpus, TrainingConfig(dim=10, epochs=20)).train()
    >>> embeddings.vectors.shape
    (5, 10)

    Raises
    ------
    Problem
        ``no_pairs``, ``too_many_negatives``: the settings cannot work on this corpus. ``too_much_memory``: the
        machine has no room for the run; nothing has been allocated.

    Notes
    -----
    Initial vectors, windows and noise have a random generator each, so that two runs that differ only in the
    objective start from the same W and see the same pairs in the same order.
    """

    def __init__(self, corpus: Corpus, config: TrainingConfig) -> None:
        check_memory(corpus, config)
        self.corpus = corpus
        self.config = config
        init, windows, noise = np.random.default_rng(config.seed).spawn(3)
        self._noise_rng = noise
        self.objective = make_objective(corpus.vocabulary, config)
        self.window = min(config.window, longest_reach(corpus))
        self.batch_tokens = tokens_a_step(corpus.vocabulary, config.replace(window=self.window))
        self._architecture = ARCHITECTURES[config.architecture]
        self._windows = Windows(
            corpus,
            window=config.window,
            dynamic=config.dynamic_window,
            subsample=config.subsample,
            batch_tokens=self.batch_tokens,
            epochs=config.epochs,
            rng=windows,
            block=self.objective.block,
        )
        shape = len(corpus.vocabulary), config.dim
        if config.initial_vectors == "uniform":
            self.W = init.random(shape, dtype=np.float32)
            self.W -= 0.5
            self.W /= config.dim
        else:
            self.W = np.zeros(shape, dtype=np.float32)
        self.U = np.zeros((self.objective.n_outputs, config.dim), dtype=np.float32)
        self._optimizers = make_optimizer(config, len(self.W)), make_optimizer(config, len(self.U))
        self.steps = 0
        self.pairs = 0
        self._history = History()

    @property
    def finished(self) -> bool:
        """Whether the last batch of the last epoch has been trained on."""
        return self._windows.finished

    @property
    def progress(self) -> float:
        """Share of the run's tokens (0 to 1) that its batches have passed."""
        return self._windows.tokens / (len(self.corpus) * self.config.epochs)

    @property
    def position(self) -> Position:
        """Where in the text the next batch begins."""
        return self._windows.position

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
        before = self._mark()
        with self._keeping_finite():
            record, move = self._train_on(self._next_task(), before)
        self._history.start(move)
        return record

    def undo(self) -> None:
        """Take back the last step, or what `SinglePairs` did last: it would now do the same, bit for bit.

        Of batches only the last can be taken back, of chosen pairs those since that batch (the oldest are
        forgotten if they take too much memory). A learning rate that was set since stays set.

        Raises
        ------
        Problem
            ``nothing_to_undo``: nothing is remembered since the start, loading, or a divergence.
        """
        if not self._history:
            raise Problem("nothing_to_undo", "There is no step to take back.")
        move = self._history.pop()
        move.take_back()
        self._return_to(move.before)

    def run(self, steps: int | None = None) -> Generator[StepRecord, None, None]:
        """Yield the records of the next `steps` steps, or of all that are left."""
        while not self.finished and steps != 0:
            yield self.step()
            if steps is not None:
                steps -= 1

    def train(
        self, steps: int | None = None, *, progress: Callable[[StepRecord], object] | None = None
    ) -> Embeddings:
        """Train for `steps` steps, or to the end; return the vectors.

        Parameters
        ----------
        steps : int, optional
        progress : callable, optional
            Called with each step's record; `Trainer.progress` says how far the run is. What it raises ends the
            training after a whole step.

        Raises
        ------
        Diverged
            As `step`.
        """
        for record in self.run(steps):
            if progress is not None:
                progress(record)
        return self.snapshot()

    def snapshot(self) -> Embeddings:
        """Return the vectors as they are now, as a read-only copy."""
        vocabulary = self.corpus.vocabulary
        return Embeddings(vocabulary, self.W.copy(), self.U.copy())

    def save(self, target: str | os.PathLike[str] | BinaryIO) -> None:
        """Save the run to a path or an open binary file; see `checkpoint`."""
        state = checkpoint.TrainingState(
            fingerprint=self.corpus.fingerprint,
            config=self.config,
            steps=self.steps,
            pairs=self.pairs,
            position=self._windows.position,
            noise_state=dict(self._noise_rng.bit_generator.state),
            arrays=self._arrays(),
        )
        checkpoint.write(target, state)

    @classmethod
    def load(cls, source: str | os.PathLike[str] | BinaryIO, corpus: Corpus) -> Trainer:
        """Load a saved run of this corpus: it goes on bit for bit as if it had never stopped.

        Raises
        ------
        Problem
            ``checkpoint_damaged``, ``checkpoint_version``, ``checkpoint_corpus``, ``too_much_memory``.
        """
        state = checkpoint.read(source, corpus.fingerprint)
        with checkpoint.refusing_damage(source):
            if state.arrays["W"].shape != (len(corpus.vocabulary), state.config.dim):  # before any are made
                raise ValueError("W has another shape")
        check_memory(corpus, state.config)  # what there is no room for is not damaged
        with checkpoint.refusing_damage(source):
            run = cls(corpus, state.config)
            checkpoint.fill(run._arrays(), state.arrays)
            run._windows.seek(state.position)
            run._noise_rng.bit_generator.state = state.noise_state
        run.steps, run.pairs = state.steps, state.pairs
        return run

    def _next_task(self) -> Task:
        """Take the next batch, and draw for it: all that chance decides about a step."""
        rate = self.config.rate_at(self.progress)
        batch = self._windows.next()
        V, rng = len(self.W), self._noise_rng
        if self.objective.draw_blocks is None:
            rows = self._architecture.rows(batch.pairs(), V)
            return Task(rows, self.objective.draw(rows.n_rows, rows.row, rows.target, rng), rate, batch.epoch)
        blocks = self._architecture.blocks(batch, V)
        return Task(
            blocks, self.objective.draw_blocks(blocks.targets, blocks.positives, rng), rate, batch.epoch
        )

    def _train_on(self, task: Task, before: Mark) -> tuple[StepRecord, Move]:
        """Move one step down, or raise Diverged and stay."""
        loss, assignments = self._descend(task)
        for assignment in assignments:
            assignment.apply()
        return self._count(task, loss), Move(before, assignments)

    def _descend(self, task: Task) -> tuple[float, list[Assignment]]:
        """Return the summed loss of a task, and what would move the vectors one step down. Changes nothing.

        Raises
        ------
        Diverged
            The loss, or anything it would lead to, is not finite.
        """
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            W, U = map(ParameterTable, (self.W, self.U), self._optimizers)
            bound = self.config.max_row_update
            loss, assignments = descend(self.objective, task.inputs, task.draw, W, U, task.rate, bound)
        if not math.isfinite(loss):
            raise Diverged(self.steps, task.rate, self.config.objective != "softmax_with_negatives")
        return loss, assignments

    def _count(self, task: Task, loss: float) -> StepRecord:
        """Count a task whose assignments have been made, and return its record."""
        self.steps += 1
        self.pairs += task.inputs.n_pairs
        columns = task.draw.columns
        touched = len(self.U) if isinstance(columns, slice) else len(columns)
        return StepRecord(self.steps, task.epoch, self.pairs, loss / task.inputs.n_pairs, task.rate, touched)

    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return, by name, the arrays that training changes: not copies."""
        arrays: dict[str, npt.NDArray[Any]] = {"W": self.W, "U": self.U}
        for name, optimizer in zip(_SUMS, self._optimizers, strict=True):
            if optimizer.sums is not None:
                arrays[name] = optimizer.sums
        return arrays

    def _hold(self, arrays: dict[str, npt.NDArray[Any]]) -> None:
        """Train on these arrays from now on, with the names and shapes of `_arrays`. Nothing can be undone."""
        self._history.clear()
        self.W, self.U = arrays["W"], arrays["U"]
        for name, optimizer in zip(_SUMS, self._optimizers, strict=True):
            optimizer.sums = arrays.get(name)

    def _mark(self) -> Mark:
        return Mark(self.steps, self.pairs, self._windows.position, self._noise_rng.bit_generator.state)

    @contextmanager
    def _keeping_finite(self) -> Iterator[None]:
        """Go back to where the loss was last finite, if it no longer is."""
        try:
            yield
        except Diverged:
            if self._history:
                self._history.pop().take_back()
                self._history.clear()
            raise

    def _return_to(self, mark: Mark) -> None:
        self.steps, self.pairs = mark.steps, mark.pairs
        self._windows.seek(mark.position)
        self._noise_rng.bit_generator.state = mark.noise_state
