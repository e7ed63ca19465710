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
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

from ..corpus.corpus import Corpus
from ..problems import Problem
from ..sources import TextOptions, read
from ..training.config import TrainingConfig
from ..training.parallel import run_in_processes
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


def _text_options(options: argparse.Namespace) -> TextOptions:
    names = [field.name for field in dataclasses.fields(TextOptions)]
    return TextOptions(**{name: getattr(options, name) for name in names})


def _corpus(options: argparse.Namespace) -> Corpus:
    stdin = options.corpus == "-"
    source, name = (sys.stdin.buffer, "stdin") if stdin else (options.corpus, None)
    line = StatusLine()
    try:
        result = read(source, _text_options(options), name=name, limit=None, progress=line.reading)
    finally:
        line.clear()
    for notice in result.notices:
        _say(f"note: {notice.message}")
    corpus = result.corpus
    _say(f"{len(corpus):,} words, {len(corpus.vocabulary):,} different ones")
    return corpus


def _run(trainer: Trainer, options: argparse.Namespace) -> int:
    """Train to the end and write the vectors; whatever goes wrong, the run is kept."""
    bar = ProgressBar(trainer)
    try:
        records = trainer.run() if options.processes == 1 else run_in_processes(trainer, options.processes)
        with interruptions() as interrupted, closing(records):
            for record in records:
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
    command += ["--min-count", str(options.min_count), *_text_arguments(options)]
    command += ["--output", options.output] if options.output else []
    _say(f"Stopped at {trainer.progress:.0%}; the run is kept. To go on:\n  {shlex.join(command)}")


def _text_arguments(options: argparse.Namespace) -> list[str]:
    """Return the options with which the text was read, as they are typed, where they are not the defaults."""
    arguments = []
    for field in dataclasses.fields(TextOptions):
        value = getattr(options, field.name)
        if value == field.default or field.name == "min_count":
            continue
        flag = "--keep-case" if field.name == "lower_case" else "--" + field.name.replace("_", "-")
        arguments += [flag] if isinstance(value, bool) else [flag, str(value)]
    return arguments


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


class StatusLine:
    """How far the reading is, on stderr; silent where nobody looks at it."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()

    def reading(self, done: int, total: int | None) -> None:
        """Show it."""
        if self._watched:
            share = f"{done / total:4.0%}" if total else ""
            sys.stderr.write(f"\rreading {share} {done / 1e6:,.0f} MB \x1b[K")
            sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line."""
        if self._watched:
            sys.stderr.write("\r\x1b[K")


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
