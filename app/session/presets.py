"""What to set side by side: comparisons for a lecture, and what else may differ between runs.

A run differs from the others in one setting; all that decides its pairs (corpus, window, subsampling, epochs,
seed) is shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from w2v_core.training.config import INITIAL_VECTORS, NOISES, OPTIMIZERS, SCHEDULES

from ..samples import Sample
from ..settings import AUTO, BATCH_SIZES, LEARNING_RATES, SUITED, recommended

FEWEST, MOST = 2, 4

# Every setting that may differ, with the values to choose from. "bounded" is the app's switch for
# `max_row_update`.
CHOICES: dict[str, tuple[Any, ...]] = {
    "objective": ("negative_sampling", "softmax", "hierarchical_softmax", "softmax_with_negatives"),
    "negatives": (1, 2, 3, 5, 10, 20, 50),
    "learning_rate": LEARNING_RATES,
    "noise_power": (0.0, 0.25, 0.5, 0.75, 1.0),
    "dim": (2, 5, 10, 20, 50, 100, 200, 300),
    "batch_tokens": tuple(size for size in BATCH_SIZES if size != AUTO),
    "bounded": (True, False),
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "noise": NOISES,
    "initial_vectors": INITIAL_VECTORS,
}
# What the four runs begin with when a setting is chosen to differ.
FIRST: dict[str, tuple[Any, Any, Any, Any]] = {
    "objective": ("negative_sampling", "softmax", "hierarchical_softmax", "softmax_with_negatives"),
    "negatives": (1, 5, 20, 50),
    "learning_rate": (0.01, 0.05, 0.25, 1.0),
    "noise_power": (0.0, 0.75, 1.0, 0.5),
    "dim": (2, 10, 50, 100),
    "batch_tokens": (16, 256, 64, 1024),
    "bounded": (True, False, True, False),
    "optimizer": ("sgd", "adagrad", "sgd", "adagrad"),
    "schedule": ("linear", "constant", "linear", "constant"),
    "noise": ("shared", "per_pair", "shared", "per_pair"),
    "initial_vectors": ("uniform", "zero", "uniform", "zero"),
}
# Runs that differ only in these have the same loss: it starts alike, and its values can be compared.
SAME_LOSS = {
    "learning_rate",
    "dim",
    "batch_tokens",
    "bounded",
    "optimizer",
    "schedule",
    "noise",
    "initial_vectors",
}


@dataclass(frozen=True)
class Preset:
    """A comparison for a lecture.

    Attributes
    ----------
    setting : str
        The one that differs.
    values : tuple
        Of each run.
    epochs : int
        After which the point is to be seen, within 20 seconds on two cores.
    fixed : dict
        Settings, the same for all runs, that the lesson needs whatever is chosen otherwise.
    """

    id: str
    setting: str
    values: tuple[Any, ...]
    epochs: int
    fixed: Mapping[str, Any] = field(default_factory=dict)

    def settings(self, sample: Sample) -> dict[str, Any]:
        """Return all that the preset decides for its runs on a text, the setting that differs apart."""
        suited = recommended(sample)
        taken = {name: suited[name] for name in SUITED} | {"epochs": self.epochs, **self.fixed}
        return {name: value for name, value in taken.items() if name != self.setting}


_NEGATIVE_SAMPLING = {"objective": "negative_sampling"}
PRESETS = {
    preset.id: preset
    for preset in (
        Preset("objectives", "objective", ("negative_sampling", "softmax"), 2),
        Preset("negatives", "negatives", (1, 5, 20), 7, _NEGATIVE_SAMPLING),
        Preset("rates", "learning_rate", (0.001, 0.05, 5.0), 2, {**_NEGATIVE_SAMPLING, "bounded": False}),
        Preset("noise", "noise_power", (0.0, 0.75, 1.0), 6, _NEGATIVE_SAMPLING),
        Preset("notes", "objective", ("softmax_with_negatives", "softmax"), 1),
        Preset("zero", "initial_vectors", ("uniform", "zero"), 1, _NEGATIVE_SAMPLING),
    )
}
OWN = "own"  # in the list of presets: a comparison of one's own
