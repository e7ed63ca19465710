"""The settings of a run as people see them: what there is to choose from, and what is chosen to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from w2v_core import Problem, TrainingConfig

from .own_text import Source

DEFAULT_CORPUS = {"en": "world_facts_en", "zh": "world_facts_zh"}
AUTO = 0  # as many centers as suit the text; t-SNE's own rate
# Choosing a sample corpus brings its values for those of SUITED, and for whatever else it or the one before
# recommends.
DEFAULTS: dict[str, Any] = {
    "objective": "negative_sampling",
    "dim": 50,
    "window": 5,
    "negatives": 5,
    "batch_tokens": AUTO,
    "learning_rate": 0.05,
    "subsample": 1e-3,
    "epochs": 20,
    "seed": 1,
    "bounded": True,
}
SUITED = ("window", "batch_tokens", "learning_rate", "subsample", "epochs")
LIMITS = {  # of what can be typed: beyond them a run would be senseless or take for ever
    "dim": (2, 300),
    "window": (1, 20),
    "negatives": (1, 50),
    "epochs": (1, 10_000),
    "seed": (0, 2**31 - 1),
}
LEARNING_RATES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 100.0)
BATCH_SIZES = (AUTO, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
SUBSAMPLING = (0.0, 1e-5, 1e-4, 2e-4, 5e-4, 1e-3, 1e-2)
OPTIONS = {"learning_rate": LEARNING_RATES, "batch_tokens": BATCH_SIZES, "subsample": SUBSAMPLING}
STEP_BOUND = 0.5  # max_row_update where "bounded" is on


def recommended(source: Source) -> dict[str, Any]:
    """Return the settings that suit a corpus: its own, and the app's where it names none."""
    return DEFAULTS | source.settings


def configured(values: Mapping[str, Any]) -> TrainingConfig:
    """Return the run that some values of all settings make; raise `Problem` where they cannot work."""
    limits = {name: (low, high) for name, (low, high) in LIMITS.items() if not low <= values[name] <= high}
    if limits:
        raise Problem("out_of_range", f"Out of range: {limits}", limits=limits)
    config = dict(values)
    config["max_row_update"] = STEP_BOUND if config.pop("bounded") else None
    config["batch_tokens"] = None if values["batch_tokens"] == AUTO else values["batch_tokens"]
    return TrainingConfig(**config)
