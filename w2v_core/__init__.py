"""word2vec, legible: from text to pairs, from pairs to vectors, from vectors to neighbours.

The data flows one way through four rooms, `sources`, `corpus`, `training` and `vectors`; nothing in one
room knows of a later one's users, and nothing here knows of the app.
"""

from ._version import __version__
from .corpus.corpus import Corpus
from .corpus.vocabulary import Vocabulary
from .problems import Diverged, Problem, UnknownWord
from .training.config import TrainingConfig
from .training.parallel import run_in_processes
from .training.probe import Probe, ProbeRecord, measure, probe_loss
from .training.records import PairRecord, RepeatRecord, StepRecord
from .training.reference import Floor, floor, start_value
from .training.trainer import Trainer
from .vectors.embeddings import Embeddings
from .vectors.formats import load_vectors, save_vectors

__all__ = [
    "Corpus",
    "Diverged",
    "Embeddings",
    "Floor",
    "PairRecord",
    "Probe",
    "ProbeRecord",
    "Problem",
    "RepeatRecord",
    "StepRecord",
    "Trainer",
    "TrainingConfig",
    "UnknownWord",
    "Vocabulary",
    "__version__",
    "floor",
    "load_vectors",
    "measure",
    "probe_loss",
    "run_in_processes",
    "save_vectors",
    "start_value",
]
