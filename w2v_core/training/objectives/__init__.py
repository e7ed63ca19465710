"""What each objective trains on: the columns of the score matrix, and the counts it draws for them.

Every objective reads a batch as pairs (row, target) and answers two things: which rows of U are the columns,
and the counts that its loss form takes. The loss itself is in `losses`, the one descent step in `trainer`.
"""

from __future__ import annotations

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
    "draws_blocks",
    "make_objective",
    "scored_columns",
]

_OBJECTIVES: dict[str, type[Softmax | NegativeSampling | HierarchicalSoftmax | SoftmaxWithNegatives]] = {
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


def scored_columns(vocabulary_size: int, config: TrainingConfig) -> int:
    """Return with how many columns, more or less, each center of a batch is scored: what a step costs."""
    return _OBJECTIVES[config.objective].scored_columns(vocabulary_size, config)


def draws_blocks(config: TrainingConfig) -> bool:
    """Tell whether a batch is a stack of blocks with columns of their own, rather than one matrix."""
    return _OBJECTIVES[config.objective].draw_blocks is not None
