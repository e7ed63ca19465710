"""Several threads on one model, without locks on the vectors (Hogwild: Recht, Re, Wright and Niu, 2011).

Batches and noise are dealt out in turn, so every thread trains on the same text as one alone would. What may
happen is that two threads read a row before either has moved it: a batch then sees some vectors a step old.
Updates are added to what is there by then, so hardly any is lost. NumPy works without the interpreter's lock
where the time goes, in the products; the short operations between them hand it to and fro. Measured on two
cores: 1.4 times one thread, at the same quality.

Runs with several threads differ a little from each other; a run with one thread does not (`Trainer.run`).
BLAS must keep to one thread itself, or the two kinds of threads fight over the cores. Full softmax gains
nothing here: its large products are better left to BLAS and its threads.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator

from .records import StepRecord
from .trainer import Trainer

THREAD_NAME = "w2v-worker"


def run_in_threads(trainer: Trainer, threads: int) -> Generator[StepRecord, None, None]:
    """Train to the end with several threads; yield the steps' records as they come in.

    No step of it can be undone. Leaving the iterator early stops the threads after their step in hand.

    Raises
    ------
    ValueError
        There is no thread.
    Diverged
        As `Trainer.step`; but the vectors that other threads moved meanwhile stay as they are.
    """
    if threads < 1:
        raise ValueError(f"at least one thread, not {threads}")
    taking_turns, stop = threading.Lock(), threading.Event()
    finished: queue.SimpleQueue[StepRecord | BaseException | None] = queue.SimpleQueue()

    def work() -> None:
        try:
            while not stop.is_set():
                with taking_turns:
                    if trainer.finished:
                        break
                    task = trainer.next_task()
                loss, assignments = trainer.descend(task)
                for assignment in assignments:
                    assignment.add()
                with taking_turns:
                    record = trainer.count(task, loss)
                finished.put(record)
        except BaseException as error:
            finished.put(error)
        finished.put(None)

    workers = [threading.Thread(target=work, name=THREAD_NAME, daemon=True) for _ in range(threads)]
    for worker in workers:
        worker.start()
    try:
        working = threads
        while working:
            record = finished.get()
            if isinstance(record, BaseException):
                raise record
            if record is None:
                working -= 1
            else:
                yield record
    finally:
        stop.set()
        for worker in workers:
            worker.join()
