"""How a gradient becomes an update of some rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.floating]


def sgd_update(gradient: Rows, learning_rate: float, max_length: float | None) -> Rows:
    """Return -learning_rate * gradient, each row shortened to `max_length` where it is longer.

    Parameters
    ----------
    gradient : (n, d) float array
        Overwritten by the result.
    learning_rate : float
    max_length : float or None
        Euclidean length that no row's update exceeds. The sum of a large batch is a huge step for a
        frequent word; the bound keeps it stable where averaging would starve the rare ones.
    """
    scale = np.full(len(gradient), -learning_rate, dtype=gradient.dtype)
    if max_length is not None:
        length = learning_rate * np.sqrt(np.einsum("ij,ij->i", gradient, gradient))
        scale *= max_length / np.maximum(length, max_length)
    gradient *= scale[:, None]
    return gradient
