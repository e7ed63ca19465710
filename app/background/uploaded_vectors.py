"""Uploaded vectors of all sessions together: sessions of one server share its memory."""

from __future__ import annotations

import io
import threading
from weakref import WeakSet

from w2v_core import Embeddings, Problem, Vocabulary, limits, load_vectors
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
            raise _no_room(name) from None
        raise
    with _lock:
        _open.add(found)
    return found


def first(whole: Embeddings, words: int, name: str) -> Embeddings:
    """Return the first words of vectors that are open; raise ``no_room`` where there is none to compare them.

    They share the numbers of `whole`, and have lengths and spellings of their own.
    """
    vocabulary, output = whole.vocabulary, whole.output_vectors
    found = Embeddings(
        Vocabulary(vocabulary.words[:words], vocabulary.counts[:words], vocabulary.counted),
        whole.vectors[:words],
        output[:words] if output is not None and len(output) == len(whole) else output,
        whole.faults,
    )
    if _size(found) > limits.APP_ALL_VECTOR_BYTES - _taken():
        raise _no_room(name)
    with _lock:
        _open.add(found)
    return found


def _no_room(name: str) -> Problem:
    return Problem("no_room", "The server's memory is full of others' vectors.", name=name)


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
