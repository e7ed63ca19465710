"""The traces of what is marked on the map, and where they are: SVG on a flat map, WebGL in three dimensions."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from w2v_core.vectors.projection import Points

from ...live_figure import Style
from ...live_figure.style import COLORS
from .marks import Marks, Places


def lines(flat: bool, style: Style) -> list[go.Scatter | go.Scatter3d]:
    """Return what is drawn under the words: lines to neighbors, an analogy's sides, the way through time."""
    wide, thin = style.size(1.6), style.size(1)
    looks = {
        "kept-lines": {"color": COLORS["center"], "width": wide},
        "lost-lines": {"color": COLORS["center"], "width": thin, "dash": "dash"},
        "sides": {"color": COLORS["other"], "width": thin},
        "arrow-ab": {"color": COLORS["center"], "width": style.size(2)},
        "arrow-cd": {"color": COLORS["noise"], "width": style.size(2)},
        "aim": {"color": COLORS["noise"], "width": thin, "dash": "dash"},
        "trail": {"color": COLORS["center"], "width": wide},
    }
    traces: list[go.Scatter | go.Scatter3d] = []
    for uid, line in looks.items():
        kind: dict[str, Any] = {"mode": "lines", "line": line}
        if uid.startswith("arrow") and flat:
            arrow = {"symbol": ["circle", "arrow"], "size": [0, style.size(12)], "angleref": "previous"}
            kind |= {"mode": "lines+markers", "marker": arrow | {"color": line["color"]}}
        traces.append(mark(uid, flat, kind))
    return traces


def rings(flat: bool, style: Style) -> list[go.Scatter | go.Scatter3d]:
    """Return the rings around words, and the cross where b - a + c lies."""
    looks = {
        "found": ("circle-open", 12, style.text, 1),
        "friends": ("circle-open", 12, style.text, 1.5),
        "chosen": ("circle-open", 18, COLORS["center"], 2.5),
        "target": ("x-thin-open" if flat else "x", 12, COLORS["noise"], 2),
    }
    traces: list[go.Scatter | go.Scatter3d] = []
    for uid, (symbol, size, color, width) in looks.items():
        line = {"width": style.size(width), "color": color}
        marker = {
            "symbol": symbol,
            "size": style.size(size if flat else 0.7 * size),
            "color": color,
            "line": line,
        }
        kind: dict[str, Any] = {"mode": "markers", "marker": marker}
        if uid == "target":
            said = {"text": "b − a + c", "textposition": "middle right"}
            kind |= {"mode": "markers+text", "textfont": {"size": style.size(12), "color": style.text}} | said
        traces.append(mark(uid, flat, kind))
    return traces


def mark_places(points: Points, marks: Marks) -> dict[str, Points]:
    """Return the places of the traces of `lines` and `rings`."""
    nowhere = points[:0]
    gap = np.full((1, points.shape[1]), np.nan, dtype=np.float32)
    one = points[[marks.chosen]] if marks.chosen >= 0 else nowhere

    def rays(places: Places) -> Points:
        return np.concatenate([nowhere, *(part for i in places for part in (one, points[[i]], gap))])

    found = dict.fromkeys(("sides", "arrow-ab", "arrow-cd", "aim", "target"), nowhere) | {
        "kept-lines": rays(marks.kept),
        "lost-lines": rays(marks.lost),
        "found": points[list(marks.found)],
        "friends": points[[*marks.kept, *marks.lost]],
        "chosen": one,
        "trail": nowhere if marks.trail is None else marks.trail.astype(np.float32),
    }
    if marks.corners:
        a, b, c, d = (points[[place]] for place in marks.corners)
        found |= {"sides": np.concatenate([a, c, gap, b, d]), "arrow-ab": np.concatenate([a, b])}
        found["arrow-cd"] = np.concatenate([c, d])
        if marks.target:
            found |= {"target": b - a + c, "aim": np.concatenate([c, b - a + c])}
    return found


def mark(uid: str, flat: bool, kind: dict[str, Any]) -> go.Scatter | go.Scatter3d:
    """Return a trace that is neither in the legend nor under the pointer, without places."""
    make = go.Scatter if flat else go.Scatter3d
    return make(uid=uid, hoverinfo="skip", showlegend=False, **kind)


def coordinates(points: Points) -> dict[str, Any]:
    """Return points as a trace takes them."""
    return dict(zip("xyz", np.ascontiguousarray(points.T), strict=False))
