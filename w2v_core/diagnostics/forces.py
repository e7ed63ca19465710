"""Who pulls and who pushes the input's vector in one step, and all of it on a plane.

    dw = -rate sum_j g_j u_j,    g_j = dL/ds_j

Each column adds a move along its own u_j: towards it where g_j < 0 (the context), away from it where g_j > 0
(noise, or the words that a softmax finds too probable). The moves add up exactly to the step's update, a
bound on its length included. The plane is that of the input's and the shown outputs' first two principal
components (PCA); projecting is linear, so on the plane the moves still add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .records import PairRecord

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Forces:
    """One pair's vectors and moves on a plane. Arrays are float64 and read-only.

    Attributes
    ----------
    input, input_after : (2,)
        The center's vector, before and after the step.
    origin : (2,)
        Where the vector 0 lies.
    outputs, outputs_after : (k, 2)
        The record's shown columns.
    contributions : (k, 2)
        What each shown column adds to the input's move.
    rest : (2,)
        What all other columns add together.
    explained : float
        Share of the variance (0 to 1) of the input and the shown outputs that the plane holds.
    """

    input: Floats
    input_after: Floats
    origin: Floats
    outputs: Floats
    outputs_after: Floats
    contributions: Floats
    rest: Floats
    explained: float

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)


def forces(record: PairRecord) -> Forces:
    """Return the moves of a skip-gram record's step, and the plane that shows its vectors best."""
    if len(record.inputs) > 1:
        raise ValueError("the vectors of a CBOW window move each for themselves")
    [move] = record.input_updates
    slope = record.hidden_gradient
    rate = -float(move @ slope) / max(float(slope @ slope), np.finfo(float).tiny)
    contributions = -rate * record.score_gradient[record.shown, None] * record.output_vectors

    points = np.vstack([record.hidden, record.output_vectors])
    middle = points.mean(axis=0)
    _, spread, axes = np.linalg.svd(points - middle, full_matrices=False)
    plane = np.zeros((record.hidden.size, 2))
    plane[:, : len(axes[:2])] = axes[:2].T
    total = float(np.sum(spread**2))

    def onto(vectors: Floats) -> Floats:
        return (vectors - middle) @ plane

    return Forces(
        input=onto(record.hidden),
        input_after=onto(record.hidden + move),
        origin=onto(np.zeros_like(middle)),
        outputs=onto(record.output_vectors),
        outputs_after=onto(record.outputs_after),
        contributions=contributions @ plane,
        rest=(move - contributions.sum(axis=0)) @ plane,
        explained=float(np.sum(spread[:2] ** 2)) / total if total else 0.0,
    )
