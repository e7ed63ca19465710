"""Axes of meaning: the direction that pairs such as (man, woman) and (king, queen) have in common.

    axis = mean of (b - a) / |b - a| over the pairs (a, b), at length 1         all of unit vectors
    position of a word on it = cosine of its vector with the axis               -1 is the a side, 1 the b side

The mean of several pairs is steadier than one difference (Kozlowski, Taddy and Evans, 2019). Two axes make a
map whose directions mean something; they need not be at right angles. Knows ids only.
"""

from __future__ import annotations

import math

import numpy as np

from ..problems import Problem
from .space import Ids, Vectors, normalized


def axis(unit: Vectors, pairs: Ids) -> Vectors:
    """Return the direction from the first words of some pairs to the second ones.

    Parameters
    ----------
    unit : (V, d) float32 array
        Word vectors at length 1.
    pairs : (p, 2) int array

    Returns
    -------
    (d,) float32 array
        At length 1.

    Raises
    ------
    Problem
        ``no_pairs_of_words``; ``no_direction``: the words of each pair are in one place, or the pairs point in
        opposite directions.
    """
    if not len(pairs):
        raise Problem("no_pairs_of_words", "An axis needs a pair of words at least.")
    differences = normalized(unit[pairs[:, 1]] - unit[pairs[:, 0]])
    mean = differences.mean(axis=0, dtype=np.float64)
    if np.linalg.norm(mean) < 1e-5:
        raise Problem("no_direction", "These pairs of words have no common direction: they cancel out.")
    return normalized(mean[None].astype(np.float32))[0]


def plane(unit: Vectors, x: Vectors, y: Vectors) -> Vectors:
    """Return the (n, 2) positions of (n, d) unit vectors on two (d,) axes."""
    return unit @ np.stack([x, y], axis=1)


def angle(x: Vectors, y: Vectors) -> float:
    """Return the angle between two (d,) axes, in degrees from 0 to 180."""
    cosine = float(x.astype(np.float64) @ y.astype(np.float64))
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
