"""Mean and spread over the seeds, for each combination of a sweep's settings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from .table import Row


@dataclass(frozen=True)
class Spread:
    """Mean, standard deviation (0 of a single value) and number of some values."""

    mean: float
    deviation: float
    runs: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread | None:
        """Return None of no values."""
        if not values:
            return None
        return cls(fmean(values), stdev(values) if len(values) > 1 else 0.0, len(values))


@dataclass(frozen=True)
class Combination:
    """One combination of the swept settings' values.

    Attributes
    ----------
    values : tuple of str
        In the order of the settings.
    spreads : dict of measure to Spread
        Of the measures that a run has a number of.
    failed : int
        Runs that have none, and say why in their note.
    """

    values: tuple[str, ...]
    spreads: dict[str, Spread]
    failed: int


def combinations(rows: Iterable[Row], over: Sequence[str], measures: Sequence[str]) -> list[Combination]:
    """Group rows by the swept settings, in the order in which they come."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in over), []).append(row)
    return [
        Combination(
            values,
            {name: found for name in measures if (found := Spread.of(_numbers(group, name)))},
            sum(bool(row["note"]) for row in group),
        )
        for values, group in groups.items()
    ]


def _numbers(rows: Iterable[Row], name: str) -> list[float]:
    numbers = (float(row.get(name) or "nan") for row in rows)
    return [number for number in numbers if not math.isnan(number)]
