"""t-SNE as something to watch: a map that one advances some iterations at a time.

    p_ij    how near two words are, by Gaussians that are as wide as `perplexity` neighbors need
    q_ij    how near their points are: 1 / (1 + |y_i - y_j|^2), normalized
    KL = sum p_ij log(p_ij / q_ij)      is descended                     van der Maaten and Hinton (2008)

openTSNE computes it (Policar, Strazar and Zupan, 2024), with Barnes-Hut's approximation on a plane and in space
alike. Its iterations are taken as they come, so a run in many small steps is the same as one in a single go.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ..problems import Problem
from .projection import Axes, Points, check_points

if TYPE_CHECKING:
    from openTSNE.affinity import Affinities

PCA_DIMENSIONS = 50
EXAGGERATION = 12.0
EARLY_ITERATIONS = 250
LATE_ITERATIONS = 500
# Standard deviation of the first axis at the start: points that begin close arrange themselves globally.
START_SPREAD = 1e-4
LEAST_WORDS = 5


class TSNE:
    """A t-SNE map that forms step by step.

    Parameters
    ----------
    vectors : (n, d) float array
        Compared by Euclidean distance; at length 1 that is the order of the cosine. More than 50 dimensions
        are first reduced to their 50 principal components.
    dimensions : {2, 3}
    perplexity : float
        About how many neighbors count for a word, at least 1. More than (n - 1) / 3 is taken as that.
    learning_rate : "auto" or float
        "auto" is n / exaggeration (Belkina et al., 2019).
    seed : int
        Of the small jitter at the start, or of all the start where the vectors have no principal axes.
    start : (n, dimensions) float array, optional
        A layout to go on from as it stands, without the early exaggeration that would pull it together; by
        default the principal axes, very small.

    Attributes
    ----------
    perplexity : float
        As it is used.
    iteration : int
        Iterations done.
    iterations : int
        Iterations of the whole run.
    kl : float
        The divergence that is descended, of the present layout; nan before the first step.

    Raises
    ------
    Problem
        ``bad_setting``; ``too_few_words``: it takes 5; ``not_finite``.
    """

    def __init__(
        self,
        vectors: npt.NDArray[np.floating],
        *,
        dimensions: int = 2,
        perplexity: float = 30,
        learning_rate: str | float = "auto",
        seed: int = 1,
        start: npt.NDArray[np.floating] | None = None,
    ) -> None:
        _check(dimensions, perplexity, learning_rate)
        check_points(vectors, LEAST_WORDS)
        n = len(vectors)
        if start is not None and (start.shape != (n, dimensions) or not np.isfinite(start).all()):
            raise ValueError(f"the start must be {n} finite points of {dimensions} coordinates")
        self.perplexity = min(float(perplexity), (n - 1) / 3)
        self._learning_rate = learning_rate
        self._early = 0 if start is not None else EARLY_ITERATIONS
        self.iteration = 0
        self.iterations = self._early + LATE_ITERATIONS
        self.kl = math.nan

        from openTSNE import TSNEEmbedding  # with scikit-learn it takes most of a second, and 80 MB
        from openTSNE.affinity import PerplexityBasedNN, PrecomputedAffinities

        reduced = _reduced(vectors)
        near = PerplexityBasedNN(reduced, self.perplexity, method="exact", n_jobs=1)
        layout = _first_layout(reduced, dimensions, seed) if start is None else start
        self._layout: Any = TSNEEmbedding(layout, near, negative_gradient_method="bh", n_jobs=1)
        self._affinities = near
        # Exaggerated in a copy: openTSNE would multiply and divide in place, and the rounding would remember how
        # the iterations were cut into steps.
        self._exaggerated = PrecomputedAffinities(near.P * EXAGGERATION, normalize=False)
        self.points = self._published()

    @property
    def exaggerated(self) -> bool:
        """Whether the next iteration still pulls neighbors together 12 times as hard as they should be."""
        return self.iteration < self._early

    @property
    def finished(self) -> bool:
        """Whether all iterations are done."""
        return self.iteration >= self.iterations

    def step(self, iterations: int = 1) -> None:
        """Advance the map, by what is left at most; `points` and `kl` are then of the new layout.

        A step costs one iteration more than it advances, to find `kl`: a few at a time are cheaper.
        """
        while iterations > 0 and not self.finished:
            early = self.exaggerated
            count = min(iterations, (self._early if early else self.iterations) - self.iteration)
            self._optimize(count, self._exaggerated if early else self._affinities, early)
            self.iteration += count
            iterations -= count
        self.points = self._published()

    def _optimize(self, count: int, affinities: Affinities, early: bool) -> None:
        rate = self._learning_rate
        if rate == "auto":
            rate = len(self._layout) / (EXAGGERATION if early else 1)
        self._layout.affinities = affinities
        self._layout.optimize(count, inplace=True, learning_rate=rate)
        kl = float(self._layout.kl_divergence)
        self.kl = kl / EXAGGERATION - math.log(EXAGGERATION) if early else kl

    def _published(self) -> Points:
        points = np.array(self._layout, dtype=np.float32)
        points.setflags(write=False)
        return points


def _check(dimensions: int, perplexity: float, learning_rate: str | float) -> None:
    rate_holds = learning_rate == "auto" or (
        not isinstance(learning_rate, str) and 0 < learning_rate < math.inf
    )
    for name, value, holds in (
        ("dimensions", dimensions, dimensions in (2, 3)),
        ("perplexity", perplexity, 1 <= perplexity < math.inf),
        ("learning_rate", learning_rate, rate_holds),
    ):
        if not holds:
            raise Problem("bad_setting", f"t-SNE cannot work with {name} {value!r}.", name=name, value=value)


def _reduced(vectors: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    if vectors.shape[1] <= PCA_DIMENSIONS or len(vectors) <= PCA_DIMENSIONS:
        return vectors
    return Axes.of(vectors).scores(vectors, PCA_DIMENSIONS)


def _first_layout(vectors: npt.NDArray[np.floating], dimensions: int, seed: int) -> npt.NDArray[np.float64]:
    """Return the principal axes at a small scale, with a hundredth of it as jitter; no axes leave the jitter."""
    jitter = np.random.default_rng(seed).normal(size=(len(vectors), dimensions))
    k = min(dimensions, *vectors.shape)
    layout = np.zeros_like(jitter)
    layout[:, :k] = Axes.of(vectors).scores(vectors, k)
    spread = layout[:, 0].std()
    if spread < 1e-12:
        return jitter * START_SPREAD
    return (layout / spread + 0.01 * jitter) * START_SPREAD
