"""Which runs a sweep is made of: every combination of some settings' values, with several seeds."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, get_type_hints

from .. import limits
from ..problems import Problem, presentable
from ..training.config import TrainingConfig

FIELDS = tuple(field.name for field in dataclasses.fields(TrainingConfig))
_KINDS = {name: str(kind) for name, kind in get_type_hints(TrainingConfig).items()}
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def value_of(name: str, text: str) -> Any:
    """Return the value of a setting from its text; "none" and nothing are None.

    Raises
    ------
    Problem
        ``bad_setting``: the text is of another kind. Whether the value is in its range, TrainingConfig tells.
    """
    kind = _KINDS[name]
    text = text.strip()
    try:
        if "None" in kind and text.lower() in ("", "none"):
            return None
        if "bool" in kind:
            return _TRUTH[text.lower()]
        if "int" in kind:
            return int(text)
        return float(text) if "float" in kind else text
    except (ValueError, KeyError):
        shown = presentable(text)
        wanted = "true or false" if "bool" in kind else "a whole number" if "int" in kind else "a number"
        raise Problem(
            "bad_setting", f"{name} must be {wanted}, not {shown!r}.", name=name, value=shown
        ) from None


def grid(settings: Mapping[str, Any], over: Mapping[str, Sequence[Any]], seeds: int) -> list[TrainingConfig]:
    """Return the runs: the first setting changes slowest, the seed fastest.

    Parameters
    ----------
    settings : mapping
        What all runs have in common; the seed is the first one's.
    over : mapping of setting to values
    seeds : int

    Raises
    ------
    Problem
        ``bad_setting``; ``many_runs``.
    """
    first = settings.get("seed", TrainingConfig.seed)
    runs = seeds
    for values in over.values():
        runs *= len(values)
    if runs > limits.MOST_RUNS:
        message = f"These are {presentable(runs)} runs; a sweep has {limits.MOST_RUNS:,} at most."
        raise Problem("many_runs", message, runs=runs, most=limits.MOST_RUNS)
    combinations = [dict(zip(over, values, strict=True)) for values in product(*over.values())]
    return [
        TrainingConfig(**{**settings, **chosen, "seed": seed})
        for chosen in combinations
        for seed in range(first, min(first + seeds, limits.LARGEST_SEED + 2))
    ]
