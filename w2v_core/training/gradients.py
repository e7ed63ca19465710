"""The one score matrix: from vectors and counts to the loss and its gradient. Changes nothing.

H = M W[words]        S = H U[columns]^T        loss, G = objective(S)
dW[words] = M^T G U[columns]        dU[columns] = G^T H
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .architectures import Inputs
from .objectives import Objective

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Gradients:
    """The summed loss of a batch, and its slope in the scores and in both kinds of vectors."""

    loss: float
    scores: Floats
    inputs: Floats
    outputs: Floats


def gradients(
    objective: Objective, inputs: Inputs, A: Floats, B: Floats, counts: tuple[Any, ...]
) -> Gradients:
    """Return the loss and its gradients at A = W[words] (w, d) and B = U[columns] (m, d)."""
    H = inputs.hidden(A)
    loss, G = objective.loss(H @ B.T, *counts)
    return Gradients(loss, G, inputs.back(G @ B), G.T @ H)
