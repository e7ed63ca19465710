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
from .rows import (
    BadRow,
    Terms,
    bad_rows,
    bad_value,
    check_dim,
    check_rows,
    check_size,
    decoded,
    memory,
    problem_at,
)
from .text import no_vectors


def read_npz(
    file: BinaryIO, terms: Terms
) -> tuple[list[str], Vectors, npt.NDArray[np.int64], Vectors | None]:
    """Return words, vectors, counts and output vectors (or None).

    Raises
    ------
    Problem
        ``corrupt_npz``, ``pickle_refused``, ``npz_missing``, ``npz_array`` (a wrong type or shape),
        ``no_vectors``, ``too_many_vectors``, ``too_many_dimensions``, ``vectors_too_big``. Unless `terms` pass over
        it, ``not_utf8_row``, ``bad_word_row``, ``long_word_row``, ``bad_value_row``, ``duplicate_word_row``.
    """
    name, limit, first = terms.name, terms.limit, terms.first
    try:
        archive = Arrays(file)
        numbers = _header(archive, name, "vectors", "f", 2)
        V, d = numbers.shape
        if not V or not d:
            raise no_vectors(name)
        kept = terms.at_most(V)
        check_rows(kept, name)
        check_dim(d, name)
        check_size(memory(kept, d, 0), name, limit)
        words = _header(archive, name, "words", "u", 1)
        if words.dtype.itemsize != 1:
            raise _wrong(name, "words")
        for key in ("word_ends", "counts"):
            if _header(archive, name, key, "iu", 1).shape != (V,):
                raise _wrong(name, key)
        ends = archive.read("word_ends", first)
        if not 0 <= ends[-1] <= words.shape[0] or (kept == V and ends[-1] != words.shape[0]):
            raise _wrong(name, "word_ends")
        letters = int(ends[-1])
        size, read = memory(kept, d, letters), numbers.size(first)
        of_words = False
        has_output = "output_vectors" in archive.names
        if has_output:
            outputs = _header(archive, name, "output_vectors", "f", 2)
            if outputs.shape[1] != d:
                raise _wrong(name, "output_vectors")
            of_words = outputs.shape[0] == V
            size += 4 * d * (kept if of_words else outputs.shape[0])
            read += outputs.size(first if of_words else None)
        check_size(
            max(size, read), name, limit
        )  # what is kept; what lies in the file, in other types and orders
        vectors = _single(archive.read("vectors", first))
        output = _single(archive.read("output_vectors", first if of_words else None)) if has_output else None
        counts = archive.read("counts", first)
        if (counts < 0).any() or (counts > np.iinfo(np.int64).max).any():
            raise _wrong(name, "counts")
        spelled = archive.read("words", letters)
    except Pickled:
        raise pickle_refused(name) from None
    except Damaged:
        raise Problem("corrupt_npz", f"{name} is damaged or cut off.", name=name) from None
    try:
        parts = words_of(spelled, ends)
    except Damaged:
        raise _wrong(name, "word_ends") from None
    if output is not None and not of_words:
        for row in bad_rows(output):
            raise bad_value(output[row], name, "row", row + 1)
    found, sound = _sound(parts, [vectors] if output is None or not of_words else [vectors, output], terms)
    counts = counts.astype(np.int64)
    if not sound.all():
        output = output[sound] if output is not None and of_words else output
        vectors, counts = vectors[sound], counts[sound]
    return found, vectors, counts, output


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


def _single(vectors: npt.NDArray[Any]) -> Vectors:
    with np.errstate(over="ignore"):  # float64 beyond float32 becomes inf, which is reported
        return np.ascontiguousarray(vectors, dtype=np.float32)


def _sound(
    parts: Iterable[bytes], arrays: list[Vectors], terms: Terms
) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """Return the words that can be used, and which rows they are."""
    words: dict[str, None] = {}
    sound = np.ones(len(arrays[0]), dtype=bool)
    for vectors in arrays:
        for row in bad_rows(vectors):
            if sound[row]:
                terms.fault(bad_value(vectors[row], terms.name, "row", row + 1))
                sound[row] = False
    for row, part in enumerate(parts):
        if not sound[row]:
            continue
        try:
            word = decoded(part, terms.name, "row", row + 1)
            if word in words:
                what = f"the word {word!r} has a vector already."
                raise problem_at("duplicate_word", terms.name, "row", row + 1, what, word=word)
            words[word] = None
        except BadRow as problem:
            terms.fault(problem)
            sound[row] = False
    terms.check_most_is_kept(len(words))
    return list(words), sound


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
        f"{name} holds pickled Python objects, as gensim's own files do, which are never loaded: they could run any "
        "code. In gensim, model.wv.save_word2vec_format('vectors.txt') writes a file to take instead.",
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
