"""One run in the background of this process: its trainer, its curve and its map.

`LiveTraining` is the only one to touch its trainer. What pages may ask of it stands in `run`.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, BinaryIO

import numpy as np

from w2v_core import Corpus, Embeddings, Problem, StepRecord, Trainer, TrainingConfig
from w2v_core.diagnostics import PairRecord, RepeatRecord, SinglePairs
from w2v_core.training.huffman import HuffmanTree
from w2v_core.vectors.embeddings import Answers
from w2v_core.vectors.timeline import Frame, Timeline

from . import memory_quota
from .convergence import way_to_floor
from .curve import LossCurve
from .playing import Pace, Player
from .run import RunProgress, Saved, all_pairs
from .run_log import RunLog
from .turnstile import TURNSTILE
from .wordmap import ANCHOR_STEPS, WordMap


class LiveTraining(Player):
    """One run: a trainer, its curve and its map.

    Parameters
    ----------
    corpus : Corpus
    config : TrainingConfig
    categories : sequence of sequences of words
        Ground truth to put on the map, and to keep on the timeline, first.
    saved : binary file, optional
        A trainer that was saved, to go on with; what else belongs to its run, `resume` adds.

    Attributes
    ----------
    timeline : Timeline
        Snapshots of the run so far; its last frame is the present one whenever the run stands still.
    saved_step : int
        The last step that has been saved to a file.

    Raises
    ------
    Problem
        The settings cannot work on this corpus, or the server has no room for the run (`memory_quota`).
    """

    def __init__(
        self,
        corpus: Corpus,
        config: TrainingConfig,
        categories: Sequence[Sequence[str]] = (),
        saved: BinaryIO | None = None,
    ) -> None:
        super().__init__()
        memory_quota.take(self, len(corpus.vocabulary), config.dim)
        self.corpus = corpus
        self.config = config  # as asked for; the learning rate may change on the way
        self._trainer = Trainer.load(saved, corpus) if saved else Trainer(corpus, config)
        self._rate = self._trainer.learning_rate  # that is asked for: a step in hand does not hear of it
        self._log = RunLog(complete=saved is None)
        self.start_value = self._trainer.objective.start_value
        self.map = WordMap(corpus, categories)
        self.map.anchor(self._trainer.snapshot())
        known = (word for words in categories for word in words if word in corpus.vocabulary)
        self.timeline = Timeline(len(corpus.vocabulary), config.dim, corpus.vocabulary.ids(known).tolist())
        self.timeline.offer(0, 0, self._trainer.W)
        self._curve = LossCurve()
        self._first_loss = self.start_value
        self._last: StepRecord | None = None
        self._problem: Problem | None = None
        self._pace = Pace(0)
        self._version = 0
        self._from, self._until = 0.0, 1.0  # shares of the run, between which it was asked to train
        self._low = -math.inf  # running loss to stop at
        self._applied = 0  # chosen pairs since the last batch
        self._come: tuple[float | None] | None = None  # once measured
        self.saved_step = 0  # that is in a file
        self.progress = self._record(0.0, whole_map=saved is None)

    def save(self) -> Saved:
        """Return all that the run is, corpus and settings apart, as facts for JSON and arrays; also while it plays."""
        with TURNSTILE:
            self.saved_step = self._last.step if self._last else 0
            return self._saved(self.timeline.frames)

    def checkpoint(self) -> Saved:
        """Return the same, but for the timeline's snapshots: so much less that it can be asked for now and then."""
        with TURNSTILE:
            facts, arrays = self._saved(())
            return facts | {"asked": (self._from, self._until, self._low)}, arrays

    def _saved(self, frames: Sequence[Frame]) -> Saved:
        file = io.BytesIO()
        self._take_rate()
        self._trainer.save(file)
        curve, numbers = self._curve.saved
        facts = {
            "curve": numbers,
            "first_loss": self._first_loss,
            "last": asdict(self._last) if self._last else None,
            "moments": [(frame.step, frame.pairs) for frame in frames],
            "interval": self.timeline.interval,
            "log": self._log.saved,
        }
        kept = [frame.fixed for frame in frames]
        arrays = {
            "training": np.frombuffer(file.getbuffer(), dtype=np.uint8),
            "curve": curve,
            "frames": np.stack(kept) if kept else np.zeros((0, 0, 0), dtype=np.int16),
            "map": self.map.anchored,
        }
        return facts, arrays

    @classmethod
    def resume(
        cls,
        corpus: Corpus,
        config: TrainingConfig,
        categories: Sequence[Sequence[str]],
        facts: dict[str, Any],
        arrays: dict[str, np.ndarray],
        training: BinaryIO,
    ) -> LiveTraining:
        """Return a saved run of this corpus and these settings; it goes on as if it had never stopped.

        Parameters
        ----------
        corpus, config, categories
            As when the run was made.
        facts, arrays
            From `save`, in the form that `app.files.run_file` has checked.
        training : binary file
            From `save`, too: the trainer.

        Raises
        ------
        Problem
            ``checkpoint_corpus``, ``checkpoint_version``, ``checkpoint_damaged``.
        ValueError
            What was saved does not add up.
        """
        run = cls(corpus, config, categories, training)
        if run._trainer.config.replace(learning_rate=config.learning_rate) != config:
            raise ValueError("other settings")
        run._curve = LossCurve.restored(arrays["curve"], facts["curve"])
        run._log = RunLog.restored(facts.get("log"))
        run._first_loss = float(facts["first_loss"])
        if facts["last"] is not None:
            run._last = StepRecord(**facts["last"])
            if run._last.epoch > config.epochs:
                raise ValueError("no such epoch")
            run.saved_step = run._last.step
        kept = [
            Frame(step, pairs, fixed)
            for (step, pairs), fixed in zip(facts["moments"], arrays["frames"], strict=True)
        ]
        run.timeline.restore(kept, facts["interval"])
        run.map.anchored = arrays["map"]
        run._from, run._until, run._low = facts.get("asked", (run._from, run._until, run._low))
        run.progress = run._record(0.0, whole_map=True)
        return run

    def come(self) -> float | None:
        """Return how much of the way from start to floor a finished run has come; None if it is not known."""
        if self._come is None and self._trainer.finished and not self.running:
            self._come = (way_to_floor(self.corpus, self._trainer),)
        return self._come[0] if self._come else None

    @property
    def done(self) -> float:
        """How much is done of what `start` was asked for, from 0 to 1."""
        asked = min(1.0, self._until) - self._from
        return min(1.0, (self._trainer.progress - self._from) / asked) if asked > 0 else 1.0

    @property
    def all_pairs(self) -> float:
        """How many pairs the whole run has, about."""
        return all_pairs(self.corpus, self.config, self.window)

    @property
    def batch_tokens(self) -> int:
        """Center words that a step takes."""
        return self._trainer.batch_tokens

    @property
    def window(self) -> int:
        """How far the window reaches: no farther than the longest sentence."""
        return self._trainer.window

    @property
    def learning_rate(self) -> float:
        """The starting rate as it is now."""
        return self._rate

    def set_learning_rate(self, rate: float) -> None:
        """Change the starting rate; acts from the next step on, at the schedule's present point."""
        self._rate = rate

    def made(self) -> RunLog:
        """Return how the run came to be what it is now, the last step's loss included; also while it plays."""
        with TURNSTILE:
            self._take_rate()
            log = RunLog.restored(self._log.saved)
            last = self._last
        if last and (not log.losses or log.losses[-1][0] != last.step):
            log.losses.append((last.step, last.loss))
        return log

    @property
    def tree(self) -> HuffmanTree | None:
        """The tree of hierarchical softmax; None for the other losses."""
        return getattr(self._trainer.objective, "tree", None)

    @property
    def undoable(self) -> int:
        """How often `undo` can take back an `apply`."""
        return self._applied

    def start(self, share: float = 1.0, fall: float = math.inf) -> None:
        """Train until paused, finished or in trouble.

        Or for a `share` of the whole run; or until the running loss has fallen, from now on, by `fall` times its
        start value.
        """
        if self.running or self._trainer.finished:
            return
        self._problem = None
        self._applied = 0
        self._from = self._trainer.progress
        self._until = self._from + share
        self._low = (self._curve.average if self._last else self.start_value) - fall * self.start_value
        self._pace = Pace(self._trainer.pairs)
        super().start()

    def go_on(self) -> None:
        """Train on to what the last `start` was asked for."""
        if not self.running and not self._trainer.finished:
            super().start()

    def step(self, count: int = 1) -> None:
        """Train `count` steps here and now; does nothing while the thread runs or when all is done."""
        if self.running:
            return
        self._join()
        self._problem = None
        self._applied = 0
        with TURNSTILE:
            while count and not self._trainer.finished and not self._problem:
                self._advance()
                count -= 1
            self._publish(last=True)

    def examine(
        self, center: int, context: int, noise: Sequence[int], leading: int
    ) -> tuple[PairRecord, Embeddings]:
        """Take one pair apart, also between two steps of a run that plays; and return the vectors as they are.

        The learning rate is the run's starting rate: at the schedule's end no step would be seen.
        """
        with TURNSTILE:
            rate = self._rate
            record = SinglePairs(self._trainer).examine(
                center, context, noise, learning_rate=rate, leading=leading
            )
            return record, self._trainer.snapshot()

    def draw_noise(self, seed: int) -> list[int]:
        """Draw noise words (ids) for one pair, as training does but with a generator of this seed."""
        return SinglePairs(self._trainer).draw_noise(np.random.default_rng(seed)).tolist()

    def neighbors(self, word: str, count: int) -> Answers:
        """Return the words nearest to a word, nearest first, with their cosines."""
        return self.progress.embeddings.neighbors(word, count)

    def apply(self, center: int, context: int, noise: Sequence[int], times: int) -> RepeatRecord | None:
        """Train on one pair `times` times; does nothing while the thread runs.

        The loss curve is of the run's own batches and does not hear of it.

        Raises
        ------
        Problem
            The run would diverge.
        """
        if self.running:
            return None
        self._join()
        with TURNSTILE:
            rate = self._rate
            told = SinglePairs(self._trainer).repeat_pair(center, context, noise, times, learning_rate=rate)
            self._applied += 1
            self._log.applied += 1
            self.progress = self._record(0.0)
            return told

    def undo(self) -> bool:
        """Take back the last `apply`; return whether there was one to take back."""
        if self.running or not self._applied:
            return False
        with TURNSTILE:
            try:
                self._trainer.undo()
            except Problem:  # too long ago: forgotten
                self._applied = 0
                return False
            self._applied -= 1
            self._log.applied -= 1
            self.progress = self._record(0.0)
            return True

    @property
    def _over(self) -> bool:
        trainer = self._trainer
        return (
            trainer.finished
            or trainer.progress >= self._until
            or (self._last is not None and self._curve.average < self._low)
            or self._problem is not None
        )

    def _take_rate(self) -> None:
        """Train at the rate that is asked for."""
        rate = self._rate  # once: a page may change it meanwhile
        if self._trainer.learning_rate != rate:
            self._trainer.learning_rate = rate
            self._log.rate(self._trainer.steps, rate)

    def _advance(self) -> bool:
        self._take_rate()
        try:
            record = self._trainer.step()
        except Problem as problem:
            self._log.explode()
            self._problem = problem
            return True
        self._log.step(record)
        self._curve.add(record)
        if self._last is None:
            self._first_loss = record.loss
        self._last = record
        self.timeline.offer(record.step, record.pairs, self._trainer.W)
        if record.step % ANCHOR_STEPS == 0:
            self.map.anchor(self._trainer.snapshot())
        return True

    def _publish(self, last: bool) -> None:
        self.progress = self._record(0.0 if last else self._pace(self._trainer.pairs), whole_map=last)

    def _fail(self, problem: Problem) -> None:
        self.progress = replace(self.progress, problem=problem, pairs_per_second=0.0)

    def _record(self, speed: float, whole_map: bool = False) -> RunProgress:
        self._version += 1
        embeddings = self._trainer.snapshot()
        if whole_map or not self.running:
            self.timeline.show(self._trainer.steps, self._trainer.pairs, embeddings.vectors)
        return RunProgress(
            version=self._version,
            last=self._last,
            first_loss=self._first_loss,
            curve=self._curve.points(),
            frame=self.map.frame(embeddings, whole_map),
            pairs_per_second=speed,
            vectors=lambda: embeddings,
            finished=self._trainer.finished,
            problem=self._problem,
        )
