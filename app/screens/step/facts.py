"""What lessons can know of the pair under examination."""

from __future__ import annotations

from ...lessons.formula import Facts, Unknown
from ...session.facts import component, id_of
from .bench import PairBench
from .half_steps import Row, rows
from .on_bench import looked, on_bench


def _bench() -> PairBench:
    bench = on_bench()
    if bench is None:
        raise Unknown("pair")
    bench.refresh()
    return bench


def _row(role: str, place: float = 1) -> Row:
    """Return a shown column of the record by its role: the context, or the n-th noise word."""
    bench = _bench()
    found = [row for row in rows(bench.record, bench.run.config.objective) if row.role == role]
    if not 1 <= int(place) <= len(found):
        raise Unknown(f"{role} {place:g}")
    return found[int(place) - 1]


def _score(row: Row) -> float:
    return float(_bench().record.scores[row.column])


def _slope(row: Row) -> float:
    return float(_bench().record.score_gradient[row.column])


def _sigmoid() -> float:
    record = _bench().record
    if _bench().run.config.objective != "negative_sampling":
        raise Unknown("sigma")
    return float(record.probabilities[_row("context").column])


FACTS: Facts = {
    "pair": lambda center, context: (_bench().center, _bench().context) == (id_of(center), id_of(context)),
    "pair_s": lambda: _score(_row("context")),
    "pair_sigma": _sigmoid,
    "pair_p": lambda: _bench().record.distribution[_bench().record.target],
    "pair_p_after": lambda: _bench().record.distribution_after[_bench().record.target],
    "pair_sum": lambda: _bench().record.partition,
    "pair_loss": lambda: _bench().record.loss,
    "pair_loss_after": lambda: _bench().record.loss_after,
    "pair_ds": lambda: _slope(_row("context")),
    "pair_applied": lambda: _bench().applied,
    "pair_rate": lambda: _bench().record.learning_rate,
    "pair_w": lambda i: component(_bench().record.hidden, i),
    "pair_u": lambda i: component(_bench().record.output_vectors[_row("context").place], i),
    "pair_dw": lambda i: component(_bench().record.hidden_gradient, i),
    "pair_du": lambda i: component(_bench().record.output_gradients[_row("context").place], i),
    "pair_noise": lambda: len(_bench().noise),
    "pair_noise_s": lambda k: _score(_row("noise", k)),
    "pair_noise_ds": lambda k: _slope(_row("noise", k)),
    "pair_noise_u": lambda k, i: component(_bench().record.output_vectors[_row("noise", k).place], i),
    "pair_turns": lambda: len(_bench().record.columns),
    "half_step": lambda: looked().half_step + 1 if looked().view == "steps" else 0,
    "picture": lambda id: looked().view == id,
}
