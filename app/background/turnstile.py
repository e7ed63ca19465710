"""One computation at a time in the background of the whole process: runs, measurements, readings.

Thirty threads that share the interpreter freely leave no time for any page; taking turns of 20 ms they do as
much in all, in even shares, and every page still answers.
"""

from __future__ import annotations

import threading
from collections import deque

SLICE_SECONDS = 0.02  # of a turn


class Turnstile:
    """Lets one thread at a time compute, first come, first served. It is not to be entered twice."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._busy = False

    def enter(self) -> None:
        """Wait for one's turn."""
        with self._lock:
            if not self._busy:
                self._busy = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()

    def leave(self) -> None:
        """Let the next one in."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()  # stays busy: the place passes straight on
            else:
                self._busy = False

    def __enter__(self) -> None:
        self.enter()

    def __exit__(self, *error: object) -> None:
        self.leave()


TURNSTILE = Turnstile()
