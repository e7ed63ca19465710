"""The figures of the Lookup page: a word's neighbors under the hill of all similarities, and words with each other.

Each is made once a word; what moves while the vectors are trained comes from the function beside it, as
`app.live_figure.move` takes it. A click says what to do: "ask:" or "add:", and the word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from ...formatting import Count
from ...formatting import figure as number_of
from ...live_figure import Moves, Style, ladder, literal, moved
from ...live_figure.style import COLORS
from ...text import Words
from .questions import Card

ASK, ADD = "ask:", "add:"
NUMBERS = 0.3  # of the width, for the numbers beside the bars and the signs beside those
LONGEST = 16  # characters of a word beside its bar
# Heights in pixels, at the usual size of type.
TITLE, ROW, HILL, SCALE, CELL = 30, 24, 62, 46, 26


def shown(value: float, metric: str) -> str:
    """Return a similarity or a distance as it is written."""
    return f"{value:.3f}".replace("-", "−") if metric == "cosine" else number_of(value)


def near_height(rows: int, alone: bool, style: Style) -> float:
    """Return how high the figure of a word with so many neighbors is, in pixels."""
    least = 4 * HILL if alone else 0
    return style.size(TITLE + SCALE + max(HILL + ROW * max(rows, 1), least))


def near_figure(
    card: Card, metric: str, rank: str, alone: bool, words: int, text: Words, style: Style
) -> go.Figure:
    """Return a word's neighbors as bars, and the hill above them, or beside them where the word stands alone.

    Where there is little room across, the hill of a single word, too, is above its neighbors.

    Parameters
    ----------
    card : Card
    metric : {"cosine", "dot", "euclidean"}
    rank : str
        The text beside the word.
    alone : bool
    words : int
        In the vocabulary.
    text : Words
    style : Style
    """
    rows = max(len(card.near), 1)
    room = near_height(rows, alone, style) - style.size(TITLE)  # of both, with the scale under the hill
    list_share = style.size(ROW * rows) / room
    scale_share = style.size(SCALE) / room
    bars_end = 1 - NUMBERS * style.scale
    domains = narrow = {
        "xaxis.domain": [0, bars_end],
        "yaxis.domain": [0, list_share],
        "xaxis2.domain": [0, 1],
        "yaxis2.domain": [list_share + scale_share, 1],
        "xaxis3.domain": [0.9, 1],
    }
    if alone:
        domains = {
            "xaxis.domain": [0, 0.56 - 0.06 * style.scale],
            "yaxis.domain": [1 - list_share, 1],
            "xaxis2.domain": [0.64, 1],
            "yaxis2.domain": [scale_share, 1],
            "xaxis3.domain": [0.52, 0.58],
        }
    still = {"fixedrange": True, "showgrid": False}
    figure = style.figure(
        *_traces(card, text, style),
        title=f'{literal(card.word)}  <span style="font-size:{style.size(12)}px;font-weight:400">{rank}</span>',
        margin={"l": 0, "r": style.size(6), "t": style.size(TITLE), "b": 0},
        barmode="overlay",
        bargap=0,
        dragmode=False,
        uirevision=f"{metric} {card.word}",
        narrow=narrow if alone else None,
        xaxis={"domain": domains["xaxis.domain"], "visible": False, **still},
        yaxis={
            "domain": domains["yaxis.domain"],
            "range": [rows - 0.5, -0.5],
            "tickvals": list(range(rows)),
            "ticks": "",
            "automargin": "left",
            "tickfont": {"size": style.size(14)},
            "ticklabelstandoff": int(style.size(6)),
            **still,
        },
        xaxis2={
            "domain": domains["xaxis2.domain"],
            "anchor": "y2",
            "title": {
                "text": text.axis.format(metric=text.metrics[metric], words=f"{words - 1:,}"),
                "standoff": 2,
            },
            "nticks": 6,
            **still,
        },
        yaxis2={
            "domain": domains["yaxis2.domain"],
            "anchor": "x2",
            "automargin": "left",
            "title": {"text": text.heights},
            "fixedrange": True,
        },
        xaxis3={"domain": domains["xaxis3.domain"], **still},
    )
    figure.layout.xaxis3.update(range=[-0.5, 0.5], visible=False)
    return moved(figure, near_moves(card, metric, text))


def _traces(card: Card, text: Words, style: Style) -> list[go.Figure]:
    rows = np.arange(len(card.near))
    hill = [
        go.Bar(
            uid=uid,
            xaxis="x2",
            yaxis="y2",
            marker={"color": COLORS[color], "opacity": opacity, "line": {"width": 0}},
            hovertemplate="%{x:.3~f}: %{hovertext}<extra></extra>",
        )
        for uid, color, opacity in (("hill", "other", 0.45), ("listed", "center", 1))
    ]
    bars = go.Bar(
        uid="near",
        orientation="h",
        y=rows,
        width=0.45,
        marker={"color": COLORS["center"]},
        textposition="outside",
        textfont={"size": style.size(13)},
        constraintext="none",
        cliponaxis=False,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    marks = go.Scatter(
        uid="add",
        xaxis="x3",
        x=np.zeros(len(rows)),
        y=rows,
        mode="text",
        text=["+"] * len(rows),
        textfont={"size": style.size(17), "color": style.text_colors["other"]},
        hovertemplate="%{hovertext}<extra></extra>",
    )
    return [*hill, bars, marks]


def near_moves(card: Card, metric: str, text: Words) -> Moves:
    """Return a word's neighbors and its hill as they are now."""
    words, values = [word for word, _ in card.near], np.array([value for _, value in card.near])
    edges, counts = card.edges, card.counts
    listed, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    centers, width = (edges[:-1] + edges[1:]) / 2, float(edges[1] - edges[0])
    high = 1.0 if metric == "cosine" else ladder(float(np.max(values, initial=0)), 1.0)
    low = {"cosine": -1.0, "euclidean": 0.0}.get(metric, -ladder(-float(edges[0]), 1.0))
    top = 1.08 * ladder(float(np.sqrt(counts.max(initial=1))), 1.0, 1.25)
    ticks = _ticks(top)
    hill = {
        uid: {
            "x": centers,
            "y": np.sqrt(heights),
            "width": width,
            "hovertext": [text.hill_hover.format(count=Count(f"{count:,}")) for count in heights.tolist()],
        }
        for uid, heights in (("hill", counts), ("listed", listed))
    }
    return {
        "traces": {
            **hill,
            "near": {
                "x": np.clip(values, 0, None),
                "text": [shown(value, metric) for value in values.tolist()],
                "hovertext": [f"{literal(word)}: {shown(value, metric)}" for word, value in card.near],
                "customdata": [ASK + word for word in words],
            },
            "add": {
                "hovertext": [text.add.format(word=literal(word)) for word in words],
                "customdata": [ADD + word for word in words],
            },
        },
        "layout": {
            "xaxis.range": [0, high],
            "yaxis.ticktext": [_label(word, word in card.shared) for word in words],
            "xaxis2.range": [low, 1.0 if metric == "cosine" else ladder(float(edges[-1]), 1.0)],
            "yaxis2.range": [0, top],
            "yaxis2.tickvals": np.sqrt(ticks).tolist(),
            "yaxis2.ticktext": [f"{count:,}" for count in ticks],
        },
    }


def _ticks(top: float) -> list[int]:
    """Return numbers of words to stand at the heights of their square roots, up to `top`, none upon another."""
    ticks: list[int] = []
    for count in (10**power for power in reversed(range(1 + int(2 * np.log10(top))))):
        if not ticks or np.sqrt(ticks[-1]) - np.sqrt(count) > top / 4:
            ticks.append(count)
    return ticks


def _short(word: str) -> str:
    return word if len(word) <= LONGEST else f"{word[: LONGEST - 1]}…"


def _label(word: str, shared: bool) -> str:
    name = literal(_short(word))
    return f'<b>{name}</b> <span style="color:{COLORS["noise"]}">●</span>' if shared else name


def between_height(words: int, style: Style) -> float:
    """Return how high the figure of so many words with each other is, in pixels."""
    return style.size(CELL * words)


def between_figure(
    words: Sequence[str], values: npt.NDArray[np.float64], metric: str, style: Style
) -> go.Figure:
    """Return how near n words are to each other: each pair once, below the diagonal; two words have one cell.

    Parameters
    ----------
    words : sequence of str
    values : (n, n) float array
    metric : {"cosine", "dot", "euclidean"}
    style : Style
    """
    names = [literal(_short(word)) for word in words]
    last = len(words) - 1
    cells = go.Heatmap(
        uid="cells",
        xgap=3,
        ygap=3,
        showscale=False,
        zmin=0,
        reversescale=metric == "euclidean",
        # The middle of the blue is as dark as text in either theme can stand.
        colorscale=[[0, style.grid], [1, "#2F76A8" if style.dark else "#8DBFDD"]],
        texttemplate="%{text}",
        textfont={"size": style.size(13), "color": style.text},
        hoverinfo="skip",
    )
    axis = {
        "showgrid": False,
        "fixedrange": True,
        "ticks": "",
        "tickvals": list(range(last)),
        "zeroline": False,
    }
    axis |= {"tickfont": {"size": style.size(13)}, "linewidth": 0, "range": [-0.5, last - 0.5]}
    figure = style.figure(
        cells,
        margin={"l": 0, "r": 0, "t": style.size(CELL), "b": 0},
        dragmode=False,
        meta={"config": {"displayModeBar": False}},
        xaxis=axis | {"side": "top", "ticktext": names[:-1]},
        yaxis=axis | {"automargin": "left", "ticktext": names[1:], "range": [last - 0.5, -0.5]},
    )
    return moved(figure, between_moves(values, metric))


def between_moves(values: npt.NDArray[np.float64], metric: str) -> Moves:
    """Return how near n words are to each other now; `values` (n, n)."""
    n = len(values) - 1
    pairs = [
        [float(values[row + 1, column]) if column <= row else None for column in range(n)] for row in range(n)
    ]
    most = max(abs(value) for row in pairs for value in row if value is not None)
    return {
        "traces": {
            "cells": {
                "z": pairs,
                "text": [["" if value is None else shown(value, metric) for value in row] for row in pairs],
                "zmax": 1.0 if metric == "cosine" else ladder(most, 1.0),
            }
        }
    }
