"""Loading vectors from any of the formats."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import numpy as np

from ...corpus.vocabulary import Vocabulary
from ...problems import Problem
from ..embeddings import Embeddings
from ..files import Progress, Source, opened
from .archive import read_npz
from .binary import read_word2vec_binary
from .detect import HEAD, choose_format
from .projector import metadata_path, read_projector
from .text import read_glove, read_word2vec_text


def load_vectors(
    source: Source,
    format: str | None = None,
    *,
    name: str | None = None,
    metadata: Source | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
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
        Bytes of memory that words and vectors may take, about; not regarded with ``projector``.
    progress : callable, optional
        ``progress(done, total)``, in bytes of the file; it may raise to stop the loading.

    Raises
    ------
    Problem
        ``vectors_too_big``: beyond `limit`. Or the file is not sound: `formats.detect`, `text`, `binary`,
        `projector`, `archive`, `rows` and `vectors.files` list the codes.
    OSError
        There is no such file, or it may not be read.
    """
    with opened(source, name, progress) as (file, name):
        start = file.tell()
        format = choose_format(file.read(HEAD), name, format)
        file.seek(start)
        if format == "npz":
            words, vectors, counts, output = read_npz(file, name, limit)
            return Embeddings(Vocabulary(words, counts), vectors, output)
        if format == "projector":
            return _projector(file, name, _beside(source) if metadata is None else metadata)
        read = {
            "word2vec_text": read_word2vec_text,
            "word2vec_binary": read_word2vec_binary,
            "glove": read_glove,
        }[format]
        words, vectors = read(file, name, limit)
    return Embeddings(Vocabulary(words, ranks(len(words))), vectors)


def ranks(n: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return n, n-1, ..., 1: what stands in for counts."""
    return np.arange(n, 0, -1)


def _projector(file: BinaryIO, name: str, metadata: Source | None) -> Embeddings:
    if metadata is None:
        raise Problem(
            "metadata_missing",
            f"{name} holds numbers only; the words are in a second file, metadata.tsv, which is needed, too.",
            name=name,
        )
    with opened(metadata) as (second, second_name):
        words, vectors, counts = read_projector(file, name, second, second_name)
    return Embeddings(Vocabulary(words, ranks(len(words)) if counts is None else counts), vectors)


def _beside(source: Source) -> Path | None:
    """Return the metadata's path if there is such a file."""
    if not isinstance(source, (str, os.PathLike)):
        return None
    path = metadata_path(Path(source))
    return path if path.exists() else None
