"""What each objective trains on: the columns of the score matrix, and the counts it draws for them.

Every objective reads a batch as pairs (row, target) and answers two things: which rows of U are the columns,
and the counts that its loss form takes. The loss itself is in `losses`, the one descent step in `trainer`.
"""

from __future__ import annotations

from collections.abc import Callable

from ...corpus.vocabulary import Vocabulary
from ..config import TrainingConfig
from .common import Draw, Objective, count_cells
from .hierarchical_softmax import HierarchicalSoftmax
from .negative_sampling import NegativeSampling
from .noise import Noise
from .softmax import Softmax
from .softmax_with_negatives import SoftmaxWithNegatives

__all__ = [
    "Draw",
    "HierarchicalSoftmax",
    "NegativeSampling",
    "Noise",
    "Objective",
    "Softmax",
    "SoftmaxWithNegatives",
    "count_cells",
    "make_objective",
]

_OBJECTIVES: dict[str, Callable[[Vocabulary, TrainingConfig], Objective]] = {
    "softmax": Softmax,
    "negative_sampling": NegativeSampling,
    "hierarchical_softmax": HierarchicalSoftmax,
    "softmax_with_negatives": SoftmaxWithNegatives,
}


def make_objective(vocabulary: Vocabulary, config: TrainingConfig) -> Objective:
    """Return the objective that `config` names, for this vocabulary.

    Raises
    ------
    Problem
        ``too_many_negatives``.
    """
    return _OBJECTIVES[config.objective](vocabulary, config)
