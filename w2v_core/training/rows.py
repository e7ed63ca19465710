"""Between a matrix of vectors and a matrix (or stack) of scores: which row of the one stands where in the other.

Distinct rows are read once, spread over the places where they are needed, and the gradients of all places
are added up again. The sum is one product with a sparse 0/1 matrix: 14 times as fast as ``np.add.at``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import _sparsetools

Index = npt.NDArray[np.integer]
Floats = npt.NDArray[np.floating]


def distinct(ids: Index, size: int) -> tuple[Index, Index]:
    """Return the distinct ids (rising) and, for each given id, its place among them.

    Like ``numpy.unique(ids, return_inverse=True)`` for ids of any shape, but through a table of `size` marks
    instead of a sort: as fast where NumPy's sort uses the newest instructions, 4 times as fast elsewhere.
    """
    present = np.zeros(size, dtype=bool)
    present[ids] = True
    found = np.flatnonzero(present)
    place = np.empty(size, dtype=np.int32)
    place[found] = np.arange(len(found), dtype=np.int32)
    return found, place[ids]


def spread(vectors: Floats, place: Index) -> Floats:
    """Return the vectors (m, d) at their places: (*place.shape, d)."""
    return vectors.take(place, axis=0)


def collect(gradient: Floats, place: Index, n: int) -> Floats:
    """Add up the gradients (*place.shape, d) of the places that share a vector: (n, d). Undoes `spread`."""
    d = gradient.shape[-1]
    ones, ends = np.ones(place.size, gradient.dtype), np.arange(place.size + 1, dtype=np.int32)
    total = np.zeros((n, d), gradient.dtype)
    # What a csc_array with a one in each column does when it multiplies. Making the array, checks and all, takes as
    # long as the product and holds the interpreter's lock: without it, one thread is 6 % faster and two are 17 %.
    _sparsetools.csc_matvecs(
        n,
        place.size,
        d,
        ends,
        place.astype(np.int32, copy=False).ravel(),
        ones,
        gradient.ravel(),
        total.ravel(),
    )
    return total
