"""Rows of W and of U as heat maps: before a step, their gradients, and after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ...formatting import Count, figure
from ...live_figure import Style, literal
from .half_steps import largest
from .row_names import fitted, meaning
from .scene import Scene
from .strips import frames, strips

WORD_COLUMNS = 16  # of a row's name


def heat_figure(scene: Scene, style: Style) -> go.Figure:
    """Return rows of W and of U before, as gradient, and after; most of W is not touched."""
    text, record, bench = scene.text, scene.record, scene.bench
    parts = (record.output_vectors, record.output_gradients, record.outputs_after)
    own = [part[0] for part in (record.input_vectors, record.input_gradients, record.inputs_after)]
    of_w = [(scene.word(bench.center), "center", own)]
    for word, role in _other_words(scene):
        vector = bench.embeddings.vectors[word].astype(float)
        of_w.append((scene.word(word), role, [vector, None, None]))
    of_u = [(scene.name(row), row.role, [part[row.place] for part in parts]) for row in scene.rows]
    if scene.objective == "negative_sampling" and bench.center not in record.columns:
        U = bench.embeddings.output_vectors
        assert U is not None, "a run has both"
        vector = U[bench.center].astype(float)  # a row of U that the step leaves as it is
        of_u.append((scene.word(bench.center), "center", [vector, None, None]))
    of_forks = scene.objective == "hierarchical_softmax"
    slots = [None, *of_w, None, *of_u]
    titles = {0: text.tables["W"], len(of_w) + 1: text.tables["U.nodes" if of_forks else "U"]}
    most = {
        "vectors": max(largest(part) for part in (record.input_vectors, own[2], parts[0], parts[2])),
        "gradients": max(map(largest, (own[1], parts[1]))),
    }
    return _heat(slots, titles, most, record.others.count, scene, style)


def _other_words(scene: Scene) -> list[tuple[int, str]]:
    """Return the words beside the center whose rows of W are shown, with their roles."""
    if scene.objective == "hierarchical_softmax":
        words = [(scene.bench.context, "context")]
    else:
        words = [(int(scene.record.columns[row.column]), row.role) for row in scene.rows]
    return [(word, role) for word, role in words if word != scene.bench.center]


def _heat(
    slots: Sequence[tuple[str, str, list[np.ndarray | None]] | None],
    titles: dict[int, str],
    most: dict[str, float],
    more: int,
    scene: Scene,
    style: Style,
) -> go.Figure:
    text, n = scene.text, len(slots) + bool(more)
    places = [i for i, slot in enumerate(slots) if slot]
    dim = scene.record.input_vectors.shape[1]
    muted = style.text_colors["other"]
    names = []
    for i, slot in enumerate(slots):
        if slot is None:
            names.append(f"<b>{literal(titles[i])}</b>")
            continue
        word, role, [_, gradient, _] = slot
        color = style.text_colors[meaning(role)] if gradient is not None else muted
        shown = literal(fitted(word, WORD_COLUMNS))
        shown = f"<b>{shown}</b>" if gradient is not None else shown
        mark = "▌" if gradient is not None else " "
        names.append(f'<span style="color:{color}">{shown} {mark}</span>')
    if more:
        names.append(f'<span style="color:{muted}">⋮</span>')
    first = 0.38 if style.large else 0.26  # where the strips begin
    gap = "<br>" if style.large else "&nbsp;"
    traces: list[go.Heatmap | go.Bar | go.Scatter] = []
    layout: dict[str, Any] = {}
    for k, column in enumerate(("before", "gradient", "after")):
        x = "x" if k == 0 else f"x{k + 1}"
        scale = most["gradients" if column == "gradient" else "vectors"]
        vectors = [slot[2][k] if slot else None for slot in slots]
        gaps = [i for i in places if vectors[i] is None]
        traces += [
            frames(places, dim, x, f"frames {column}", style),
            strips(vectors, scale, x, column, style).update(
                name=text.heat_columns[column],
                hovertemplate=f"{text.component.format(index='%{x}')}: %{{text:.5g}}<extra></extra>",
            ),
            go.Scatter(
                uid=f"same {column}",
                mode="text",
                xaxis=x,
                x=[(dim + 1) / 2] * len(gaps),
                y=gaps,
                text=["0" if column == "gradient" else "="] * len(gaps),
                textfont={"size": style.size(10), "color": muted},
                hoverinfo="skip",
            ),
        ]
        start = first + k * (1 - first - 0.01) / 3
        layout[f"xaxis{k + 1}"] = {
            "domain": [start, start + (1 - first - 0.01) / 3 - 0.015],
            "range": [0.5, dim + 0.5],
            "anchor": "y",
            "side": "top",
            "fixedrange": True,
            "showgrid": False,
            "showticklabels": False,
            "ticks": "",
            "title": {"text": f"{text.heat_columns[column]} {gap}±{figure(scale)}"},
        }
    if more:
        note = text.heat_more.format(count=Count(f"{more:,}"))
        traces.append(
            go.Scatter(
                uid="more", mode="text", x=[0.5], y=[n - 1], text=[note], textposition="middle right",
                textfont={"size": style.size(11), "color": muted}, cliponaxis=False, hoverinfo="skip",
            )
        )  # fmt: skip
    return style.figure(
        *traces,
        barmode="overlay",
        margin={"l": 0, "r": 4, "t": style.size(44 if style.large else 28), "b": 2},
        yaxis={
            "range": [n - 0.5, -0.5],
            "tickvals": list(range(n)),
            "ticktext": names,
            "tickfont": {"size": style.size(12.5 if n <= 20 else 11)},
            "ticks": "",
            "showgrid": False,
            "fixedrange": True,
            "linecolor": "rgba(0,0,0,0)",
        },
        **layout,
    )
