"""Loading vectors from any of the formats."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from ...corpus.vocabulary import Vocabulary
from ...problems import Faults, Problem
from ..embeddings import Embeddings
from ..files import FileSource, ReportProgress, anywhere, opened
from ..space import Vectors
from .archive import read_npz
from .archived import taken_out
from .binary import read_word2vec_binary
from .detect import HEAD, check_unused, choose_format, words_come_first
from .projector import metadata_path, read_projector
from .rows import Terms
from .text import read_glove, read_word2vec_text

TEXT_BYTES = 4  # of text to a byte of memory, at most: a number of four bytes can take thirteen characters


def load_vectors(
    source: FileSource,
    format: str | None = None,
    *,
    name: str | None = None,
    metadata: FileSource | None = None,
    column: str | None = None,
    member: str | None = None,
    first: int | None = None,
    errors: str = "refuse",
    limit: int | None = None,
    progress: ReportProgress | None = None,
) -> Embeddings:
    """Read word vectors.

    Parameters
    ----------
    source : path, bytes or seekable binary file
        May be packed by gzip, bzip2 or xz, or in a zip or tar. A path of ``projector`` names the table of vectors;
        a table with a word before the numbers of each line needs no other.
    format : {"word2vec_text", "word2vec_binary", "glove", "npz", "projector"}, optional
        By default what the extension and the content say.
    name : str, optional
        The file's name, for its extension and for messages; needed with bytes.
    metadata : path, bytes or seekable binary file, optional
        The words of a ``projector`` table; by default metadata.tsv beside vectors.tsv.
    column : str, optional
        The metadata's column of words, by name or number from 1; by default the one that is called for words, or
        else the first that does not hold numbers.
    member : str, optional
        Which file of a zip or tar; needed where several could be vectors.
    first : int, optional
        Read the first so many words only, which are usually the most frequent. Those that are passed over do not count,
        but for ``npz``, of which so many rows are read.
    errors : {"refuse", "skip"}
        What becomes of a word that cannot be used (undecodable, a second time, with other numbers than the rest) and
        of a header that does not count right: they refuse the file, or are passed over, and `Embeddings.faults` says
        how many and the first of them. Where they outnumber the words, the file is refused all the same.
    limit : int, optional
        Bytes of memory that words and vectors may take, about. What is packed may unpack to four times as much.
    progress : callable, optional
        ``progress(done, total)``, in bytes of the file; it may raise to stop the loading.

    Raises
    ------
    Problem
        ``vectors_too_big``, ``too_many_vectors``, ``too_many_dimensions``, ``unpacked_too_big``: beyond `limit`, or
        beyond `w2v_core.limits`; ``vectors_beyond_memory``: beyond what this machine has; ``unused_option``: `member`,
        `metadata` or `column` where there is nothing that it could say. Or the file is not
        sound: `formats.detect`, `text`, `binary`, `projector`, `archive`, `archived`, `rows`, `vectors.files` and
        `gunzip` list the codes.
    OSError
        There is no such file, or it may not be read.
    """
    most = None if limit is None else TEXT_BYTES * limit
    faults, counts, output = Faults(), None, None
    told = _Told(progress) if progress else None
    with (
        opened(source, name, told, most) as (outer, name),
        _within_memory(name),
        taken_out(outer, name, member, most, told.again if told else None) as (file, name, second),
    ):
        start = file.tell()
        head = file.read(HEAD)
        format = choose_format(head, name, format)
        file.seek(start)
        terms = Terms(name, limit, first, errors, faults)
        beside = second or _beside(source) if metadata is None else metadata
        words_apart = format == "projector" and not words_come_first(head, beside is not None)
        if not words_apart:
            check_unused(name, metadata=metadata, column=column)
        if format == "npz":
            with anywhere(file) as archive:
                words, vectors, counts, output = read_npz(archive, terms)
        elif words_apart:
            words, vectors, counts = _projector(file, terms, beside, column)
        elif format == "projector":
            words, vectors = read_glove(file, terms, b"\t")
        elif format == "word2vec_binary":
            words, vectors = read_word2vec_binary(file, terms)
        else:
            words, vectors = (read_glove if format == "glove" else read_word2vec_text)(file, terms)
    return Embeddings(_vocabulary(words, counts), vectors, output, faults)


class _Told:
    """A callback for progress that can be told again of what has been reached."""

    def __init__(self, progress: ReportProgress) -> None:
        self._progress, self._reached = progress, (0, 0)

    def __call__(self, done: int, total: int) -> None:
        self._reached = done, total
        self._progress(done, total)

    def again(self) -> None:
        self._progress(*self._reached)


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


def _projector(
    file: BinaryIO, terms: Terms, metadata: FileSource | None, column: str | None
) -> tuple[list[str], Vectors, npt.NDArray[np.int64] | None]:
    if metadata is None:
        raise Problem(
            "metadata_missing",
            f"{terms.name} holds numbers only; the words are in a second file, metadata.tsv, which is needed, too.",
            name=terms.name,
        )
    most = None if terms.limit is None else TEXT_BYTES * terms.limit
    with opened(metadata, most=most) as (second, second_name):
        return read_projector(file, terms, second, second_name, column)


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
