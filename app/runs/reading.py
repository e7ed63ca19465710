"""A file that is being fetched and read in the background, as `live` trains: a thread that a session owns.

It knows nothing of Streamlit. A page polls `stage`, `done` and `total`, and takes the result when it stands.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from w2v_core import Problem
from w2v_core.sources import Cancelled, Progress

Work = Callable[[Progress, Progress], Any]

# Files read at a time: pages must go on answering, and memory is bounded.
SLOTS = threading.BoundedSemaphore(2)


class Reading:
    """One text, or file of vectors, on its way.

    Parameters
    ----------
    title : mapping
        What it is called, by language.
    work : callable
        ``work(progress, download_progress)`` returns the result. Dropped when done, with the file that it
        holds.

    Attributes
    ----------
    stage : {"starting", "downloading", "waiting", "reading"}
    done : int
        Bytes of the stage so far.
    total : int or None
    result : object or None
        What `work` returned.
    problem : Problem or None
        Why there is no result, once the thread is over.
    """

    def __init__(self, title: Mapping[str, str], work: Work) -> None:
        self.title = title
        self.stage = "starting"
        self.done = 0
        self.total: int | None = None
        self.result: Any = None
        self.problem: Problem | None = None
        self._stop = threading.Event()
        self._has_slot = False
        self._thread = threading.Thread(target=self._run, args=(work,), name="w2v-reader", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the thread is still at it."""
        return self._thread.is_alive()

    def cancel(self) -> None:
        """Stop soon; the problem is then ``cancelled``."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the thread's end."""
        self._thread.join(seconds)

    def _run(self, work: Work) -> None:
        try:
            result = work(self._read, self._downloaded)
            self._told(self.done, self.total)  # cancelled at the last moment is cancelled
            self.result = result
        except Problem as problem:
            self.problem = problem
        except Exception as error:  # a page must hear of it; a thread would only die
            logging.getLogger(__name__).exception("Reading a text failed")
            self.problem = Problem("internal", f"Reading stopped on an internal error: {error}.")
        finally:
            if self._has_slot:
                SLOTS.release()

    def _downloaded(self, done: int, total: int | None) -> None:
        self.stage = "downloading"
        self._told(done, total)

    def _read(self, done: int, total: int | None) -> None:
        """Report, and at the first block wait for a place among those that read."""
        while not self._has_slot:
            self._has_slot = SLOTS.acquire(timeout=0.1)
            if not self._has_slot:
                self.stage = "waiting"
                self._told(0, None)
        self.stage = "reading"
        self._told(done, total)

    def _told(self, done: int, total: int | None) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.done, self.total = done, total
