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
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import limits
from ..corpus.corpus import Corpus
from ..corpus.vocabulary import Vocabulary
from ..corpus.windows import Position
from ..problems import Diverged, Problem
from .config import TrainingConfig
from .memory import check_memory
from .records import StepRecord
from .shared_arrays import SharedArray, forget, shared_folder
from .trainer import Trainer

# What asks a program to end: Ctrl-C, `kill` and a machine that shuts down, a terminal that closes (not on Windows).
STOP_SIGNALS = tuple(getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n))
BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
AHEAD = 3  # batches that another process has been given and not told of, so that it never waits for the next

READY, END, GONE = (
    "ready",
    "end",
    "gone",
)  # what another process tells, or what is told for it, besides its steps

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
    if not (isinstance(processes, int) and 1 <= processes <= limits.MOST_PROCESSES):
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
            "mark": secrets.token_hex(),
            "shared": {name: array.facts() for name, array in shared.items()},
        }
        others: list[_Other] = []
        walk, needed = _Walk(trainer), True
        try:
            trainer._hold({name: shared[name].array() for name in own})
            for _ in range(processes - 1):
                others.append(_Other(trainer, order, numbers))
            for record, _ in walk.steps(numbers):
                yield record
                for other in others:
                    for told in other.tells():
                        yield _count_of_others(trainer, *told)
                if needed and all(other.ready for other in others):
                    needed = forget(folder)  # so that nothing is left behind if this process is killed
            for other in others:
                for told in other.tells_to_the_end():
                    yield _count_of_others(trainer, *told)
        finally:
            for other in others:
                with suppress(Exception):  # who leaves early, or has one already, wants no other
                    for told in other.tells_to_the_end():
                        _count_of_others(trainer, *told)
            walk.go_to(next(numbers))  # behind the last batch that was handed out
            _give_back(trainer, own)


def _give_back(trainer: Trainer, own: dict[str, npt.NDArray[Any]]) -> None:
    """Have the trainer hold its own arrays again, with what was learned in the shared ones."""
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
    """Another process, as seen from here.

    It is told its order and the numbers of its batches, a line of JSON each, and tells its steps in the same way, each
    behind a mark that is known to both alone: anything else that it or its libraries print is no message.
    """

    def __init__(self, trainer: Trainer, order: dict[str, Any], numbers: Iterator[int]) -> None:
        self._trainer, self._numbers = trainer, numbers
        self._told: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._ended = False
        self.ready = False  # it has mapped what is shared
        path = [entry or os.getcwd() for entry in sys.path]
        self.process = subprocess.Popen(
            # -P: not the files of whatever folder this happens in.
            [sys.executable, "-P", "-c", f"from {__name__} import work; work()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | dict.fromkeys(BLAS_THREADS, "1") | {"PYTHONPATH": os.pathsep.join(path)},
            start_new_session=True,  # Ctrl-C and a closing terminal are for the first process
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same on Windows
        )
        threading.Thread(target=self._listen, args=(order["mark"].encode(),), daemon=True).start()
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
        message = self._told.get()
        self._ended = message != READY and not isinstance(message, list)
        match message:
            case [record, pairs]:
                yield StepRecord(*record), pairs
            case "ready":
                self.ready = True
            case {"rate": rate, "has_floor": has_floor}:
                raise Diverged(self._trainer.steps, rate, has_floor)
            case {"error": error}:
                raise ChildProcessError(error)
            case "gone":
                raise ChildProcessError("A process that took part in the training ended before its time")

    def _hand_out(self) -> None:
        self._send(next(self._numbers))

    def _send(self, message: object) -> None:
        assert self.process.stdin
        with suppress(OSError):  # it has ended: what it told last, or did not, says how
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
            self.process.stdin.flush()

    def _listen(self, mark: bytes) -> None:
        """Read what it tells, in a thread: no system can wait for a pipe and go on training."""
        assert self.process.stdout
        with self.process.stdout as pipe:
            for line in pipe:
                _, found, message = line.partition(mark)
                if found and message.endswith(b"\n"):  # it is whole
                    self._told.put(json.loads(message))
        self._told.put(GONE)


def work() -> None:
    """What another process does: train on its batches, and tell of each; at the end, say so, or what went wrong."""
    for number in STOP_SIGNALS:  # sent to all processes at once, perhaps; the first says when to stop
        signal.signal(number, signal.SIG_IGN)
    order = json.loads(sys.stdin.readline())
    with suppress(BrokenPipeError):  # the first process is gone
        try:
            for record, pairs in _steps(order):
                _tell(order, [dataclasses.astuple(record), pairs])
            _tell(order, END)
        except Diverged as error:
            rate = error.details.get("learning_rate")
            _tell(order, {"rate": rate, "has_floor": rate is not None})
        except Exception as error:
            _tell(order, {"error": repr(error)})


def _tell(order: dict[str, Any], message: object) -> None:
    print(f"{order['mark']}{json.dumps(message)}", flush=True)


def _steps(order: dict[str, Any]) -> Iterator[Told]:
    """Do as ordered, with the batches whose numbers follow on stdin."""
    shared = {name: SharedArray.of(facts) for name, facts in order["shared"].items()}
    trainer = Trainer(_corpus(shared), TrainingConfig(**order["config"]))
    trainer._hold({name: shared[name].array() for name in trainer._arrays()})
    trainer._windows.seek(Position(**order["position"]))
    trainer._noise_rng = np.random.default_rng()
    trainer.steps = order["steps"]
    _tell(order, READY)
    return _Walk(trainer).steps(map(int, sys.stdin))
