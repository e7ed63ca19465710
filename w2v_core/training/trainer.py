"""The descent: one step takes a batch, scores it, and moves the rows it touches.

The words of the inputs and the columns of the outputs are distinct, so an update is plain row assignments.
`architectures` decides what the rows are, `objectives` what the columns and the counts are, `corpus.windows` which
pairs there are.
"""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from ..corpus.corpus import Corpus
from ..corpus.windows import Position, Windows, longest_reach
from ..problems import Diverged, Problem
from ..vectors.embeddings import Embeddings
from . import checkpoint
from .architectures import ARCHITECTURES, Rows, one_center
from .batches import tokens_a_step
from .config import TrainingConfig
from .memory import check_memory
from .microscope import examine, outlook
from .moves import Assignment, History, Mark, Move, ParameterTable, Task, descend
from .objectives import make_objective
from .optimizers import make_optimizer
from .records import PairRecord, RepeatRecord, StepRecord

__all__ = ["StepRecord", "Trainer"]

Word = str | int
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
    window : int
        Words to either side that a window can reach in this corpus: what lies beyond the longest sentence is none.
    batch_tokens : int
        Center tokens a step takes.
    steps, pairs : int
        Done so far.

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
            record, move = self._train(self.next_task(), before)
        self._history.start(move)
        return record

    def next_task(self) -> Task:
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

    def descend(self, task: Task) -> tuple[float, list[Assignment]]:
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

    def count(self, task: Task, loss: float) -> StepRecord:
        """Count a task whose assignments have been made, and return its record."""
        self.steps += 1
        self.pairs += task.inputs.n_pairs
        columns = task.draw.columns
        touched = len(self.U) if isinstance(columns, slice) else len(columns)
        return StepRecord(self.steps, task.epoch, self.pairs, loss / task.inputs.n_pairs, task.rate, touched)

    def count_of_others(self, record: StepRecord, pairs: int) -> StepRecord:
        """Count a step of so many pairs that another trainer has made on the same arrays; return its record here."""
        self.steps += 1
        self.pairs += pairs
        return dataclasses.replace(record, step=self.steps, pairs=self.pairs)

    def join(self, arrays: dict[str, npt.NDArray[Any]], position: Position, steps: int) -> None:
        """Stand where another trainer of the same settings does, on the same arrays, with noise of one's own."""
        self.hold(arrays)
        self._windows.seek(position)
        self._noise_rng = np.random.default_rng()
        self.steps = steps

    def skip(self) -> None:
        """Pass over the next batch. Must not be called once `finished`."""
        self._windows.skip()

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return, by name, the arrays that training changes: not copies."""
        arrays: dict[str, npt.NDArray[Any]] = {"W": self.W, "U": self.U}
        for name, optimizer in zip(_SUMS, self._optimizers, strict=True):
            if optimizer.sums is not None:
                arrays[name] = optimizer.sums
        return arrays

    def hold(self, arrays: dict[str, npt.NDArray[Any]]) -> None:
        """Train on these arrays from now on, with the names and shapes of `arrays`. Nothing can be undone."""
        self._history.clear()
        self.W, self.U = arrays["W"], arrays["U"]
        for name, optimizer in zip(_SUMS, self._optimizers, strict=True):
            optimizer.sums = arrays.get(name)

    def step_pair(
        self,
        center: Word,
        context: Word | Sequence[Word],
        noise_words: Sequence[Word] | None = None,
        *,
        learning_rate: float | None = None,
    ) -> StepRecord:
        """Train on one pair of your choice; the run's own batches stay as they were.

        Parameters
        ----------
        center : str or int
            A word, or its id.
        context : str or int, or a sequence of them
            Several are as many pairs in skip-gram, and one window in CBOW.
        noise_words : sequence of str or int, optional
            Any number of words for each pair; by default K are drawn. Objectives without noise ignore them.
        learning_rate : float, optional
            By default the schedule's present one.

        Raises
        ------
        UnknownWord
        Diverged
            As `step`.
        """
        pair = self._pair(center, context)
        with self._keeping_finite():
            record, move = self._step_pair(pair, noise_words, self._rate(learning_rate))
        self._history.add(move)
        return record

    def repeat_pair(
        self,
        center: Word,
        context: Word,
        noise_words: Sequence[Word],
        times: int,
        *,
        learning_rate: float | None = None,
    ) -> RepeatRecord:
        """Train on one pair and its noise words `times` times; one `undo` takes all of it back.

        Parameters
        ----------
        center, context : str or int
        noise_words : sequence of str or int
            The same ones each time.
        times : int
            At least 1.
        learning_rate : float, optional

        Raises
        ------
        UnknownWord
        Diverged
            On the way; then none of it was done.
        """
        pair, first, rate = self._pair(center, context), self._mark(), self._rate(learning_rate)
        outlooks = [outlook(self.objective, pair, self.W, self.U)]
        losses: list[float] = []
        way_back: Move | None = None
        for _ in range(times):
            try:
                record, move = self._step_pair(pair, noise_words, rate)
            except Diverged:
                if way_back:
                    way_back.take_back()
                    self._return_to(first)
                raise
            # The rows are the same each time: what the first step found leads all the way back.
            way_back = way_back or move
            losses.append(record.loss)
            outlooks.append(outlook(self.objective, pair, self.W, self.U))
        if way_back:
            self._history.add(way_back)
        probabilities, sigmoids = np.array(outlooks).T
        return RepeatRecord(np.array(losses), probabilities, sigmoids, rate)

    def draw_noise(self, rng: np.random.Generator) -> npt.NDArray[np.integer]:
        """Draw one pair's K noise words (ids) with a generator of your own; none for losses without noise."""
        noise = self.objective.noise
        return noise.draw(rng, 1)[0] if noise else np.zeros(0, dtype=np.int64)

    def examine(
        self,
        center: Word,
        context: Word | Sequence[Word],
        noise_words: Sequence[Word] = (),
        *,
        learning_rate: float | None = None,
        leading: int = 0,
    ) -> PairRecord:
        """Take apart what `step_pair` would do with the same words, in float64. Changes nothing.

        `leading` asks for that many more columns to be shown, see `microscope.examine`.

        Raises
        ------
        UnknownWord
        """
        return examine(
            self.objective,
            self._pair(center, context),
            self.W,
            self.U,
            self._ids(noise_words),
            learning_rate=self._rate(learning_rate),
            max_row_update=self.config.max_row_update,
            optimizers=self._optimizers,
            leading=leading,
        )

    def undo(self) -> None:
        """Take back the last `step`, `step_pair` or `repeat_pair`: it would now do the same, bit for bit.

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
            arrays=self.arrays(),
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
            checkpoint.fill(run.arrays(), state.arrays)
            run._windows.seek(state.position)
            run._noise_rng.bit_generator.state = state.noise_state
        run.steps, run.pairs = state.steps, state.pairs
        return run

    def _mark(self) -> Mark:
        return Mark(self.steps, self.pairs, self._windows.position, self._noise_rng.bit_generator.state)

    def _step_pair(
        self, pair: Rows, noise_words: Sequence[Word] | None, rate: float
    ) -> tuple[StepRecord, Move]:
        before = self._mark()
        noise: npt.NDArray[np.integer] | None = None
        if noise_words is not None:
            noise = np.tile(self._ids(noise_words), (len(pair.target), 1))
        elif self.objective.noise:  # K a pair even where batches share a pool
            noise = self.objective.noise.draw(self._noise_rng, len(pair.target))
        draw = self.objective.draw(pair.n_rows, pair.row, pair.target, self._noise_rng, noise)
        return self._train(Task(pair, draw, rate, self._windows.epoch), before)

    def _train(self, task: Task, before: Mark) -> tuple[StepRecord, Move]:
        """Move one step down, or raise Diverged and stay."""
        loss, assignments = self.descend(task)
        for assignment in assignments:
            assignment.apply()
        return self.count(task, loss), Move(before, assignments)

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

    def _rate(self, chosen: float | None) -> float:
        return self.config.rate_at(self.progress) if chosen is None else chosen

    def _pair(self, center: Word, context: Word | Sequence[Word]) -> Rows:
        contexts = self._ids([context] if isinstance(context, (str, int, np.integer)) else context)
        return one_center(self.config.architecture, self._ids([center]), contexts, len(self.W))

    def _ids(self, words: Sequence[Word]) -> npt.NDArray[np.int64]:
        """Return the ids of words given by name or id."""
        ids = [self.corpus.vocabulary.id(word) if isinstance(word, str) else word for word in words]
        if not all(0 <= i < len(self.W) for i in ids):
            raise IndexError(f"the ids go from 0 to {len(self.W) - 1}: {ids}")
        return np.array(ids, dtype=np.int64)
