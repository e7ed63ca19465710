"""Vectors, counts and output vectors in one NumPy archive (.npz): the format that forgets nothing.

    vectors (V, d) float32       counts (V,) int64       output_vectors (n, d) float32, where there are any
    words (bytes,) uint8         the words as UTF-8, one after another
    word_ends (V,) int64         where in `words` each word ends

Plain numbers, no objects: reading one runs no code. `numpy.load` reads it, too.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from ...npz import Arrays, Damaged, Header, Pickled, words_of
from ...problems import Problem
from ..embeddings import Embeddings
from ..space import Vectors
from .rows import check_dim, check_rows, check_size, check_values, decoded, memory, problem_at
from .text import no_vectors


def read_npz(
    file: BinaryIO, name: str, limit: int | None = None
) -> tuple[list[str], Vectors, npt.NDArray[np.int64], Vectors | None]:
    """Return words, vectors, counts and output vectors (or None).

    Raises
    ------
    Problem
        ``corrupt_npz``, ``pickle_refused``, ``npz_missing``, ``npz_array`` (a wrong type or shape),
        ``no_vectors``, ``not_utf8_row``, ``bad_word_row``, ``long_word_row``, ``bad_value_row``,
        ``duplicate_word_row``, ``too_many_vectors``, ``too_many_dimensions``, ``vectors_too_big``.
    """
    try:
        archive = Arrays(file)
        check_size(archive.size, name, limit)
        V, d = _header(archive, name, "vectors", "f", 2).shape
        if not V or not d:
            raise no_vectors(name)
        check_rows(V, name)
        check_dim(d, name)
        words = _header(archive, name, "words", "u", 1)
        if words.dtype.itemsize != 1:
            raise _wrong(name, "words")
        check_size(memory(V, d, *words.shape), name, limit)
        for key in ("word_ends", "counts"):
            if _header(archive, name, key, "iu", 1).shape != (V,):
                raise _wrong(name, key)
        has_output = "output_vectors" in archive.names
        if has_output:
            outputs, width = _header(archive, name, "output_vectors", "f", 2).shape
            if width != d:
                raise _wrong(name, "output_vectors")
            check_size(memory(V, d, *words.shape) + 4 * outputs * d, name, limit)
        vectors = _checked(archive.read("vectors"), name)
        output = _checked(archive.read("output_vectors"), name) if has_output else None
        counts = archive.read("counts")
        if (counts < 0).any() or (counts > np.iinfo(np.int64).max).any():
            raise _wrong(name, "counts")
        letters, ends = archive.read("words"), archive.read("word_ends")
    except Pickled:
        raise pickle_refused(name) from None
    except Damaged:
        raise Problem("corrupt_npz", f"{name} is damaged or cut off.", name=name) from None
    try:
        parts = words_of(letters, ends)
    except Damaged:
        raise _wrong(name, "word_ends") from None
    return _words(parts, name), vectors, counts.astype(np.int64), output


def _header(archive: Arrays, name: str, key: str, kinds: str, ndim: int) -> Header:
    """Return an array's header, once it is of the kind that it should be."""
    try:
        header = archive.header(key)
    except KeyError:
        raise Problem(
            "npz_missing", f"{name} has no array {key!r}; is it an archive of vectors?", name=name, array=key
        ) from None
    if header.dtype.kind not in kinds or len(header.shape) != ndim:
        raise _wrong(name, key)
    return header


def _checked(vectors: npt.NDArray[Any], name: str) -> Vectors:
    with np.errstate(over="ignore"):  # float64 beyond float32 becomes inf, which the check reports
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    check_values(vectors, name, "row", range(1, len(vectors) + 1))
    return vectors


def _words(parts: Iterable[bytes], name: str) -> list[str]:
    words: dict[str, None] = {}
    for row, part in enumerate(parts, 1):
        word = decoded(part, name, "row", row)
        if word in words:
            what = f"the word {word!r} has a vector already."
            raise problem_at("duplicate_word", name, "row", row, what, word=word)
        words[word] = None
    return list(words)


def _wrong(name: str, key: str) -> Problem:
    return Problem(
        "npz_array",
        f"{name}: the array {key!r} has the wrong type, shape or values.",
        name=name,
        array=key,
    )


def pickle_refused(name: str) -> Problem:
    """Make the Problem ``pickle_refused``: loading Python objects from a file can run anything."""
    return Problem(
        "pickle_refused",
        f"{name} holds pickled Python objects, which are never loaded: they could run any code. "
        "Save the vectors in the word2vec format instead.",
        name=name,
    )


def write_npz(file: BinaryIO, words: list[bytes], embeddings: Embeddings) -> None:
    """Write everything that `Embeddings` hold."""
    arrays: dict[str, Any] = {
        "vectors": embeddings.vectors,
        "words": np.frombuffer(b"".join(words), dtype=np.uint8),
        "word_ends": np.cumsum([len(word) for word in words], dtype=np.int64),
        "counts": embeddings.vocabulary.counts,
    }
    if embeddings.output_vectors is not None:
        arrays["output_vectors"] = embeddings.output_vectors
    if isinstance(file, gzip.GzipFile):  # a zip archive goes back to fill in sizes, gzip cannot
        archive = io.BytesIO()
        np.savez(archive, **arrays)
        file.write(archive.getbuffer())
    else:
        np.savez(file, **arrays)
