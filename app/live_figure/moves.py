"""What moves in a figure, as data: arrays for traces by their uid, and parts of the layout by their path."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

Moves = Mapping[str, Any]
"""{"traces": {uid: {path: value}}, "layout": {path: value}}; a path is dotted, as "marker.color" or "xaxis.range".

"glide": in how many milliseconds points go to where they are to be; a slow browser takes them there at once. Another
"uirevision" of the layout lets go of the user's zoom.
"""


def moved(figure: go.Figure, moves: Moves) -> go.Figure:
    """Apply moves to a figure in Python, as the browser does to the one that it shows, and return it."""
    traces = {trace.uid: trace for trace in figure.data}
    for uid, changes in moves.get("traces", {}).items():
        trace = traces[uid]
        labels = dict((trace.meta or {}).get("labels", {}))
        for path, value in changes.items():
            if labels and path not in ("x", "y", "z", "text"):
                labels[path] = None if value is None else list(map(int, value))
                trace.meta = {"labels": labels}
            else:
                trace[path] = value
    for path, value in moves.get("layout", {}).items():
        part: Any = figure.layout
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
        for step in steps:
            part = part[step]
        part[last] = value
    return figure


def ladder(value: float, first: float, growth: float = 1.6) -> float:
    """Return the first of `first`, `first` * GROWTH, ... that is not below a value: a range that seldom changes."""
    if not value > first:
        return first
    return first * growth ** math.ceil(math.log(value / first, growth))
