"""How far the axes of the curves reach: in jumps, for they must not creep."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...live_figure import ladder
from .levels import Level
from .view import View

EXPLODED = 1.5  # times the start value; what is higher leaves the chart through the top


def reach(clocks: Sequence[np.ndarray], view: View) -> float:
    """Return how far the clock goes: as far as the run farthest ahead, with room for its letter."""
    far = max((float(clock[-1]) for clock in clocks if len(clock)), default=0.0)
    return ladder(1.07 * far, 0.1 if view.clock == "seconds" else 1000)


def _extremes(curves: Sequence[np.ndarray], otherwise: float) -> tuple[float, float]:
    finite = np.concatenate([y[np.isfinite(y)] for y in curves])
    return (float(finite.min()), float(finite.max())) if len(finite) else (otherwise, otherwise)


def loss_range(levels: Sequence[Level], curves: Sequence[np.ndarray]) -> list[float]:
    """Return what the chart of the losses shows: all lines across it, and what is below the start values."""
    starts = [level.value for level in levels if level.kind == "start"]
    top, bottom = max(starts), min(0.8 * min(starts), *(level.value for level in levels))
    least, most = _extremes(curves, top)
    span = top - bottom
    return [
        bottom - ladder(1.1 * (bottom - least), 0.08 * span),
        top + min(ladder(1.1 * (most - top), 0.08 * span), (EXPLODED - 1) * abs(top)),
    ]


def measure_range(measure: str, curves: Sequence[np.ndarray]) -> list[float]:
    """Return what the chart of a measure shows."""
    start = max(float(y[0]) for y in curves)
    least, most = _extremes(curves, start)
    if measure == "cross_entropy":
        rise = min(ladder(1.1 * (most - start), 0.05 * start), (EXPLODED - 1) * start)
        return [start - ladder(1.1 * (start - least), 0.3 * start, 1.25), start + rise]
    top = ladder(1.05 * most, 0.1, 1.25)
    return [-0.03 * top, top]
