"""The figures of the Corpus page: frequencies, what subsampling keeps, noise, sentence lengths.

Three share the axis of ranks. Each is made once for a text and its settings; `mark` sends where the center word of the
sentence in the window is in them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from w2v_core import Vocabulary
from w2v_core.corpus import statistics
from w2v_core.corpus.statistics import SentenceLengths

from ...formatting import decimal
from ...live_figure import Moves, Style, literal
from ...live_figure.style import COLORS
from ...text import Words

Numbers = npt.NDArray[np.float64]
DASHES = ("dot", "solid", "dash")  # of the powers
LENGTH_TICKS = 8


def zipf_figure(vocabulary: Vocabulary, text: Words, style: Style) -> go.Figure:
    """Return the counts over the ranks, and the line that is fitted to them."""
    ranks = statistics.spaced_ranks(len(vocabulary))
    counts = vocabulary.counts[ranks - 1]
    line = go.Scatter(
        uid="fitted",
        name=text.fitted,
        mode="lines",
        x=ranks,
        y=statistics.zipf_line(vocabulary)(ranks),
        line={"dash": "dash", "width": style.size(1.5), "color": COLORS["other"]},
        hoverinfo="skip",
    )
    words = _curve(vocabulary, ranks, counts, f"%{{y:,}} {text.hover_times}", text)
    words.update(
        uid="counts",
        showlegend=False,
        mode="lines+markers",
        line={"width": style.size(2.5), "color": style.text},
        marker={"size": style.size(4), "color": style.text},
    )
    return _rank_figure([line, words], len(vocabulary), text.count, ",~f", text, style)


def subsampling_figure(vocabulary: Vocabulary, threshold: float, text: Words, style: Style) -> go.Figure:
    """Return how many occurrences of each word there are, and how many of them subsampling leaves on average."""
    ranks = statistics.spaced_ranks(len(vocabulary))
    counts = vocabulary.counts[ranks - 1]
    kept = counts * vocabulary.keep_probability(threshold)[ranks - 1]
    before = _curve(vocabulary, ranks, counts, f"%{{y:,}} {text.before}", text)
    before.update(
        uid="before",
        name=text.before,
        line={"dash": "dot", "width": style.size(1.5), "color": COLORS["other"]},
    )
    after = _curve(vocabulary, ranks, kept, f"%{{y:,.1f}} {text.after}", text)
    after.update(
        uid="after",
        name=text.after,
        line={"width": style.size(2.5), "color": style.text},
        fill="tozeroy",
        fillcolor="rgba(128,128,128,0.12)",
    )
    return _rank_figure([before, after], len(vocabulary), text.count, ",~f", text, style, at_most=1)


def noise_figure(vocabulary: Vocabulary, text: Words, style: Style) -> go.Figure:
    """Return the probability of each word as noise, for several powers of its count."""
    ranks = statistics.spaced_ranks(len(vocabulary))
    curves = []
    for i, (power, dash) in enumerate(zip(statistics.NOISE_POWERS, DASHES, strict=True)):
        name = text.power.format(power=decimal(power))
        probability = vocabulary.noise_distribution(power)[ranks - 1]
        curve = _curve(vocabulary, ranks, probability, f"%{{y:.2~%}} · {name}", text)
        width = 2.5 if dash == "solid" else 1.5
        curves.append(
            curve.update(
                uid=f"power{i}",
                name=decimal(power) if i else name,
                line={"dash": dash, "width": style.size(width), "color": COLORS["noise"]},
            )
        )
    return _rank_figure(curves, len(vocabulary), text.noise_share, "~%", text, style)


def lengths_figure(lengths: SentenceLengths, text: Words, style: Style) -> go.Figure:
    """Return how many sentences there are of each length."""
    names = [
        f"{first}" if first == last else f"{first}–{last}"
        for first, last in zip(lengths.edges[:-1], lengths.edges[1:] - 1, strict=True)
    ]
    places = np.arange(len(names))
    most = LENGTH_TICKS if lengths.edges[-1] < 1000 else LENGTH_TICKS // 2  # longer numbers need more room
    ticks = places[:: -(-len(names) // most)]
    bars = go.Bar(
        uid="lengths",
        x=places,
        y=lengths.counts,
        width=0.85,
        marker={"color": style.text, "opacity": 0.7},
        customdata=names,
        hovertemplate=f"%{{customdata}} {text.hover_words}<br>%{{y:,}} {text.hover_sentences}<extra></extra>",
    )
    return style.figure(
        bars,
        margin=_margin(style),
        xaxis={
            "title": {"text": text.length},
            "tickvals": ticks,
            "ticktext": [f"{lengths.edges[i]:,}" for i in ticks],
            "tickangle": 0,
            "range": [-0.7, len(names) - 0.3],
            "showgrid": False,
        },
        yaxis={
            "title": {"text": text.hover_sentences},
            **({"nticks": 4} if lengths.counts.max() > 4 else {"dtick": 1}),
            "range": [0, 1.08 * lengths.counts.max()],
        },
    )


def mark(
    vocabulary: Vocabulary,
    lengths: SentenceLengths,
    threshold: float,
    word: int,
    length: int,
    style: Style,
) -> dict[str, Moves]:
    """Return the marks of a word (an id) and of the length of its sentence, for each figure by its name."""
    count = float(vocabulary.counts[word])
    values = {
        "zipf": count,
        "subsampling": count * float(vocabulary.keep_probability(threshold)[word]),
        "noise": float(vocabulary.noise_distribution()[word]),
    }
    # The curves fall: left below and right above them, nothing is in the way.
    right = 2 * np.log(word + 1) < np.log(len(vocabulary))
    chosen = {
        "x": [word + 1],
        "text": [f"<b>{literal(vocabulary.words[word])}</b>"],
        "textposition": "top right" if right else "bottom left",
    }
    marks: dict[str, Moves] = {
        name: {"traces": {"chosen": {**chosen, "y": [value]}}} for name, value in values.items()
    }
    here = np.arange(len(lengths.counts)) == np.searchsorted(lengths.edges, length, side="right") - 1
    marks["lengths"] = {
        "traces": {
            "lengths": {
                "marker.color": [COLORS["center"] if each else style.text for each in here],
                "marker.opacity": np.where(here, 1, 0.7),
            }
        }
    }
    return marks


def _curve(
    vocabulary: Vocabulary, ranks: npt.NDArray[np.int64], values: npt.ArrayLike, said: str, text: Words
) -> go.Scatter:
    """Return a line through (rank, value) that says its words and exact values."""
    return go.Scatter(
        mode="lines",
        x=ranks,
        y=values,
        customdata=[literal(vocabulary.words[rank - 1]) for rank in ranks],
        hovertemplate=f"<b>%{{customdata}}</b> · {text.hover_rank} %{{x:,}}<br>{said}<extra></extra>",
    )


def _rank_figure(
    curves: Sequence[go.Scatter],
    size: int,
    title: str,
    tickformat: str,
    text: Words,
    style: Style,
    at_most: float = np.inf,
) -> go.Figure:
    """Return curves over the ranks 1 to `size`, both axes logarithmic, with a place for the mark of a word."""
    values = np.concatenate([curve.y for curve in curves])
    low, high = np.log10([min(values.min(), at_most), values.max()])
    room, spare = 0.06 * max(1, high - low), 0.7 - (high - low)  # so that 1, 2 and 5 are two at least
    # Above flat curves there is room for a word below the legend.
    low, high = low - max(room, 0.3 * spare), high + max(room, 0.7 * spare)
    chosen = go.Scatter(
        uid="chosen",
        mode="markers+text",
        marker={
            "size": style.size(9),
            "color": COLORS["center"],
            "line": {"width": 2, "color": style.background},
        },
        textfont={"size": style.size(13), "color": style.text_colors["center"]},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    return style.figure(
        *curves,
        chosen,
        margin=_margin(style),
        showlegend=True,
        # In the corner that falling curves leave free.
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "top"},
        xaxis={
            "type": "log",
            "dtick": 1,
            "range": [-0.12, np.log10(size) + 0.12],
            "title": {"text": text.rank},
        },
        yaxis={
            "type": "log",
            # Between the numbers are so many decades, or 1, 2 and 5.
            "dtick": "D2" if high - low < 1.5 else int(np.ceil((high - low) / 5)),
            "tickformat": tickformat,
            "range": [low, high],
            "title": {"text": title},
        },
    )


def _margin(style: Style) -> dict[str, float]:
    return {side: style.size(pixels) for side, pixels in {"l": 56, "r": 12, "t": 14, "b": 36}.items()}
