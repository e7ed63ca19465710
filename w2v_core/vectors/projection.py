"""Principal components: the axes along which vectors vary most, and a plane that keeps still from frame to frame.

PCA fixes its axes only up to sign, and to any rotation where two variances are close, so a map redrawn while
its vectors learn would flip and spin. Each frame is therefore turned to lie as close as possible to the one
before (orthogonal Procrustes, Schonemann 1966): distances within a frame do not change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import orthogonal_procrustes

from ..problems import Problem

Points = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class PrincipalComponents:
    """Where vectors lie along their principal axes; the axis that they vary most along comes first.

    Attributes
    ----------
    scores : (n, k) float32 array
        Coordinates along the first k axes, read-only.
    shares : (min(n, d),) float64 array
        Share of the variance (0 to 1) of every axis there is, falling, read-only; together they are 1, or 0
        where all vectors are the same.
    """

    scores: Points
    shares: npt.NDArray[np.float64]

    def __post_init__(self) -> None:
        for array in (self.scores, self.shares):
            array.setflags(write=False)


@dataclass(frozen=True, eq=False)
class Axes:
    """Principal axes of vectors: the eigenvectors of their covariance, and where the vectors' mean is.

    Written out, since scikit-learn takes half a second and 70 MB to import, and a map is on the first page.

    Attributes
    ----------
    mean : (d,) array
    directions : (min(n, d), d) array
        Orthonormal rows, the axis of the largest variance first; the largest number in each is positive.
    shares : (min(n, d),) float64 array
        Share of the variance of each; all 0 where the vectors are the same.
    """

    mean: npt.NDArray[np.floating]
    directions: npt.NDArray[np.floating]
    shares: npt.NDArray[np.float64]

    @classmethod
    def of(cls, vectors: npt.NDArray[np.floating]) -> Axes:
        """Find the axes of (n, d) vectors, n at least 1."""
        n, d = vectors.shape
        mean = vectors.mean(axis=0)
        centered = vectors - mean
        variances, columns = np.linalg.eigh(centered.T @ centered / max(1, n - 1))
        variances = np.maximum(variances[::-1], 0).astype(np.float64)  # rounding leaves small ones below 0
        directions = columns[:, ::-1].T
        largest = np.abs(directions).argmax(axis=1)
        directions = directions * np.where(directions[np.arange(d), largest] < 0, -1, 1)[:, None].astype(
            mean.dtype
        )
        total = variances.sum()
        shares = variances / total if total > 0 else np.zeros(d)
        k = min(n, d)
        return cls(mean, directions[:k], shares[:k])

    def scores(self, vectors: npt.NDArray[np.floating], k: int) -> npt.NDArray[np.floating]:
        """Return the (n, k) coordinates of vectors along the first k axes."""
        directions = self.directions[:k].T
        return vectors @ directions - self.mean @ directions


def principal_components(vectors: npt.NDArray[np.floating], most: int = 10) -> PrincipalComponents:
    """Find the principal components of (n, d) vectors, and the scores on the first `most` of them.

    An axis points to where its largest loading is positive, as in scikit-learn.

    Raises
    ------
    Problem
        ``too_few_words``: one point has no axes. ``not_finite``: a vector holds nan or infinity.
    """
    check_points(vectors, 2)
    axes = Axes.of(vectors)
    return PrincipalComponents(axes.scores(vectors, most).astype(np.float32), axes.shares)


def check_points(vectors: npt.NDArray[np.floating], least: int) -> None:
    """Raise Problem ``too_few_words`` or ``not_finite`` unless there are `least` vectors of numbers."""
    if len(vectors) < least:
        raise Problem(
            "too_few_words",
            f"Too few words: {len(vectors)}; it takes {least}.",
            words=len(vectors),
            least=least,
        )
    if not np.isfinite(vectors).all():
        raise Problem(
            "not_finite", "Some vectors hold numbers that are not finite; they have no place on a map."
        )


class AlignedPCA:
    """PCA of a set of words whose successive frames are aligned.

    Attributes
    ----------
    explained : float
        Share of the variance (0 to 1) that the plane of the last frame holds.
    anchor : (n, dimensions) float32 array or None
        The frame that was remembered last.
    """

    def __init__(self, dimensions: int = 2) -> None:
        self.dimensions = dimensions
        self.explained = 0.0
        self.anchor: Points | None = None

    def __call__(
        self,
        vectors: npt.NDArray[np.floating],
        fit: int | None = None,
        remember: bool = True,
        like: Points | None = None,
    ) -> Points:
        """Project (n, d) vectors of the same n words as in the last call to (n, dimensions) points.

        Parameters
        ----------
        vectors : (n, d) float array
        fit : int, optional
            The axes are those of the first `fit` vectors (by default of all); the others only follow.
        remember : bool
            Align later frames with this one; otherwise with the one remembered last.
        like : (n, dimensions) float array, optional
            Align this frame with these points of the same words instead: another model's map, say.
        """
        n, d = vectors.shape
        basis = vectors if fit is None or fit < 2 else vectors[:fit]  # one point has no axes
        k = min(self.dimensions, len(basis), d)  # fewer axes than asked for: the rest stay zero
        axes = Axes.of(basis)
        self.explained = float(axes.shares[:k].sum())
        frame = np.zeros((n, self.dimensions), dtype=np.float32)
        frame[:, :k] = axes.scores(vectors, k)
        before = self.anchor if like is None else like
        if before is not None:
            rotation, _ = orthogonal_procrustes(frame, before)
            frame = (frame @ rotation).astype(np.float32)
        if remember:
            self.anchor = frame
        return frame
