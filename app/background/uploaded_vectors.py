"""Uploaded vectors of all sessions together: sessions of one server share its memory."""

from __future__ import annotations

import io
import threading
from weakref import WeakSet

from w2v_core import Embeddings, Problem, limits, load_vectors
from w2v_core.sources import ReportProgress
from w2v_core.vectors.formats.rows import WORD_BYTES

_open: WeakSet[Embeddings] = WeakSet()
_lock = threading.Lock()


def read(
    data: bytes, name: str, progress: ReportProgress, first: int | None = None, errors: str = "refuse"
) -> Embeddings:
    """Read a file of vectors, its `first` words alone, or despite its `errors` (see `load_vectors`).

    Raises
    ------
    Problem
        As `load_vectors`; and ``no_room`` where it is for the others' vectors that this file's don't fit.
    """
    room = max(0, limits.APP_ALL_VECTOR_BYTES - _taken())
    limit = min(limits.APP_VECTOR_BYTES, room)
    try:
        found = load_vectors(
            io.BytesIO(data), name=name, first=first, errors=errors, limit=limit, progress=progress
        )
    except Problem as problem:
        if problem.code in ("vectors_too_big", "unpacked_too_big") and room < limits.APP_VECTOR_BYTES:
            raise Problem("no_room", "The server's memory is full of others' vectors.", name=name) from None
        raise
    with _lock:
        _open.add(found)
    return found


def prepare(found: Embeddings) -> None:
    """Make now what the first answer needs: it takes seconds for a million words."""
    _ = found.space().unit, found.vocabulary.spellings


def _taken() -> int:
    """Return about how many bytes are open: words, vectors as read and at length 1, and output vectors."""
    with _lock:
        return sum(map(_size, _open))


def _size(open_: Embeddings) -> int:
    output = 0 if open_.output_vectors is None else open_.output_vectors.nbytes
    return 2 * open_.vectors.nbytes + output + WORD_BYTES * len(open_.vocabulary)
