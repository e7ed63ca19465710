"""The curves of the Side by side page: losses and ranks, in one figure over the same axis.

The figure is made once for the runs and the chosen view; what moves comes from the function beside it, as
`app.live_figure.move` takes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ...background.comparison import Comparison, Member
from ...lessons.lesson import Guess
from ...live_figure import Style, moved
from ...live_figure.style import COLORS
from ...text import Text, glossary
from .bands import band_curves, band_traces, hover
from .cards import DASHES, LETTERS, RUN_COLORS, card
from .guessed import guessed
from .levels import RELATIVE, Level, apart, ends_apart, levels_of
from .points import NOTHING, Curve, loss, measure, points
from .ranges import loss_range, measure_range, reach
from .view import View

PLOT_HEIGHT = 140  # pixels that a chart has at least


def curves_figure(
    runs: Comparison,
    names: Sequence[str],
    view: View,
    text: Text,
    style: Style,
    guess: Guess | None = None,
) -> go.Figure:
    """Return the losses of all runs, and beside them a measure of their vectors, over the same axis.

    A run's name in the legend is its card.

    Parameters
    ----------
    runs : Comparison
    names : sequence of str
        Of the runs: a letter and what each is.
    view : View
    text : Text
    style : Style
    guess : Guess, optional
        The order in which a lesson's question had guessed the curves to end.
    """
    words, levels = text.compare_page, _levels(runs.members, view)
    seeds = len(runs.progress.members[0].seeds)
    right_of_loss = 0.57 - 0.05 * (style.scale - 1)  # beside it the names of the lines, in type of any size
    axis = {"title": {"text": words.clock_axes[view.clock]}, "tickangle": 0}
    cards = 2 if style.large else 3  # lines of text
    figure = style.figure(
        *band_traces(runs, names, view, text),
        *(trace for i, name in enumerate(names) for trace in _run_traces(i, name, view, text, style, seeds)),
        uirevision=f"{view.clock} {view.scale} {view.curve} {view.measure}",
        xaxis=axis | {"domain": [0, right_of_loss], "nticks": 6},
        yaxis={"title": {"text": words.scale_axes[view.scale]}, "nticks": 6},
        xaxis2=axis
        | {
            "domain": [right_of_loss + 0.15 * style.scale, 1],
            "nticks": 4 if style.large else 6,
            "matches": "x",
            "anchor": "y2",
        },
        yaxis2={"title": {"text": words.measure_axes[view.measure]}, "nticks": 6, "anchor": "x2"},
        shapes=[_line(level, style) for level in levels],
        annotations=[
            *(_line_name(level, text, style) for level in levels),
            *guessed(guess, text, style),
        ],
        margin={"t": style.size(17 * cards + 8), "l": style.size(56), "r": style.size(10)},
        narrow=_narrow(len(names), cards, style),
        modebar={"orientation": "v"},  # else it would cover the last card
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "entrywidthmode": "fraction",
            "entrywidth": 1 / len(names) - 0.05,  # each has its line besides
            "valign": "top",
            "font": {"size": style.size(12)},
        },
    )
    return moved(figure, curves_moves(runs, names, view, text, style))


def _narrow(runs: int, cards: int, style: Style) -> dict[str, Any]:
    """Return what is different where there is little room across: cards and charts stand below each other."""
    return {
        "legend.entrywidthmode": "pixels",  # a fraction would be of the chart without its margins
        "legend.entrywidth": 270,
        "margin.t": style.size(17 * cards * runs + 12),
        "margin.r": style.size(58),  # the names of the lines
        "xaxis.domain": [0, 1],
        "modebar.orientation": "h",
        "xaxis.title.text": "",  # below the other chart
        "yaxis.domain": [0.54, 1],
        "xaxis2.domain": [0, 1],
        "yaxis2.domain": [0, 0.44],
    }


def _run_traces(run: int, name: str, view: View, text: Text, style: Style, seeds: int) -> list[go.Scatter]:
    """Return the traces of a run, without points: its card, the batches, the loss, the measure, the ends' letters."""
    letter, color = LETTERS[run], RUN_COLORS[run]
    line = {"color": color, "dash": DASHES[run], "width": style.size(2.5)}
    clock = text.compare_page.options["clock"][view.clock]
    said = hover(name, clock, text.compare_page.mean_of.format(seeds=seeds) if seeds else "")
    right = {"xaxis": "x2", "yaxis": "y2"}
    shared = {"legendgroup": letter, "showlegend": False}
    marker = {"color": color, "size": style.size(7)}
    curve = {"mode": "lines", "line": line, "marker": marker, "hovertemplate": said}
    end = {
        "mode": "text",
        "text": [f"<b>{letter}</b>"],
        "textposition": "middle right",
        "textfont": {"color": color, "size": style.size(13)},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return [
        # Of no place: Plotly leaves a trace without points out of the legend, and runs begin without any.
        go.Scatter(uid=f"{letter} card", x=[None], y=[None], mode="lines", line=line, legendgroup=letter),
        go.Scatter(
            uid=f"{letter} batches",
            mode="lines",
            line={"color": color, "width": style.size(1)},
            opacity=0.3,
            hoverinfo="skip",
            **shared,
        ),
        go.Scatter(uid=f"{letter} loss", **curve, **shared),
        go.Scatter(uid=f"{letter} measure", **curve, **shared, **right),
        go.Scatter(uid=f"{letter} loss end", **end, **shared),
        go.Scatter(uid=f"{letter} measure end", **end, **shared, **right),
    ]


def _levels(members: Sequence[Member], view: View) -> Sequence[Level]:
    if view.scale == "relative":
        return RELATIVE
    return levels_of(
        [member.running_scale if view.curve == "running" else member.probe_scale for member in members]
    )


def _line(level: Level, style: Style) -> dict[str, Any]:
    look = {
        "color": _line_color(level),
        "width": style.size(1.2),
        "dash": "dot" if level.kind == "start" else "dash",
    }
    return {
        "type": "line",
        "xref": "x domain",
        "x0": 0,
        "x1": 1,
        "y0": level.value,
        "y1": level.value,
        "line": look,
        "opacity": 0.8,
        "layer": "below",
    }


def _line_name(level: Level, text: Text, style: Style) -> dict[str, Any]:
    """Return the name of a line: at its height, as nearly as others let it, in the margin between the charts."""
    color = _line_color(level)
    return {
        "text": " ".join([text.compare_page.levels[level.kind], *(LETTERS[run] for run in level.runs)]),
        "hovertext": glossary.hover_text(text, {"start": "start_value", "floor": "floor"}[level.kind]),
        "xref": "x domain",
        "x": 1,
        "xanchor": "left",
        "y": level.value,
        "yanchor": "middle",
        "showarrow": False,
        "font": {
            "size": style.size(11),
            "color": style.text_colors["other"] if color == COLORS["other"] else color,
        },
    }


def _line_color(level: Level) -> str:
    return RUN_COLORS[level.runs[0]] if len(level.runs) == 1 else COLORS["other"]


def curves_moves(
    runs: Comparison, names: Sequence[str], view: View, text: Text, style: Style
) -> dict[str, dict[str, Any]]:
    """Return the curves and cards as they are now, and ranges that grow in jumps: axes must not creep."""
    members = list(zip(runs.members, runs.progress.members, strict=True))
    levels = _levels(runs.members, view)
    losses = [loss(member, now.curve, now.looks, view) for member, now in members]
    measures = [measure(now.looks, view) for _, now in members]
    bands = band_curves(members, view)
    across = [0.0, reach([x for x, _ in (*losses, *measures)], view)]
    heights = {
        "loss": loss_range(levels, [y for _, y in (*losses, *bands["loss"].values())]),
        "measure": measure_range(view.measure, [y for _, y in (*measures, *bands["measure"].values())]),
    }
    traces: dict[str, dict[str, Any]] = {
        uid: {"x": x, "y": y} for of in bands.values() for uid, (x, y) in of.items()
    }
    for curves, what in ((losses, "loss"), (measures, "measure")):
        ends = _ends(curves, across, heights[what], style)
        for letter, (x, y), (end_x, end_y) in zip(LETTERS, curves, ends, strict=False):
            traces[f"{letter} {what}"] = {"x": x, "y": y, "mode": "lines" if len(x) > 1 else "markers"}
            traces[f"{letter} {what} end"] = {"x": end_x, "y": end_y}
    for letter, name, (member, now) in zip(LETTERS, names, members, strict=False):
        traces[f"{letter} card"] = {"name": card(member, now, name, view, text, style.large)}
        batches = view.curve == "running" and view.scale == "nats" and not now.band
        x, y = points(now.curve, now.curve.loss, view) if batches else NOTHING
        traces[f"{letter} batches"] = {"x": x, "y": y}
    low, high = heights["loss"]
    places = apart([level.value for level in levels], _line_height(heights["loss"], style), low, high)
    layout: dict[str, Any] = {f"annotations.{i}.y": place for i, place in enumerate(places.tolist())}
    # Both, though they match: "home" after a zoom asks for either.
    layout |= {"xaxis.range": across, "xaxis2.range": across}
    layout |= {"yaxis.range": heights["loss"], "yaxis2.range": heights["measure"]}
    return {"traces": traces, "layout": layout}


def _line_height(shown: Sequence[float], style: Style) -> float:
    """Return how high a line of text is, in units of an axis, where the chart is as low as it gets."""
    return style.size(15) / PLOT_HEIGHT * (shown[1] - shown[0])


def _ends(
    curves: Sequence[Curve], across: Sequence[float], shown: Sequence[float], style: Style
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return where the letters at the ends of curves stand; nowhere for a curve without ends."""
    ends: dict[int, tuple[float, float]] = {}
    for run, (x, y) in enumerate(curves):
        drawn = np.flatnonzero(np.isfinite(y))
        if len(drawn):
            ends[run] = float(x[drawn[-1]]), float(np.clip(y[drawn[-1]], shown[0], shown[1]))
    across_at = [at for at, _ in ends.values()]
    line = _line_height(shown, style)
    low, high = shown[0] + line / 2, shown[1] - line / 2
    heights = ends_apart(across_at, [y for _, y in ends.values()], 0.05 * across[1], line, low, high)
    places = dict(zip(ends, zip(across_at, heights.tolist(), strict=True), strict=True))
    return [
        (np.array([places[run][0]]), np.array([places[run][1]])) if run in places else NOTHING
        for run in range(len(curves))
    ]
