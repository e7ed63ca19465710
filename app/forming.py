"""A t-SNE map that forms in the background while one watches.

`Forming` owns a thread as `LiveTraining` does: it takes turns at the same turnstile, publishes frozen frames a
few times a second, and stops when nobody has looked for a while. It knows nothing of Streamlit.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from w2v_core import Problem
from w2v_core.vectors.projection import Points
from w2v_core.vectors.tsne import TSNE

from .live import LEASE_SECONDS, SLICE_SECONDS, THREAD_NAME, TURNSTILE, unhurried

PUBLISH_SECONDS = 0.16  # about six frames a second; the browser moves the points in between
MOST_AT_ONCE = 10  # iterations: where one takes a millisecond, more would not move smoothly


@dataclass(frozen=True, eq=False)
class Formed:
    """A t-SNE map at one moment.

    Attributes
    ----------
    version : int
        Rises with every frame; 0 while neighborhoods are still being measured.
    points : (n, 2 or 3) float32
    iteration, iterations : int
        Done, and of the whole.
    exaggerated : bool
        Whether it is still in the first phase, early exaggeration.
    divergence : float
        Kullback-Leibler divergence, which t-SNE makes small; nan before the first iteration.
    perplexity : float
        As it is used: a few words allow no high one.
    problem : Problem or None
        Why it stopped by itself, if it did.
    """

    version: int
    points: Points
    iteration: int
    iterations: int
    exaggerated: bool
    divergence: float
    perplexity: float
    problem: Problem | None = None

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to do."""
        return self.problem is not None or 0 < self.iterations <= self.iteration


class Forming:
    """One t-SNE map, and the thread that forms it while it plays.

    Parameters
    ----------
    make : callable
        Returns the `TSNE`; called in the thread, since measuring thousands of neighborhoods takes a second.
    points : (n, 2 or 3) float32
        What to show until then.
    """

    def __init__(self, make: Callable[[], TSNE], points: Points) -> None:
        self._make = make
        self._tsne: TSNE | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._seen = time.monotonic()
        self.frame = Formed(0, points, 0, 0, True, float("nan"), float("nan"))

    @property
    def running(self) -> bool:
        """Whether the thread works (or is about to)."""
        return self._thread is not None and self._thread.is_alive() and not self._stop.is_set()

    def touch(self) -> None:
        """Say that somebody is watching; without it the thread stops after `LEASE_SECONDS`."""
        self._seen = time.monotonic()

    def start(self) -> None:
        """Form until paused, finished or in trouble."""
        if self.running or self.frame.finished:
            return
        self.pause()
        self.touch()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._stop,), name=THREAD_NAME, daemon=True)
        self._thread.start()

    def pause(self) -> None:
        """Stop after the iterations in hand; returns when the thread has published its last frame."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Stop without waiting."""
        self._stop.set()

    def _run(self, stop: threading.Event) -> None:
        """Iterate in turns of about 20 ms and publish a frame now and then, the last one included."""
        published, count = 0.0, 1
        try:
            if self._tsne is None:
                self._tsne = self._make()  # outside the turnstile: nobody should wait for a second
            while not stop.is_set() and not self._tsne.finished:
                with TURNSTILE:
                    began = time.monotonic()
                    self._tsne.step(count)
                    now = time.monotonic()
                    count = int(max(1, min(MOST_AT_ONCE, count * SLICE_SECONDS / (now - began + 1e-6))))
                    if now - published > unhurried(PUBLISH_SECONDS):
                        published = now
                        self._publish(self._tsne)
                if now - self._seen > LEASE_SECONDS:
                    break
            with TURNSTILE:
                self._publish(self._tsne)
        except Problem as problem:
            self.frame = replace(self.frame, problem=problem)
        except Exception as error:  # a page must hear of it; a thread would only die
            self.frame = replace(
                self.frame, problem=Problem("internal", f"t-SNE stopped on an error: {error}.")
            )

    def _publish(self, tsne: TSNE) -> None:
        self.frame = Formed(
            version=self.frame.version + 1,
            points=tsne.points,
            iteration=tsne.iteration,
            iterations=tsne.iterations,
            exaggerated=tsne.exaggerated,
            divergence=tsne.kl,
            perplexity=tsne.perplexity,
        )
