"""One run trained from several seeds, as one: the mean of the seeds, and a band from the smallest to the largest.

Of few seeds the extremes say all there is to say: a standard deviation of three would itself be off by half. Seeds draw
windows of their own and so never stand at quite the same numbers of pairs; their curves are read off, between points,
at common ones: those of the first seed, as far as all have come, and last where they are now. Where all have finished,
that is each seed's own end. The clocks (steps, rows, seconds) are means as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .comparison import METRICS, Band, Looks, MemberProgress
from .curve import CurvePoints

CLOCKS = ("steps", "pairs", "rows", "seconds")
_Columns = Mapping[str, np.ndarray]
_Of = Callable[[np.ndarray], np.ndarray]  # the seeds' values -> one


def average(seeds: Mapping[int, MemberProgress]) -> MemberProgress:
    """Return how far some seeds of a run are, together; its map is the first seed's.

    Parameters
    ----------
    seeds : mapping
        How far the run is, by its seed; two at least.
    """
    of = list(seeds.values())
    hindmost = min(of, key=lambda now: now.pairs)
    finished = all(now.finished for now in of)
    curves = together([_columns(now.curve, ("loss", "smooth")) for now in of], finished)
    looks = together([_columns(now.looks, ()) | now.looks.metrics for now in of], finished)
    mean, least, most = (_reduced(curves, looks, how, of[0]) for how in (_mean, _least, _most))
    return MemberProgress(
        last=hindmost.last,
        curve=mean[0],
        looks=mean[1],
        frame=of[0].frame,
        rows=round(np.mean([now.rows for now in of])),
        seconds=float(np.mean([now.seconds for now in of])),
        finished=finished,
        problem=next((now.problem for now in of if now.problem), None),
        seeds=seeds,
        band=Band((least[0], most[0]), (least[1], most[1])),
    )


def together(curves: Sequence[_Columns], finished: bool) -> dict[str, np.ndarray]:
    """Return the columns of several curves at common numbers of pairs, each as (curves, points).

    Parameters
    ----------
    curves : sequence of mappings
        Columns of one length in each curve; "pairs" rises.
    finished : bool
        Whether the last point is each curve's own end, and not where the shortest ends.
    """
    if not all(len(curve["pairs"]) for curve in curves):
        return {name: np.zeros((len(curves), 0)) for name in curves[0]}
    ends = np.array([curve["pairs"][-1] for curve in curves])
    first = curves[0]["pairs"]
    shared = first[first < ends.min()]
    last = ends if finished else np.full_like(ends, ends.min())
    places = [np.append(shared, end) for end in last]
    with np.errstate(invalid="ignore"):  # an explosion may have left the numbers behind
        return {
            name: np.array(
                [
                    np.interp(place, curve["pairs"], curve[name])
                    for place, curve in zip(places, curves, strict=True)
                ]
            )
            for name in curves[0]
        }


def _columns(of: CurvePoints | Looks, names: Sequence[str]) -> dict[str, np.ndarray]:
    return {name: getattr(of, name) for name in (*CLOCKS, *names)}


def _reduced(curves: _Columns, looks: _Columns, how: _Of, first: MemberProgress) -> tuple[CurvePoints, Looks]:
    """Return one value for those of all seeds; clocks are means."""

    def one(columns: _Columns, names: Sequence[str], how: _Of) -> dict[str, Any]:
        with np.errstate(all="ignore"):
            return {name: how(columns[name]) for name in names}

    points = one(curves, CLOCKS, _mean) | one(curves, ("loss", "smooth"), how)
    return (
        CurvePoints(**points, steps_per_point=first.curve.steps_per_point),
        Looks(**one(looks, CLOCKS, _mean), metrics=one(looks, METRICS, how)),
    )


def _mean(values: np.ndarray) -> np.ndarray:
    return np.asarray(values.mean(axis=0))


def _least(values: np.ndarray) -> np.ndarray:
    return np.asarray(values.min(axis=0))


def _most(values: np.ndarray) -> np.ndarray:
    return np.asarray(values.max(axis=0))
