"""What pages may ask of a run, wherever it lives: in this process (`live`) or on a worker (`cluster`).

They call its verbs and read `progress`, a frozen record that is replaced a few times a second.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from w2v_core import Corpus, Embeddings, Problem, StepRecord, TrainingConfig
from w2v_core.corpus.statistics import expected_pairs
from w2v_core.diagnostics import PairRecord, RepeatRecord
from w2v_core.training.huffman import HuffmanTree
from w2v_core.vectors.embeddings import Answers
from w2v_core.vectors.timeline import Frame

from .curve import CurvePoints
from .run_log import RunLog
from .wordmap import MapFrame, WordMap

Saved = tuple[dict[str, Any], dict[str, np.ndarray]]
"""All that a run is, corpus and settings apart: facts for JSON, and arrays."""


@dataclass(frozen=True, eq=False)
class RunProgress:
    """How far a run is.

    Attributes
    ----------
    version : int
        Rises with every record of a run.
    last : StepRecord or None
        The latest step; None before the first.
    first_loss : float
        Of the first step; before it, what is expected.
    curve : CurvePoints
    frame : MapFrame
    pairs_per_second : float
        Over the last moments of training; 0 while it stands still.
    finished : bool
    problem : Problem or None
        Why training stopped by itself, if it did.
    vectors : callable
        Brings `embeddings`: they are large, and few pages look at them.
    """

    version: int
    last: StepRecord | None
    first_loss: float
    curve: CurvePoints
    frame: MapFrame
    pairs_per_second: float
    finished: bool
    problem: Problem | None
    vectors: Callable[[], Embeddings]

    @property
    def step(self) -> int:
        """Steps done."""
        return self.last.step if self.last else 0

    @cached_property
    def embeddings(self) -> Embeddings:
        """The vectors."""
        return self.vectors()


class Plays(Protocol):
    """What plays in the background until it is paused, over or in trouble."""

    @property
    def running(self) -> bool:
        """Whether it plays (or is about to)."""

    def touch(self) -> None:
        """Renew the lease, and bring what is read up to now: pages call it before they read."""

    def await_first(self) -> None:
        """Wait a moment until what has just been started has published its first record."""

    def set_speed(self, speed: str) -> None:
        """Choose one of `SPEEDS`; acts from the next step on."""

    def pause(self) -> None:
        """Stop after the piece in hand."""

    def close(self) -> None:
        """Stop without waiting (the session is gone)."""


class Film(Protocol):
    """Snapshots of a run so far; the last one is the present whenever the run stands still."""

    @property
    def ids(self) -> np.ndarray:
        """The words that are kept, ascending."""

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The snapshots, oldest first."""


class Run(Plays, Protocol):
    """One run; see `live.LiveTraining` for what each verb does."""

    @property
    def corpus(self) -> Corpus:
        """Its text."""

    @property
    def config(self) -> TrainingConfig:
        """The settings as asked for; the learning rate may change on the way."""

    @property
    def start_value(self) -> float:
        """The loss that is expected before anything is learned."""

    @property
    def map(self) -> WordMap:
        """The words on the map."""

    @property
    def timeline(self) -> Film:
        """Snapshots of the vectors so far."""

    @property
    def progress(self) -> RunProgress:
        """How far it is."""

    @property
    def saved_step(self) -> int:
        """The last step that has been saved to a file."""

    @property
    def done(self) -> float:
        """How much is done of what `start` was asked for, from 0 to 1."""

    @property
    def all_pairs(self) -> float:
        """How many pairs the whole run has, about."""

    @property
    def batch_tokens(self) -> int:
        """Center words that a step takes."""

    @property
    def window(self) -> int:
        """How far the window reaches: no farther than the longest sentence."""

    @property
    def learning_rate(self) -> float:
        """The starting rate as it is now."""

    @property
    def tree(self) -> HuffmanTree | None:
        """The tree of hierarchical softmax; None for the other losses."""

    @property
    def undoable(self) -> int:
        """How often `undo` can take back an `apply`."""

    def start(self, share: float = 1.0, fall: float = math.inf) -> None:
        """Train: to the end, for a share of the whole run, or until the loss has fallen."""

    def go_on(self) -> None:
        """Train on to what the last `start` was asked for."""

    def step(self, count: int = 1) -> None:
        """Train so many steps here and now."""

    def set_learning_rate(self, rate: float) -> None:
        """Change the starting rate."""

    def come(self) -> float | None:
        """Return how much of the way from start to floor a finished run has come."""

    def made(self) -> RunLog:
        """Return how the run came to be what it is now."""

    def neighbors(self, word: str, count: int) -> Answers:
        """Return the words nearest to a word, nearest first, with their cosines."""

    def examine(
        self, center: int, context: int, noise: Sequence[int], leading: int
    ) -> tuple[PairRecord, Embeddings]:
        """Take one pair apart; and return the vectors as they are."""

    def draw_noise(self, seed: int) -> list[int]:
        """Draw noise words (ids) for one pair."""

    def apply(self, center: int, context: int, noise: Sequence[int], times: int) -> RepeatRecord | None:
        """Train on one pair `times` times; raise `Problem` where the run would diverge."""

    def undo(self) -> bool:
        """Take back the last `apply`."""

    def save(self) -> Saved:
        """Return all that the run is."""


def all_pairs(corpus: Corpus, config: TrainingConfig, window: int) -> float:
    """Return how many pairs a whole run has, about."""
    return config.epochs * expected_pairs(
        corpus, window, dynamic=config.dynamic_window, subsample=config.subsample
    )
