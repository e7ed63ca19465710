"""The curves of the Side by side page as values, on the chosen axes."""

from __future__ import annotations

import numpy as np

from ...background.comparison import Looks, Member
from ...background.curve import CurvePoints
from .view import View

Curve = tuple[np.ndarray, np.ndarray]
NOTHING: Curve = (np.zeros(0, np.float32), np.zeros(0, np.float32))


def points(of: CurvePoints | Looks, values: np.ndarray, view: View) -> Curve:
    """Return a curve in single precision; an explosion beyond it becomes infinite, which no chart draws."""
    with np.errstate(over="ignore"):
        return getattr(of, view.clock).astype(np.float32), values.astype(np.float32)


def loss(member: Member, curve: CurvePoints, looks: Looks, view: View) -> Curve:
    """Return the loss of a run; nothing on the relative scale if it has no floor."""
    running = view.curve == "running"
    scale = member.running_scale if running else member.probe_scale
    of, losses = (curve, curve.smooth) if running else (looks, looks.metrics["loss"])
    values = scale.relative(losses) if view.scale == "relative" else losses
    return NOTHING if values is None else points(of, values, view)


def measure(looks: Looks, view: View) -> Curve:
    """Return the measure of a run's vectors."""
    return points(looks, looks.metrics[view.measure], view)
