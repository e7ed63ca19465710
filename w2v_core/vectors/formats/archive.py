"""Vectors, counts and output vectors in one NumPy archive (.npz): the format that forgets nothing.

    vectors (V, d) float32       counts (V,) int64       output_vectors (n, d) float32, where there are any
    words (bytes,) uint8         the words as UTF-8, one after another
    word_ends (V,) int64         where in `words` each word ends

Plain numbers, no objects: reading one runs no code. `numpy.load` reads it, too.
"""

from __future__ import annotations

import gzip
import io
import math
import struct
import tokenize
import zipfile
import zlib
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from ...problems import Problem
from ..embeddings import Embeddings
from ..space import Vectors
from .rows import check_size, check_values, decoded, memory, problem_at
from .text import no_vectors

# What the standard library raises over a damaged zip archive.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    tokenize.TokenError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def read_npz(
    file: BinaryIO, name: str, limit: int | None = None
) -> tuple[list[str], Vectors, npt.NDArray[np.int64], Vectors | None]:
    """Return words, vectors, counts and output vectors (or None).

    Raises
    ------
    Problem
        ``corrupt_npz``, ``pickle_refused``, ``npz_missing``, ``npz_array`` (a wrong type or shape),
        ``no_vectors``, ``not_utf8_row``, ``bad_word_row``, ``bad_value_row``, ``duplicate_word_row``,
        ``vectors_too_big``.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            check_size(sum(info.file_size for info in archive.infolist()), name, limit)
            vectors = _array(archive, name, "vectors", "f", 2)
            check_size(memory(*vectors.shape), name, limit)
            words = _array(archive, name, "words", "u", 1)
            ends = _array(archive, name, "word_ends", "iu", 1)
            counts = _array(archive, name, "counts", "iu", 1)
            output = None
            if "output_vectors.npy" in archive.namelist():
                output = _array(archive, name, "output_vectors", "f", 2)
    except Problem:
        raise
    except _DAMAGE:
        raise Problem("corrupt_npz", f"{name} is damaged or cut off.", name=name) from None
    V, d = vectors.shape
    if not V or not d:
        raise no_vectors(name)
    if words.itemsize != 1:
        raise _wrong(name, "words")
    starts = np.concatenate([[0], ends[:-1]])
    if len(ends) != V or (ends < starts).any() or ends[-1] != len(words):
        raise _wrong(name, "word_ends")
    if len(counts) != V or (counts < 0).any() or (counts > np.iinfo(np.int64).max).any():
        raise _wrong(name, "counts")
    if output is not None and output.shape[1] != d:
        raise _wrong(name, "output_vectors")
    vectors = _checked(vectors, name)
    output = None if output is None else _checked(output, name)
    return _words(words.tobytes(), ends.tolist(), name), vectors, counts.astype(np.int64), output


def _array(archive: zipfile.ZipFile, name: str, key: str, kinds: str, ndim: int) -> npt.NDArray[Any]:
    """Read one array, once its header is known to promise no more bytes than there are."""
    try:
        info = archive.getinfo(f"{key}.npy")
    except KeyError:
        raise Problem(
            "npz_missing", f"{name} has no array {key!r}; is it an archive of vectors?", name=name, array=key
        ) from None
    with archive.open(info) as member:
        if np.lib.format.read_magic(member) != (1, 0):
            raise _wrong(name, key)  # later versions are for long headers: tables of many named columns
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(member)
        if dtype.hasobject:
            raise pickle_refused(name)
        size = math.prod(shape) * dtype.itemsize
        if dtype.kind not in kinds or len(shape) != ndim or member.tell() + size != info.file_size:
            raise _wrong(name, key)
        numbers = np.frombuffer(member.read(size), dtype=dtype)
    return numbers.reshape(shape, order="F" if fortran else "C")


def _checked(vectors: npt.NDArray[Any], name: str) -> Vectors:
    with np.errstate(over="ignore"):  # float64 beyond float32 becomes inf, which the check reports
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    check_values(vectors, name, "row", range(1, len(vectors) + 1))
    return vectors


def _words(text: bytes, ends: list[int], name: str) -> list[str]:
    words: dict[str, None] = {}
    start = 0
    for row, end in enumerate(ends, 1):
        word = decoded(text[start:end], name, "row", row)
        if word in words:
            what = f"the word {word!r} has a vector already."
            raise problem_at("duplicate_word", name, "row", row, what, word=word)
        words[word] = None
        start = end
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
