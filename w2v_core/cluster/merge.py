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

from dataclasses import dataclass
from typing import Any, Protocol

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


class Merge(Protocol):
    """What becomes of one array's moves: the shards' are added one by one, so that no two need be in memory."""

    def __init__(self, array: Array) -> None:
        """Begin with no shard; the array is looked at, and not kept."""

    def add(self, shard: MovedRows) -> None:
        """Take one more shard into account."""

    def move(self, array: Array) -> None:
        """Move the rows of the array, which is as all shards began with it."""


class WeightedMean:
    """The mean of the shards' moves, weighted by the times."""

    def __init__(self, array: Array) -> None:
        self._total = np.zeros_like(array)
        self._times = np.zeros((len(array), *[1] * (array.ndim - 1)), array.dtype)

    def add(self, shard: MovedRows) -> None:
        """Take one more shard into account."""
        times = shard.times.astype(self._times.dtype).reshape(-1, *self._times.shape[1:])
        self._total[shard.ids] += times * shard.moves
        self._times[shard.ids] += times

    def move(self, array: Array) -> None:
        """Move the rows of the array."""
        array += self._total / np.maximum(self._times, 1)


class Combiner:
    """What is new in each shard's moves."""

    def __init__(self, array: Array) -> None:
        self._combined = np.zeros_like(array)

    def add(self, shard: MovedRows) -> None:
        """Take one more shard into account."""
        c = self._combined[shard.ids]
        known = np.einsum("ij,ij->i", shard.moves, c) / np.maximum(np.einsum("ij,ij->i", c, c), TINY)
        self._combined[shard.ids] = c + shard.moves - known[:, None] * c

    def move(self, array: Array) -> None:
        """Move the rows of the array."""
        array += self._combined


TINY = np.finfo(np.float32).tiny


def merging(merge: type[Merge], array: Array) -> Merge:
    """Begin a merge; what has no direction, such as Adagrad's sums, takes the mean."""
    return WeightedMean(array) if array.ndim == 1 else merge(array)
