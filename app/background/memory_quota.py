"""Room for runs: what one may take of the server's memory, and all sessions' runs together.

Thirty users share a server; the command line on one's own machine has no such limit.
"""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

from w2v_core import Problem, limits
from w2v_core.vectors.timeline import MOST_BYTES, MOST_FRAMES

# Of each number of a word: W and U, as they are trained; W, U and W at length 1, as the page shows them; and once more
# while the next ones to be shown are made. Four bytes each.
COPIES = 8
WORD_BYTES = 300  # for each word: in lists, dictionaries and where noise is drawn from

_taken: WeakKeyDictionary[object, int] = WeakKeyDictionary()
_lock = threading.Lock()


def run_bytes(words: int, dim: int) -> int:
    """Return about how many bytes a run of so many words and dimensions takes, its text apart."""
    frames = min(MOST_BYTES, 2 * (MOST_FRAMES + 1) * words * dim)
    return words * (4 * COPIES * dim + WORD_BYTES) + frames


def check(words: int, dim: int) -> None:
    """Raise Problem ``run_too_big``: more than any run may take; or ``no_room_for_run`` beside the others'."""
    with _lock:
        _check(run_bytes(words, dim), words, dim)


def _check(needed: int, words: int, dim: int) -> None:
    if needed > limits.APP_RUN_BYTES:
        raise Problem(
            "run_too_big",
            "The run takes more memory than this server gives to one.",
            words=words,
            dim=dim,
            needed_mb=needed >> 20,
            limit_mb=limits.APP_RUN_BYTES >> 20,
        )
    if sum(_taken.values()) + needed > limits.APP_ALL_RUN_BYTES:
        raise Problem(
            "no_room_for_run", "The server's memory is full of others' runs.", needed_mb=needed >> 20
        )


def taken() -> int:
    """Return about how many bytes all runs take that there are."""
    with _lock:
        return sum(_taken.values())


def take(run: object, words: int, dim: int) -> None:
    """Take the room that a run needs, for as long as there is such an object; raise as `check`."""
    needed = run_bytes(words, dim)
    with _lock:
        _check(needed, words, dim)
        _taken[run] = needed
