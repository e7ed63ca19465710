"""A run on a worker, as pages hold it."""

from __future__ import annotations

import contextlib
import io
import math
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from w2v_core import Corpus, Embeddings, Problem, TrainingConfig
from w2v_core.diagnostics import PairRecord, RepeatRecord
from w2v_core.training.huffman import HuffmanTree, huffman_tree
from w2v_core.vectors.timeline import Frame

from ..live import LiveTraining
from ..run import RunProgress, Saved, all_pairs
from ..run_log import RunLog
from ..wordmap import WordMap
from .host import Arrays, RunHost
from .remote import VERB_SECONDS, Place, Remote, from_remote
from .seats import Later, Lost, Silent

FIRST_SECONDS, CHECKPOINT_SECONDS = (
    2.0,
    16.0,
)  # between two, while a run plays: the longer the longer it has played
CHECKPOINT_BYTES = 32 << 20  # of a run that is larger none are made


def resumed(
    corpus: Corpus,
    config: TrainingConfig,
    categories: Sequence[Sequence[str]],
    saved: Saved,
    saved_step: int | None = None,
) -> LiveTraining:
    """Return a run as it was saved to a file; or as it was kept, when it had been saved to a file at `saved_step`."""
    facts, arrays = saved
    training = io.BytesIO(arrays["training"].tobytes())
    run = LiveTraining.resume(corpus, config, categories, facts, arrays, training)
    if saved_step is not None:
        run.saved_step = saved_step
    return run


@dataclass(frozen=True)
class RemoteFilm:
    """Snapshots of a run, as far as they have come."""

    ids: np.ndarray
    frames: tuple[Frame, ...]


class RemoteRun(Remote[RunProgress]):
    """One run; see `LiveTraining` for what its verbs do.

    Parameters
    ----------
    place : Place
    corpus : Corpus
    config : TrainingConfig
    categories : sequence of sequences of words
    saved : Saved, optional
        Of a run that goes on.
    """

    HOST = RunHost

    def __init__(
        self,
        place: Place,
        corpus: Corpus,
        config: TrainingConfig,
        categories: Sequence[Sequence[str]] = (),
        saved: Saved | None = None,
    ) -> None:
        self.corpus, self.config, self._categories = corpus, config, categories
        self._small = 8 * len(corpus.vocabulary) * config.dim < CHECKPOINT_BYTES  # W and U
        self._kept: Saved | None = None
        self._coming: Later | None = None
        self._kept_at, self._keep_after = time.monotonic(), FIRST_SECONDS
        self._film: tuple[int, list[tuple[str, Frame]]] = (-1, [])
        self._way: tuple[int, float | None] = (-1, None)
        if saved:
            super().__init__(place, resumed, (corpus, config, categories, saved))
            self._keep()
        else:
            super().__init__(place, LiveTraining, (corpus, config, categories))

    # What pages read.

    @property
    def start_value(self) -> float:
        """The loss that is expected before anything is learned."""
        return float(self.constants["start_value"])

    @property
    def window(self) -> int:
        """How far the window reaches."""
        return int(self.constants["window"])

    @property
    def batch_tokens(self) -> int:
        """Center words that a step takes."""
        return int(self.constants["batch_tokens"])

    @property
    def done(self) -> float:
        """How much is done of what `start` was asked for."""
        return float(self._state.facts["done"])

    @property
    def learning_rate(self) -> float:
        """The starting rate as it is now."""
        return float(self._state.facts["learning_rate"])

    @property
    def undoable(self) -> int:
        """How often `undo` can take back an `apply`."""
        return int(self._state.facts["undoable"])

    @property
    def saved_step(self) -> int:
        """The last step that has been saved to a file."""
        return int(self._state.facts["saved_step"])

    @property
    def all_pairs(self) -> float:
        """How many pairs the whole run has, about."""
        return all_pairs(self.corpus, self.config, self.window)

    @cached_property
    def map(self) -> WordMap:
        """The words on the map."""
        return WordMap(self.corpus, self._categories)

    @cached_property
    def tree(self) -> HuffmanTree | None:
        """The tree of hierarchical softmax; None for the other losses."""
        if self.config.objective != "hierarchical_softmax":
            return None
        return huffman_tree(self.corpus.vocabulary.counts)

    @property
    def timeline(self) -> RemoteFilm:
        """The snapshots by now; only those that have not come before travel."""
        with self._lock:
            version, kept = self._film
            if version != self.progress.version:
                version, known = self.progress.version, dict(kept)
                found = self._do("snapshots", frozenset(known))
                kept = [(mark, known[mark] if frame is None else frame) for mark, frame in found]
                self._film = version, kept
            return RemoteFilm(self.constants["ids"], tuple(frame for _, frame in kept))

    def embeddings(self) -> Embeddings:
        """Return the vectors by now."""
        return self._embeddings(self._do("vectors"))

    # The verbs.

    def touch(self) -> None:
        """Renew the lease, bring what is read up to now, and see to it that something is kept."""
        played = self.running
        super().touch()
        if played and not self.running:
            self._keep()
        elif self.running and time.monotonic() - self._kept_at > self._keep_after:
            self._keep()
            self._keep_after = min(CHECKPOINT_SECONDS, 2 * self._keep_after)

    def start(self, share: float = 1.0, fall: float = math.inf) -> None:
        """Train: to the end, for a share of the whole run, or until the loss has fallen."""
        super().start(share, fall)

    def go_on(self) -> None:
        """Train on to what the last `start` was asked for."""
        self._train("go_on")

    def pause(self) -> None:
        """Stop after the step in hand."""
        super().pause()
        self._keep()

    def step(self, count: int = 1) -> None:
        """Train so many steps here and now."""
        self._train("step", count)
        self._keep()

    def set_learning_rate(self, rate: float) -> None:
        """Change the starting rate."""
        self._do("set_learning_rate", rate)

    def come(self) -> float | None:
        """Return how much of the way from start to floor a finished run has come."""
        with self._lock:
            version, found = self._way
            if version != self.progress.version:
                version, found = self.progress.version, self._do("come")
                self._way = version, found
            return found

    def made(self) -> RunLog:
        """Return how the run came to be what it is now."""
        found: RunLog = self._do("made")
        return found

    def examine(
        self, center: int, context: int, noise: Sequence[int], leading: int
    ) -> tuple[PairRecord, Embeddings]:
        """Take one pair apart; and return the vectors as they are."""
        record, arrays = self._do("examine", center, context, noise, leading)
        return record, self._embeddings(arrays)

    def draw_noise(self, seed: int) -> list[int]:
        """Draw noise words (ids) for one pair."""
        found: list[int] = self._do("draw_noise", seed)
        return found

    def apply(self, center: int, context: int, noise: Sequence[int], times: int) -> RepeatRecord | None:
        """Train on one pair `times` times."""
        found: RepeatRecord | None = self._do("apply", center, context, noise, times)
        self._keep()
        return found

    def undo(self) -> bool:
        """Take back the last `apply`."""
        undone = bool(self._do("undo"))
        self._keep()
        return undone

    def save(self) -> Saved:
        """Return all that the run is."""
        found: Saved = self._do("save")
        return found

    # What is kept for the day the worker is gone.

    def _keep(self) -> None:
        """Ask for a checkpoint; it comes while the page goes on."""
        with self._lock:
            self._kept_at = time.monotonic()
            if self._small and self._taken():
                with contextlib.suppress(Lost):  # found out by the next verb
                    self._coming = self._seat.ask_later("checkpoint")

    def _taken(self) -> bool:
        """Take a checkpoint that has come; return whether none is on its way."""
        if self._coming is None:
            return True
        if not self._coming.done():
            return False
        with contextlib.suppress(Lost, Silent):
            found, _ = self._coming.result()
            if isinstance(found, tuple):
                self._kept = found
        self._coming = None
        return True

    def _again(self) -> tuple[Callable[..., Any], Sequence[Any]]:
        self._taken()
        self._coming = None
        if self._kept is None:
            return LiveTraining, (self.corpus, self.config, self._categories)
        return resumed, (self.corpus, self.config, self._categories, self._kept, self.saved_step)

    def _recover(self) -> None:
        rate = self.learning_rate
        super()._recover()
        if rate != self.learning_rate:
            with contextlib.suppress(Lost, Silent):
                self._exchange("set_learning_rate", (rate,), VERB_SECONDS)

    def _why(self) -> Problem:
        last = self._kept[0]["last"] if self._kept else None
        step = last["step"] if last else 0
        return Problem(
            "worker_lost_run",
            f"The worker that trained this run is gone. The run stands at step {step} of {self.progress.step}.",
            step=step,
            reached=self.progress.step,
        )

    def _whole(self, record: RunProgress) -> RunProgress:
        here = partial(from_remote, weakref.ref(self), "embeddings")
        return replace(super()._whole(record), vectors=here)

    def _embeddings(self, arrays: Arrays) -> Embeddings:
        return Embeddings(self.corpus.vocabulary, *arrays)
