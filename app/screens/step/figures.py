"""The figures of the page Inside a step: arrows and the rise; `row_figure` and `heat_figure` have the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from w2v_core.diagnostics.forces import Forces, forces

from ...formatting import axis_end, figure
from ...live_figure import Style, literal
from ...live_figure.style import COLORS
from ...text import Text
from ...text.glossary import hover_lines, hover_text
from .bars import round_end
from .heat_figure import heat_figure
from .row_figure import rows_figure
from .row_names import folded, meaning
from .scene import Scene

__all__ = ["arrows_figure", "heat_figure", "rise_figure", "rows_figure"]

MAGNIFICATIONS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)

# Arrows


def arrows_figure(scene: Scene, style: Style) -> go.Figure:
    """Return the arrows by which each row pulls the center, on the plane of the vectors that take part."""
    text, record, found = scene.text, scene.record, forces(scene.record)
    times = magnified(found)
    center, origin = found.input, found.origin
    rows = sorted(scene.rows, key=lambda row: row.role != "context")  # whose name finds room first
    outputs = [found.outputs[row.place] for row in rows]
    gives = [found.contributions[row.place] for row in rows]
    moves = [(found.outputs_after - found.outputs)[row.place] for row in rows]
    pulls = [bool(record.score_gradient[row.column] < 0) for row in rows]
    names = text.arrows
    kinds = {
        "own": (list(zip(outputs, moves, strict=True)), style.text_colors["other"], 2, "solid"),
        "pull": ([(center, give) for give, pull in zip(gives, pulls, strict=True) if pull],
                 COLORS["context"], 3.5, "solid"),
        "push": ([(center, give) for give, pull in zip(gives, pulls, strict=True) if not pull],
                 COLORS["noise"], 3.5, "dash"),
        "rest": ([(center, found.rest)] if record.others.count else [], COLORS["other"], 3.5, "dot"),
        "move": ([(center, found.input_after - center)], style.text_colors["center"], 6, "solid"),
    }  # fmt: skip
    rays = _lines("rays", [(origin, at - origin) for at in (center, *outputs)])
    traces = [rays.update(line={"color": style.grid, "width": style.size(1.5)}, hoverinfo="skip")]
    for kind, (arrows, color, width, dash) in kinds.items():
        if not arrows:
            continue
        arrow = _lines(kind, [(at, times * move) for at, move in arrows], heads=style.size(5 + 2 * width))
        arrow.update(name=names[kind], showlegend=True, hoverinfo="name", hoverlabel={"namelength": -1})
        traces.append(
            arrow.update(
                line={"color": color, "width": style.size(width), "dash": dash}, marker={"color": color}
            )
        )
    places = [center, *outputs, origin]
    labels = [
        (scene.word(scene.bench.center), "center"),
        *((scene.name(row), row.role) for row in rows),
        (names["zero"], "zero"),
    ]
    traces += _points(np.array(places), labels, style)
    reach = [
        center,
        origin,
        *outputs,
        *(at + times * move for arrows, *_ in kinds.values() for at, move in arrows),
    ]
    low, high = np.min(reach, axis=0), np.max(reach, axis=0)
    room = 0.12 * max(high - low) or 1.0
    note = text.arrows_note.format(share=f"{found.explained:.0%}", magnified=times)
    axis = {"showgrid": False, "showticklabels": False, "ticks": ""}
    return style.figure(
        *traces,
        title={
            "text": folded(note, style),
            "font": {"size": style.size(12), "color": style.text_colors["other"], "weight": 400},
            "y": 0,
            "yanchor": "bottom",
            "pad": {"b": 4},
        },
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": style.size(11)}},
        xaxis=axis | {"range": [low[0] - room, high[0] + room]},
        yaxis=axis | {"range": [low[1] - room, high[1] + room], "scaleanchor": "x"},
        margin={
            "l": 4,
            "r": 4,
            "t": style.size(44),
            "b": style.size(36 if "<br>" in folded(note, style) else 22),
        },
        meta={"config": {"modeBarButtonsToRemove": ["toImage", "autoScale2d", "select2d", "lasso2d"]}},
    )


def magnified(found: Forces) -> int:
    """Return how many times as long as they are moves are drawn: half the picture at most."""
    moves = [found.input_after - found.input, *found.contributions, *(found.outputs_after - found.outputs)]
    span = np.ptp(np.vstack([found.input, found.origin, found.outputs]), axis=0).max()
    longest = max(float(np.linalg.norm(move)) for move in moves)
    return max((m for m in MAGNIFICATIONS if m * longest < 0.5 * span), default=1)


def _lines(
    uid: str, arrows: Sequence[tuple[np.ndarray, np.ndarray]], heads: float | None = None
) -> go.Scatter:
    """Return lines from a point along a move, with arrowheads."""
    x, y, sizes = [], [], []
    for at, move in arrows:
        x += [at[0], at[0] + move[0], None]
        y += [at[1], at[1] + move[1], None]
        sizes += [0, heads, 0]
    how: dict[str, Any] = {"mode": "lines"}
    if heads:
        marker = {
            "symbol": "arrow",
            "angleref": "previous",
            "size": sizes,
            "opacity": 1,
            "line": {"width": 0},
        }
        how = {"mode": "lines+markers", "marker": marker}
    return go.Scatter(uid=uid, x=x, y=y, showlegend=False, **how)


def _points(at: np.ndarray, labels: Sequence[tuple[str, str]], style: Style) -> list[go.Scatter]:
    """Return the vectors' ends, and their names where there is room; in a crowd a name shows on hover."""
    texts = [literal(word) for word, _ in labels]
    ink = {**style.text_colors, "zero": style.text}
    dots = go.Scatter(
        uid="points",
        mode="markers",
        x=at[:, 0],
        y=at[:, 1],
        hovertext=texts,
        hoverinfo="text",
        showlegend=False,
        marker={
            "size": [style.size(6 if role == "zero" else 11) for _, role in labels],
            "symbol": ["square" if role == "noise" else "circle" for _, role in labels],
            "color": [style.text if role == "zero" else COLORS[meaning(role)] for _, role in labels],
            "opacity": 1,
            "line": {"width": 1.5, "color": style.background},
        },
    )
    names = go.Scatter(
        uid="labels",
        mode="markers+text",
        x=at[:, 0],
        y=at[:, 1],
        text=texts,
        textfont={"size": style.size(14), "weight": 600},
        marker={"size": style.size(10), "opacity": 0},
        hoverinfo="skip",
        showlegend=False,
        meta={
            "labels": {
                "order": list(range(len(labels))),
                "most": len(labels),
                "gap": style.size(5),
                "colors": [ink[meaning(role)] for _, role in labels],
            }
        },
    )
    return [dots, names]


# The rise

HOVER = 84  # columns of a hover label: the chart is low, and has room for few lines


def rise_figure(scene: Scene, words: Text, style: Style) -> go.Figure:
    """Return p(context | center) over the applications, and beside it sigmoid(s) where there is one."""
    text, bench = scene.text, scene.bench
    p, sigmoid = np.concatenate(bench.probabilities), np.concatenate(bench.sigmoids)
    meaning_of_p = hover_text(words, "probability", columns=HOVER)
    if scene.objective == "negative_sampling":
        meaning_of_p += "<br>" + hover_lines(scene.at_zero(), HOVER)
    curves = [(scene.by_objective(text.rise, "probability"), meaning_of_p, p, round_top(p.max()))]
    if not np.isnan(sigmoid).any():
        curves.append((text.rise["sigmoid"], hover_text(words, "sigma", columns=HOVER), sigmoid, 1.0))
    ink = style.text_colors["context"]
    traces, notes = [], []
    layout: dict[str, Any] = {}
    for k, (title, said, values, top) in enumerate(curves):
        n = "" if k == 0 else str(k + 1)
        start, end = (0, 1) if len(curves) == 1 else (k * 0.53, k * 0.53 + 0.47)
        last = len(values) - 1
        traces.append(
            go.Scatter(
                uid=("probability", "sigmoid")[k],
                mode="lines+markers",
                xaxis=f"x{n}",
                yaxis=f"y{n}",
                x=np.arange(last + 1),
                y=values,
                line={"color": COLORS["context"], "width": style.size(3)},
                marker={"size": [0] * last + [style.size(9)], "color": COLORS["context"], "opacity": 1},
                cliponaxis=False,
                hovertemplate=f"%{{y:.5g}}<br>%{{x:,.0f}} {text.rise_axis}<extra></extra>",
            )
        )
        layout[f"xaxis{n}"] = {
            "domain": [start, end],
            "anchor": f"y{n}",
            "range": [0, max(1, last)],
            "title": {"text": text.rise_axis, "standoff": 0, "font": {"size": style.size(11)}},
            "tickvals": [last],
            "ticklabeloverflow": "allow",
            "showline": True,
            "showgrid": False,
            "fixedrange": True,
        }
        layout[f"yaxis{n}"] = {
            "range": [0, top],
            "anchor": f"x{n}",
            "tickvals": [0, top],
            "ticktext": ["0", axis_end(top)],
            "fixedrange": True,
            "showline": True,
            "showgrid": False,
        }
        shared = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
        notes += [
            {"x": start, "xanchor": "left", "text": title, "font": {"size": style.size(13)}} | shared
            | {"hovertext": said},
            {"x": end, "xanchor": "right", "font": {"size": style.size(16), "color": ink}} | shared
            | {"text": f"<b>{figure(float(values[-1]))}</b>"},
        ]  # fmt: skip
    return style.figure(
        *traces,
        annotations=notes,
        margin={"l": style.size(46), "r": style.size(16), "t": style.size(24), "b": style.size(26)},
        **layout,
    )


def round_top(value: float) -> float:
    """Return the end of a probability's axis."""
    return min(1.0, round_end(value))
