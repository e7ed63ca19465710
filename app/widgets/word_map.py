"""A map of words, wherever it is drawn: what its words are, and where they lie.

The words of a map stay the same for the whole run. Their traces are made once; after that only places travel.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from w2v_core import Vocabulary

from ..background.wordmap import MapFrame, WordMap
from ..live_figure import Style, ladder, literal
from ..live_figure.style import CATEGORIES, COLORS
from ..text import Text

MOST_LABELS = 100
DOT = 8  # pixels
TOO_COMMON = 1e-3  # share of the text beyond which a word is one like "the"
STRAYS = 0.01  # share of the words that may lie outside the view


def word_traces(
    shown: WordMap,
    vocabulary: Vocabulary,
    titles: Sequence[str],
    text: Text,
    style: Style,
    *,
    subplot: int = 1,
    most: int = MOST_LABELS,
    dot: float = DOT,
) -> list[go.Scattergl | go.Scatter]:
    """Return the traces of a map's words, without places: a trace for each category, the rings, the labels.

    Several maps of the same categories are subplots of one figure (a page has few WebGL contexts): they share the
    legend of the first, and show or hide a category together.

    Parameters
    ----------
    shown : WordMap
    vocabulary : Vocabulary
    titles : sequence of str
        Of the categories.
    text : Text
    style : Style
    subplot : int
        Whose axes the traces have; part of their uids from the second on.
    most : int
        Labels.
    dot : float
        Size of a word's dot, in pixels.
    """
    axes = {} if subplot == 1 else {"xaxis": f"x{subplot}", "yaxis": f"y{subplot}"}
    words = [vocabulary.words[i] for i in shown.ids]
    counts = [text.hover_count.format(count=f"{n:,}") for n in vocabulary.counts[shown.ids]]
    traces: list[go.Scattergl | go.Scatter] = []
    for category in range(-1, len(titles)):
        places = np.flatnonzero(shown.category == category)
        if category < 0:
            marker = {
                "size": style.size((0.5 if titles else 0.75) * dot),
                "color": COLORS["other"],
                "opacity": 0.35 if titles else 0.6,
            }
        else:
            marker = {"size": style.size(dot), "color": CATEGORIES[category], "opacity": 0.9}
        traces.append(
            go.Scattergl(
                uid=group_uid(category, subplot),
                name=literal(titles[category]) if category >= 0 else "",
                showlegend=category >= 0 and subplot == 1,
                legendgroup=group_uid(category),
                mode="markers",
                marker=marker,
                customdata=[[words[i], f"<b>{literal(words[i])}</b> · {counts[i]}", ""] for i in places],
                hovertemplate="%{customdata[1]}%{customdata[2]}<extra></extra>",
                **axes,
            )
        )
    for uid, size, color in (("followed", 16, COLORS["center"]), ("friends", 12, style.text)):
        traces.append(
            go.Scattergl(
                uid=uid_in(uid, subplot),
                mode="markers",
                showlegend=False,
                hoverinfo="skip",
                marker={
                    "size": style.size(size),
                    "color": "rgba(0,0,0,0)",
                    "line": {"width": 2, "color": color},
                },
                **axes,
            )
        )
    shares = vocabulary.counts[shown.ids] / vocabulary.counts.sum()
    labels = {
        "order": label_order(shown.category, shares),
        "most": most,
        "gap": style.size(5),
        "group": (shown.category + 1).tolist(),
        "groups": [group_uid(category, subplot) for category in range(-1, len(titles))],
    }
    traces.append(
        go.Scatter(
            uid=uid_in("labels", subplot),
            # Markers that are not seen keep the text off the dots.
            mode="markers+text",
            marker={"size": style.size(8), "opacity": 0},
            text=[literal(word) for word in words],
            textfont={"size": style.size(12), "color": style.text},
            hoverinfo="skip",
            showlegend=False,
            meta={"labels": labels},
            **axes,
        )
    )
    return traces


def uid_in(name: str, subplot: int) -> str:
    """Return the uid of a trace in a subplot, without spaces: Plotly makes a class of CSS of it."""
    return name if subplot == 1 else f"{name}-in-{subplot}"


def group_uid(category: int, subplot: int = 1) -> str:
    """Return the uid of a category's trace; -1 stands for words without one."""
    return uid_in(f"category{category}", subplot)


def place_moves(
    shown: WordMap, frame: MapFrame, followed: int, near: Sequence[int], subplot: int = 1
) -> dict[str, dict[str, object]]:
    """Return the places of `word_traces`; `followed` and `near` are vocabulary ids."""
    x, y = frame.xy.astype(np.float32).T
    traces: dict[str, dict[str, object]] = {}
    for category in np.unique([-1, *shown.category]):
        chosen = shown.category == category
        traces[group_uid(int(category), subplot)] = {"x": x[chosen], "y": y[chosen]}
    place = {int(id): i for i, id in enumerate(shown.ids)}
    marked = [place[id] for id in (followed, *near) if id in place]
    first, others = ([marked[0]], marked[1:]) if followed in place else ([], marked)
    traces[uid_in("followed", subplot)] = {"x": x[first], "y": y[first]}
    traces[uid_in("friends", subplot)] = {"x": x[others], "y": y[others]}
    traces[uid_in("labels", subplot)] = {
        "x": x,
        "y": y,
        "leading": np.array([*first, *others], dtype=np.int32),
    }
    return traces


def reach_of(shown: WordMap, frame: MapFrame) -> list[float]:
    """Return how far the view reaches from the middle, across and up: the colored words, a few strays aside."""
    colored = shown.category >= 0
    size = np.abs(frame.xy[colored] if colored.any() else frame.xy)
    return [ladder(float(1.1 * np.quantile(each, 1 - STRAYS)), 1.0, 1.25) for each in size.T]


def label_order(category: np.ndarray, share: np.ndarray) -> list[int]:
    """Return map places in the order in which they deserve a label: by turns from every category.

    The words come by falling count, so each category's commonest words lead, and no category goes without
    labels because its words are rare. Words without a category are labeled only where there are none: then
    those first that are not too common to say much.
    """
    if category.max() < 0:
        return np.argsort(share > TOO_COMMON, kind="stable").tolist()
    groups = [np.flatnonzero(category == c) for c in np.unique(category) if c >= 0]
    turns = itertools.zip_longest(*(group.tolist() for group in groups))
    return [place for turn in turns for place in turn if place is not None]
