"""Saving vectors in any of the formats."""

from __future__ import annotations

import os
from pathlib import Path

from ... import limits
from ...files import Target, check_writable, written, written_together
from ...problems import Problem
from ..embeddings import Embeddings
from ..files import packed
from ..space import check_choice
from .archive import write_npz
from .binary import write_word2vec_binary
from .detect import EXTENSIONS, FORMATS, formats_of_name
from .projector import metadata_path, write_projector
from .rows import check_values
from .text import no_vectors, write_glove, write_word2vec_text

# What would end a word, or begin something else, where it stands in a file.
_FORBIDDEN = {
    "word2vec_text": " \n",
    "word2vec_binary": " \n",
    "glove": " \n",
    "projector": "\t\n",
    "npz": "",
}


def save_vectors(
    embeddings: Embeddings, target: Target, format: str | None = None, *, metadata: Target | None = None
) -> None:
    """Write the input vectors (and with ``npz`` everything else).

    Parameters
    ----------
    embeddings : Embeddings
    target : path or binary file
        A path appears whole or not at all; if its name ends in ``.gz`` it is packed.
    format : {"word2vec_text", "word2vec_binary", "glove", "npz", "projector"}, optional
        By default what the extension of a path says.
    metadata : path or binary file, optional
        Where the words go with ``projector``; by default metadata.tsv beside vectors.tsv.

    Raises
    ------
    Problem
        ``format_needed``; ``unwritable_word``: the format has no way to write a word; ``no_vectors``;
        ``bad_value_row``; ``metadata_missing``; ``bad_setting``; and those of `files.written`.
    """
    path = Path(target) if isinstance(target, (str, os.PathLike)) else None
    name = str(path or "data")
    format = format or format_of(name)
    check_choice("format", format, FORMATS)
    words, vectors = _encoded(embeddings.vocabulary.words, format), embeddings.vectors
    if not vectors.size:
        raise no_vectors(name)
    outputs = embeddings.output_vectors if format == "npz" else None
    for part in (vectors, outputs):  # no file that could not be loaded again
        if part is not None:
            check_values(part, name)
    if format == "projector":
        if metadata is None:
            if path is None:
                raise Problem(
                    "metadata_missing", "The words go into a second file; say which.", name="vectors.tsv"
                )
            metadata = metadata_path(path)
        with (
            written_together(target, metadata) as (file, second),
            packed(file, target) as numbers,
            packed(second, metadata) as table,
        ):
            vocabulary = embeddings.vocabulary
            counts = vocabulary.counts if vocabulary.counted else None  # ranks are no counts
            write_projector(numbers, table, words, vectors, counts)
        return
    with written(target) as whole, packed(whole, target) as file:
        if format == "npz":
            write_npz(file, words, embeddings)
        elif format == "word2vec_binary":
            write_word2vec_binary(file, words, vectors)
        elif format == "word2vec_text":
            write_word2vec_text(file, words, vectors)
        else:
            write_glove(file, words, vectors)


def check_target(target: str, format: str | None = None) -> None:
    """Refuse a path that `save_vectors` could not write to, before any work is done for it.

    Raises
    ------
    Problem
        ``format_needed``, and those of `files.check_writable`.
    """
    check_writable(target)
    if (format or format_of(target)) == "projector":
        check_writable(metadata_path(Path(target)))


def format_of(name: str) -> str:
    """Return the format that a file's name asks for; raise ``format_needed`` if it asks for none."""
    known = formats_of_name(name)
    if known and not name.lower().endswith((".bz2", ".xz")):  # which are read, and not written
        return known[0]
    endings = ", ".join(EXTENSIONS)
    raise Problem(
        "format_needed", f"Which format? A name with one of the endings {endings} says it.", endings=endings
    )


def _encoded(words: tuple[str, ...], format: str) -> list[bytes]:
    """Return the words as UTF-8, or raise ``unwritable_word``."""
    for i, word in enumerate(words):
        if not _fits(word, format, i == 0):
            able = [other for other in FORMATS if _fits(word, other, i == 0)]
            endings = [
                next(end for end, formats in EXTENSIONS.items() if formats[0] == other) for other in able
            ]
            instead = f" A name that ends in {' or '.join(endings)} asks for one that can." if able else ""
            raise Problem(
                "unwritable_word",
                f"The format {format} cannot hold the word {word!r}.{instead}",
                format=format,
                word=word,
                able=tuple(able),
            )
    return [word.encode() for word in words]


def _fits(word: str, format: str, first: bool) -> bool:
    """Tell whether a format has a way to write a word, which may be its first."""
    try:
        size = len(word.encode())
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    # A byte order mark at the very start of a file belongs to the file, not to its first word.
    marked = format == "glove" and first and word.startswith("\ufeff")
    return 0 < size <= limits.LONGEST_VECTOR_WORD and not marked and not set(_FORBIDDEN[format]) & set(word)
