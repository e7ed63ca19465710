"""Vectors of many dimensions as points on a plane that keeps still from frame to frame.

PCA fixes its axes only up to sign, and to any rotation where two variances are close, so a map redrawn while
its vectors learn would flip and spin. Each frame is therefore turned to lie as close as possible to the one
before (orthogonal Procrustes, Schonemann 1966): distances within a frame do not change.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.linalg import orthogonal_procrustes
from sklearn.decomposition import PCA

Points = npt.NDArray[np.float32]


class AlignedPCA:
    """PCA of a set of words whose successive frames are aligned.

    Attributes
    ----------
    explained : float
        Share of the variance (0 to 1) that the plane of the last frame holds.
    """

    def __init__(self, dimensions: int = 2) -> None:
        self.dimensions = dimensions
        self.explained = 0.0
        self._before: Points | None = None

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
        pca = PCA(k, svd_solver="covariance_eigh")
        with np.errstate(invalid="ignore", divide="ignore"):  # identical vectors have no variance to share
            points = pca.fit(basis).transform(vectors)
            self.explained = float(np.nan_to_num(pca.explained_variance_ratio_.sum()))
        frame = np.zeros((n, self.dimensions), dtype=np.float32)
        frame[:, :k] = points
        before = self._before if like is None else like
        if before is not None:
            rotation, _ = orthogonal_procrustes(frame, before)
            frame = (frame @ rotation).astype(np.float32)
        if remember:
            self._before = frame
        return frame
