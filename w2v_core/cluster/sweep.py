"""Many runs on one text: each is trained whole, by one worker, and told in a few numbers.

A run comes out the same wherever it is trained. One that cannot work or diverges says so in its note; one whose worker
is lost is trained again by another, as the scheduler sees to.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ..corpus.corpus import Corpus
from ..diagnostics.yardstick import COUNTED, Yardstick
from ..problems import Problem
from ..training.config import TrainingConfig
from ..training.trainer import Trainer
from ..vectors.embeddings import Embeddings
from ..vectors.evaluation import (
    Section,
    WordPair,
    evaluate_analogies,
    evaluate_word_pairs,
    neighbor_purity,
)
from .engine import same, told

PURITY_NEIGHBORS = 5


@dataclass(frozen=True)
class TestSets:
    """What is known to be true of a text's words, by the name of the measure.

    Attributes
    ----------
    pairs : mapping of name to word pairs
        Measured by Spearman's rank correlation.
    analogies : mapping of name to sections
        By the share answered right.
    categories : mapping of name to the category of each word
        By the share of a word's 5 nearest that are of its category.
    """

    __test__ = False  # no class of tests, whatever pytest makes of its name

    pairs: Mapping[str, tuple[WordPair, ...]] = field(default_factory=dict)
    analogies: Mapping[str, tuple[Section, ...]] = field(default_factory=dict)
    categories: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The measures' names."""
        return [*self.pairs, *self.analogies, *self.categories]

    def measure(self, embeddings: Embeddings) -> dict[str, float]:
        """Return the measures that these vectors know enough words for."""
        found = {}
        for name, judge, truth in (
            *((name, _pairs, truth) for name, truth in self.pairs.items()),
            *((name, _analogies, truth) for name, truth in self.analogies.items()),
            *((name, _categories, truth) for name, truth in self.categories.items()),
        ):
            try:
                value = judge(embeddings, truth)  # type: ignore[operator]
            except Problem:  # too few of the words are known
                continue
            if not math.isnan(value):
                found[name] = value
        return found


def _pairs(embeddings: Embeddings, truth: tuple[WordPair, ...]) -> float:
    return evaluate_word_pairs(embeddings, truth).spearman


def _analogies(embeddings: Embeddings, truth: tuple[Section, ...]) -> float:
    return evaluate_analogies(embeddings, truth).accuracy


def _categories(embeddings: Embeddings, truth: Mapping[str, str]) -> float:
    return neighbor_purity(embeddings, truth, PURITY_NEIGHBORS).purity


@dataclass(frozen=True)
class Outcome:
    """What became of a run.

    Attributes
    ----------
    values : dict
        ``loss``: the mean loss per pair over the last epoch, in nats; ``progress``: the share of the way to the floor
        (see `Yardstick`), where there is one; the test sets' measures; ``seconds`` of training; ``words_per_second``.
    note : str
        Why there are none; empty where all is well.
    """

    values: dict[str, float]
    note: str = ""


def train_one(corpus: Corpus, config: TrainingConfig, tests: TestSets) -> Outcome:
    """Train a run and measure it."""
    try:
        trainer = Trainer(corpus, config)
        loss, pairs = 0.0, 0
        before, began = 0, time.perf_counter()
        for record in trainer.run():
            if record.epoch == config.epochs:
                loss += record.loss * (record.pairs - before)
                pairs += record.pairs - before
            before = record.pairs
        seconds = time.perf_counter() - began
    except Problem as problem:
        return Outcome({}, str(problem))
    values = {"loss": loss / pairs if pairs else math.nan}
    yardstick = _yardstick(corpus, TrainingConfig(**{name: getattr(config, name) for name in COUNTED}))
    if yardstick:
        values["progress"] = yardstick.way(trainer)
    values |= tests.measure(trainer.snapshot())
    return Outcome(values | {"seconds": seconds, "words_per_second": len(corpus) * config.epochs / seconds})


@lru_cache(maxsize=8)  # a worker's runs of the same pairs share it
def _yardstick(corpus: Corpus, config: TrainingConfig) -> Yardstick | None:
    return Yardstick.of(corpus, config)


def sweep(
    client: Any, corpus: Corpus, runs: Iterable[TrainingConfig], tests: TestSets
) -> Generator[tuple[TrainingConfig, Outcome | None], None, None]:
    """Yield the runs and what became of them, as they are done; None of a run that took its workers with it.

    Leaving the iterator early cancels what is not done.
    """
    from distributed import KilledWorker, as_completed

    text = client.submit(same, corpus, pure=False)
    futures = {client.submit(train_one, text, run, tests, pure=False): run for run in runs}
    try:
        for future in as_completed(futures):
            try:
                outcome = future.result()
            except KilledWorker:
                outcome = None
            except CancelledError:
                raise Problem("no_scheduler", "The scheduler of the cluster is gone.") from None
            except Exception as error:
                raise told(error) from None
            yield futures[future], outcome
    finally:
        client.cancel(list(futures))
