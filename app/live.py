"""Training in the background: a thread that a session owns, and immutable records of how far it is.

`LiveTraining` is the only one to touch its trainer. The page calls its verbs (start, pause, step) and reads
`progress`, a frozen record that the thread replaces about five times a second. It knows nothing of Streamlit.
"""

from __future__ import annotations

import io
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from w2v_core import (
    Corpus,
    Embeddings,
    PairRecord,
    Problem,
    RepeatRecord,
    StepRecord,
    Trainer,
    TrainingConfig,
)
from w2v_core.training.huffman import HuffmanTree
from w2v_core.vectors.timeline import Frame, Timeline

from .curve import CurvePoints, LossCurve
from .wordmap import MapFrame, WordMap

POLL_SECONDS = 0.24  # between two looks at a run: four a second, and a little for the way
PUBLISH_SECONDS = 0.2
SLICE_SECONDS = 0.02
LEASE_SECONDS = 90.0
ANCHOR_STEPS = 1000
THREAD_NAME = "w2v-trainer"

SPEEDS: dict[str, float | None] = {"slow": 2, "medium": 20, "fast": 200, "full": None}  # steps a second


class Turnstile:
    """Lets one trainer of the process compute at a time, first come, first served.

    Thirty trainers that share the interpreter freely leave no time for anybody's page; taking turns of 20 ms
    they train as much in all, in even shares, and every page still answers.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._busy = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._busy:
                self._busy = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()

    def __exit__(self, *error: object) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()  # stays busy: the place passes straight on
            else:
                self._busy = False


TURNSTILE = Turnstile()


def unhurried(seconds: float) -> float:
    """Return an interval stretched where many runs play at once.

    Four pages can be drawn four times a second; a class of thirty would leave no time to train.
    """
    playing = sum(thread.name == THREAD_NAME for thread in threading.enumerate())
    return seconds * max(1.0, playing / 4)


@dataclass(frozen=True, eq=False)
class Progress:
    """How far a run is.

    Attributes
    ----------
    version : int
        Rises with every record of a run.
    last : StepRecord or None
        The latest step; None before the first.
    first_loss : float
        Of the first step; before it, what is expected.
    curve : CurvePoints
    frame : MapFrame
    pairs_per_second : float
        Over the last moments of training; 0 while it stands still.
    embeddings : Embeddings
    finished : bool
    problem : Problem or None
        Why training stopped by itself, if it did.
    """

    version: int
    last: StepRecord | None
    first_loss: float
    curve: CurvePoints
    frame: MapFrame
    pairs_per_second: float
    embeddings: Embeddings
    finished: bool
    problem: Problem | None

    @property
    def step(self) -> int:
        """Steps done."""
        return self.last.step if self.last else 0


class LiveTraining:
    """One run: a trainer, its curve, its map, and the thread that drives them while it plays.

    Parameters
    ----------
    corpus : Corpus
    config : TrainingConfig
    categories : sequence of sequences of words
        Ground truth to put on the map, and to keep on the timeline, first.

    Attributes
    ----------
    timeline : Timeline
        Snapshots of the run so far; its last frame is the present one whenever the run stands still.

    Raises
    ------
    Problem
        The settings cannot work on this corpus.
    """

    def __init__(
        self, corpus: Corpus, config: TrainingConfig, categories: Sequence[Sequence[str]] = ()
    ) -> None:
        self.corpus = corpus
        self.config = config  # as asked for; the learning rate may change on the way
        self._trainer = Trainer(corpus, config)
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
        self._steps_per_second: float | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._seen = time.monotonic()
        self._version = 0
        self._until = 1.0  # share of the run to stop at
        self._applied = 0  # chosen pairs since the last batch
        self.progress = self._record(0.0, whole_map=True)

    def save(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """Return all that the run is, corpus and settings apart, as facts for JSON and arrays; also while it plays."""
        file = io.BytesIO()
        with TURNSTILE:
            self._trainer.save(file)
            curve, numbers = self._curve.saved
            frames = self.timeline.frames
            facts = {
                "curve": numbers,
                "first_loss": self._first_loss,
                "last": asdict(self._last) if self._last else None,
                "moments": [(frame.step, frame.pairs) for frame in frames],
                "interval": self.timeline.interval,
            }
            anchor = self.map.anchored
        arrays = {
            "training": np.frombuffer(file.getbuffer(), dtype=np.uint8),
            "curve": curve,
            "frames": np.stack([frame.fixed for frame in frames]),
            "map": anchor,
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
    ) -> LiveTraining:
        """Return a saved run of this corpus and these settings; it goes on as if it had never stopped.

        Raises
        ------
        Problem
            ``checkpoint_corpus``, ``checkpoint_version``, ``checkpoint_damaged``.
        ValueError, TypeError, LookupError
            What was saved does not add up.
        """
        run = cls(corpus, config, categories)
        run._trainer = Trainer.load(io.BytesIO(arrays["training"].tobytes()), corpus)
        if run._trainer.config.replace(learning_rate=config.learning_rate) != config:
            raise ValueError("other settings")
        run._curve = LossCurve.restored(arrays["curve"], facts["curve"])
        run._first_loss = float(facts["first_loss"])
        if facts["last"] is not None:
            run._last = StepRecord(
                **{
                    name: float(value) if name in ("loss", "learning_rate") else int(value)
                    for name, value in facts["last"].items()
                }
            )
        frames = arrays["frames"]
        if frames.dtype != np.int16 or frames.shape[1:] != (len(run.timeline.ids), config.dim):
            raise ValueError("frames of other words")
        moments = [(int(step), int(pairs)) for step, pairs in facts["moments"]]
        kept = [Frame(*moment, fixed) for moment, fixed in zip(moments, frames, strict=True)]
        run.timeline.restore(kept, facts["interval"])
        run.map.anchored = arrays["map"]
        run.progress = run._record(0.0, whole_map=True)
        return run

    @property
    def running(self) -> bool:
        """Whether the thread trains (or is about to)."""
        return self._thread is not None and self._thread.is_alive() and not self._stop.is_set()

    @property
    def batch_tokens(self) -> int:
        """Center words that a step takes."""
        return self._trainer.batch_tokens

    @property
    def learning_rate(self) -> float:
        """The starting rate as it is now."""
        return self._trainer.learning_rate

    def touch(self) -> None:
        """Say that somebody is watching; without it training stops after `LEASE_SECONDS`."""
        self._seen = time.monotonic()

    def set_speed(self, speed: str) -> None:
        """Choose one of `SPEEDS`; acts from the next step on."""
        self._steps_per_second = SPEEDS[speed]

    def set_learning_rate(self, rate: float) -> None:
        """Change the starting rate; acts from the next step on, at the schedule's present point."""
        self._trainer.learning_rate = rate

    @property
    def tree(self) -> HuffmanTree | None:
        """The tree of hierarchical softmax; None for the other losses."""
        return getattr(self._trainer.objective, "tree", None)

    @property
    def undoable(self) -> int:
        """How often `undo` can take back an `apply`."""
        return self._applied

    def start(self, share: float = 1.0) -> None:
        """Train until paused, finished or in trouble, or for this share of the whole run."""
        if self.running or self._trainer.finished:
            return
        self._join()
        self.touch()
        self._problem = None
        self._applied = 0
        self._until = self._trainer.progress + share
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._stop,), name=THREAD_NAME, daemon=True)
        self._thread.start()

    def pause(self) -> None:
        """Stop after the step in hand; returns when the thread has published its last record."""
        self._stop.set()
        self._join()

    def close(self) -> None:
        """Stop without waiting (the session is gone)."""
        self._stop.set()

    def step(self, count: int = 1) -> None:
        """Train `count` steps here and now; does nothing while the thread runs or when all is done."""
        if self.running:
            return
        self._join()
        self._problem = None
        self._applied = 0
        with TURNSTILE:
            self._advance(count)
            self.progress = self._record(0.0, whole_map=True)

    def examine(
        self, center: int, context: int, noise: Sequence[int], leading: int
    ) -> tuple[PairRecord, Embeddings]:
        """Take one pair apart, also between two steps of a run that plays; and return the vectors as they are.

        The learning rate is the run's starting rate: at the schedule's end no step would be seen.
        """
        with TURNSTILE:
            rate = self._trainer.learning_rate
            record = self._trainer.examine(center, context, noise, learning_rate=rate, leading=leading)
            return record, self._trainer.snapshot()

    def draw_noise(self, rng: np.random.Generator) -> list[int]:
        """Draw noise words (ids) for one pair, as training does but with another generator."""
        return self._trainer.draw_noise(rng).tolist()

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
            rate = self._trainer.learning_rate
            told = self._trainer.repeat_pair(center, context, noise, times, learning_rate=rate)
            self._applied += 1
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
            self.progress = self._record(0.0)
            return True

    @property
    def _done(self) -> bool:
        return self._trainer.finished or self._trainer.progress >= self._until

    def _advance(self, count: int) -> None:
        try:
            for record in self._trainer.run(count):
                self._curve.add(record)
                if self._last is None:
                    self._first_loss = record.loss
                self._last = record
                self.timeline.offer(record.step, record.pairs, self._trainer.W)
                if record.step % ANCHOR_STEPS == 0:
                    self.map.anchor(self._trainer.snapshot())
        except Problem as problem:
            self._problem = problem

    def _run(self, stop: threading.Event) -> None:
        """Train in turns of about 20 ms and publish a record now and then, the last one included."""
        published, pairs = time.monotonic(), self._trainer.pairs
        speed = 0.0
        try:
            while not stop.is_set() and not self._done and self._problem is None:
                began = time.monotonic()
                with TURNSTILE:
                    turn_ends = time.monotonic() + SLICE_SECONDS
                    while not stop.is_set() and not self._problem and not self._done:
                        self._advance(1)
                        if self._steps_per_second or time.monotonic() > turn_ends:
                            break
                    now = time.monotonic()
                    first = self.progress.last is None
                    if first or now - published > unhurried(PUBLISH_SECONDS):
                        latest = (self._trainer.pairs - pairs) / (now - published)
                        speed = 0.5 * (speed or latest) + 0.5 * latest
                        published, pairs = now, self._trainer.pairs
                        self.progress = self._record(speed)
                if now - self._seen > LEASE_SECONDS:
                    break
                if self._steps_per_second:
                    stop.wait(max(0.0, began + 1 / self._steps_per_second - time.monotonic()))
            with TURNSTILE:  # still `running` until this is out: nobody takes an older record for the last
                self.progress = self._record(0.0, whole_map=True)
        except Exception as error:  # a page must hear of it; a thread would only die
            problem = Problem("internal", f"Training stopped on an internal error: {error}.")
            self.progress = replace(self.progress, problem=problem, pairs_per_second=0.0)

    def _record(self, speed: float, whole_map: bool = False) -> Progress:
        self._version += 1
        embeddings = self._trainer.snapshot()
        if whole_map or not self.running:
            self.timeline.show(self._trainer.steps, self._trainer.pairs, embeddings.vectors)
        return Progress(
            version=self._version,
            last=self._last,
            first_loss=self._first_loss,
            curve=self._curve.points(),
            frame=self.map.frame(embeddings, whole_map),
            pairs_per_second=speed,
            embeddings=embeddings,
            finished=self._trainer.finished,
            problem=self._problem,
        )

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()
