"""The commands that train: `train` and `resume`; and `corpora`, what can be trained on without a file."""

from __future__ import annotations

import argparse
import dataclasses
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path

from ..cluster import engine
from ..cluster.rounds import run_in_rounds
from ..corpus.corpus import Corpus
from ..files import check_writable
from ..problems import Diverged, Problem, counted
from ..sources import CATALOG, ReadResult, TextOptions, read, read_web, web_corpus
from ..training.config import TrainingConfig
from ..training.memory import check_memory
from ..training.parallel import run_in_processes
from ..training.records import StepRecord
from ..training.trainer import Trainer
from ..vectors.formats import check_target, save_vectors
from . import progress, streams
from .signals import interruptions
from .streams import say

CHECKPOINT = "w2v_checkpoint.npz"


def train(options: argparse.Namespace) -> int:
    """Train on a text and write the vectors."""
    names = [field.name for field in dataclasses.fields(TrainingConfig)]
    config = TrainingConfig(**{name: getattr(options, name) for name in names})
    _check_output(options)
    corpus = read_corpus(options)
    check_memory(corpus, config, _processes(options))
    return _run(Trainer(corpus, config), options)


def resume(options: argparse.Namespace) -> int:
    """Go on from a checkpoint; the text must be the same."""
    _check_output(options)
    trainer = Trainer.load(options.run, read_corpus(options))
    check_memory(trainer.corpus, trainer.config, _processes(options))
    if options.learning_rate is not None:
        trainer.learning_rate = options.learning_rate
    return _run(trainer, options)


def _check_output(options: argparse.Namespace) -> None:
    """Refuse an output that cannot be written before training for it."""
    if options.output:
        check_target(options.output)
    else:
        streams.check_output()
    if options.checkpoint:  # a default target must not stop the training
        check_writable(options.checkpoint)
    for target in (options.output, options.checkpoint):
        if target and _is_same(target, options.corpus):
            raise Problem(
                "same_file",
                f"{target} is the text itself; it would be lost. Choose another name.",
                name=target,
            )


def _is_same(target: str, source: str) -> bool:
    try:
        return os.path.samefile(target, source)
    except OSError:  # one of them is not there
        return False


def _text_options(options: argparse.Namespace) -> TextOptions:
    names = [field.name for field in dataclasses.fields(TextOptions)]
    return TextOptions(**{name: getattr(options, name) for name in names})


def read_corpus(options: argparse.Namespace) -> Corpus:
    """Read the text that the options name, and say what is worth knowing of it."""
    result = _read(options.corpus, _text_options(options))
    for notice in result.notices:
        say(f"note: {notice.message}")
    corpus = result.corpus
    say(f"{len(corpus):,} words, {len(corpus.vocabulary):,} different ones")
    return corpus


def _read(corpus: str, how: TextOptions) -> ReadResult:
    """Read a file, stdin, or a public corpus by its id, which a file of that name comes before."""
    if corpus in {entry.id for entry in CATALOG} and not os.path.exists(corpus):
        with progress.bytes_of("downloading") as downloaded, progress.bytes_of("reading") as show:
            return read_web(web_corpus(corpus), how, limit=None, progress=show, download_progress=downloaded)
    source, name = (streams.binary_input(), "stdin") if corpus == "-" else (corpus, None)
    with progress.bytes_of("reading") as show:
        return read(source, how, name=name, limit=None, progress=show)


def corpora(options: argparse.Namespace) -> int:
    """List the public corpora."""
    for entry in CATALOG:
        print(f"{entry.id:12} {entry.size / 1e6:6.1f} MB  {entry.title['en']} ({entry.licence})")
    return 0


@contextmanager
def _records(trainer: Trainer, options: argparse.Namespace) -> Iterator[Iterator[StepRecord]]:
    """Give the records of a run to its end, made in one process or several, or on a cluster."""
    if options.cluster is None:
        processes = _processes(options)
        with closing(trainer.run() if processes == 1 else run_in_processes(trainer, processes)) as records:
            yield records
        return
    with (
        engine.opened(options.cluster) as client,
        closing(run_in_rounds(trainer, client, rounds=options.rounds)) as records,
    ):
        yield records


def _run(trainer: Trainer, options: argparse.Namespace) -> int:
    """Train to the end and write the vectors; whatever goes wrong, the run is kept."""
    for note in _clipped(trainer, options.processes):
        say(f"note: {note}")
    with interruptions() as interrupted:
        try:
            with _records(trainer, options) as records, progress.training(trainer) as show:
                for record in records:
                    show(record)
                    if interrupted():
                        break
            if trainer.finished:
                _write(trainer, options)
                return 0
        except (Problem, OSError, MemoryError) as error:
            _keep(trainer, options, error)
            raise
        _keep(trainer, options)
        return 128 + interrupted()


def _processes(options: argparse.Namespace) -> int:
    return min(options.processes, cores())


def cores() -> int:
    """Return how many processes can run at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _clipped(trainer: Trainer, processes: int) -> Iterator[str]:
    """Yield what of the settings makes no difference, and is left out."""
    config = trainer.config
    if trainer.window < config.window:
        yield f"no window reaches farther than {counted(trainer.window, 'word')} here: that is the longest sentence."
    if config.batch_tokens:
        if (words := len(trainer.corpus)) < min(config.batch_tokens, trainer.batch_tokens):
            yield f"a step takes {counted(words, 'center word')}: the text has no more."
        elif trainer.batch_tokens < config.batch_tokens:
            yield f"a step takes {counted(trainer.batch_tokens, 'center word')}: more would take too long."
    if processes > (own := cores()):
        yield f"the number of processes is {own}: this machine has no more cores for us."


def _write(trainer: Trainer, options: argparse.Namespace) -> None:
    if options.output:
        save_vectors(trainer.snapshot(), options.output)
        say(f"wrote {options.output}")
    else:
        with streams.naming_output():
            save_vectors(trainer.snapshot(), streams.binary_output(), "word2vec_text")
            streams.flush()


def _keep(trainer: Trainer, options: argparse.Namespace, error: BaseException | None = None) -> None:
    """Save the run where it was wished, or else where there is room; say how to go on."""
    kept, failures = "", list[str]()
    for place in _places(_checkpoint(options)):
        try:
            trainer.save(kept := place())
            break
        except OSError as failure:
            failures.append(str(failure))
    else:
        say(f"The run is lost, at {trainer.progress:.0%}. {' '.join(failures)}")
        return
    for reason in failures:
        say(f"note: {reason}")
    corpus = "THE_SAME_TEXT.txt" if options.corpus == "-" else options.corpus
    command = [*streams.called_as().split(), "resume", kept, corpus]
    command += ["--min-count", str(options.min_count), *_text_arguments(options)]
    command += ["--processes", str(options.processes)] if options.processes > 1 else []
    if options.cluster is not None:
        command += ["--cluster", str(options.cluster)]
        command += ["--rounds", str(options.rounds)] if options.rounds else []
    command += ["--learning-rate", f"{_bearable_rate(trainer):g}"] if isinstance(error, Diverged) else []
    command += ["--output", options.output] if options.output else []
    say(
        f"Stopped at {trainer.progress:.0%}; the run is kept in {kept}. To go on:\n  {streams.quoted(command)}"
    )


def _checkpoint(options: argparse.Namespace) -> str:
    """Return where the run is to be kept: where it was wished, where it comes from, or by the usual name.

    Another run that has that name already is not overwritten: then the name gets a number.
    """
    if options.checkpoint or "run" in options:
        return options.checkpoint or options.run
    numbered = (f"{Path(CHECKPOINT).stem}-{number}.npz" for number in count(2))
    return next(name for name in chain([CHECKPOINT], numbered) if not os.path.lexists(name))


def _places(wished: str) -> Iterator[Callable[[], str]]:
    """Yield where a run may be kept, the best place first."""
    spare = f"w2v_checkpoint-{secrets.token_hex(4)}.npz"
    yield lambda: wished
    yield lambda: os.path.join(tempfile.gettempdir(), spare)  # which looks whether it can be written
    yield lambda: str(Path.home() / spare)


def _bearable_rate(trainer: Trainer) -> float:
    """Return a rate at which a run that has diverged does so no more: far lower, and no higher than is usual."""
    config = trainer.config
    return max(min(config.learning_rate / 10, TrainingConfig().learning_rate), config.min_learning_rate or 0)


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
