"""One array out of several: rows that shards have moved, each from the same start, become one.

The weighted mean, with n_s in how many steps shard s has moved a row by m_s, all from the same x:

    x <- x + sum_s n_s m_s / sum_s n_s

pWord2Vec's version for several machines takes a mean (Ji et al., 2016, arXiv:1604.04661). The combiner of GraphAny2Vec
(Gill et al., 2021, arXiv:1909.03359) adds of each shard's move what is new in it: what goes another way than the moves
before it, at right angles to their sum.

    c <- c + m_s - (m_s . c / c . c) c        x <- x + c

Shards that have learned the same move a row once, as one of them did; shards that have learned different things move it
by all of them. A mean moves it by a part of each, and so learns as little in a round as one shard alone. A plain sum
moves it as many times too far as there are shards: Spark's Word2Vec once summed so, and its vectors went to infinity
(SPARK-24666).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class MovedRows:
    """The rows of one array that a shard has moved.

    Attributes
    ----------
    ids : (k,) int array
        Which, rising.
    times : (k,) int array
        In how many steps each.
    moves : (k, d) or (k,) float array
        By how much, from where all shards began.
    """

    ids: npt.NDArray[np.integer]
    times: npt.NDArray[np.integer]
    moves: Array

    @classmethod
    def between(cls, before: Array, after: Array, times: npt.NDArray[Any]) -> MovedRows:
        """Return the rows that were moved at all, from two states of an array and the (rows,) times."""
        ids = np.flatnonzero(times)
        return cls(ids.astype(np.int32), times[ids], after[ids] - before[ids])


Merge = Callable[[Array, Sequence[MovedRows]], None]


def weighted_mean(array: Array, shards: Sequence[MovedRows]) -> None:
    """Move the rows of `array` by the mean of the shards' moves, weighted by the times."""
    total, weight = np.zeros_like(array), np.zeros((len(array), *[1] * (array.ndim - 1)), array.dtype)
    for shard in shards:
        times = shard.times.astype(array.dtype).reshape(-1, *weight.shape[1:])
        total[shard.ids] += times * shard.moves
        weight[shard.ids] += times
    array += total / np.maximum(weight, 1)


def combiner(array: Array, shards: Sequence[MovedRows]) -> None:
    """Move the rows of `array` by what is new in each shard's moves; what has no direction by the weighted mean."""
    if array.ndim == 1:
        return weighted_mean(array, shards)
    combined = np.zeros_like(array)
    for shard in shards:
        c = combined[shard.ids]
        known = np.einsum("ij,ij->i", shard.moves, c) / np.maximum(np.einsum("ij,ij->i", c, c), TINY)
        combined[shard.ids] = c + shard.moves - known[:, None] * c
    array += combined


TINY = np.finfo(np.float32).tiny
MERGES: dict[str, Merge] = {"combiner": combiner, "mean": weighted_mean}
