"""The commands that train: `train` and `resume`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ..corpus.corpus import Corpus
from ..training.config import TrainingConfig
from ..training.trainer import StepRecord, Trainer
from ..vectors.formats import save_vectors

INTERRUPTED = 130


def train(options: argparse.Namespace) -> int:
    """Train on a text and write the vectors."""
    from .arguments import SETTINGS

    config = TrainingConfig(**{name: getattr(options, name) for name in SETTINGS})
    if options.unbounded:
        config = config.replace(max_row_update=None)
    return _run(Trainer(_corpus(options), config), options)


def resume(options: argparse.Namespace) -> int:
    """Go on from a checkpoint; the text must be the same."""
    return _run(Trainer.load(options.checkpoint, _corpus(options)), options)


def _corpus(options: argparse.Namespace) -> Corpus:
    if options.corpus == "-":
        corpus = Corpus.from_text(sys.stdin.read(), options.min_count)
    else:
        corpus = Corpus.from_file(options.corpus, options.min_count)
    _say(f"{len(corpus):,} words, {len(corpus.vocabulary):,} different ones")
    return corpus


def _run(trainer: Trainer, options: argparse.Namespace) -> int:
    bar = ProgressBar(trainer)
    with interruptions() as interrupted:
        for record in trainer.run():
            bar.show(record)
            if interrupted.is_set():
                break
    bar.close()
    if not trainer.finished:
        trainer.save(options.checkpoint)
        _say(
            f"Interrupted; the run is kept. To go on:\n  python -m w2v_core resume {options.checkpoint} "
            f"{options.corpus} --min-count {options.min_count}"
            + (f" --output {options.output}" if options.output else "")
        )
        return INTERRUPTED
    embeddings = trainer.snapshot()
    if options.output:
        save_vectors(embeddings, options.output)
        _say(f"wrote {options.output}")
    else:
        save_vectors(embeddings, sys.stdout.buffer, "word2vec_text")
    return 0


@contextmanager
def interruptions() -> Iterator[threading.Event]:
    """Turn Ctrl-C into an event, so that a step is never cut in half; a second Ctrl-C stops at once."""
    interrupted = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        interrupted.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


class ProgressBar:
    """A line on stderr: how far, the loss, pairs a second, time left. Silent where nobody looks at it."""

    WIDTH = 30
    EVERY = 0.2  # seconds

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._began = self._shown = time.monotonic()
        self._first_pairs, self._first_share = trainer.pairs, trainer.progress
        self._loss = 0.0
        self._steps = 0
        self._watched = sys.stderr.isatty()

    def show(self, record: StepRecord) -> None:
        """Take a step into account and redraw the line now and then."""
        self._steps += 1
        self._loss += (record.loss - self._loss) / min(self._steps, 100)
        now = time.monotonic()
        if not self._watched or now - self._shown < self.EVERY:
            return
        self._shown = now
        share, seconds = self._trainer.progress, now - self._began
        speed = (record.pairs - self._first_pairs) / seconds
        left = seconds * (1 - share) / max(share - self._first_share, 1e-9)
        done = "#" * round(share * self.WIDTH)
        sys.stderr.write(
            f"\r{done:.<{self.WIDTH}} {share:4.0%}  epoch {record.epoch}  loss {self._loss:.4f}  "
            f"{speed:,.0f} pairs/s  {left:,.0f} s left \x1b[K"
        )
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the line and sum up."""
        if self._watched:
            sys.stderr.write("\r\x1b[K")
        seconds = time.monotonic() - self._began
        pairs = self._trainer.pairs - self._first_pairs
        _say(f"{self._steps:,} steps, {pairs:,} pairs in {seconds:.1f} s; loss {self._loss:.4f}")


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
