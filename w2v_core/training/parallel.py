"""Several processes on one model, without locks on the vectors (Hogwild: Recht, Re, Wright and Niu, 2011).

W and U lie in memory that all processes share. Each walks through the whole text with a trainer of its own, and
trains on the next batch that is not taken yet. What may happen is that two read a row before either has moved
it: a batch then sees some vectors a step old. Updates are added to what is there by then, so hardly any is lost.
Threads would be less to write, but they hand the interpreter's lock to and fro between any two operations: two were
1.2 to 1.4 times as fast as one. Two processes are 1.7 times as fast, 1.5 where starting the second counts for much.

Runs with several processes differ a little from each other; a run with one does not (`Trainer.run`).
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import limits
from ..corpus.corpus import Corpus
from ..corpus.vocabulary import Vocabulary
from ..corpus.windows import Position
from ..problems import Problem
from .config import TrainingConfig
from .memory import check_memory
from .records import StepRecord
from .trainer import Trainer

# A new process starts afresh, on every system alike: the copy of one that has threads may stand still for ever.
_CONTEXT = multiprocessing.get_context("spawn")
_NEVER = 1 << 62
# What asks a program to end: Ctrl-C, `kill` and a machine that shuts down, a terminal that closes (not on Windows).
STOP_SIGNALS = tuple(getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n))
_BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

Told = tuple[StepRecord, int]  # a step, and how many pairs it took


def run_in_processes(trainer: Trainer, processes: int) -> Generator[StepRecord, None, None]:
    """Train to the end with several processes, this one among them; yield the steps' records as they come in.

    Until the iterator ends, `Trainer.W` and `Trainer.U` are other arrays, in shared memory; then they are the former
    ones again, with what was learned. No step can be undone, and a learning rate that is set meanwhile acts in this
    process only. Leaving the iterator early stops the others after their step in hand. This process's BLAS should keep
    to one thread, as that of the others does, or they fight over the cores.

    Raises
    ------
    Problem
        ``bad_setting``: no process, or hundreds; ``too_much_memory``.
    Diverged
        As `Trainer.step`; but the vectors that other processes moved meanwhile stay as they are.
    ChildProcessError
        Another process ended before its time; its batch in hand is lost.
    """
    if not 1 <= processes <= limits.MOST_PROCESSES:
        raise Problem(
            "bad_setting",
            f"processes must be a whole number from 1 to {limits.MOST_PROCESSES}, not {processes}.",
            name="processes",
            value=processes,
        )
    check_memory(trainer.corpus, trainer.config, processes)
    own, text = trainer.arrays(), _SharedText(trainer.corpus)
    shared = {name: _Shared(array) for name, array in own.items()}
    with _birth():  # of a process that keeps account of what is shared
        walk = _Walk(trainer, _CONTEXT.Value("q", 0))
    order = text, trainer.config, trainer.position, trainer.steps, shared, walk.taken
    others: list[_Other] = []
    try:
        trainer.hold({name: memory.array() for name, memory in shared.items()})
        with _birth():
            for _ in range(processes - 1):
                others.append(_Other(*order))
        for record, _ in walk.steps():
            yield record
            for other in others:
                for told in other.tells():
                    yield trainer.count_of_others(*told)
        for other in others:
            for told in other.tells(to_the_end=True):
                yield trainer.count_of_others(*told)
    finally:
        walk.stop()
        for other in others:
            with suppress(Exception):  # who leaves early, or has one already, wants no other
                for told in other.tells(to_the_end=True):
                    trainer.count_of_others(*told)
            other.process.join()
        for name, array in trainer.arrays().items():
            own[name][...] = array
        trainer.hold(own)


class _Shared:
    """A copy of an array, in memory that processes share."""

    def __init__(self, array: npt.NDArray[Any]) -> None:
        self._memory = _CONTEXT.RawArray("b", max(1, array.nbytes))
        self._dtype, self._shape = array.dtype, array.shape
        self.array()[...] = array

    def array(self) -> npt.NDArray[Any]:
        return np.ndarray(self._shape, self._dtype, buffer=memoryview(self._memory))


class _SharedText:
    """A copy of a corpus, in memory that processes share. As an argument a new process would read it from a pipe, and
    `start` would wait until it is awake and has done so.
    """

    def __init__(self, corpus: Corpus) -> None:
        vocabulary = corpus.vocabulary
        self._words = _Shared(np.frombuffer(json.dumps(vocabulary.words).encode(), np.uint8))
        self._counts = _Shared(vocabulary.counts)
        self._ids, self._starts = _Shared(corpus.ids), _Shared(corpus.starts)

    def corpus(self) -> Corpus:
        words = json.loads(self._words.array().tobytes())
        return Corpus(Vocabulary(words, self._counts.array()), self._ids.array(), self._starts.array())


class _Walk:
    """A walk through the text in company: every batch is trained on by the first who comes to it."""

    def __init__(self, trainer: Trainer, taken: Any) -> None:
        self.trainer = trainer
        self.taken = taken  # batches so far, of all
        self._passed = 0

    def steps(self) -> Iterator[Told]:
        """Train on batches that are not taken yet, to the end of the text or until stopped."""
        trainer = self.trainer
        while (turn := self._take(1)) < _NEVER:
            self._go_to(turn)
            if trainer.finished:
                break
            task = trainer.next_task()
            self._passed += 1
            loss, assignments = trainer.descend(task)
            for assignment in assignments:
                assignment.add()
            yield trainer.count(task, loss), task.inputs.n_pairs

    def stop(self) -> None:
        """Close the queue of batches, and go to behind the last that was taken."""
        taken = self._take(_NEVER)
        if taken < _NEVER:
            self._go_to(taken)

    def _take(self, batches: int) -> int:
        with self.taken.get_lock():
            before: int = self.taken.value
            self.taken.value += batches
        return before

    def _go_to(self, batch: int) -> None:
        while self._passed < batch and not self.trainer.finished:
            self.trainer.skip()
            self._passed += 1


class _Other:
    """Another process, as seen from here."""

    def __init__(self, *order: Any) -> None:
        self._pipe, its_end = _CONTEXT.Pipe(duplex=False)
        self._ended = False
        self.process = _CONTEXT.Process(target=_work, args=(its_end, *order), daemon=True)
        self.process.start()
        its_end.close()

    def tells(self, to_the_end: bool = False) -> Iterator[Told]:
        """Yield what it has told meanwhile, or what it tells until its end; raise what it has raised."""
        while not self._ended and (to_the_end or self._pipe.poll() or not self.process.is_alive()):
            # A process that ends during its start has not taken over its end of the pipe: on Windows that stays open.
            wait([self._pipe, self.process.sentinel])
            try:
                told = self._pipe.recv() if self._pipe.poll() else _gone()
            except EOFError:
                told = _gone()
            self._ended = not isinstance(told, tuple)
            if isinstance(told, Exception):
                raise told
            if told:  # None is the end
                yield told


def _gone() -> ChildProcessError:
    return ChildProcessError("A process that took part in the training ended before its time.")


def _work(
    pipe: Connection,
    text: _SharedText,
    config: TrainingConfig,
    position: Position,
    steps: int,
    arrays: dict[str, _Shared],
    taken: Any,
) -> None:
    """What another process does: train on its batches, and tell of each; at the end, tell None or what went wrong."""
    for (
        number
    ) in STOP_SIGNALS:  # Ctrl-C and a closing terminal reach all; the first process says when to stop
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):  # inherited from the first, see `_birth`
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    with suppress(BrokenPipeError):  # the first process is gone
        try:
            trainer = Trainer(text.corpus(), config)
            trainer.join({name: memory.array() for name, memory in arrays.items()}, position, steps)
            for told in _Walk(trainer, taken).steps():
                pipe.send(told)
            pipe.send(None)
        except Exception as error:
            pipe.send(error)


@contextmanager
def _birth() -> Iterator[None]:
    """Let processes that are started inside the ``with`` have one BLAS thread each, not be ended by Ctrl-C and its like
    while they wake, and not import the calling script.

    `multiprocessing` has every new process import it, for functions that it may define; ours are all here. All this
    is for a moment true of this process as well, and so of its other threads.
    """
    before = {name: os.environ.pop(name, None) for name in _BLAS_THREADS}
    script = sys.modules["__main__"]
    os.environ.update(dict.fromkeys(_BLAS_THREADS, "1"))
    sys.modules["__main__"] = ModuleType("__main__")
    masks = hasattr(
        signal, "pthread_sigmask"
    )  # a new process inherits them; for this one nothing is lost, only late
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS) if masks else None
    here = threading.current_thread() is threading.main_thread()  # no other thread may handle signals
    interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN) if here and not masks else None
    try:
        yield
    finally:
        if interrupt is not None:
            signal.signal(signal.SIGINT, interrupt)
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        sys.modules["__main__"] = script
        for name, value in before.items():
            del os.environ[name]
            if value is not None:
                os.environ[name] = value
