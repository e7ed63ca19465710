"""The check of a hand-in code: the run is trained again, and its losses are compared.

Machines round differently, and training carries that on: a run near its floor by a millionth, one that explodes without
end. So the run is trained twice at the same time, the second time with nothing but its rounding changed (`_Twin`), and
a loss may differ by `MARGIN` times as much as these two do, `LEAST` at least. Where that is more than `MOST`, the loss
says nothing about the run, and is not compared. ``docs/hand_in.md`` has the measurements.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..corpus.corpus import Corpus
from ..problems import Diverged, Problem, counted
from ..training.records import StepRecord
from ..training.trainer import Trainer
from .code import HandIn

LEAST = 2e-6  # times the loss, or 1 nat where the loss is less
MARGIN = 100.0
MOST = 0.01
NUDGE_STEPS = 16  # at first, of each; then between two nudges


@dataclass(frozen=True)
class Comparison:
    """A loss of the code and of the run that was trained again.

    Attributes
    ----------
    step : int
    said : float
    found : float or None
        None where the run came to no such step.
    tolerance : float
        How far the two may be apart.
    """

    step: int
    said: float
    found: float | None
    tolerance: float

    @property
    def compared(self) -> bool:
        """Whether the loss says something: rounding alone does not change it by more than `MOST`."""
        return self.tolerance <= MOST * _size(self.said if self.found is None else self.found)

    @property
    def right(self) -> bool:
        """Whether the two agree, or cannot be compared."""
        return not self.compared or (self.found is not None and abs(self.said - self.found) <= self.tolerance)

    @property
    def apart(self) -> float:
        """The difference as a share of the loss, or of 1 nat where it is less."""
        return 0.0 if self.found is None else abs(self.said - self.found) / _size(self.found)


@dataclass(frozen=True)
class Check:
    """What has come of a check: a comparison for each loss of the code."""

    losses: tuple[Comparison, ...]

    @property
    def right(self) -> bool:
        """Whether all that can be compared agrees."""
        return all(each.right for each in self.losses)

    @property
    def compared(self) -> int:
        """How many losses say something."""
        return sum(each.compared for each in self.losses)


def check(
    hand_in: HandIn,
    corpus: Corpus,
    told: Callable[[Trainer, StepRecord], object] = lambda trainer, record: None,
) -> Check:
    """Train a run again and compare its losses.

    Parameters
    ----------
    hand_in : HandIn
    corpus : Corpus
        Its text.
    told : callable, optional
        Called after each step.

    Raises
    ------
    Problem
        ``hand_in_corpus``: it is another text. ``hand_in_touched``: more than the run's settings has made its vectors.
        What `Trainer` raises.
    """
    if corpus.fingerprint != hand_in.fingerprint:
        raise Problem(
            "hand_in_corpus",
            f"The run was made on another text than this one, or it was read otherwise: {len(corpus):,} words, "
            f"{len(corpus.vocabulary):,} different ones here.",
        )
    if reason := _touched(hand_in):
        raise Problem("hand_in_touched", f"This run cannot be recomputed: {reason}.")
    usual, twin = Trainer(corpus, hand_in.config), _Twin(Trainer(corpus, hand_in.config))
    rates, said = dict(hand_in.rates), dict(hand_in.losses)
    compared: list[Comparison] = []
    drift = 0.0
    while usual.steps < hand_in.steps and not usual.finished:
        if usual.steps in rates:
            usual.learning_rate = twin.trainer.learning_rate = rates[usual.steps]
        try:
            record = usual.step()
        except Diverged:
            drift = np.inf if np.isfinite(twin.step()) else drift
            break
        drift = max(drift, abs(twin.step() - record.loss) / _size(record.loss))
        if record.step in said:
            compared.append(
                Comparison(record.step, said[record.step], record.loss, _allowed(drift, record.loss))
            )
        told(usual, record)
    missing = ((step, loss) for step, loss in hand_in.losses if step > usual.steps)
    compared += (Comparison(step, loss, None, _allowed(drift, loss)) for step, loss in missing)
    return Check(tuple(compared))


def _allowed(drift: float, loss: float) -> float:
    return max(LEAST, MARGIN * drift) * _size(loss)


def _size(loss: float) -> float:
    return max(1.0, abs(loss))


def _touched(hand_in: HandIn) -> str:
    """Return why training again cannot come to the same numbers."""
    if hand_in.applied:
        return (
            f"single pairs were applied to its vectors ({counted(hand_in.applied, 'time')}, on the page Inside a step) "
            "and not taken back"
        )
    if hand_in.exploded:
        return "its loss left the finite numbers, and training went on from there"
    if not hand_in.complete:
        return "it was opened from a file that does not say how it came to be"
    return ""


class _Twin:
    """The same run with another rounding.

    The vectors' components stand in another order, so that the same products are summed up otherwise, and now and then
    each is moved by a unit in its last place.
    """

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self._rng = np.random.default_rng(0)
        trainer.W[:] = trainer.W[:, self._rng.permutation(trainer.W.shape[1])]
        self._loss = np.inf

    def step(self) -> float:
        """Train a step and return its loss; infinity once it has exploded."""
        trainer = self.trainer
        if not np.isfinite(self._loss) and trainer.steps:
            return self._loss
        if trainer.steps < NUDGE_STEPS or trainer.steps % NUDGE_STEPS == 0:
            for array in (trainer.W, trainer.U):
                last = np.spacing(array)
                array += np.where(self._rng.random(array.shape) < 0.5, last, -last)
        try:
            self._loss = trainer.step().loss
        except Diverged:
            self._loss = np.inf
        return self._loss
