"""The walk down the tree of hierarchical softmax, as it stands beside the rows of its forks."""

from __future__ import annotations

import plotly.graph_objects as go

from ...live_figure import Style
from ...live_figure.style import COLORS
from .scene import Entry


def walk(entries: list[Entry], style: Style) -> list[go.Scatter]:
    """Return the walk down the tree: left or right at each fork, the way not taken as a stub."""
    forks = [(i, entry.turn) for i, entry in enumerate(entries) if entry.turn is not None]
    taken: list[tuple[float | None, float | None]] = []
    left: list[tuple[float | None, float | None]] = []
    dots, x = [], 0.0
    for place, (i, turn) in enumerate(forks):
        step = 1 if turn else -1
        last = place == len(forks) - 1
        taken += [(x, i), (x + step * (0.5 if last else 1), i + (0.45 if last else 1)), (None, None)]
        left += [(x, i), (x - step * 0.5, i + 0.42), (None, None)]
        dots.append((x, i))
        x += step
    muted = style.text_colors["other"]

    def line(uid: str, points: list[tuple[float | None, float | None]], **how: object) -> go.Scatter:
        xs, ys = zip(*points, strict=True)
        return go.Scatter(uid=uid, mode="lines", xaxis="x3", x=xs, y=ys, line=how, hoverinfo="skip")

    return [
        line("not taken", left, color=muted, width=style.size(2), dash="dot"),
        line("taken", taken, color=COLORS["context"], width=style.size(4)),
        go.Scatter(
            uid="forks",
            mode="markers",
            xaxis="x3",
            x=[x for x, _ in dots],
            y=[y for _, y in dots],
            marker={"size": style.size(18), "color": "#00795A"},
            cliponaxis=False,
            hoverinfo="skip",
        ),
    ]


def number_forks(figure: go.Figure, forks: go.Scatter, style: Style) -> None:
    """Write on each fork which it is."""
    for number, (x, y) in enumerate(zip(forks.x, forks.y, strict=True), 1):
        figure.add_annotation(
            {"xref": "x3", "yref": "y", "x": x, "y": y, "text": f"<b>{number}</b>", "showarrow": False}
            | {"font": {"size": style.size(11), "color": "#ffffff"}}
        )
