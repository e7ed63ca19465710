"""Measuring what steps cost, in the background: a thread, its records so far, and the sessions that watch.

A process measures the same settings once: sessions that ask during the measurement share it, and later ones get its
results. It takes turns at the trainers' turnstile, so that runs continue beside it, and times only the steps
themselves. It does not import Streamlit.
"""

from __future__ import annotations

import logging
import threading
import time
from functools import lru_cache
from typing import Any

from w2v_core import TrainingConfig
from w2v_core.diagnostics.cost import (
    VOCABULARY_SIZES,
    CostMeter,
    CostRecord,
    common_batch,
    scores_per_pair,
    zipf_corpus,
)
from w2v_core.training.config import OBJECTIVES

from .turnstile import SLICE_SECONDS, TURNSTILE

ROUNDS = 3  # of each point the fastest one counts: other work on the machine can only slow a step
POINT_SECONDS = 0.07  # of timed steps at each of the 24 points, in each round, and 12 steps at least
MOST_CENTERS = 256  # a step: as a run has by default
THREAD_NAME = "w2v-cost"

_lock = threading.Lock()
_latest: dict[TrainingConfig, CostRun] = {}  # going on, or complete


def cost_config(**settings: Any) -> TrainingConfig:
    """Return what is measured, at a batch that every objective can take at every size."""
    config = TrainingConfig(batch_tokens=MOST_CENTERS, **settings)
    return config.replace(batch_tokens=common_batch(config))


@lru_cache(maxsize=64)
def theory(config: TrainingConfig) -> dict[str, tuple[float, ...]]:
    """Return the scores a pair that each objective needs at each vocabulary size."""
    texts = [zipf_corpus(size).vocabulary for size in VOCABULARY_SIZES]
    return {
        objective: tuple(scores_per_pair(text, config.replace(objective=objective)) for text in texts)
        for objective in OBJECTIVES
    }


class CostRun:
    """One measurement of all objectives at all sizes.

    Parameters
    ----------
    config : TrainingConfig
        Its objective is replaced by each in turn.

    Attributes
    ----------
    plan : tuple of (int, str)
        Vocabulary size and objective of each measurement to make.
    done : int
        How many of them are made.
    records : tuple of CostRecord
        The points so far; replaced, never changed.
    failed : bool
        Whether an error of the app ended it.
    """

    def __init__(self, config: TrainingConfig) -> None:
        self.config = config
        self.plan = ROUNDS * tuple((size, objective) for size in VOCABULARY_SIZES for objective in OBJECTIVES)
        self.done = 0
        self.records: tuple[CostRecord, ...] = ()
        self.failed = False
        self._watching: set[object] = set()  # guarded by the lock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=THREAD_NAME, daemon=True)

    @property
    def running(self) -> bool:
        """Whether points are still to come."""
        return self._thread.is_alive() and not self._stop.is_set()

    @property
    def complete(self) -> bool:
        """Whether all is measured."""
        return self.done == len(self.plan)

    def leave(self, who: object) -> None:
        """Stop watching; without any watcher the measurement stops."""
        with _lock:
            self._watching.discard(who)
            if not self._watching and not self.complete:
                self._stop.set()
                if _latest.get(self.config) is self:
                    del _latest[self.config]

    def join(self) -> None:
        """Wait until the thread is over."""
        self._thread.join()

    def start(self) -> None:
        """Begin to measure."""
        self._thread.start()

    def _run(self) -> None:
        try:
            for size, objective in self.plan:
                with TURNSTILE:
                    meter = CostMeter(self.config.replace(objective=objective), size)
                while not meter.enough(POINT_SECONDS):
                    if self._stop.is_set():
                        return
                    with TURNSTILE:
                        turn_ends = time.monotonic() + SLICE_SECONDS
                        while time.monotonic() < turn_ends and not meter.enough(POINT_SECONDS):
                            meter.step()
                with _lock:  # once stopped, nothing comes after what the page shows as the result
                    if self._stop.is_set():
                        return
                    self._take(meter.record())
        except Exception:  # the page must hear of it; a thread would only die
            logging.getLogger(__name__).exception("A measurement failed")
            self.failed = True

    def _take(self, record: CostRecord) -> None:
        points = {(known.vocabulary_size, known.objective): known for known in self.records}
        place = record.vocabulary_size, record.objective
        points[place] = min(record, points.get(place, record), key=lambda known: known.seconds)
        self.records = tuple(points.values())
        self.done += 1


def latest(config: TrainingConfig) -> CostRun | None:
    """Return the measurement with these settings that goes on or is complete, of any session."""
    return _latest.get(config)


def begin(config: TrainingConfig, who: object) -> CostRun:
    """Start the measurement (again), or join a running one of the same settings."""
    with _lock:
        run = _latest.get(config)
        if run is None or not run.running:
            run = _latest[config] = CostRun(config)
            run.start()
        run._watching.add(who)
    return run
