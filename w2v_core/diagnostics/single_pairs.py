"""One pair of your choice at a time: trained on, repeated, or taken apart without a change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..problems import Diverged
from ..training.architectures import Rows, one_center
from ..training.moves import Move, Task
from ..training.records import StepRecord
from ..training.trainer import Trainer
from .microscope import examine, outlook
from .records import PairRecord, RepeatRecord

Word = str | int


class SinglePairs:
    """Chosen pairs on a trainer's vectors; the trainer's own batches stay as they were.

    Parameters
    ----------
    trainer : Trainer
        Its counters go on, and its `undo` takes back what is done here.

    Notes
    -----
    Every method takes words or their ids, and raises `UnknownWord` for a word that is not in the vocabulary,
    `IndexError` for an id that is not.
    """

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer

    def step_pair(
        self,
        center: Word,
        context: Word | Sequence[Word],
        noise_words: Sequence[Word] | None = None,
        *,
        learning_rate: float | None = None,
    ) -> StepRecord:
        """Train on one pair.

        Parameters
        ----------
        center : str or int
        context : str or int, or a sequence of them
            Several are as many pairs in skip-gram, and one window in CBOW.
        noise_words : sequence of str or int, optional
            Any number of words for each pair; by default K are drawn. Objectives without noise ignore them.
        learning_rate : float, optional
            By default the schedule's present one.

        Raises
        ------
        Diverged
            As `Trainer.step`.
        """
        pair = self._pair(center, context)
        with self._trainer._keeping_finite():
            record, move = self._step(pair, noise_words, self._rate(learning_rate))
        self._trainer._history.add(move)
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
        """Train on one pair and its noise words `times` times; one `Trainer.undo` takes all of it back.

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
        Diverged
            On the way; then none of it was done.
        """
        trainer = self._trainer
        pair, first, rate = self._pair(center, context), trainer._mark(), self._rate(learning_rate)
        outlooks = [outlook(trainer.objective, pair, trainer.W, trainer.U)]
        losses: list[float] = []
        way_back: Move | None = None
        for _ in range(times):
            try:
                record, move = self._step(pair, noise_words, rate)
            except Diverged:
                if way_back:
                    way_back.take_back()
                    trainer._return_to(first)
                raise
            # The rows are the same each time: what the first step found leads all the way back.
            way_back = way_back or move
            losses.append(record.loss)
            outlooks.append(outlook(trainer.objective, pair, trainer.W, trainer.U))
        if way_back:
            trainer._history.add(way_back)
        probabilities, sigmoids = np.array(outlooks).T
        return RepeatRecord(np.array(losses), probabilities, sigmoids, rate)

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
        """
        trainer = self._trainer
        return examine(
            trainer.objective,
            self._pair(center, context),
            trainer.W,
            trainer.U,
            self._ids(noise_words),
            learning_rate=self._rate(learning_rate),
            max_row_update=trainer.config.max_row_update,
            optimizers=trainer._optimizers,
            leading=leading,
        )

    def draw_noise(self, rng: np.random.Generator) -> npt.NDArray[np.integer]:
        """Draw one pair's K noise words (ids) with a generator of your own; none for losses without noise."""
        noise = self._trainer.objective.noise
        return noise.draw(rng, 1)[0] if noise else np.zeros(0, dtype=np.int64)

    def _step(self, pair: Rows, noise_words: Sequence[Word] | None, rate: float) -> tuple[StepRecord, Move]:
        trainer = self._trainer
        objective, rng, before = trainer.objective, trainer._noise_rng, trainer._mark()
        noise: npt.NDArray[np.integer] | None = None
        if noise_words is not None:
            noise = np.tile(self._ids(noise_words), (len(pair.target), 1))
        elif objective.noise:  # K a pair even where batches share a pool
            noise = objective.noise.draw(rng, len(pair.target))
        draw = objective.draw(pair.n_rows, pair.row, pair.target, rng, noise)
        return trainer._train_on(Task(pair, draw, rate, trainer.position.epoch), before)

    def _rate(self, chosen: float | None) -> float:
        return self._trainer.config.rate_at(self._trainer.progress) if chosen is None else chosen

    def _pair(self, center: Word, context: Word | Sequence[Word]) -> Rows:
        contexts = self._ids([context] if isinstance(context, (str, int, np.integer)) else context)
        return one_center(
            self._trainer.config.architecture, self._ids([center]), contexts, len(self._trainer.W)
        )

    def _ids(self, words: Sequence[Word]) -> npt.NDArray[np.int64]:
        """Return the ids of words given by name or id."""
        vocabulary = self._trainer.corpus.vocabulary
        ids = [vocabulary.id(word) if isinstance(word, str) else word for word in words]
        if not all(0 <= i < len(vocabulary) for i in ids):
            raise IndexError(f"the ids go from 0 to {len(vocabulary) - 1}: {ids}")
        return np.array(ids, dtype=np.int64)
