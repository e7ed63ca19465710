"""The figure of What a step costs: the time of one pair against the size of the vocabulary, both logarithmic.

Before the first point it shows the scores that theory counts; then times, and theory fitted to them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from w2v_core import TrainingConfig
from w2v_core.diagnostics.cost import VOCABULARY_SIZES, CostRecord, price_per_score

from ...background.cost_run import CostRun, theory
from ...live_figure import Style, broken
from ...text import Text
from .report import duration, of, three

# A color and a shape for each loss; none of those that mean center, context, noise or the loss itself.
LOOKS = {  # in the order in which they cost
    "softmax": ("#C27F00", "circle"),
    "softmax_with_negatives": ("#8C6BB1", "square"),
    "hierarchical_softmax": ("#7A8F00", "diamond"),
    "negative_sampling": ("#2A7FC1", "triangle-up"),
}
SIGNS = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲"}
USUAL_SECONDS = (2e-7, 2e-5)  # the time axis holds at least these
LINE = 0.055  # of the chart's height: a line of text


def cost_figure(config: TrainingConfig, run: CostRun | None, text: Text, style: Style) -> go.Figure:
    """Return theory as dashed lines, and what is measured so far as points joined by a line, for each loss."""
    cost_page, records = text.cost_page, run.records if run else ()
    theories = {objective: _theory(objective, config, records) for objective in LOOKS}
    traces = [_theory_trace(objective, config, records, text, style) for objective in LOOKS]
    traces += [_measured_trace(objective, records, text, style) for objective in LOOKS]
    values = [value for trace in traces for value in trace.y]
    low, high = min(values), max(values)
    if records:
        low, high = min(low, USUAL_SECONDS[0]), max(high, USUAL_SECONDS[1])
    low, high = math.log10(low) - 0.15, math.log10(high) + 0.2
    ends = {
        objective: own[-1].seconds
        if len(own := of(records, objective)) == len(VOCABULARY_SIZES)
        else line[-1]
        for objective, line in theories.items()
        if line
    }
    sizes = [math.log10(size) for size in VOCABULARY_SIZES]
    labels = [
        f"{size / 1000:g}k" if style.large and size >= 1000 else f"{size:,}" for size in VOCABULARY_SIZES
    ]
    title = cost_page.time_chart if records else cost_page.scores_chart
    legend = f"● {cost_page.legend}   ┅ {cost_page.legend_theory}" if records else ""
    figure = style.figure(
        *traces,
        title={
            "text": title,
            "subtitle": {"text": legend, "font": {"size": style.size(12)}},
        },
        uirevision="time" if records else "scores",
        narrow={
            "title.text": broken(title),
            "title.pad.t": style.size(16),
            "margin.t": style.size(76),
            "xaxis.tickvals": VOCABULARY_SIZES[::3] + VOCABULARY_SIZES[-1:],
            "xaxis.ticktext": labels[::3] + labels[-1:],
        },
        margin={"r": style.size(150), "l": style.size(64), "t": style.size(54)},
        xaxis={
            "type": "log",
            "range": [sizes[0] - 0.08, sizes[-1] + 0.08],
            "tickvals": VOCABULARY_SIZES,
            "ticktext": labels,
            "tickangle": 0,
            "title": {"text": cost_page.vocabulary_axis},
        },
        yaxis={
            "type": "log",
            "range": [low, high],
            "tickvals": [10.0**power for power in range(-10, 6)],
            "ticktext": [duration(10.0**p) if records else f"{10.0**p:,.0f}" for p in range(-10, 6)],
            "title": {"text": cost_page.time_axis if records else cost_page.scores_axis},
        },
    )
    heights = {objective: (math.log10(end) - low) / (high - low) for objective, end in ends.items()}
    for objective, height in apart(heights, LINE * style.scale).items():
        color, symbol = LOOKS[objective]
        figure.add_annotation(
            text=f'<span style="color: {color}">{SIGNS[symbol]}</span> {text.objectives[objective]}',
            xref="paper",
            yref="paper",
            x=1,
            xanchor="left",
            xshift=style.size(4),
            y=height,
            yanchor="middle",
            showarrow=False,
        )
    return figure


def apart(heights: dict[str, float], least: float) -> dict[str, float]:
    """Return heights moved down so that no two are nearer than `least`."""
    moved: dict[str, float] = {}
    below = math.inf
    for name, height in sorted(heights.items(), key=lambda item: -item[1]):
        below = moved[name] = min(height, below - least)
    return moved


def _theory(objective: str, config: TrainingConfig, records: Sequence[CostRecord]) -> list[float]:
    """Return what theory says at each size: scores, or with measurements seconds; nothing before its first one."""
    own = of(records, objective)
    if not own:
        return [] if records else list(theory(config)[objective])
    return [count * price_per_score(own) for count in theory(config)[objective]]


def _theory_trace(
    objective: str, config: TrainingConfig, records: Sequence[CostRecord], text: Text, style: Style
) -> go.Scatter:
    own = of(records, objective)
    price = price_per_score(own) if own else None
    line = _theory(objective, config, records)
    said = text.cost_page.hover_fit if price else text.cost_page.hover_theory
    hover = [
        said.format(
            objective=text.objectives[objective],
            size=f"{size:,}",
            scores=three(count),
            price=duration(price or 0),
            time=duration(value),
        )
        for size, count, value in zip(VOCABULARY_SIZES, theory(config)[objective], line, strict=False)
    ]
    return go.Scatter(
        uid=f"theory-{objective}",
        x=VOCABULARY_SIZES if line else [],
        y=line,
        mode="lines",
        opacity=0.75,
        line={"width": style.size(2), "color": LOOKS[objective][0], "dash": "dash"},
        hovertext=hover,
        hoverinfo="text",
    )


def _measured_trace(objective: str, records: Sequence[CostRecord], text: Text, style: Style) -> go.Scatter:
    own, (color, symbol) = of(records, objective), LOOKS[objective]
    hover = [
        text.cost_page.hover.format(
            objective=text.objectives[objective],
            size=f"{record.vocabulary_size:,}",
            time=duration(record.seconds),
            low=duration(record.quartiles[0]),
            high=duration(record.quartiles[1]),
            steps=f"{record.steps:,}",
        )
        for record in own
    ]
    return go.Scatter(
        uid=f"measured-{objective}",
        x=[record.vocabulary_size for record in own],
        y=[record.seconds for record in own],
        mode="lines+markers",
        line={"width": style.size(2.5), "color": color},
        marker={
            "size": style.size(10),
            "color": color,
            "symbol": symbol,
            "line": {"width": 1.5, "color": style.background},
        },
        hovertext=hover,
        hoverinfo="text",
    )
