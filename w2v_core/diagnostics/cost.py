"""What a step costs: the time of one pair under each objective, as the vocabulary grows, beside what theory says.

Theory counts scores, the products w . u that one pair's loss needs (the columns of its row):

    softmax, softmax with negatives    V
    hierarchical softmax               the mean length of a word's code, about log2 V
    negative sampling                  K + 1

Real steps cost more, and less. A step has work that no score accounts for; and a batch shares: the pairs of one
center share its row of scores, all centers share the columns. So each objective has a price a score of its own,
and theory says only how the time grows: measured ~ price x scores.

The text is made to be alike at every size: word r of V occurs V // r times (Zipf's law, the rarest words once), in
random order.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..corpus.corpus import Corpus
from ..corpus.vocabulary import Vocabulary
from ..training.batches import tokens_a_step
from ..training.config import OBJECTIVES, TrainingConfig
from ..training.huffman import huffman_tree
from ..training.trainer import Trainer

VOCABULARY_SIZES = (500, 1_000, 2_000, 5_000, 10_000, 20_000)
SENTENCE = 20  # words
WARM_UP = 3  # steps that are not counted
LEAST_STEPS = 9
PLENTY = 16 << 20  # bytes: more than any array of a step
GENTLY = {"learning_rate": 1e-4, "min_learning_rate": None}  # the loss without lower bound must not run away


@dataclass(frozen=True)
class CostRecord:
    """What one objective was measured to cost at one vocabulary size.

    Attributes
    ----------
    objective : str
    vocabulary_size : int
    scores : float
        Theory: scores a pair.
    seconds : float
        Time a pair: the median over the steps.
    quartiles : (float, float)
        Half of the steps took a time a pair between these.
    steps : int
        Steps that were timed.
    centers : int
        Center tokens a step.
    """

    objective: str
    vocabulary_size: int
    scores: float
    seconds: float
    quartiles: tuple[float, float]
    steps: int
    centers: int


@lru_cache(maxsize=len(VOCABULARY_SIZES))
def zipf_corpus(vocabulary_size: int, seed: int = 1) -> Corpus:
    """Return a text with `vocabulary_size` words in which word r occurs V // r times, in random order."""
    counts = vocabulary_size // np.arange(1, vocabulary_size + 1)
    ids = np.repeat(np.arange(vocabulary_size, dtype=np.int32), counts)
    ids = np.random.default_rng(seed).permutation(ids)
    starts = np.append(np.arange(0, len(ids), SENTENCE), len(ids))
    for part in (ids, starts):
        part.setflags(write=False)
    return Corpus(Vocabulary([f"w{rank}" for rank in range(1, vocabulary_size + 1)], counts), ids, starts)


def scores_per_pair(vocabulary: Vocabulary, config: TrainingConfig) -> float:
    """Return how many scores one pair needs in theory, averaged over the words as targets."""
    if config.objective == "negative_sampling":
        return config.negatives + 1
    if config.objective == "hierarchical_softmax":
        lengths = huffman_tree(vocabulary.counts).lengths
        return float(np.average(lengths, weights=vocabulary.counts))
    return len(vocabulary)


def common_batch(config: TrainingConfig, sizes: Iterable[int] = VOCABULARY_SIZES) -> int:
    """Return the most centers a step that every objective can take at all of these sizes.

    Training splits batches where a step would take too long; times compare only at equal batches.
    """
    return min(
        tokens_a_step(zipf_corpus(size).vocabulary, config.replace(objective=objective))
        for size in sizes
        for objective in OBJECTIVES
    )


class CostMeter:
    """Times training steps on a Zipf text, one at a time, so that the caller can pause between them.

    Parameters
    ----------
    config : TrainingConfig
        Its subsampling, epochs and learning rate are not used.
    vocabulary_size : int

    Raises
    ------
    Problem
        ``too_many_negatives``.
    """

    def __init__(self, config: TrainingConfig, vocabulary_size: int) -> None:
        # The C library hands large arrays back to the system at every step until it has seen a larger one
        # come and go; then it keeps them. Without this the first ones measured would take half as long again.
        np.empty(PLENTY, dtype=np.uint8)
        corpus = zipf_corpus(vocabulary_size)
        self._trainer = Trainer(corpus, config.replace(subsample=0.0, epochs=1_000_000, **GENTLY))
        self._scores = scores_per_pair(corpus.vocabulary, config)
        self._seconds: list[float] = []  # a pair, of each step
        self._taken = 0.0

    def enough(self, seconds: float) -> bool:
        """Return whether the steps so far took `seconds` together, and are many enough for a median."""
        return len(self._seconds) >= WARM_UP + LEAST_STEPS and self._taken >= seconds

    def step(self) -> None:
        """Train on one batch and take the time."""
        before, began = self._trainer.pairs, time.perf_counter()
        self._trainer.step()
        took = time.perf_counter() - began
        self._seconds.append(took / (self._trainer.pairs - before))
        self._taken += took

    def record(self) -> CostRecord:
        """Return what was measured, the first steps left out."""
        timed = self._seconds[WARM_UP:]
        low, median, high = np.quantile(timed, (0.25, 0.5, 0.75)).tolist()
        return CostRecord(
            objective=self._trainer.config.objective,
            vocabulary_size=len(self._trainer.W),
            scores=self._scores,
            seconds=median,
            quartiles=(low, high),
            steps=len(timed),
            centers=self._trainer.batch_tokens,
        )


def measure_cost(config: TrainingConfig, vocabulary_size: int, seconds: float = 0.3) -> CostRecord:
    """Time steps of one objective at one vocabulary size for about `seconds`."""
    meter = CostMeter(config, vocabulary_size)
    while not meter.enough(seconds):
        meter.step()
    return meter.record()


def price_per_score(records: Sequence[CostRecord]) -> float:
    """Return the seconds a score that bring theory nearest to the measurements.

    The one constant c of ``seconds = c scores``, by least squares between logarithms: every size counts alike.
    """
    return float(np.exp(np.mean([np.log(record.seconds / record.scores) for record in records])))
