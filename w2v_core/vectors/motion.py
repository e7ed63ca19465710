"""What happened to the words of a run: their neighbors over time, which of them moved most, and a map in motion.

Asked of a `timeline`'s frames. Words are rows of a frame here: the timeline's `ids` say which words they are.
Cosines are good to 4 digits.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.linalg import orthogonal_procrustes

from .projection import AlignedPCA, Points
from .space import Ranking, Vectors, best
from .timeline import Frame


def neighbors_over_time(frames: Sequence[Frame], row: int, k: int = 10) -> list[Ranking]:
    """Return, for each frame, the rows and cosines of one word's k nearest among the words kept, nearest first."""
    found = []
    for frame in frames:
        unit = frame.unit
        found += best(unit[row : row + 1] @ unit.T, k, np.array([[row]]))
    return found


def moved_most(a: Frame, b: Frame, n: int = 10, aligned: bool = False) -> Ranking:
    """Return the rows of the n words that moved most from one frame to another, and how far, the farthest first.

    Parameters
    ----------
    a, b : Frame
    n : int
    aligned : bool
        Turn the whole of `a` to lie as close as possible to `b` before (Hamilton, Leskovec and Jurafsky, 2016),
        so that what counts is how words moved among each other. A run does turn as a whole while it learns.

    Returns
    -------
    Ranking
        Rows, and cosine distances from 0 (no turn) to 2 (the other way round).
    """
    before, after = a.unit, b.unit
    if aligned:
        rotation, _ = orthogonal_procrustes(before.astype(np.float64), after.astype(np.float64))
        before = before @ rotation.astype(np.float32)
    distances: Vectors = 1 - np.einsum("ij,ij->i", before, after)
    [ranking] = best(distances[None], n)
    return ranking


def aligned_maps(
    frames: Sequence[Frame], rows: npt.NDArray[np.integer] | None = None, dimensions: int = 2
) -> tuple[list[Points], list[float]]:
    """Return a map of each frame, and the share of the variance that each holds.

    The last map is the principal components' own; each earlier one is turned to lie like the one after it, so
    that a replay ends in the map that one knows.

    Parameters
    ----------
    frames : sequence of Frame
    rows : int array, optional
        The words of the map; by default all that are kept.
    dimensions : int

    Returns
    -------
    list of (n, dimensions) float32 arrays, list of float
        In the order of the frames.
    """
    project = AlignedPCA(dimensions)
    maps, explained = [], []
    for frame in reversed(frames):
        maps.append(project(frame.unit if rows is None else frame.unit[rows]))
        explained.append(project.explained)
    return maps[::-1], explained[::-1]
