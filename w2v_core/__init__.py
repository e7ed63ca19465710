"""word2vec, legible: from text to pairs, from pairs to vectors, from vectors to neighbours.

The data flows one way through three rooms, `corpus`, `training` and `vectors`; nothing in one room
knows of a later one's users, and nothing here knows of the app.
"""

from ._version import __version__
from .corpus.corpus import Corpus
from .corpus.vocabulary import Vocabulary
from .problems import Diverged, Problem, UnknownWord
from .training.config import TrainingConfig
from .training.trainer import StepRecord, Trainer
from .vectors.embeddings import Embeddings

__all__ = [
    "Corpus",
    "Diverged",
    "Embeddings",
    "Problem",
    "StepRecord",
    "Trainer",
    "TrainingConfig",
    "UnknownWord",
    "Vocabulary",
    "__version__",
]
