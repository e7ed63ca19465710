"""Measured costs to a picture: points, theory's curves and a card for each loss, as the component takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import w2v_core
from app.files.csv_file import csv_file
from app.runs.cost_run import CostRun, theory
from app.text import Text
from app.views.charts import chart_buttons
from app.views.component import component
from w2v_core import TrainingConfig
from w2v_core.training.cost import VOCABULARY_SIZES, CostRecord, price_per_score

# A colour and a shape for each loss; none of those that mean center, context, noise or the loss itself.
LOOKS = {  # in the order in which they cost
    "softmax": ("#C27F00", "circle"),
    "softmax_with_negatives": ("#8C6BB1", "square"),
    "hierarchical_softmax": ("#7A8F00", "diamond"),
    "negative_sampling": ("#2A7FC1", "triangle-up"),
}
USUAL_SECONDS = (2e-7, 2e-5)  # the time axis holds at least these
UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


def cost_component() -> Callable[..., Any]:
    """Register the component that draws costs, and return it."""
    scripts = ("chart.js", "live_view.js", "cost_chart.js", "cost.js")
    return component("w2v_cost", scripts, ("charts.css", "cost.css"))


def duration(seconds: float) -> str:
    """Return a time in three digits: 24.1 µs; below a nanosecond in two."""
    size, unit = next((known for known in UNITS if seconds >= 0.9995 * known[0]), UNITS[-1])
    return f"{_three(seconds / size)} {unit}"


def headline(run: CostRun, text: Text) -> str:
    """Return what a measurement of all points says, in one sentence."""
    slow, fast = (_of(run.records, objective)[-1] for objective in ("softmax", "negative_sampling"))
    return text.cost_page.result.format(
        size=f"{slow.vocabulary_size:,}",
        slow=text.objectives[slow.objective],
        slow_time=duration(slow.seconds),
        fast=text.objectives[fast.objective],
        fast_time=duration(fast.seconds),
        times=f"{slow.seconds / fast.seconds:,.0f}",
    )


def cost_data(config: TrainingConfig, run: CostRun | None, text: Text) -> dict[str, Any]:
    """Return theory, and what is measured so far, as the component takes it.

    Before the first point the chart shows the scores that theory counts; then times, and theory fitted to them.
    """
    cost_page, records = text.cost_page, run.records if run else ()
    series = [_series(objective, config, records, text) for objective in LOOKS]
    values = [value for one in series for value in (*one["y"], *one["theory"])]
    low, high = (min(values), max(values))
    if records:
        low, high = min(low, USUAL_SECONDS[0]), max(high, USUAL_SECONDS[1])
    return {
        "run": repr(config),
        "version": run.done if run else 0,
        "step": len(records),
        "running": bool(run and run.running),
        "measured": bool(records),
        "sizes": VOCABULARY_SIZES,
        "size_labels": [f"{size:,}" for size in VOCABULARY_SIZES],
        "series": series,
        "range": [low, high],
        "ticks": [[10.0**power, _tick(power, bool(records))] for power in range(-10, 6)],
        "text": {
            "missing": text.plotly_missing,
            "buttons": chart_buttons(text),
            "title": cost_page.time_chart if records else cost_page.scores_chart,
            "alt": cost_page.chart_alt,
            "x": cost_page.vocabulary_axis,
            "y": cost_page.time_axis if records else cost_page.scores_axis,
            "legend": [cost_page.legend, cost_page.legend_theory],
            "note": cost_page.note.format(centers=config.batch_tokens),
        },
    }


def cost_csv(run: CostRun) -> bytes:
    """Return the points of a measurement as CSV."""
    config = run.config
    about = {
        "what": "time of a training step per pair, measured on this machine",
        "program": f"w2v_core {w2v_core.__version__}",
        "dim": config.dim,
        "window": config.window,
        "negatives": config.negatives,
        "noise": config.noise,
        "centers per step": config.batch_tokens,
    } | {
        f"seconds per score ({objective})": f"{price_per_score(own):.4g}"
        for objective in LOOKS
        if (own := _of(run.records, objective))
    }
    header = (
        "objective",
        "vocabulary",
        "scores_per_pair",
        "seconds_per_pair",
        "quartile_1",
        "quartile_3",
        "steps",
    )
    rows = [(r.objective, r.vocabulary_size, r.scores, r.seconds, *r.quartiles, r.steps) for r in run.records]
    return csv_file(about, header, rows)


def _series(
    objective: str, config: TrainingConfig, records: Sequence[CostRecord], text: Text
) -> dict[str, Any]:
    cost_page, name = text.cost_page, text.objectives[objective]
    scores, own = theory(config)[objective], _of(records, objective)
    price = price_per_score(own) if own else None
    fitted = [count * price for count in scores] if price else [] if records else scores
    colour, symbol = LOOKS[objective]
    return {
        "id": objective,
        "name": name,
        "colour": colour,
        "symbol": symbol,
        "x": [record.vocabulary_size for record in own],
        "y": [record.seconds for record in own],
        "hover": [_hover(record, name, text) for record in own],
        "theory": fitted,
        "theory_hover": [
            (cost_page.hover_fit if price else cost_page.hover_theory).format(
                objective=name,
                size=f"{size:,}",
                scores=_three(count),
                price=duration(price or 0),
                time=duration(value),
            )
            for size, count, value in zip(VOCABULARY_SIZES, scores, fitted, strict=False)
        ],
        "lines": _lines(objective, config, own, price, text),
    }


def _lines(
    objective: str, config: TrainingConfig, own: Sequence[CostRecord], price: float | None, text: Text
) -> list[str]:
    """Return what stands on a loss's card."""
    cost_page, scores = text.cost_page, theory(config)[objective]
    first, last = scores[0], scores[-1]
    growth = cost_page.constant_theory if first == last else cost_page.theory
    lines = [
        cost_page.formulas[objective].format(k=config.negatives + 1),
        growth.format(
            scores=_three(first), first=_three(first), last=_three(last), growth=_times(last / first)
        ),
    ]
    if len(own) < len(VOCABULARY_SIZES) or price is None:
        return [*lines, cost_page.not_measured]
    first, last = own[0].seconds, own[-1].seconds
    measured = cost_page.measured.format(
        first=duration(first), last=duration(last), growth=_times(last / first)
    )
    return [*lines, measured, cost_page.price.format(price=duration(price))]


def _hover(record: CostRecord, name: str, text: Text) -> str:
    return text.cost_page.hover.format(
        objective=name,
        size=f"{record.vocabulary_size:,}",
        time=duration(record.seconds),
        low=duration(record.quartiles[0]),
        high=duration(record.quartiles[1]),
        steps=f"{record.steps:,}",
    )


def _of(records: Sequence[CostRecord], objective: str) -> list[CostRecord]:
    return [record for record in records if record.objective == objective]


def _tick(power: int, is_time: bool) -> str:
    return duration(10.0**power) if is_time else f"{10.0**power:,.0f}"


def _three(value: float) -> str:
    """Return a number in three digits, or all that it has before the point: 6, 9.91, 20,000."""
    whole = round(value)
    if value >= 99.95 or abs(value - whole) < 1e-9 * value:
        return f"{whole:,}"
    return f"{value:.{1 if value >= 9.995 else 2}f}"


def _times(ratio: float) -> str:
    return f"×{ratio:.1f}" if ratio < 9.95 else f"×{ratio:,.0f}"
