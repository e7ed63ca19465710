"""Several processes on one model, without locks (Hogwild: Recht, Re, Wright and Niu, 2011).

W and U lie in memory that all processes share. Each walks through the whole text with a trainer of its own, and
trains on the batches whose numbers it is given: the first process hands them out, each to whoever is through with
those before. What may happen is that two read a row before either has moved it: a batch then sees some vectors a
step old. Updates are added to what is there by then, so hardly any is lost.
Threads would be less to write, but they hand the interpreter's lock to and fro between any two operations: two were
1.2 to 1.4 times as fast as one. Two processes are 1.7 times as fast, 1.5 where starting the second counts for much.

The others are started as programs of their own, not by `multiprocessing`, which would have them import the calling
script. Runs with several processes differ a little from each other; a run with one does not (`Trainer.run`).
"""

from __future__ import annotations

import dataclasses
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from itertools import count

import numpy as np

from .. import limits
from ..corpus.corpus import Corpus
from ..corpus.vocabulary import Vocabulary
from ..corpus.windows import Position
from ..problems import Diverged, Problem
from .config import TrainingConfig
from .memory import check_memory
from .records import StepRecord
from .shared_arrays import SharedArray, shared_folder
from .trainer import Trainer

# What asks a program to end: Ctrl-C, `kill` and a machine that shuts down, a terminal that closes (not on Windows).
STOP_SIGNALS = tuple(getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n))
BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
AHEAD = 3  # batches that another process has been given and not told of, so that it never waits for the next

Told = tuple[StepRecord, int]  # a step, and how many pairs it took


def run_in_processes(trainer: Trainer, processes: int) -> Generator[StepRecord, None, None]:
    """Train to the end with several processes, this one among them; yield the steps' records as they come in.

    Until the iterator ends, `Trainer.W` and `Trainer.U` are other arrays, in shared memory; then they are the former
    ones again, with what was learned. No step can be undone, and a learning rate that is set meanwhile acts in this
    process only. Leaving the iterator early stops the others after the batches that they have in hand. This process's
    BLAS should keep to one thread, as that of the others does, or they fight over the cores.

    Raises
    ------
    Problem
        ``bad_setting``: no process, or hundreds; ``too_much_memory``.
    Diverged
        As `Trainer.step`; but the vectors that other processes moved meanwhile stay as they are.
    ChildProcessError
        Another process ended before its time; its batches in hand are lost.
    """
    if not 1 <= processes <= limits.MOST_PROCESSES:
        raise Problem(
            "bad_setting",
            f"processes must be a whole number from 1 to {limits.MOST_PROCESSES}, not {processes}.",
            name="processes",
            value=processes,
        )
    check_memory(trainer.corpus, trainer.config, processes)
    own, numbers = trainer._arrays(), count()
    text = _text_arrays(trainer.corpus)
    with shared_folder(sum(array.nbytes for array in (*own.values(), *text.values()))) as folder:
        shared = {name: SharedArray.copy_of(array, folder / name) for name, array in (own | text).items()}
        order = {
            "config": dataclasses.asdict(trainer.config),
            "position": dataclasses.asdict(trainer.position),
            "steps": trainer.steps,
            "shared": {name: array.facts() for name, array in shared.items()},
        }
        others: list[_Other] = []
        walk = _Walk(trainer)
        try:
            trainer._hold({name: shared[name].array() for name in own})
            for _ in range(processes - 1):
                others.append(_Other(order, numbers))
            for record, _ in walk.steps(numbers):
                yield record
                for other in others:
                    for told in other.tells():
                        yield _count_of_others(trainer, *told)
            for other in others:
                for told in other.tells_to_the_end():
                    yield _count_of_others(trainer, *told)
        finally:
            for other in others:
                with suppress(Exception):  # who leaves early, or has one already, wants no other
                    for told in other.tells_to_the_end():
                        _count_of_others(trainer, *told)
            walk.go_to(next(numbers))  # behind the last batch that was handed out
            for name, array in trainer._arrays().items():
                own[name][...] = array
            trainer._hold(own)


def _count_of_others(trainer: Trainer, record: StepRecord, pairs: int) -> StepRecord:
    """Count a step that another process has made on the same arrays; return its record as it is here."""
    trainer.steps += 1
    trainer.pairs += pairs
    return dataclasses.replace(record, step=trainer.steps, pairs=trainer.pairs)


def _text_arrays(corpus: Corpus) -> dict[str, np.ndarray]:
    """Return all of a corpus as arrays, by the names of its parts."""
    words = np.frombuffer(json.dumps(corpus.vocabulary.words).encode(), np.uint8)
    return {"words": words, "counts": corpus.vocabulary.counts, "ids": corpus.ids, "starts": corpus.starts}


def _corpus(shared: dict[str, SharedArray]) -> Corpus:
    """Undo `_text_arrays`."""
    words, counts, ids, starts = (shared[name].array() for name in ("words", "counts", "ids", "starts"))
    return Corpus(Vocabulary(json.loads(words.tobytes()), counts), ids, starts)


class _Walk:
    """One trainer's walk through the text, in the company of others."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._passed = 0  # batches, from where the walk began

    def steps(self, numbers: Iterable[int]) -> Iterator[Told]:
        """Train on the batches of these rising numbers, as long as there are such."""
        trainer = self._trainer
        for number in numbers:
            self.go_to(number)
            if trainer.finished:
                return
            task = trainer._next_task()
            self._passed += 1
            loss, assignments = trainer._descend(task)
            for assignment in assignments:
                assignment.add()
            yield trainer._count(task, loss), task.inputs.n_pairs

    def go_to(self, number: int) -> None:
        """Pass over the batches before this one."""
        while self._passed < number and not self._trainer.finished:
            self._trainer._windows.skip()
            self._passed += 1


class _Other:
    """Another process, as seen from here."""

    def __init__(self, order: object, numbers: Iterator[int]) -> None:
        self._numbers = numbers
        self._told: queue.SimpleQueue[Told | Exception | None] = queue.SimpleQueue()
        self._ended = False
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import work; work()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="ascii",
            env=os.environ
            | dict.fromkeys(BLAS_THREADS, "1")
            | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # Ctrl-C and a closing terminal are for the first process
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same on Windows
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self._send(order)
        for _ in range(AHEAD):
            self._hand_out()

    def tells(self) -> Iterator[Told]:
        """Yield what it has told meanwhile, and give it as many batches anew; raise what it has raised."""
        while not (self._ended or self._told.empty()):
            for told in self._next():
                self._hand_out()
                yield told

    def tells_to_the_end(self) -> Iterator[Told]:
        """Give it no more batches; yield what it tells until it has ended."""
        assert self.process.stdin
        with suppress(OSError):
            self.process.stdin.close()
        try:
            while not self._ended:
                yield from self._next()
        finally:
            self.process.wait()

    def _next(self) -> Iterator[Told]:
        told = self._told.get()
        self._ended = not isinstance(told, tuple)
        if isinstance(told, Exception):
            raise told
        if told:  # None is the end
            yield told

    def _hand_out(self) -> None:
        self._send(next(self._numbers))

    def _send(self, message: object) -> None:
        assert self.process.stdin
        with suppress(OSError):  # it has ended: what it told last, or did not, says how
            print(json.dumps(message), file=self.process.stdin, flush=True)

    def _listen(self) -> None:
        """Read what it tells, in a thread: no system can wait for a pipe and go on training."""
        assert self.process.stdout
        with self.process.stdout as pipe:
            for line in pipe:
                self._told.put(_understood(line))
        self._told.put(_gone())


def _understood(line: str) -> Told | Exception | None:
    """Return what a line from another process says: a step, its end, or what went wrong."""
    try:
        match json.loads(line):
            case [record, pairs]:
                return StepRecord(*record), pairs
            case {"step": step, "rate": rate, "has_floor": has_floor}:
                return Diverged(step, rate, has_floor)
            case {"error": error}:
                return ChildProcessError(error)
    except ValueError:  # it was cut off
        return _gone()
    return None


def _gone() -> ChildProcessError:
    return ChildProcessError("A process that took part in the training ended before its time.")


def work() -> None:
    """What another process does: train on its batches, and tell of each; at the end, tell null or what went wrong."""
    for number in STOP_SIGNALS:  # sent to all processes at once, perhaps; the first says when to stop
        signal.signal(number, signal.SIG_IGN)
    with (
        os.fdopen(os.dup(1), "w", encoding="ascii") as pipe,
        suppress(BrokenPipeError),
    ):  # the first one is gone
        os.dup2(2, 1)  # nothing that anything prints may get between the lines

        def tell(what: object) -> None:
            print(json.dumps(what), file=pipe, flush=True)

        try:
            for record, pairs in _steps_as_ordered():
                tell([dataclasses.astuple(record), pairs])
            tell(None)
        except Diverged as error:
            rate = error.details.get("learning_rate")
            tell({"step": error.details["step"], "rate": rate, "has_floor": rate is not None})
        except Exception as error:
            tell({"error": repr(error)})


def _steps_as_ordered() -> Iterator[Told]:
    """Do as the first line of stdin says, with the batches whose numbers follow it."""
    order = json.loads(sys.stdin.readline())
    shared = {name: SharedArray.of(facts) for name, facts in order["shared"].items()}
    trainer = Trainer(_corpus(shared), TrainingConfig(**order["config"]))
    trainer._hold({name: shared[name].array() for name in trainer._arrays()})
    trainer._windows.seek(Position(**order["position"]))
    trainer._noise_rng = np.random.default_rng()
    trainer.steps = order["steps"]
    return _Walk(trainer).steps(map(int, sys.stdin))
