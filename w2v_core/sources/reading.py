"""From what a person brings to a corpus: one way for files of every kind, whole or just their beginning.

    source -> files -> characters -> text (of a table's column, of Markdown, of a book) -> words -> Corpus

Memory is bounded by the vocabulary and four bytes a word: no file is ever held as a whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from .. import limits
from ..corpus.corpus import Corpus
from ..corpus.phrases import join_phrases
from ..limits import APP_LIMIT
from ..problems import counted
from . import tables
from .archives import FileSource, TextFile, name_of, text_files
from .codes import Notice
from .decoding import characters
from .gutenberg import without_licence
from .intake import Facts, Intake, ReportProgress
from .markdown import plain
from .options import TextOptions
from .words import WordReader

DEFAULTS = TextOptions()
NAMED = 20  # phrases in a notice


@dataclass(frozen=True, eq=False)
class ReadResult:
    """A corpus, what is worth knowing about its reading, and what the text turned out to be."""

    corpus: Corpus
    notices: tuple[Notice, ...]
    facts: Facts


@dataclass(frozen=True)
class Preview:
    """The first sentences of a text as they will be trained on, but for `min_count` and phrases, which need all."""

    sentences: tuple[tuple[str, ...], ...]
    notices: tuple[Notice, ...]
    facts: Facts


def read(
    source: FileSource,
    options: TextOptions = DEFAULTS,
    *,
    name: str | None = None,
    limit: int | None = APP_LIMIT,
    at_limit: Literal["refuse", "cut"] = "refuse",
    progress: ReportProgress | None = None,
) -> ReadResult:
    """Read a text of any kind that is understood here: plain, Markdown, a table; gzip or a zip of them.

    Parameters
    ----------
    source : path, bytes or binary file
        A file is read from its start, and left open.
    options : TextOptions
    name : str, optional
        The file's name; its ending tells a table or Markdown from plain text. By default the path.
    limit : int, optional
        Bytes of unpacked text at most; None for any size.
    at_limit : {"refuse", "cut"}
    progress : callable, optional
        ``progress(done, total)`` in bytes, after every block. What it raises stops the reading.

    Raises
    ------
    Problem
        See `codes.PROBLEMS`, and those of `Corpus.from_sentences`.
    OSError
        A path that cannot be opened.
    """
    intake = Intake(name_of(source, name), limit, at_limit == "cut", progress)
    with closing(_sentences(source, options, intake)) as sentences:
        return result_of(sentences, options, intake, None if limit is None else limits.APP_WORDS)


def result_of(
    sentences: Iterable[list[str]], options: TextOptions, intake: Intake, most_words: int | None = None
) -> ReadResult:
    """Make a corpus of sentences, with phrases if the options ask for them."""
    if options.phrases:
        whole = Corpus.from_sentences(sentences, most_words=most_words)
        intake.tell_again()
        joined = join_phrases(whole, options.phrases, min_count=options.min_count)
        corpus = joined.corpus
        if names := joined.phrases:
            first = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
            intake.notice(
                "phrases_joined",
                f"Joined in {counted(joined.places, 'place')}: {counted(len(names), 'phrase')}: {first}",
                count=len(names),
                places=joined.places,
                names=names[:NAMED],
            )
        else:
            intake.notice("phrases_none", "No two words stand together often enough to be joined.")
    else:
        corpus = Corpus.from_sentences(sentences, options.min_count, most_words)
    return ReadResult(corpus, intake.all_notices(), intake.facts())


def read_pasted(
    text: str,
    options: TextOptions = DEFAULTS,
    *,
    limit: int | None = APP_LIMIT,
    progress: ReportProgress | None = None,
) -> ReadResult:
    """Read a string, as `read` does a file of plain text."""
    Intake(PASTED, limit).refuse_beyond(len(text))  # characters are bytes at least
    return read(_encoded(text), _of_pasted(options), name=PASTED, limit=limit, progress=progress)


def preview(
    source: FileSource, options: TextOptions = DEFAULTS, *, name: str | None = None, sentences: int = 10
) -> Preview:
    """Read only the beginning, in the same way: the first `sentences` sentences of the first megabytes.

    Raises
    ------
    Problem
        As `read`, as far as the beginning shows it.
    """
    intake = _preview_intake(source, name)
    with closing(_sentences(source, options, intake, preview=True)) as found:
        first = tuple(tuple(words) for words in islice(found, sentences))
    notices = tuple(notice for notice in intake.all_notices() if notice.code != "cut_at_limit")
    return Preview(first, notices, intake.facts())


def preview_pasted(text: str, options: TextOptions = DEFAULTS, *, sentences: int = 10) -> Preview:
    """Return the first sentences of a string."""
    beginning = _encoded(text[: limits.PREVIEW_LIMIT])
    return preview(beginning, _of_pasted(options), name=PASTED, sentences=sentences)


def look_at_table(
    source: FileSource, options: TextOptions = DEFAULTS, *, name: str | None = None
) -> tables.Table | None:
    """Return the columns of a table, with their first cells; None if the source is none, or blank.

    Of a zip, the first file counts. A column that the options ask for in vain is no error here.
    """
    intake = _preview_intake(source, name)
    options = dataclasses.replace(options, column=None)
    with closing(text_files(source, intake)) as files:
        file = next(files)
        if file.kind != "table":
            return None
        head = tables.beginning(characters(file.blocks, file.name, options.encoding, intake))
        return tables.look(head, options, file.name)


PASTED = "text"


def _preview_intake(source: FileSource, name: str | None) -> Intake:
    most = limits.PREVIEW_FILES
    return Intake(name_of(source, name), limits.PREVIEW_LIMIT, cut=True, most_files=most)


def _encoded(text: str) -> bytes:
    """Return a string as bytes, encoded in pieces."""
    starts = range(0, len(text), limits.PIECE)
    return b"".join(text[i : i + limits.PIECE].encode("utf-8", errors="replace") for i in starts)


def _of_pasted(options: TextOptions) -> TextOptions:
    return dataclasses.replace(options, encoding="utf-8")


def _sentences(
    source: FileSource, options: TextOptions, intake: Intake, preview: bool = False
) -> Generator[list[str]]:
    words = WordReader(options, intake)
    with closing(text_files(source, intake)) as files:
        for file in files:
            sample = limits.LONGEST_SENTENCE
            if preview and file.kind != "text":  # whose sentences are the same, however little is looked at
                sample = limits.PIECE
                intake.limit = min(intake.limit or 0, intake.size + limits.PREVIEW_MARKUP)
            yield from words.sentences(_text(file, options, intake), file.name, sample)
    words.close()


def _text(file: TextFile, options: TextOptions, intake: Intake) -> Iterator[str]:
    pieces = characters(file.blocks, file.name, options.encoding, intake)
    if file.kind == "table":
        return tables.cells(pieces, options, file.name, intake)
    if file.kind == "markdown":
        return plain(pieces)

    def found() -> None:
        intake.notice(
            "gutenberg_stripped",
            f"Project Gutenberg's licence around {file.name} was left out.",
            name=file.name,
        )

    return without_licence(pieces, found)
