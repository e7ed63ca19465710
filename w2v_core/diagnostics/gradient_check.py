"""A record's gradients beside the central differences of the same loss: do two ways agree?

    numeric   (L(x + h) - L(x - h)) / 2h        relative difference   max |g - n| / max(|g|, |n|)

The differences only call the loss, so they know nothing of the derivation that the gradients follow. What
remains between the two is rounding, about 1e-10 here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .records import PairRecord

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """One vector's gradient, both ways. Arrays are float64 and read-only.

    Attributes
    ----------
    analytic, numeric : (d,)
    largest : (d,) indices of the components, the largest gradient first
    absolute : float
        The largest difference of any component.
    relative : float
        The same, in units of the largest component of either; 0 where both are 0.
    """

    analytic: Floats
    numeric: Floats
    largest: npt.NDArray[np.integer]
    absolute: float
    relative: float

    @classmethod
    def compare(cls, analytic: Floats, numeric: Floats) -> GradientCheck:
        """Compare two gradients of the same vector."""
        absolute = float(np.max(np.abs(analytic - numeric)))
        size = max(float(np.max(np.abs(analytic))), float(np.max(np.abs(numeric))))
        largest = np.argsort(-np.abs(analytic), kind="stable")
        largest.setflags(write=False)
        return cls(analytic, numeric, largest, absolute, absolute / size if size else 0.0)


def check_gradients(record: PairRecord) -> tuple[list[GradientCheck], list[GradientCheck]]:
    """Return the checks of a record's input vectors, and of its shown output vectors."""
    return (
        list(map(GradientCheck.compare, record.input_gradients, record.numeric_input_gradients)),
        list(map(GradientCheck.compare, record.output_gradients, record.numeric_output_gradients)),
    )
