"""The figures of the Explore page: the map in two or three dimensions, and the variance of each component.

The map's traces are made once for its words and its coloring; places, marks and what the axes mean come as moves.
In two dimensions WebGL draws the words, SVG what is marked on them; in three it is all in one scene.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from w2v_core.vectors.projection import Points

from ...background.layouts import Layout
from ...formatting import percent
from ...live_figure import Moves, Style, ladder, literal, moved
from ...live_figure.style import COLORS
from ...text import Words
from ...widgets.word_map import TOO_COMMON, label_order
from .coloring import Coloring, look_of
from .explorer import Explorer
from .mark_traces import coordinates, lines, mark, mark_places, rings
from .marks import Marks

MOST_LABELS = {2: 80, 3: 50}  # by dimensions
MANY = 2500  # words; beyond, dots are smaller
STRAYS = 0.0025  # share of the words, at either end of an axis, that may lie outside the view
TITLES = {2: ("xaxis", "yaxis"), 3: ("scene.xaxis", "scene.yaxis", "scene.zaxis")}
CAMERA = {"eye": {"x": 1.2, "y": 1.2, "z": 0.7}, "center": {"x": 0, "y": 0, "z": -0.15}}
BUTTONS = {
    "scrollZoom": True,
    "displayModeBar": True,
    "modeBarButtonsToRemove": ["toImage", "autoScale2d", "resetCameraLastSave3d"],
}


def map_figure(
    explorer: Explorer,
    layout: Layout,
    colors: Coloring,
    marks: Marks,
    category_titles: Sequence[str],
    revision: str,
    text: Words,
    style: Style,
) -> go.Figure:
    """Return the map of an explorer's words.

    Parameters
    ----------
    explorer : Explorer
    layout : Layout
        Where the words are, in two or three dimensions.
    colors : Coloring
    marks : Marks
    category_titles : sequence of str
        What each word is, for its hover label; "" for none.
    revision : str
        The user's zoom stays as long as it does.
    text : Words
    style : Style
    """
    flat = layout.points.shape[1] == 2
    traces = [*lines(flat, style), *_words(explorer, colors, category_titles, flat, text, style)]
    traces += [*rings(flat, style), _labels(explorer, colors, flat, style)]
    hidden = {"showgrid": False, "showticklabels": False, "ticks": "", "zerolinecolor": style.grid}
    small = {"font": {"size": style.size(12)}}
    if flat:
        axes: dict[str, Any] = {
            "xaxis": hidden | {"title": small | {"standoff": style.size(4)}},
            "yaxis": hidden | {"title": small | {"standoff": style.size(4)}, "scaleanchor": "x"},
        }
    else:
        axis = hidden | {"showbackground": False, "showspikes": False, "title": small, "zeroline": True}
        axes = {
            "scene": {f"{letter}axis": axis for letter in "xyz"}
            | {"aspectmode": "cube", "dragmode": "turntable", "camera": CAMERA}
        }
    figure = style.figure(
        *traces,
        margin={"l": style.size(24), "r": 4, "t": style.size(26), "b": style.size(20)},
        showlegend=bool(colors.titles),
        legend={"itemsizing": "constant", "x": 1.01, "y": 1, "itemwidth": 30}
        | {"font": {"size": style.size(11.5)}},
        dragmode="pan",
        meta={"config": BUTTONS},
        narrow=_narrow(len(colors.titles), style),
        uirevision=revision,
        **axes,
    )
    return moved(figure, map_moves(explorer, layout, colors, marks, revision, text))


def _narrow(classes: int, style: Style) -> dict[str, Any]:
    """Return what is different where there is little room across: the legend, if any, stands below the map.

    Two classes share a row; what does not fit into a quarter of the height is scrolled to.
    """
    if not classes:
        return {}
    return {
        "legend.orientation": "h",
        "legend.x": 0,
        "legend.y": 0,
        "legend.yref": "container",
        "legend.yanchor": "bottom",
        "legend.entrywidthmode": "fraction",
        "legend.entrywidth": 0.46,
        "legend.maxheight": 0.25,
        "margin.b": style.size(28 + 19 * min((classes + 1) // 2, 8)),
    }


def map_moves(
    explorer: Explorer, layout: Layout, colors: Coloring, marks: Marks, revision: str, text: Words
) -> Moves:
    """Return where the words and the marks are, and what the axes mean; arguments as of `map_figure`."""
    points = layout.points.astype(np.float32)
    traces: dict[str, dict[str, Any]] = {}
    for number in (-1, *colors.titles):
        of_class = np.flatnonzero(colors.number == number)
        traces[class_uid(number)] = coordinates(points[of_class])
        if points.shape[1] == 2:
            chosen = None if marks.selected is None else np.isin(of_class, marks.selected).nonzero()[0]
            traces[class_uid(number)]["selectedpoints"] = chosen if chosen is None else chosen.tolist()
    if colors.share is not None:
        traces[class_uid(-1)]["marker.color"] = colors.share
    for uid, at in mark_places(points, marks).items():
        traces[uid] = coordinates(at) | {"visible": bool(len(at))}
        if points.shape[1] == 2:
            traces[uid]["selectedpoints"] = None
    traces["labels"] = coordinates(points) | {
        "leading": np.array(marks.leading, dtype=np.int32),
        "selected": None if marks.selected is None else list(marks.selected),
    }
    parts: dict[str, Any] = {"uirevision": revision}
    if points.shape[1] == 2:
        parts["selections"] = []  # words stay selected, wherever they go; the outline does not
    meanings = axis_titles(explorer, layout, text)
    replayed = explorer.panel.tab == "time" and len(explorer.film) > 1
    held = explorer.replay()[-1] if replayed else points  # the view is that of the last moment
    for axis, title, reach in zip(TITLES[points.shape[1]], meanings, _reach(held, layout), strict=True):
        parts |= {f"{axis}.title.text": title, f"{axis}.range": reach}
        parts[f"{axis}.zeroline"] = explorer.wish.kind != "tsne"
    return {"traces": traces, "layout": parts}


def axis_titles(explorer: Explorer, layout: Layout, text: Words) -> list[str]:
    """Return what each axis of the map means: of t-SNE, that it means nothing."""
    dimensions, wish = layout.points.shape[1], explorer.wish
    if explorer.panel.tab == "time":
        return [text.replay_axis.format(number=axis + 1) for axis in range(dimensions)]
    if layout.components:
        shares = layout.components.shares
        if dimensions == 3:  # no share that changes: WebGL takes long to make new letters
            return [text.axis_short.format(number=axis + 1) for axis in wish.components]
        return [
            text.axis.format(number=axis + 1, share=percent(shares[axis])) if axis < len(shares) else ""
            for axis in wish.components[:dimensions]
        ]
    if layout.formed:
        return [text.tsne_axis, ""] if dimensions == 2 else [""] * 3  # a sentence would lie across the room
    titles = []
    for pairs in wish.pairs:
        low, high = (", ".join(literal(pair[end]) for pair in pairs) for end in (0, 1))
        titles.append(f"← {low}   ·   {high} →")
    return titles


def class_uid(number: int) -> str:
    """Return the uid of a class's trace; -1 stands for words without one, and for all words of a scale."""
    return f"class{number}"


def made_of(explorer: Explorer, layout: Layout, colors: Coloring) -> Hashable:
    """Return what changes with the traces of `map_figure`."""
    return explorer.ids.tobytes(), layout.points.shape[1], colors.key


def variance_figure(layout: Layout, chosen: Sequence[int], text: Words, style: Style) -> go.Figure:
    """Return a bar for each principal component: how much of the variance it holds; those on the axes are named."""
    assert layout.components is not None
    shares = layout.components.shares
    letters = [
        "".join("xyz"[place] for place, axis in enumerate(chosen) if axis == n) for n in range(len(shares))
    ]
    bars = go.Bar(
        uid="variance",
        x=np.arange(1, len(shares) + 1),
        y=100 * shares,
        text=letters,
        textposition="outside",
        cliponaxis=False,
        textfont={"size": style.size(11), "color": style.text},
        marker={"color": [style.text_colors["center" if letter else "other"] for letter in letters]},
        customdata=[
            text.component.format(number=n + 1, share=percent(share)) for n, share in enumerate(shares)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    axis = {"fixedrange": True, "nticks": 4, "tickfont": {"size": style.size(10)}}
    return style.figure(
        bars,
        margin={"l": style.size(34), "r": 2, "t": style.size(8), "b": style.size(34)},
        xaxis=axis
        | {"title": {"text": text.variance_axis, "font": {"size": style.size(11)}}, "showgrid": False},
        yaxis=axis | {"ticksuffix": "%", "range": [0, 118 * float(shares.max(initial=1e-3))]},
        meta={"config": {"displayModeBar": False}},
    )


def _words(
    explorer: Explorer, colors: Coloring, category: Sequence[str], flat: bool, text: Words, style: Style
) -> list[go.Scattergl | go.Scatter3d]:
    """Return a trace for each class, those without one first; of a scale, one trace."""
    ids, vocabulary = explorer.ids, explorer.vocabulary
    make = go.Scattergl if flat else go.Scatter3d
    traces = []
    for number in (-1, *colors.titles):
        of_class = np.flatnonzero(colors.number == number)
        plain = number < 0 and bool(colors.titles)
        size = (4 if plain else 7) * (0.75 if len(ids) > MANY else 1)
        marker: dict[str, Any] = {
            "size": style.size(size if flat else 0.6 * size),
            "opacity": 0.4 if plain else 0.9,
            **(
                look_of(number, flat, style)
                if number >= 0
                else {"color": COLORS["other"], "line": {"width": 0}}
            ),
        }
        if colors.share is not None:
            marker |= _scale(colors, style)
        words, said = [], []
        for i in of_class.tolist():
            word, count = vocabulary.words[ids[i]], f"{vocabulary.counts[ids[i]]:,}"
            about = [f"<b>{literal(word)}</b>", text.times.format(count=count), literal(category[i])]
            words.append(word)
            said.append(" · ".join(part for part in about if part))
        traces.append(
            make(
                uid=class_uid(number),
                name=literal(colors.titles[number]) if number >= 0 else "",
                showlegend=number >= 0,
                mode="markers",
                marker=marker,
                customdata=words,
                hovertext=said,
                hovertemplate="%{hovertext}<extra></extra>",
                **({"unselected": {"marker": {"opacity": 0.15}}} if flat else {}),
            )
        )
    return traces


def _scale(colors: Coloring, style: Style) -> dict[str, Any]:
    """Return the look of words on a scale: more is more visible, in light and dark."""
    low, high = ("#4b5563", "#cfe8fb") if style.dark else ("#d5d9e0", "#00304d")
    middle = style.text_colors["center"]
    return {
        "colorscale": [[0, low], [0.5, middle], [1, high]],
        "cmin": 0,
        "cmax": 1,
        "colorbar": {
            "thickness": style.size(10),
            "len": 0.5,
            "tickvals": [0, 1],
            "ticktext": [literal(end) for end in colors.ends],
            "tickfont": {"size": style.size(11)},
            "outlinewidth": 0,
            "x": 1.01,
        },
    }


def _labels(explorer: Explorer, colors: Coloring, flat: bool, style: Style) -> go.Scatter | go.Scatter3d:
    """Return the trace of all labels, of which the browser shows as many as there is room for."""
    vocabulary, ids = explorer.vocabulary, explorer.ids
    share = vocabulary.counts[ids] / vocabulary.counts.sum()
    order = label_order(colors.number, share)
    if len(order) < len(ids):  # then those without a class, where there is room
        order += [i for i in np.argsort(share > TOO_COMMON, kind="stable").tolist() if colors.number[i] < 0]
    numbers = [-1, *colors.titles]
    place = {number: i for i, number in enumerate(numbers)}
    labels = {
        "order": order,
        "most": MOST_LABELS[2 if flat else 3],
        "gap": style.size(5),
        "group": [place[number] for number in colors.number.tolist()],
        "groups": [class_uid(number) for number in numbers],
    }
    kind: dict[str, Any] = {
        "mode": "markers+text" if flat else "text",  # markers that are not seen keep the text off the dots
        "text": [literal(vocabulary.words[i]) for i in ids],
        "textfont": {"size": style.size(12), "color": style.text},
        "meta": {"labels": labels},
    }
    if flat:
        kind["marker"] = {"size": style.size(8), "opacity": 0}
    return mark("labels", flat, kind)


def _reach(points: Points, layout: Layout) -> list[list[float]]:
    """Return how far the view reaches along each axis, a few strays aside: ranges that grow in jumps."""
    strays = 0 if not layout.components and not layout.formed else STRAYS
    low, high = np.quantile(points, [strays, 1 - strays], axis=0)
    if points.shape[1] == 3:  # one scale, or distances would mislead
        reach = ladder(1.05 * float(max(high.max(), -low.min())), 0.1, 1.25)
        return [[-reach, reach]] * 3
    return [
        [-ladder(-1.1 * float(a), 0.1, 1.25), ladder(1.1 * float(b), 0.1, 1.25)]
        for a, b in zip(low, high, strict=True)
    ]
