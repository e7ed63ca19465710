"""The one score matrix: from vectors and counts to the loss and its gradient. Changes nothing.

H = M W[words]        S = H X^T with X = U[columns]        loss, G = objective(S)
dW[words] = M^T G X        dX = G^T H

One pair is a matrix of a single row; a batch is one matrix, or a stack of small ones (blocks), each with the
columns that its own rows need. The lines below are the same for all: ``@`` multiplies stacks matrix by matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .architectures import Inputs
from .objectives import Draw, Objective

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Gradients:
    """The summed loss of a batch, and its slope in the scores and in both kinds of vectors."""

    loss: float
    scores: Floats
    inputs: Floats
    outputs: Floats


def gradients(objective: Objective, inputs: Inputs, draw: Draw, A: Floats, B: Floats) -> Gradients:
    """Return the loss and its gradients at A = W[inputs.words] (w, d) and B = U[draw.columns] (m, d)."""
    H, X = inputs.hidden(A), draw.outputs(B)
    S = H @ X.mT
    loss, G = objective.loss(S, *draw.counts, out=S)  # in place, a softmax step takes a twentieth less
    return Gradients(loss, G, inputs.back(G @ X), draw.back(G.mT @ H))
