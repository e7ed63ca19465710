"""Loading vectors from any of the formats."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt

from ...corpus.vocabulary import Vocabulary
from ...gunzip import Gunzip
from ...problems import Problem
from ..embeddings import Embeddings
from ..files import BLOCK, FileSource, ReportProgress, opened
from .archive import read_npz
from .binary import read_word2vec_binary
from .detect import HEAD, choose_format
from .projector import metadata_path, read_projector
from .text import read_glove, read_word2vec_text

TEXT_BYTES = 4  # of text to a byte of memory, at most: a number of four bytes can take thirteen characters


def load_vectors(
    source: FileSource,
    format: str | None = None,
    *,
    name: str | None = None,
    metadata: FileSource | None = None,
    limit: int | None = None,
    progress: ReportProgress | None = None,
) -> Embeddings:
    """Read word vectors.

    Parameters
    ----------
    source : path, bytes or seekable binary file
        May be gzip-packed. A path of ``projector`` names the table of vectors.
    format : {"word2vec_text", "word2vec_binary", "glove", "npz", "projector"}, optional
        By default what the extension and the content say.
    name : str, optional
        The file's name, for its extension and for messages; needed with bytes.
    metadata : path, bytes or seekable binary file, optional
        The words of a ``projector`` table; by default metadata.tsv beside vectors.tsv.
    limit : int, optional
        Bytes of memory that words and vectors may take, about. A gzip may unpack to four times as much.
    progress : callable, optional
        ``progress(done, total)``, in bytes of the file; it may raise to stop the loading.

    Raises
    ------
    Problem
        ``vectors_too_big``, ``too_many_vectors``, ``too_many_dimensions``, ``unpacked_too_big``: beyond `limit`, or
        beyond `w2v_core.limits`; ``vectors_beyond_memory``: beyond what this machine has. Or the file is not
        sound: `formats.detect`, `text`, `binary`, `projector`, `archive`, `rows`, `vectors.files` and `gunzip`
        list the codes.
    OSError
        There is no such file, or it may not be read.
    """
    most = None if limit is None else TEXT_BYTES * limit
    with opened(source, name, progress, most) as (file, name), _within_memory(name):
        start = file.tell()
        format = choose_format(file.read(HEAD), name, format)
        file.seek(start)
        if format == "npz":
            with _anywhere(file) as archive:
                words, vectors, counts, output = read_npz(archive, name, limit)
            return Embeddings(Vocabulary(words, counts), vectors, output)
        if format == "projector":
            return _projector(file, name, _beside(source) if metadata is None else metadata, limit)
        read = {
            "word2vec_text": read_word2vec_text,
            "word2vec_binary": read_word2vec_binary,
            "glove": read_glove,
        }[format]
        words, vectors = read(file, name, limit)
    return Embeddings(_vocabulary(words, None), vectors)


@contextmanager
def _within_memory(name: str) -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise Problem(
            "vectors_beyond_memory",
            f"{name} does not fit into the memory that is left; keep the most frequent words.",
            name=name,
        ) from None


@contextmanager
def _anywhere(file: BinaryIO) -> Iterator[BinaryIO]:
    """Give a file that can be read in any order, as an archive must be; of a gzip, which cannot, a copy on disk."""
    if not isinstance(getattr(file, "raw", None), Gunzip):
        yield file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(file, copy, BLOCK)
        yield cast(BinaryIO, copy)


def _projector(file: BinaryIO, name: str, metadata: FileSource | None, limit: int | None) -> Embeddings:
    if metadata is None:
        raise Problem(
            "metadata_missing",
            f"{name} holds numbers only; the words are in a second file, metadata.tsv, which is needed, too.",
            name=name,
        )
    with opened(metadata, most=None if limit is None else TEXT_BYTES * limit) as (second, second_name):
        words, vectors, counts = read_projector(file, name, second, second_name, limit)
    return Embeddings(_vocabulary(words, counts), vectors)


def _vocabulary(words: Sequence[str], counts: npt.NDArray[np.int64] | None) -> Vocabulary:
    """Return the words of a file; where it has no counts n, n-1, ..., 1 stand in for them."""
    if counts is None:
        return Vocabulary(words, np.arange(len(words), 0, -1), counted=False)
    return Vocabulary(words, counts)


def _beside(source: FileSource) -> Path | None:
    """Return the metadata's path if there is such a file."""
    if not isinstance(source, (str, os.PathLike)):
        return None
    path = metadata_path(Path(source))
    return path if path.exists() else None
