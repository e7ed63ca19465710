"""A text that is being fetched and read in the background, as `live` trains: a thread that a session owns.

It knows nothing of Streamlit. A page polls `stage`, `done` and `total`, and takes the result when it stands.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from w2v_core import Problem
from w2v_core.sources import Cancelled, Progress, ReadResult

SLOTS = threading.BoundedSemaphore(
    2
)  # texts read at a time: pages must go on answering, and memory is bounded


class Reading:
    """One text on its way.

    Parameters
    ----------
    title : mapping
        What the text is called, by language.
    read : callable
        ``read(progress)`` returns the `ReadResult`. Dropped when done, with the file that it holds.
    download : callable, optional
        ``download(progress)``, called first.

    Attributes
    ----------
    stage : {"waiting", "downloading", "reading"}
    done : int
        Bytes of the stage so far.
    total : int or None
    result : ReadResult or None
    problem : Problem or None
        Why there is no result, once the thread is over.
    """

    def __init__(
        self,
        title: dict[str, str],
        read: Callable[[Progress], ReadResult],
        download: Callable[[Progress], object] | None = None,
    ) -> None:
        self.title = title
        self.stage = "waiting"
        self.done, self.total = 0, None
        self.result: ReadResult | None = None
        self.problem: Problem | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(read, download), name="w2v-reader", daemon=True
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

    def _run(
        self, read: Callable[[Progress], ReadResult], download: Callable[[Progress], object] | None
    ) -> None:
        try:
            if download:
                self._enter("downloading")
                download(self._progress)
            self._enter("waiting")
            while not SLOTS.acquire(timeout=0.1):
                self._progress(0, None)
            try:
                self._enter("reading")
                result = read(self._progress)
            finally:
                SLOTS.release()
            self._progress(self.done, self.total)  # cancelled at the last moment is cancelled
            self.result = result
        except Problem as problem:
            self.problem = problem
        except Exception as error:  # a page must hear of it; a thread would only die
            logging.getLogger(__name__).exception("Reading a text failed")
            self.problem = Problem("internal", f"Reading stopped on an internal error: {error}.")

    def _enter(self, stage: str) -> None:
        self.stage, self.done, self.total = stage, 0, None
        self._progress(0, None)

    def _progress(self, done: int, total: int | None) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.done, self.total = done, total
