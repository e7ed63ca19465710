"""Work that plays in the background: a thread that a session owns, taking turns with those of other sessions.

`Player` owns the thread; a subclass says what is played (`live`, `live_comparison`). It does not import Streamlit.
"""

from __future__ import annotations

import os
import threading
import time
import weakref
from typing import Any

from w2v_core import Problem

from .turnstile import SLICE_SECONDS, TURNSTILE

PUBLISH_SECONDS = 0.2
POLL_SECONDS = 0.24  # for a page: four a second, and a little for the way
FIRST_SECONDS = 1.0  # that a page waits at most for the first record of what begins to play
LEASE_SECONDS = float(os.environ.get("W2V_LEASE_SECONDS", 90))  # that a session outlives its tab
THREAD_NAME = "w2v-trainer"
# After which a thread lets others have the interpreter: Python's own 5 ms add up to a tenth of a second where an answer
# takes several turns behind several threads.
SWITCH_SECONDS = 0.001

SPEEDS: dict[str, float | None] = {"slow": 2, "medium": 20, "fast": 200, "full": None}  # steps a second


_elsewhere: weakref.WeakSet[Any] = weakref.WeakSet()
_counting = threading.Lock()


def play_elsewhere(player: object) -> None:
    """Count what may play on a worker: its pages are drawn here."""
    with _counting:
        _elsewhere.add(player)


def playing_here() -> int:
    """Return how many threads play in this process, each in its turn."""
    return sum(thread.name == THREAD_NAME for thread in threading.enumerate())


def unhurried(seconds: float) -> float:
    """Return an interval stretched where many runs play at once.

    Eight pages can be drawn four times a second, thirty once; drawn more often they would leave no time to train, or,
    where it is workers that train, for any other page.
    """
    with _counting:
        elsewhere = list(_elsewhere)
    playing = playing_here() + sum(bool(player.running) for player in elsewhere)
    return seconds * max(1.0, playing / 8)


class Pace:
    """Pairs a second, over the last moments."""

    def __init__(self, pairs: int) -> None:
        self._time, self._pairs = time.monotonic(), pairs
        self._speed = 0.0

    def __call__(self, pairs: int) -> float:
        """Return the pace, now that `pairs` are done."""
        now = time.monotonic()
        latest = (pairs - self._pairs) / max(now - self._time, 1e-6)
        self._speed = 0.5 * (self._speed or latest) + 0.5 * latest
        self._time, self._pairs = now, pairs
        return self._speed


class Player:
    """The thread that plays, and the verbs to start and stop it.

    A subclass says what is played: `_over`, `_advance`, `_publish` and `_fail`, and `_prepare` if it must; all but
    the first are called from the thread, the first three inside the turnstile.
    """

    def __init__(self) -> None:
        self._steps_per_second: float | None = None
        self._stop, self._published = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._seen = time.monotonic()

    @property
    def _over(self) -> bool:
        """Whether there is nothing (more) to play."""
        raise NotImplementedError

    def _prepare(self) -> None:
        """Do what must come before the first piece and takes long: others have their turns meanwhile."""

    def _advance(self) -> bool:
        """Do a small piece of work; return whether that completes a step."""
        raise NotImplementedError

    def _publish(self, last: bool) -> None:
        """Make the present state visible; `last` before the thread stands still."""
        raise NotImplementedError

    def _fail(self, problem: Problem) -> None:
        """Take note of an error that ended the thread."""
        raise NotImplementedError

    @property
    def running(self) -> bool:
        """Whether the thread plays (or is about to)."""
        return self._thread is not None and self._thread.is_alive() and not self._stop.is_set()

    def touch(self) -> None:
        """Renew the lease: without it playing stops after `LEASE_SECONDS`."""
        self._seen = time.monotonic()

    def await_first(self) -> None:
        """Wait a moment until what has just been started has published its first record.

        A page that is drawn with it saves the wait for its next poll.
        """
        if self.running:
            self._published.wait(FIRST_SECONDS)

    def set_speed(self, speed: str) -> None:
        """Choose one of `SPEEDS`; acts from the next step on."""
        self._steps_per_second = SPEEDS[speed]

    def start(self) -> None:
        """Play until paused, over or in trouble."""
        self._join()
        self.touch()
        self._stop, self._published = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._stop,), name=THREAD_NAME, daemon=True)
        self._thread.start()

    def pause(self) -> None:
        """Stop after the piece in hand; returns when the thread has published its last record."""
        self._stop.set()
        self._join()

    def close(self) -> None:
        """Stop without waiting (the session is gone)."""
        self._stop.set()

    def _run(self, stop: threading.Event) -> None:
        """Work in turns of about 20 ms and publish now and then, the first turn and the last one included."""
        published = 0.0
        try:
            self._prepare()
            while not stop.is_set() and not self._over:
                began, step_done = time.monotonic(), False
                with TURNSTILE:
                    turn_ends = time.monotonic() + SLICE_SECONDS
                    while not stop.is_set() and not self._over:
                        step_done = self._advance()
                        if time.monotonic() > turn_ends or (step_done and self._steps_per_second):
                            break
                    now = time.monotonic()
                    if now - published > unhurried(PUBLISH_SECONDS):
                        published = now
                        self._publish(last=False)
                        self._published.set()
                if now - self._seen > LEASE_SECONDS:
                    break
                if step_done and self._steps_per_second:
                    stop.wait(max(0.0, began + 1 / self._steps_per_second - time.monotonic()))
            with TURNSTILE:  # still `running` until this is out: no reader takes an older record for the last
                self._publish(last=True)
        except Exception as error:  # a page must hear of it; a thread would only die
            self._fail(Problem("internal", f"Training stopped on an internal error: {error}."))

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()
