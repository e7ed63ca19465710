"""Numbers as bars: their axis, the bars, and the marks on them (what was, what is wanted, what lies beyond)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ...live_figure import Style
from ...live_figure.style import COLORS
from .row_names import meaning
from .rows import HalfStepTable
from .strips import CLEAR, THICK

FAINT = "rgba(128,128,128,0.13)"


def reach(table: HalfStepTable) -> tuple[float, float]:
    """Return the ends of the bars' axis: round numbers, so that it stands still while bars move a little."""
    if table.layout == "strips":
        vector = table.entries[0].vector
        assert vector is not None
        return 0.5, len(vector) + 0.5
    high = 1.0 if table.layout == "unit" else round_end(table.high)
    if table.layout in ("diverging", "check"):
        return -high, high
    return (-round_end(-table.low) if table.low < 0 else 0.0), high


def round_end(value: float) -> float:
    """Return the first of 1, 1.5, 2, 3, 5, 7 times a power of ten that is not below a value."""
    value = max(value, 1e-12)
    power = 10.0 ** np.floor(np.log10(value))
    return float(
        next(step * power for step in (1, 1.5, 2, 3, 5, 7, 10) if step * power >= value * (1 - 1e-9))
    )


def bars_of(table: HalfStepTable, low: float, high: float, style: Style) -> list[go.Bar | go.Scatter]:
    """Return the bars of a table's rows, and the marks on them."""
    entries = table.entries
    n = len(entries)
    places = list(range(n))
    colors = [COLORS["loss" if table.losses else meaning(entry.role)] for entry in entries]
    shared = {"orientation": "h", "xaxis": "x2", "y": places, "hoverinfo": "skip"}
    most = 2 * (high - low)  # the rest of the words, or exp(s), may be astronomically far
    lengths = [min(max(entry.value, -most), most) for entry in entries]
    track = go.Bar(
        uid="track", x=[high - low] * n, base=[low] * n, width=THICK, marker={"color": FAINT}, **shared
    )
    bars = go.Bar(
        uid="bars",
        x=lengths,
        base=[entry.start for entry in entries],
        width=THICK,
        marker={
            "color": colors,
            "line": {"width": 0},
            # No patterns: Plotly cannot draw them while bars glide. Words and symbols tell the roles apart.
            "opacity": [0.5 if entry.role == "rest" else 1 for entry in entries],
        },
        **shared,
    )
    found: list[go.Bar | go.Scatter] = [track, bars]
    before = [(i, entry.before) for i, entry in enumerate(entries) if entry.before is not None]
    if before and table.layout == "check":
        found.append(_marks("ghosts", before, "line-ns", style.text, 18, style))
    elif before:
        found.append(
            go.Bar(
                uid="ghosts",
                x=[value for _, value in before],
                width=THICK + 0.12,
                marker={"color": CLEAR, "line": {"width": style.size(2), "color": style.text}},
                **shared | {"y": [i for i, _ in before]},
            )
        )
    wanted = [(i + 0.36, entry.wanted) for i, entry in enumerate(entries) if entry.wanted is not None]
    if wanted:
        found.append(_marks("wanted", wanted, "triangle-up", style.text, 11, style))
    beyond = [
        (i, high if entry.value > 0 else low) for i, entry in enumerate(entries)
        if table.layout != "waterfall" and abs(entry.value) > high * 1.0001
    ]  # fmt: skip
    if beyond:
        found.append(_marks("beyond", beyond, "triangle-right", style.text, 11, style))
    return found


def _marks(
    uid: str, places: Sequence[tuple[float, float]], shape: str, color: str, size: float, style: Style
) -> go.Scatter:
    """Return marks on the bars, at (y, x)."""
    return go.Scatter(
        uid=uid,
        mode="markers",
        xaxis="x2",
        x=[x for _, x in places],
        y=[y for y, _ in places],
        marker={
            "symbol": shape,
            "size": style.size(size),
            "color": color,
            "line": {"width": style.size(3), "color": color} if shape == "line-ns" else {"width": 0},
        },
        cliponaxis=False,
        hoverinfo="skip",
    )
