"""A shard of a round: a stretch of the text, trained on from given vectors, wherever a worker is free.

The shard's trainer is an ordinary one, of a text that is only the stretch, with the whole's vocabulary, whose rate
falls with the whole's progress. What it draws depends on the run's seed and the stretch alone: done again elsewhere,
a shard comes out the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..corpus.corpus import Corpus
from ..corpus.vocabulary import Vocabulary
from ..corpus.windows import SLAB
from ..problems import Problem
from ..training.config import TrainingConfig
from ..training.trainer import Trainer
from .merge import Array, MovedRows


@dataclass(frozen=True, eq=False)
class Shard:
    """A stretch of the text in a run.

    Attributes
    ----------
    ids : (n,) int32 array
    starts : (sentences + 1,) int64 array
        As a corpus has them.
    begins, ends : float
        The whole run's progress before and after the stretch's round.
    seed : int
    """

    ids: np.ndarray
    starts: np.ndarray
    begins: float
    ends: float
    seed: int


@dataclass(frozen=True, eq=False)
class Moved:
    """What training on a shard has done.

    Attributes
    ----------
    steps, pairs : int
    loss : float
        Summed over the pairs.
    rows : dict
        The moved rows of each array, by its name.
    """

    steps: int
    pairs: int
    loss: float
    rows: dict[str, MovedRows]


def cuts(corpus: Corpus, begin: int, end: int, parts: int) -> list[int]:
    """Return where to cut a stretch of tokens into parts of about the same length: where a sentence begins.

    A sentence that is longer than a stretch of windows is cut anywhere, as training itself does.
    """
    even = [begin + (end - begin) * part // parts for part in range(1, parts)]
    places = [begin, *(sentence_at(corpus, place) for place in even), end]
    return sorted({min(max(place, begin), end) for place in places})


def sentence_at(corpus: Corpus, place: int) -> int:
    """Return where the next sentence begins, if that is near a place, or the place itself."""
    start = int(corpus.starts[np.searchsorted(corpus.starts, place)])
    return start if start - place < SLAB else place


def shards(
    corpus: Corpus, begin: int, end: int, parts: int, progress: tuple[float, float], seed: tuple[int, ...]
) -> list[Shard]:
    """Cut a stretch of the text into shards of one round; fewer where there are fewer sentences."""
    found = []
    for a, b in pairwise(cuts(corpus, begin, end, parts)):
        inner = corpus.starts[np.searchsorted(corpus.starts, a, "right") : np.searchsorted(corpus.starts, b)]
        drawn = int(np.random.SeedSequence([*seed, a]).generate_state(1)[0])
        starts = np.concatenate([[0], inner - a, [b - a]])
        found.append(Shard(corpus.ids[a:b], starts, *progress, drawn))
    return found


class _ShardTrainer(Trainer):
    """A trainer of one pass over a shard, whose progress is the whole run's."""

    def __init__(self, corpus: Corpus, config: TrainingConfig, shard: Shard) -> None:
        super().__init__(corpus, config.replace(epochs=1, seed=shard.seed, initial_vectors="zero"))
        self._shard = shard

    @property
    def progress(self) -> float:
        return self._shard.begins + (self._shard.ends - self._shard.begins) * super().progress


def train_shard(
    vocabulary: Vocabulary, config: TrainingConfig, arrays: Mapping[str, Array], shard: Shard
) -> Moved:
    """Train on a shard from the given arrays (`Trainer._arrays`), which stay as they are.

    Raises
    ------
    Diverged
    """
    try:
        trainer = _ShardTrainer(Corpus(vocabulary, shard.ids, shard.starts), config, shard)
    except Problem as problem:
        if problem.code != "no_pairs":  # a text has such stretches
            raise
        return Moved(0, 0, 0.0, {})
    trainer._hold({name: array.copy() for name, array in arrays.items()})
    names = {id(array): name for name, array in trainer._arrays().items()}
    times = {name: np.zeros(len(array), np.int32) for name, array in arrays.items()}
    loss = 0.0
    while not trainer.finished:
        task = trainer._next_task()
        found, assignments = trainer._descend(task)
        for assignment in assignments:
            assignment.apply()
            times[names[id(assignment.array)]][assignment.rows] += 1
        trainer._count(task, found)
        loss += found
    rows = {
        name: MovedRows.between(arrays[name], array, times[name]) for name, array in trainer._arrays().items()
    }
    return Moved(trainer.steps, trainer.pairs, loss, rows)
