"""The replay of a training: which moment is shown, while time goes on. It does not import Streamlit."""

from __future__ import annotations

import time

import numpy as np

from w2v_core.vectors.projection import Points

from ...background.layouts import Layout
from .explorer import Explorer

FRAME_SECONDS = 0.16


class Replay:
    """Where the replay of a run stands.

    Parameters
    ----------
    explorer : Explorer
        Its `film` is replayed; the moment is the last one until another is chosen.
    """

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self._film = explorer.film
        self._at = float(self.last)
        self._began: tuple[float, float] | None = None  # moment and clock

    @property
    def last(self) -> int:
        """The number of the last moment."""
        return max(0, len(self.explorer.film) - 1)

    @property
    def at(self) -> float:
        """The moment that is shown, between two frames where need be."""
        if self._film is not self.explorer.film:  # the run has gone on
            self._film, self._at, self._began = self.explorer.film, float(self.last), None
        if self._began:
            moment, clock = self._began
            self._at = min(float(self.last), moment + (time.monotonic() - clock) / FRAME_SECONDS)
        return self._at

    @property
    def frame(self) -> int:
        """The number of the frame nearest to the moment."""
        return round(self.at)

    @property
    def playing(self) -> bool:
        """Whether the replay goes on."""
        return self._began is not None and self.at < self.last

    def play(self) -> None:
        """Go on; from the beginning, if it is over."""
        self._began = (0.0 if self.at >= self.last else self.at, time.monotonic())

    def stop(self) -> None:
        """Stand still."""
        self._at, self._began = self.at, None

    def show(self, frame: int) -> None:
        """Stand at a frame."""
        self._at, self._began = float(frame), None

    def layout(self) -> Layout:
        """Return the map of the moment."""
        maps, at = self.explorer.replay(), self.at
        before = int(at)
        share = at - before
        points = maps[before] if not share else (1 - share) * maps[before] + share * maps[before + 1]
        return Layout(f"film {len(maps)}-{at:.2f}", points)

    def trail(self, place: int) -> Points:
        """Return the way of a word on the map up to the moment, (m, 2)."""
        maps = self.explorer.replay()
        way = [points[place] for points in maps[: int(self.at) + 1]]
        return np.array([*way, self.layout().points[place]], dtype=np.float32)
