"""Vectors that people bring, of all sessions together: where thirty share a server, they share its memory."""

from __future__ import annotations

import io
import threading
from weakref import WeakSet

from w2v_core import Embeddings, Problem, load_vectors
from w2v_core.sources import Progress

FILE_LIMIT = 400 << 20  # bytes of words and vectors from one file
SHARED_LIMIT = 2 << 30  # bytes of vectors from all files that any session has open

_open: WeakSet[Embeddings] = WeakSet()
_lock = threading.Lock()


def read(data: bytes, name: str, progress: Progress) -> Embeddings:
    """Read a file of vectors.

    Raises
    ------
    Problem
        As `load_vectors`; and ``no_room`` where it is for the others' vectors that this file's don't fit.
    """
    room = SHARED_LIMIT - _taken()
    try:
        found = load_vectors(io.BytesIO(data), name=name, limit=min(FILE_LIMIT, room), progress=progress)
    except Problem as problem:
        if problem.code == "vectors_too_big" and room < FILE_LIMIT:
            raise Problem("no_room", "The server's memory is full of others' vectors.", name=name) from None
        raise
    _ = found.space().unit, found.vocabulary.spellings  # made now, so that the first answer is quick
    with _lock:
        _open.add(found)
    return found


def _taken() -> int:
    """Return how many bytes of vectors are open: as read, and at length 1."""
    with _lock:
        return sum(2 * each.vectors.nbytes for each in _open)
