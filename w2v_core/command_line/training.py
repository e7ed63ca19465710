"""The commands that train: `train` and `resume`."""

from __future__ import annotations

import argparse
import dataclasses
import errno
import os
import shlex
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from ..corpus.corpus import Corpus
from ..problems import Problem
from ..training.config import TrainingConfig
from ..training.trainer import StepRecord, Trainer
from ..vectors.formats import format_of, save_vectors

INTERRUPTED = 130


def train(options: argparse.Namespace) -> int:
    """Train on a text and write the vectors."""
    names = [field.name for field in dataclasses.fields(TrainingConfig)]
    config = TrainingConfig(**{name: getattr(options, name) for name in names})
    _check_output(options)
    return _run(Trainer(_corpus(options), config), options)


def resume(options: argparse.Namespace) -> int:
    """Go on from a checkpoint; the text must be the same."""
    _check_output(options)
    trainer = Trainer.load(options.run, _corpus(options))
    if options.learning_rate is not None:
        trainer.learning_rate = options.learning_rate
    return _run(trainer, options)


def _check_output(options: argparse.Namespace) -> None:
    """Refuse an output that cannot be written before training for it."""
    if options.output:
        format_of(options.output)
        if not (folder := Path(options.output).parent).is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def _corpus(options: argparse.Namespace) -> Corpus:
    if options.corpus == "-":
        try:
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            where = f"byte {error.start}"
            raise Problem("not_utf8", f"stdin is not UTF-8 text ({where}).", name="stdin") from None
        corpus = Corpus.from_text(text, options.min_count)
    else:
        corpus = Corpus.from_file(options.corpus, options.min_count)
    _say(f"{len(corpus):,} words, {len(corpus.vocabulary):,} different ones")
    return corpus


def _run(trainer: Trainer, options: argparse.Namespace) -> int:
    """Train to the end and write the vectors; whatever goes wrong, the run is kept."""
    bar = ProgressBar(trainer)
    try:
        with interruptions() as interrupted:
            for record in trainer.run():
                bar.show(record)
                if interrupted.is_set():
                    break
        bar.close()
        if trainer.finished:
            _write(trainer, options)
            return 0
    except (Problem, OSError):
        _keep(trainer, options)
        raise
    _keep(trainer, options)
    return INTERRUPTED


def _write(trainer: Trainer, options: argparse.Namespace) -> None:
    if options.output:
        save_vectors(trainer.snapshot(), options.output)
        _say(f"wrote {options.output}")
    else:
        save_vectors(trainer.snapshot(), sys.stdout.buffer, "word2vec_text")


def _keep(trainer: Trainer, options: argparse.Namespace) -> None:
    trainer.save(options.checkpoint)
    corpus = "THE_SAME_TEXT.txt" if options.corpus == "-" else options.corpus
    command = ["python", "-m", "w2v_core", "resume", options.checkpoint, corpus]
    command += ["--min-count", str(options.min_count)]
    command += ["--output", options.output] if options.output else []
    _say(f"Stopped at {trainer.progress:.0%}; the run is kept. To go on:\n  {shlex.join(command)}")


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
