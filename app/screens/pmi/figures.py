"""The figure of What it learns: pairs as points, and the diagonal to which the loss drives them.

Across, where the loss drives a pair (known from the text alone); up, where the vectors have it. Pairs that never occur
belong at minus infinity: they stand in a column of their own at the left.
"""

from __future__ import annotations

import itertools

import numpy as np
import plotly.graph_objects as go

from w2v_core.diagnostics.pmi import Learned, PairSample

from ...background.run import Run
from ...live_figure import Moves, Style, broken, ladder, literal, moved
from ...live_figure.style import COLORS
from ...text import Text
from ...text.glossary import hover_text
from .model import CountedPairs, frequency_classes, kind

LOOKS = ((4, 0.5), (5, 0.6), (6.5, 0.75), (8, 0.95))  # size and opacity, by how often a pair occurs
COLUMN = 0.085  # of the width
STRAYS = 0.04  # of the pairs that never occur: they sink without end, and may leave the view
GOLDEN = 0.618034  # parts the points of the column, the same way at every look


def pairs_figure(run: Run, pairs: CountedPairs, found: Learned, text: Text, style: Style) -> go.Figure:
    """Return the pairs of a run, a trace for each class of frequency, with those that never occur beside them."""
    pmi_page, sample, what = text.pmi_page, pairs.sample, kind(run.config)
    axis = pmi_page.optimum_axis[what]
    low, high = across(sample)
    some = len(sample.strange_centers) > 0
    figure = style.figure(
        *(
            go.Scattergl(
                uid=f"class{number}",
                name=name,
                mode="markers",
                marker={"size": style.size(size), "color": COLORS["context"], "opacity": opacity},
                x=sample.optimum[chosen].astype(np.float32),
                hovertemplate="%{customdata}<extra></extra>",
                showlegend=bool(chosen.any()),
            )
            for (number, chosen), name, (size, opacity) in zip(
                _classes(pairs), _class_names(pairs, text), LOOKS, strict=False
            )
        ),
        go.Scattergl(
            uid="strange",
            mode="markers",
            marker={"size": style.size(4), "color": COLORS["noise"], "opacity": 0.55},
            x=(np.arange(len(sample.strange_centers)) * GOLDEN % 1 * 0.8 + 0.1).astype(np.float32),
            xaxis="x2",
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=False,
        ),
        title={"text": pmi_page.chart[what]},
        narrow={
            "title.text": broken(pmi_page.chart[what]),
            "title.pad.t": style.size(16),
            "margin.t": style.size(54),
            "legend.title.side": "top",
            "margin.b": style.size(112),
            "xaxis.nticks": 5,
            "xaxis.title.text": broken(axis) if style.large else axis,
        },
        showlegend=True,
        legend={
            "orientation": "h",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "itemsizing": "trace",
            "title": {"text": pmi_page.legend},
        },
        margin={"b": style.size(76), "t": style.size(34)},
        dragmode="pan",
        meta={"config": {"scrollZoom": True}},
        xaxis={
            "domain": [COLUMN + 0.02 if some else 0, 1],
            "range": [low, high],
            "nticks": 10,
            "title": {"text": axis},
        },
        xaxis2={
            "domain": [0, COLUMN],
            "range": [0, 1],
            "fixedrange": True,
            "showgrid": False,
            "anchor": "y",
            "tickvals": [0.5] if some else [],
            "ticktext": [pmi_page.never],
            "tickfont": {"color": style.text_colors["noise"]},
            "title": {"text": ""},
        },
        yaxis={"anchor": "x2" if some else "x", "nticks": 9, "title": {"text": pmi_page.value_axis[what]}},
    )
    figure.add_shape(
        type="line",
        x0=low,
        x1=high,
        y0=low,
        y1=high,
        line={"dash": "dash", "width": style.size(2), "color": COLORS["other"]},
    )
    if some:
        figure.add_shape(
            type="rect",
            xref="paper",
            yref="paper",
            x0=0,
            x1=COLUMN,
            y0=0,
            y1=1,
            layer="below",
            line={"width": 0},
            fillcolor="rgba(213, 94, 0, 0.07)",
        )
    near = low + 0.1 * (high - low)  # low on the diagonal, with room for the letters
    figure.add_annotation(
        text=broken(pmi_page.diagonal) if style.large else pmi_page.diagonal,
        align="left",
        hovertext=hover_text(text, "shifted_pmi" if what == "scores" else "probability"),
        x=near,
        y=near,
        xanchor="left",
        yanchor="top",
        xshift=style.size(12),
        showarrow=False,
        font={"color": style.text_colors["other"]},
    )
    return moved(figure, pairs_moves(run, pairs, found, text, hover=True))


def pairs_moves(run: Run, pairs: CountedPairs, found: Learned, text: Text, hover: bool) -> Moves:
    """Return what the vectors say of the pairs now; with `hover` also as sentences."""
    values, strange = found.values.astype(np.float32), found.strange_values.astype(np.float32)
    traces: dict[str, dict[str, object]] = {
        f"class{number}": {"y": values[chosen]} for number, chosen in _classes(pairs)
    }
    traces["strange"] = {"y": strange}
    if hover:
        said = np.array(_sentences(run, pairs, found, text), dtype=object)
        for number, chosen in _classes(pairs):
            traces[f"class{number}"]["customdata"] = said[chosen].tolist()
        traces["strange"]["customdata"] = _strange_sentences(run, pairs.sample, found, text)
    return {"traces": traces, "layout": {"yaxis.range": upward(pairs.sample, found)}}


def across(sample: PairSample) -> tuple[float, float]:
    """Return the range of the text's side, which is known from the start."""
    low, high = float(sample.optimum.min()), float(sample.optimum.max())
    room = 0.06 * (high - low) + 0.1
    return low - room, high + room


def upward(sample: PairSample, found: Learned) -> list[float]:
    """Return the range of the vectors' side: at least the text's, and wider in jumps as they leave it."""
    low, high = across(sample)
    sunk = np.quantile(found.strange_values, STRAYS) if len(found.strange_values) else low
    lowest = min(float(found.values.min()), float(sunk))
    return [
        low - (ladder(low - lowest, 1.0, 1.25) if lowest < low else 0),
        high + (ladder(float(found.values.max()) - high, 1.0, 1.25) if found.values.max() > high else 0),
    ]


def _classes(pairs: CountedPairs) -> list[tuple[int, np.ndarray]]:
    """Return the classes of frequency: a number, and which pairs are in it."""
    limits = frequency_classes(pairs.times)
    place = np.searchsorted(limits, pairs.times, side="right")
    return [(number, place == number) for number in range(len(limits) + 1)]


def _class_names(pairs: CountedPairs, text: Text) -> list[str]:
    pmi_page, limits = text.pmi_page, frequency_classes(pairs.times)
    between = [pmi_page.count_classes.format(low=low, high=high) for low, high in itertools.pairwise(limits)]
    return [
        pmi_page.count_below.format(high=limits[0]),
        *between,
        pmi_page.count_above.format(low=limits[-1]),
    ]


def _sentences(run: Run, pairs: CountedPairs, found: Learned, text: Text) -> list[str]:
    pmi_page, sample = text.pmi_page, pairs.sample
    names = _names(run, sample.centers, sample.contexts)
    numbers = zip(pairs.times, found.values, sample.optimum, sample.pmi, strict=True)
    return [
        f"{name}<br>{pmi_page.hover_counts}: {often:.3g}<br>{pmi_page.hover_said} <b>{signed(value)}</b>"
        f" · {pmi_page.hover_belongs} <b>{signed(optimum)}</b><br>{pmi_page.hover_pmi} {signed(pmi)}"
        for name, (often, value, optimum, pmi) in zip(names, numbers, strict=True)
    ]


def _strange_sentences(run: Run, sample: PairSample, found: Learned, text: Text) -> list[str]:
    names = _names(run, sample.strange_centers, sample.strange_contexts)
    return [
        f"{name}<br>{text.pmi_page.hover_said} <b>{signed(value)}</b><br>{text.pmi_page.hover_never}"
        for name, value in zip(names, found.strange_values, strict=True)
    ]


def _names(run: Run, centers: np.ndarray, contexts: np.ndarray) -> list[str]:
    words = run.corpus.vocabulary.words
    return [
        f"<b>{literal(words[c])} → {literal(words[o])}</b>" for c, o in zip(centers, contexts, strict=True)
    ]


def signed(value: float, digits: int = 2) -> str:
    """Return a number of fixed precision with a true minus sign."""
    return f"{value:.{digits}f}".replace("-", "−")
