"""What the session has measured or measures: the settings chosen on the page about costs, and the run for them.

The one owner of these keys of the session's state. Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from w2v_core import TrainingConfig

from ..background.cost_run import CostRun, begin, cost_config, latest
from . import choices
from .ending import hold, let_go

CHOICES: dict[str, Sequence[int]] = {
    "cost_dim": (10, 25, 50, 100, 200),
    "cost_window": (1, 2, 5, 10),
    "cost_negatives": (1, 2, 5, 10, 20),
}
CHOSEN = {"cost_dim": 50, "cost_window": 5, "cost_negatives": 5, "cost_noise": "shared"}  # to begin with


def prepare(linked: Mapping[str, Any] | None = None) -> None:
    """Give every setting a value, at the session's begin perhaps that of a link."""
    for name, value in (CHOSEN | {"cost": None} | dict(linked or {})).items():
        st.session_state.setdefault(name, value)


def config() -> TrainingConfig:
    """Return the settings whose costs are asked for."""
    return cost_config(**{name.removeprefix("cost_"): st.session_state[name] for name in CHOSEN})


def run() -> CostRun | None:
    """Return the measurement with the chosen settings: the session's own, or else anybody's."""
    chosen, own = config(), st.session_state["cost"]
    if own is None or own.config != chosen:
        return latest(chosen)
    return own if own.running or own.complete else latest(chosen) or own


def measuring() -> bool:
    """Tell whether the session's own measurement is under way."""
    own = st.session_state["cost"]
    return own is not None and own.running


def measure() -> None:
    """Measure what steps cost with the chosen settings."""
    cancel()
    choices.take()
    watcher = object()
    own = st.session_state["cost"] = begin(config(), watcher)
    hold("cost", lambda: own.leave(watcher))


def cancel() -> None:
    """Stop measuring, unless others watch too."""
    let_go("cost")
