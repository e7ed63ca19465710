"""word2vec, legible: from text to pairs, from pairs to vectors, from vectors to neighbors.

The data flows one way, through the packages `sources`, `corpus`, `vectors`, `training` and `diagnostics`; none of
them imports a later one, and none imports the app.
"""

from typing import Any

from ._version import __version__
from .corpus.corpus import Corpus
from .corpus.vocabulary import Vocabulary
from .problems import Diverged, Problem, UnknownWord
from .training.config import TrainingConfig
from .training.records import StepRecord
from .training.trainer import Trainer
from .vectors.embeddings import Embeddings
from .vectors.formats import load_vectors, save_vectors

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
    "load_vectors",
    "run_in_processes",
    "save_vectors",
]


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:
    """Import what starts processes when it is first asked for: the rest works where there are none."""
    if name == "run_in_processes":
        from .training.parallel import run_in_processes

        return run_in_processes
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
