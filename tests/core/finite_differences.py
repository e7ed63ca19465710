"""The one reference for all gradients: central differences."""

from collections.abc import Callable

import numpy as np


def gradient(function: Callable[[np.ndarray], float], at: np.ndarray, step: float = 1e-6) -> np.ndarray:
    """Return the gradient of `function` at `at`, an entry at a time, in float64."""
    at = np.array(at, dtype=np.float64)
    slopes = np.empty_like(at)
    for index in np.ndindex(at.shape):
        there = at.copy()
        there[index] += step
        back = at.copy()
        back[index] -= step
        slopes[index] = (function(there) - function(back)) / (2 * step)
    return slopes
