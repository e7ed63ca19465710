"""Clusters of words by k-means, each with the word in its middle as its name.

The vectors are taken at length 1, where Euclidean distance and cosine order alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..problems import Problem
from .projection import check_points
from .space import Vectors

STARTS = 3  # of which the tightest is kept


@dataclass(frozen=True, eq=False)
class Clusters:
    """A partition of vectors; the largest cluster comes first.

    Attributes
    ----------
    labels : (n,) int32 array
        Which cluster each vector is in, read-only.
    middles : (k,) int64 array
        Index of the vector nearest to the center of each, read-only.
    sizes : (k,) int64 array
        Read-only.
    """

    labels: npt.NDArray[np.int32]
    middles: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.labels, self.middles, self.sizes):
            array.setflags(write=False)


def clusters(unit: Vectors, k: int, seed: int = 1) -> Clusters:
    """Part (n, d) unit vectors into k clusters, or into as many as there are different vectors.

    Raises
    ------
    Problem
        ``bad_setting``: k < 1; ``too_few_words``; ``not_finite``.
    """
    if k < 1:
        raise Problem("bad_setting", f"k must be a whole number, at least 1, not {k!r}.", name="k", value=k)
    from sklearn.cluster import KMeans  # takes half a second, and 70 MB

    check_points(unit, 1)
    k = min(k, len(np.unique(unit, axis=0)) if k > 1 else 1)
    found = KMeans(k, n_init=STARTS, random_state=seed).fit(unit)
    sizes = np.bincount(found.labels_, minlength=k)
    order = np.argsort(-sizes, kind="stable")
    place = np.argsort(order)  # of each of k-means' own numbers
    distances = np.linalg.norm(unit - found.cluster_centers_[found.labels_], axis=1)
    labels = place[found.labels_]
    nearest_first = np.lexsort((distances, labels))
    middles = nearest_first[np.searchsorted(labels[nearest_first], np.arange(k))]
    return Clusters(labels.astype(np.int32), middles, sizes[order])
