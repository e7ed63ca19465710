"""What a measurement says in words and numbers: a sentence, the lines of a loss's card, a table to take home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import w2v_core
from w2v_core import TrainingConfig
from w2v_core.diagnostics.cost import VOCABULARY_SIZES, CostRecord, price_per_score

from ...background.cost_run import CostRun, theory
from ...files.csv_file import csv_file
from ...text import Text

UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


def of(records: Iterable[CostRecord], objective: str) -> list[CostRecord]:
    """Return the records of one loss."""
    return [record for record in records if record.objective == objective]


def duration(seconds: float) -> str:
    """Return a time in three digits: 24.1 µs; below a nanosecond in two."""
    size, unit = next((known for known in UNITS if seconds >= 0.9995 * known[0]), UNITS[-1])
    return f"{three(seconds / size)} {unit}"


def three(value: float) -> str:
    """Return a number in three digits, or all that it has before the point: 6, 9.91, 20,000."""
    whole = round(value)
    if value >= 99.95 or abs(value - whole) < 1e-9 * value:
        return f"{whole:,}"
    return f"{value:.{1 if value >= 9.995 else 2}f}"


def times(ratio: float) -> str:
    """Return a ratio: ×1.5, ×40."""
    return f"×{ratio:.1f}" if ratio < 9.95 else f"×{ratio:,.0f}"


def headline(run: CostRun, text: Text) -> str:
    """Return what a measurement of all points says, in one sentence."""
    slow, fast = (of(run.records, objective)[-1] for objective in ("softmax", "negative_sampling"))
    return text.cost_page.result.format(
        size=f"{slow.vocabulary_size:,}",
        slow=text.objectives[slow.objective],
        slow_time=duration(slow.seconds),
        fast=text.objectives[fast.objective],
        fast_time=duration(fast.seconds),
        times=f"{slow.seconds / fast.seconds:,.0f}",
    )


def card_lines(
    objective: str, config: TrainingConfig, records: Sequence[CostRecord], text: Text
) -> list[str]:
    """Return what stands on a loss's card: its formula, theory, and what is measured."""
    cost_page, scores, own = text.cost_page, theory(config)[objective], of(records, objective)
    first, last = scores[0], scores[-1]
    growth = cost_page.constant_theory if first == last else cost_page.theory
    lines = [
        cost_page.formulas[objective].format(k=config.negatives + 1),
        growth.format(scores=three(first), first=three(first), last=three(last), growth=times(last / first)),
    ]
    if len(own) < len(VOCABULARY_SIZES):
        return [*lines, cost_page.not_measured]
    began, ended = own[0].seconds, own[-1].seconds
    measured = cost_page.measured.format(
        first=duration(began), last=duration(ended), growth=times(ended / began)
    )
    return [*lines, measured, cost_page.price.format(price=duration(price_per_score(own)))]


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
        for objective in dict.fromkeys(record.objective for record in run.records)
        if (own := of(run.records, objective))
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
