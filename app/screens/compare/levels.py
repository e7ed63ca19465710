"""Lines across the loss chart, and where names stand that must not lie on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import isotonic_regression

from ...background.comparison import Scale

ALIKE = 5e-4  # of their value: nearer lines are one


@dataclass(frozen=True)
class Level:
    """A line across the chart.

    Attributes
    ----------
    kind : str
        "start", or "floor": the least that any vectors could reach.
    value : float
    runs : tuple of int
        Those that have it; empty where all runs have it.
    """

    kind: str
    value: float
    runs: tuple[int, ...] = ()


RELATIVE = (Level("start", 1.0), Level("floor", 0.0))


def levels_of(scales: Sequence[Scale]) -> list[Level]:
    """Return where the losses of some runs start and end; runs with the same line share it."""
    levels: list[Level] = []
    for run, scale in enumerate(scales):
        for kind, value in (("start", scale.start), ("floor", scale.floor.value)):
            if value is None:
                continue
            for i, other in enumerate(levels):
                if other.kind == kind and abs(other.value - value) < ALIKE * abs(value):
                    levels[i] = Level(kind, other.value, (*other.runs, run))
                    break
            else:
                levels.append(Level(kind, value, (run,)))
    return levels


def apart(values: npt.ArrayLike, distance: float, low: float, high: float) -> np.ndarray:
    """Return places near some values, in their order, that are a distance apart and lie from `low` to `high`.

    The sum of squared moves is the least there can be: an isotonic regression. Where there is no room for the
    distance, it is smaller.
    """
    places = np.array(values, dtype=np.float64)
    if not len(places):
        return places
    steps = min(distance, (high - low) / max(1, len(places) - 1)) * np.arange(len(places))
    order = np.argsort(places, kind="stable")
    free = isotonic_regression(places[order] - steps).x
    places[order] = np.clip(free, low, high - steps[-1]) + steps
    return places


def ends_apart(
    x: npt.ArrayLike, y: npt.ArrayLike, near: float, distance: float, low: float, high: float
) -> np.ndarray:
    """Return the heights of the names at the curves' ends: `apart` among those that end `near` each other."""
    places = np.array(y, dtype=np.float64)
    order = np.argsort(x, kind="stable")
    gaps = np.flatnonzero(np.diff(np.array(x)[order]) > near) + 1
    for group in np.split(order, gaps):
        places[group] = apart(places[group], distance, low, high)
    return places
