"""A t-SNE map that forms in the background while one watches: frozen frames a few times a second.

It does not import Streamlit.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from w2v_core import Problem
from w2v_core.vectors.projection import Points
from w2v_core.vectors.tsne import TSNE

from .playing import Player
from .run import Plays
from .turnstile import SLICE_SECONDS

# Neighborhoods are measured for one map at a time: that takes 5,000 words up to a second, far longer than a turn.
MEASURING = threading.Lock()
MOST_AT_ONCE = 10  # iterations: where one takes a millisecond, more would not move smoothly


@dataclass(frozen=True, eq=False)
class TsneState:
    """A t-SNE map at one moment.

    Attributes
    ----------
    version : int
        Rises with every frame; 0 while neighborhoods are still being measured.
    points : (n, 2 or 3) float32
    iteration, iterations : int
        Done, and of the whole.
    exaggerated : bool
        Whether it is still in the first phase, early exaggeration.
    divergence : float
        Kullback-Leibler divergence, which t-SNE makes small; nan before the first iteration.
    perplexity : float
        As it is used: a few words allow no high one.
    problem : Problem or None
        Why it stopped by itself, if it did.
    """

    version: int
    points: Points
    iteration: int
    iterations: int
    exaggerated: bool
    divergence: float
    perplexity: float
    problem: Problem | None = None

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to do."""
        return self.problem is not None or 0 < self.iterations <= self.iteration


class Forming(Plays, Protocol):
    """What pages may ask of a t-SNE map, wherever it forms."""

    @property
    def frame(self) -> TsneState:
        """The map as it is now."""

    def start(self) -> None:
        """Form until paused, finished or in trouble."""


class TsneRun(Player):
    """One t-SNE map that plays.

    Parameters
    ----------
    make : callable
        Returns the `TSNE`; called in the thread, since measuring thousands of neighborhoods takes a while.
    points : (n, 2 or 3) float32
        What to show until then.
    """

    def __init__(self, make: Callable[[], TSNE], points: Points) -> None:
        super().__init__()
        self._make = make
        self._tsne: TSNE | None = None
        self._count = 1  # iterations at once
        self.frame = TsneState(0, points, 0, 0, True, math.nan, math.nan)

    def start(self) -> None:
        """Form until paused, finished or in trouble."""
        if not self.running and not self.frame.finished:
            super().start()

    @property
    def _over(self) -> bool:
        return self.frame.problem is not None or (self._tsne is not None and self._tsne.finished)

    def _prepare(self) -> None:
        with MEASURING:
            if self._tsne is None and not self._stop.is_set():  # another map may be wanted by now
                try:
                    self._tsne = self._make()
                except Problem as problem:  # too few words
                    self._fail(problem)

    def _advance(self) -> bool:
        assert self._tsne is not None, "it is prepared"
        began = time.monotonic()
        self._tsne.step(self._count)
        fitting = self._count * SLICE_SECONDS / (time.monotonic() - began + 1e-6)
        self._count = int(max(1, min(MOST_AT_ONCE, fitting)))
        return True

    def _publish(self, last: bool) -> None:
        if self._tsne is None:
            return
        self.frame = TsneState(
            version=self.frame.version + 1,
            points=self._tsne.points,
            iteration=self._tsne.iteration,
            iterations=self._tsne.iterations,
            exaggerated=self._tsne.exaggerated,
            divergence=self._tsne.kl,
            perplexity=self._tsne.perplexity,
        )

    def _fail(self, problem: Problem) -> None:
        self.frame = replace(self.frame, problem=problem)
