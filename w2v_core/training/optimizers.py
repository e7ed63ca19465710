"""How a gradient becomes an update of some rows: plain descent, and Adagrad with one rate a row.

    SGD       dx_i = -rate g_i
    Adagrad   dx_i = -rate g_i / sqrt(s_i),   s_i = sum over the steps so far of mean_j(g_ij^2)

Adagrad (Duchi, Hazan and Singer, 2011) is usually kept for each entry. Here a whole row shares one sum: the
loss knows only inner products, so turning the space must not change the run, and a frequent word's rate
falls while a rare word's stays high. An optimizer moves nothing itself: the trainer does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .config import TrainingConfig

RowArray = npt.NDArray[np.floating]
Sums = npt.NDArray[np.float64]


class Optimizer(Protocol):
    """Turns the gradient of some rows of one matrix into their update."""

    sums: Sums | None
    """What it remembers, one number a row of the matrix; None if nothing."""

    def update(
        self, rows: npt.NDArray[np.integer] | slice, gradient: RowArray, rate: float, max_length: float | None
    ) -> tuple[RowArray, Sums | None]:
        """Return the rows' update and the new ``sums[rows]``; `gradient` may be overwritten."""


class Sgd:
    """Stochastic gradient descent."""

    def __init__(self, n_rows: int) -> None:
        self.sums: Sums | None = None

    def update(
        self, rows: npt.NDArray[np.integer] | slice, gradient: RowArray, rate: float, max_length: float | None
    ) -> tuple[RowArray, None]:
        """Return -rate * gradient, bounded."""
        return sgd_update(gradient, rate, max_length), None


class Adagrad:
    """Adagrad with one sum of squares a row."""

    def __init__(self, n_rows: int) -> None:
        self.sums: Sums | None = np.zeros(n_rows)

    def update(
        self, rows: npt.NDArray[np.integer] | slice, gradient: RowArray, rate: float, max_length: float | None
    ) -> tuple[RowArray, Sums]:
        """Return -rate * gradient / sqrt(sums), bounded, with this gradient's share in the sums."""
        assert self.sums is not None
        sums = self.sums[rows] + np.einsum("ij,ij->i", gradient, gradient) / gradient.shape[1]
        # A row without any gradient so far stays where it is: 0 / tiny.
        rates = rate / np.sqrt(np.maximum(sums, np.finfo(np.float32).tiny))
        return sgd_update(gradient, rates, max_length), sums


_OPTIMIZERS: dict[str, Callable[[int], Optimizer]] = {"sgd": Sgd, "adagrad": Adagrad}


def make_optimizer(config: TrainingConfig, n_rows: int) -> Optimizer:
    """Return the optimizer that `config` names, for a matrix of `n_rows` rows."""
    return _OPTIMIZERS[config.optimizer](n_rows)


def sgd_update(gradient: RowArray, learning_rate: float | Sums, max_length: float | None) -> RowArray:
    """Return -learning_rate * gradient, each row shortened to `max_length` where it is longer.

    Parameters
    ----------
    gradient : (n, d) float array
        Overwritten by the result.
    learning_rate : float or (n,) float array
    max_length : float or None
        Euclidean length that no row's update exceeds. The sum of a large batch is a huge step for a
        frequent word; the bound keeps it stable where averaging would starve the rare ones.
    """
    scale = np.full(len(gradient), np.negative(learning_rate), dtype=gradient.dtype)
    if max_length is not None:
        length = learning_rate * np.sqrt(np.einsum("ij,ij->i", gradient, gradient))
        scale *= max_length / np.maximum(length, max_length)
    gradient *= scale[:, None]
    return gradient
