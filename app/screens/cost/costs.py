"""What the session has measured or measures: the settings chosen on the page about costs, and the run for them.

Nothing here draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from w2v_core import TrainingConfig

from ...background.cost_run import CostRun, begin, cost_config, latest
from ...session import choices
from ...session.catching_up import Played
from ...session.cleanup import hold, let_go
from ...session.record import current
from ...settings import COSTS, defaults


@dataclass(eq=False)
class Measured:
    """What the session remembers of the page: its own measurement."""

    run: CostRun | None = None


def measured() -> Measured:
    """Return what the session remembers of the page."""
    return current().part(Measured)


def link() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a link to the page says, and what it need not say: the settings whose costs are asked for."""
    return {name: current().chosen[name] for name in COSTS}, defaults(COSTS)


def config() -> TrainingConfig:
    """Return the settings whose costs are asked for."""
    return cost_config(**{name.removeprefix("cost_"): current().chosen[name] for name in COSTS})


def run() -> CostRun | None:
    """Return the measurement with the chosen settings: the session's own, or else that of any session."""
    chosen, own = config(), measured().run
    if own is None or own.config != chosen:
        return latest(chosen)
    return own if own.running or own.complete else latest(chosen) or own


def measuring() -> bool:
    """Tell whether the session's own measurement is under way."""
    own = measured().run
    return own is not None and own.running


def measure() -> None:
    """Measure what steps cost with the chosen settings."""
    cancel()
    choices.take()
    watcher = object()
    own = measured().run = begin(config(), watcher)
    hold("cost", lambda: own.leave(watcher))


def cancel() -> None:
    """Stop measuring, unless others watch too."""
    let_go("cost")


def _share() -> float:
    found = run()
    return found.done / len(found.plan) if found and (found.running or found.complete) else 0.0


PLAYED = Played(measure, measure, _share, measuring)
