"""Neighbors as bars: columns of words, each with its cosine, in the color of its category."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from w2v_core import Vocabulary

from ..background.wordmap import WordMap
from ..live_figure import Moves, Style, literal
from ..live_figure.style import CATEGORIES, COLORS

WORDS = 0.1  # of the width for the words of a column
NARROW_WORDS = 0.42  # where there is little room across: columns stand below each other
HEAD = 0.2  # of a column's height, above it there
LONGEST = 18  # characters of a word beside its bar
ROOM = 1.2  # a bar of cosine 1 leaves room for its number


def bars_figure(columns: int, rows: int, style: Style, **layout: Any) -> go.Figure:
    """Return columns of bars, without words; `layout` as `Style.figure` takes it.

    Where there is little room across they stand below each other, each as high as a ``--neighbors`` of the style sheet.
    """
    bars = []
    axes: dict[str, Any] = {}
    narrow: dict[str, Any] = {}
    height = (1 - (columns - 1) * HEAD / columns) / columns
    for column in range(columns):
        place = column + 1
        bars.append(
            go.Bar(
                uid=f"column{column}",
                orientation="h",
                xaxis=f"x{place}",
                yaxis=f"y{place}",
                y=np.arange(rows),
                width=0.5,
                textposition="outside",
                textfont={"size": style.size(12)},
                constraintext="none",
                cliponaxis=False,
                hoverinfo="skip",
            )
        )
        x, y = (f"{letter}axis{place if column else ''}" for letter in "xy")
        axes[x] = {
            "domain": [column / columns + WORDS * style.scale, place / columns],
            "range": [0, ROOM],
            "visible": False,
            "fixedrange": True,
        }
        axes[y] = {
            "range": [rows - 0.5, -0.5],
            "tickvals": list(range(rows)),
            "ticks": "",
            "showgrid": False,
            "fixedrange": True,
            "anchor": f"x{place}",
            "domain": [0, 1],
            "tickfont": {"size": style.size(13)},
            "ticklabelstandoff": int(style.size(6)),
        }
        narrow[f"{x}.domain"] = [NARROW_WORDS, 1]
        top = 1 - column * (height + HEAD / columns)
        narrow[f"{y}.domain"] = [max(0.0, top - height), top]
    return style.figure(*bars, narrow=narrow, meta={"config": {"displayModeBar": False}}, **axes, **layout)


def bars_moves(
    columns: Sequence[Sequence[tuple[str, float]]], shown: WordMap, vocabulary: Vocabulary
) -> Moves:
    """Return what the bars of `bars_figure` show.

    Parameters
    ----------
    columns : sequence of sequences of (word, cosine)
        Nearest first.
    shown : WordMap
        Whose categories color the bars.
    vocabulary : Vocabulary
    """
    category_of = dict(zip(shown.ids.tolist(), shown.category.tolist(), strict=True))
    traces, layout = {}, {}
    for column, near in enumerate(columns):
        words = [word for word, _ in near]
        categories = [category_of.get(vocabulary.id(word), -1) for word in words]
        traces[f"column{column}"] = {
            "x": np.array([max(0.0, cosine) for _, cosine in near], dtype=np.float32),
            "text": [f"{cosine:.3f}" for _, cosine in near],
            "customdata": words,
            "marker.color": [COLORS["other"] if c < 0 else CATEGORIES[c] for c in categories],
        }
        layout[f"yaxis{column + 1 if column else ''}.ticktext"] = [_short(word) for word in words]
    return {"traces": traces, "layout": layout}


def _short(word: str) -> str:
    return literal(word if len(word) <= LONGEST else f"{word[: LONGEST - 1]}…")
