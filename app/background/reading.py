"""A file that is being fetched and read in the background, as `live` trains: a thread that a session owns.

It does not import Streamlit. A page polls `stage`, `done` and `total`, and takes the result when it stands.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from w2v_core import Problem
from w2v_core.sources import Cancelled, ReportProgress

from .turnstile import SLICE_SECONDS, TURNSTILE

Work = Callable[[ReportProgress, ReportProgress], Any]

# Files read at a time: memory is bounded.
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
    prepare : callable, optional
        ``prepare(result)`` does what takes long and reports nothing; training goes on meanwhile.

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

    def __init__(
        self, title: Mapping[str, str], work: Work, prepare: Callable[[Any], object] | None = None
    ) -> None:
        self.title = title
        self.stage = "starting"
        self.done = 0
        self.total: int | None = None
        self.result: Any = None
        self.problem: Problem | None = None
        self._stop = threading.Event()
        self._has_slot = False
        self._turn_ends: float | None = None  # None outside the turnstile
        self._thread = threading.Thread(
            target=self._run, args=(work, prepare), name="w2v-reader", daemon=True
        )
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

    def _run(self, work: Work, prepare: Callable[[Any], object] | None) -> None:
        try:
            result = work(self._read, self._downloaded)
            self._end_turn()
            if prepare:
                prepare(result)
            self._told(self.done, self.total)  # cancelled at the last moment is cancelled
            self.result = result
        except Problem as problem:
            self.problem = problem
        except Exception as error:  # a page must hear of it; a thread would only die
            logging.getLogger(__name__).exception("Reading a text failed")
            self.problem = Problem("internal", f"Reading stopped on an internal error: {error}.")
        finally:
            self._end_turn()
            if self._has_slot:
                SLOTS.release()

    def _downloaded(self, done: int, total: int | None) -> None:
        self._end_turn()
        self.stage = "downloading"
        self._told(done, total)

    def _read(self, done: int, total: int | None) -> None:
        """Report, and take turns with what trains; at the first block wait for a place among those that read."""
        while not self._has_slot:
            self._has_slot = SLOTS.acquire(timeout=0.1)
            if not self._has_slot:
                self.stage = "waiting"
                self._told(0, None)
        self.stage = "reading"
        self._told(done, total)
        if self._turn_ends and self._turn_ends < time.monotonic():
            self._end_turn()
        if not self._turn_ends:
            TURNSTILE.enter()
            self._turn_ends = time.monotonic() + SLICE_SECONDS

    def _end_turn(self) -> None:
        if self._turn_ends:
            TURNSTILE.leave()
        self._turn_ends = None

    def _told(self, done: int, total: int | None) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.done, self.total = done, total
