"""One of several runs side by side: its trainer, its curve, its looks at the probe, and what all that cost."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from w2v_core import Corpus, Problem, StepRecord, Trainer, TrainingConfig
from w2v_core.diagnostics import Probe, measure
from w2v_core.vectors.embeddings import Answers

from . import memory_quota
from .comparison import METRICS, Looks, MemberProgress, Scale
from .curve import LossCurve
from .wordmap import ANCHOR_STEPS, NO_MAP, MapFrame, WordMap

MOST_LOOKS = 400


@dataclass(frozen=True)
class Probes:
    """What the runs are measured by; the same for all.

    Attributes
    ----------
    whole : Probe
        One pass over the text: what the running loss is of.
    looked_at : Probe
        The part of it that is measured while training goes on.
    """

    whole: Probe
    looked_at: Probe


class MemberRun:
    """One run.

    Parameters
    ----------
    corpus : Corpus
    config : TrainingConfig
    probes : Probes
    categories : sequence of sequences of words, or None
        Ground truth to put on the map first; None where nobody looks at single words: no map is drawn then, and
        there are no neighbors.

    Attributes
    ----------
    running_scale, probe_scale : Scale
        Of the running loss and of the loss on the probe.

    Raises
    ------
    Problem
        The settings cannot work on this corpus, or the server has no room for the run (`memory_quota`).
    """

    def __init__(
        self,
        corpus: Corpus,
        config: TrainingConfig,
        probes: Probes,
        categories: Sequence[Sequence[str]] | None,
    ) -> None:
        memory_quota.take(self, len(corpus.vocabulary), config.dim)
        self.config = config
        self.trainer = Trainer(corpus, config)
        self.running_scale = Scale.of(probes.whole, config)
        self.probe_scale = Scale.of(probes.looked_at, config)
        self.map = WordMap(corpus, categories or (), nearest=0)
        self._words_seen = categories is not None
        self.problem: Problem | None = None
        self._probe = probes.looked_at
        self._curve = LossCurve()
        self._last: StepRecord | None = None
        self._looks: list[tuple[float, ...]] = []
        self._embeddings = self.trainer.snapshot()
        if self._words_seen:
            self.map.anchor(self._embeddings)
        self.look()

    @property
    def pairs(self) -> int:
        """Pairs seen."""
        return self.trainer.pairs

    @property
    def over(self) -> bool:
        """Whether this run trains no further."""
        return self.trainer.finished or self.problem is not None

    def step(self) -> None:
        """Train on the next batch, and note what it cost."""
        # The thread's own time, so that other threads' work does not count. Where this clock ticks coarsely (16 ms on
        # Windows) a tick falls into a step as often as the step is long: sums come out right.
        began = time.thread_time()
        try:
            record = self.trainer.step()
        except Problem as problem:
            self.problem = problem
            return
        self._curve.add(record, time.thread_time() - began)
        self._last = record
        if self._words_seen and record.step % ANCHOR_STEPS == 0:
            self.map.anchor(self.trainer.snapshot())

    def look(self) -> None:
        """Measure the vectors on the probe; twice at the same step is once."""
        done = self.trainer.steps
        if self._looks and self._looks[-1][0] == done:
            return
        if len(self._looks) >= MOST_LOOKS:  # every other one goes; the first and the newest stay
            self._looks = self._looks[::2]
        trainer = self.trainer
        found = measure(self._probe, trainer.W, trainer.U, trainer.objective)
        metrics = (getattr(found, name) for name in METRICS)
        self._looks.append((done, trainer.pairs, self._curve.rows, self._curve.seconds, *metrics))

    def neighbors(self, word: str, count: int) -> Answers:
        """Return the words nearest to a word, as they were when the run's progress was last asked for."""
        return self._embeddings.neighbors(word, count)

    def progress(self, like: MapFrame | None) -> MemberProgress:
        """Return how far the run is, its map laid like another run's."""
        if self._words_seen:
            self._embeddings = self.trainer.snapshot()
        steps, pairs, rows, seconds, *metrics = np.array(self._looks, dtype=np.float64).T.copy()
        return MemberProgress(
            last=self._last,
            curve=self._curve.points(),
            looks=Looks(steps, pairs, rows, seconds, dict(zip(METRICS, metrics, strict=True))),
            frame=self.map.frame(self._embeddings, like=like) if self._words_seen else NO_MAP,
            rows=self._curve.rows,
            seconds=self._curve.seconds,
            finished=self.trainer.finished,
            problem=self.problem,
        )
