"""What lessons can know of runs side by side."""

from __future__ import annotations

from ...background.comparison import METRICS, Comparison, Member, MemberProgress
from ...lessons.formula import Facts, Unknown
from .comparison import compared


def _runs() -> Comparison:
    runs = compared().runs
    if runs is None:
        raise Unknown("runs")
    return runs


def _member(place: float) -> tuple[Member, MemberProgress]:
    """Return a run by its number from 1, and how far it is."""
    runs, at = _runs(), int(place) - 1
    if not 0 <= at < len(runs.members):
        raise Unknown(f"run {place:g}")
    return runs.members[at], runs.progress.members[at]


def _loss(place: float) -> float:
    member, now = _member(place)
    return float(now.curve.smooth[-1]) if len(now.curve.smooth) else member.running_scale.start


def _floor(place: float) -> float:
    value = _member(place)[0].running_scale.floor.value
    if value is None:
        raise Unknown("floor")
    return value


def _left(place: float) -> float:
    start = _member(place)[0].running_scale.start
    return (_loss(place) - _floor(place)) / (start - _floor(place))


def _measure(place: float, name: str) -> float:
    looks = _member(place)[1].looks
    if name not in METRICS or not len(looks.steps):
        raise Unknown(str(name))
    return float(looks.metrics[name][-1])


def _epoch() -> float:
    last = _runs().progress.foremost.last
    return last.epoch if last else 0


FACTS: Facts = {
    "runs_pairs": lambda: _runs().progress.pairs,
    "runs_finished": lambda: _runs().progress.finished,
    "runs_running": lambda: _runs().running,
    "runs_epoch": _epoch,
    "run_loss": _loss,
    "run_start": lambda n: _member(n)[0].running_scale.start,
    "run_floor": _floor,
    "run_left": _left,
    "run_rows": lambda n: _member(n)[1].rows,
    "run_seconds": lambda n: _member(n)[1].seconds,
    "run_exploded": lambda n: _member(n)[1].problem is not None,
    "run_measure": _measure,
    "preset": lambda id: compared().preset == id,
    "view": lambda name, option: getattr(compared().view, str(name), None) == option,
}
