"""What lessons can know of the measurement of costs."""

from __future__ import annotations

from ...lessons.formula import Facts, Unknown
from . import costs


def _microseconds(objective: str, vocabulary: float) -> float:
    run = costs.run()
    records = run.records if run else ()
    found = [r.seconds for r in records if (r.objective, r.vocabulary_size) == (objective, int(vocabulary))]
    if not found:
        raise Unknown("not measured")
    return 1e6 * found[0]


def _complete() -> bool:
    run = costs.run()
    return run is not None and run.complete


FACTS: Facts = {"cost_measured": _complete, "cost": _microseconds}
