"""How much of a space does a map of it keep? Few dimensions cannot hold every neighborhood of many.

For each point, take the k nearest on the map, and ask at which rank r each of them is in the space:

    overlap         share with r <= k: the neighbors that are neighbors in both
    trustworthiness 1 - 2 / (n k (2n - 3k - 1)) sum max(0, r - k)            Venna and Kaski (2001)

Trustworthiness forgives a neighbor that is nearly one, so it is high on nearly any map; the overlap does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from .projection import Points, check_points
from .space import Space, Vectors, chunks

LEAST_WORDS = 3


@dataclass(frozen=True, eq=False)
class Faithfulness:
    """What a map keeps of the neighborhoods in a space.

    Attributes
    ----------
    overlap : (n,) float32 array
        Of each point, the share of its k nearest in the space that are among its k nearest on the map,
        read-only.
    trustworthiness : float
        Of the whole map, 0 to 1.
    k : int
        Neighbors looked at: fewer than asked for where half the points are not more.
    """

    overlap: npt.NDArray[np.float32]
    trustworthiness: float
    k: int

    def __post_init__(self) -> None:
        self.overlap.setflags(write=False)

    @property
    def mean(self) -> float:
        """The overlap of the whole map."""
        return float(self.overlap.mean())

    @property
    def chance(self) -> float:
        """The overlap that a map drawn at random has on average."""
        return self.k / (len(self.overlap) - 1)


def faithfulness(vectors: Vectors, points: Points, k: int = 10, metric: str = "cosine") -> Faithfulness:
    """Compare the neighborhoods of (n, d) vectors with those of their (n, 2 or 3) points.

    Parameters
    ----------
    vectors : (n, d) float32 array
    points : (n, dimensions) float array
        Compared by Euclidean distance, as an eye does.
    k : int
    metric : {"cosine", "dot", "euclidean"}
        What near means in the space.

    Raises
    ------
    Problem
        ``too_few_words``: it takes 3; ``not_finite``; ``bad_setting``.
    """
    check_points(vectors, LEAST_WORDS)
    n = len(vectors)
    k = max(1, min(k, (n - 1) // 2))
    ranks = _ranks(Space(vectors), nearest_points(points, k), metric)
    excess = np.maximum(0, ranks - k).sum()
    overlap = (ranks <= k).mean(axis=1, dtype=np.float32)
    return Faithfulness(overlap, 1 - 2 * float(excess) / (n * k * (2 * n - 3 * k - 1)), k)


def nearest_points(points: Points, k: int) -> npt.NDArray[np.int64]:
    """Return the (n, k) indices of each point's nearest others, the nearest first."""
    own = np.arange(len(points))[:, None]
    _, near = KDTree(points).query(points, k + 1)
    # Of points in one place, another may stand first, and the point itself later or nowhere.
    is_own = near == own
    is_own[~is_own.any(axis=1), -1] = True
    return near[~is_own].reshape(len(points), k)


def _ranks(space: Space, near: npt.NDArray[np.int64], metric: str) -> npt.NDArray[np.int64]:
    """Return at which rank, from 1, each of (n, k) neighbors is in the space; of ties all have the best."""
    ranks = np.empty(near.shape, dtype=np.int64)
    for part in chunks(len(near), len(near)):
        scores = space.compare(space.vectors[part], metric)
        if metric == "euclidean":
            np.negative(scores, out=scores)
        rows = np.arange(len(scores))
        scores[rows, rows + part.start] = -np.inf
        for column, of_neighbor in enumerate(near[part].T):
            mark = scores[rows, of_neighbor][:, None]
            ranks[part, column] = 1 + np.count_nonzero(scores > mark, axis=1)
    return ranks
