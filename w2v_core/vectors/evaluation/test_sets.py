"""Reading what vectors are tested on: word pairs with human judgments, and analogy questions in sections.

pairs       word <tab> word <tab> number         lines that begin with # are comments (WordSim-353, SimLex)
analogies   : section                            then lines of four words, a b c d: a is to b as c is to d
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ... import limits
from ...corpus.spelling import composed
from ...corpus.vocabulary import Vocabulary
from ...problems import Problem
from ..files import FileSource, opened


@dataclass(frozen=True)
class WordPair:
    """Two words and how alike people find them."""

    a: str
    b: str
    human: float


@dataclass(frozen=True)
class Section:
    """Analogy questions of one kind: (a, b, c, d), where d is the expected answer."""

    name: str
    questions: tuple[tuple[str, str, str, str], ...]


def read_word_pairs(source: FileSource, *, name: str | None = None) -> tuple[WordPair, ...]:
    """Read a file of word pairs; blank lines and comments are skipped.

    Raises
    ------
    Problem
        ``bad_pair_line`` (not word, word, number); ``not_utf8_line``; ``no_test_set``; ``unpacked_too_big``;
        ``corrupt_gzip``.
    """
    pairs = []
    for file_name, number, line in _lines(source, name):
        if line.startswith("#"):
            continue
        try:
            a, b, human = line.split("\t")
            pair = WordPair(a.strip(), b.strip(), float(human))
        except ValueError:
            pair = WordPair("", "", math.nan)
        if not (pair.a and pair.b and math.isfinite(pair.human)):
            raise Problem(
                "bad_pair_line",
                f"{file_name}, line {number} is not a word, a word and a number, with tabs between.",
                name=file_name,
                line=number,
            )
        pairs.append(pair)
    return tuple(pairs)


def read_analogies(source: FileSource, *, name: str | None = None) -> tuple[Section, ...]:
    """Read a file of analogy questions; blank lines are skipped.

    Raises
    ------
    Problem
        ``bad_question_line`` (not four words); ``no_section`` (questions before the first section);
        ``not_utf8_line``; ``no_test_set``; ``unpacked_too_big``; ``corrupt_gzip``.
    """
    sections: list[tuple[str, list[tuple[str, str, str, str]]]] = []
    for file_name, number, line in _lines(source, name):
        if line.startswith(":"):
            sections.append((line.lstrip(": ").strip(), []))
            continue
        if not sections:
            raise Problem(
                "no_section",
                f"{file_name}, line {number}: a question before the first section (': name').",
                name=file_name,
                line=number,
            )
        match line.split():
            case [a, b, c, d]:
                sections[-1][1].append((a, b, c, d))
            case words:
                raise Problem(
                    "bad_question_line",
                    f"{file_name}, line {number}: a question has four words, not {len(words)}.",
                    name=file_name,
                    line=number,
                    found=len(words),
                )
    return tuple(Section(title, tuple(questions)) for title, questions in sections)


def _lines(source: FileSource, name: str | None) -> Iterator[tuple[str, int, str]]:
    """Yield the file's name, and the number and the text of each line that is not blank."""
    with opened(source, name, most=limits.MOST_TEST_BYTES) as (file, name):
        number = size = 0
        while line := file.readline(limits.LONGEST_TEST_LINE + 1):
            number += 1
            size += len(line)
            if len(line) > limits.LONGEST_TEST_LINE or size > limits.MOST_TEST_BYTES:
                raise Problem(
                    "no_test_set",
                    f"{name} goes on for too long at line {number}: a test set is a few megabytes of short lines.",
                    name=name,
                    line=number,
                )
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                raise Problem(
                    "not_utf8_line", f"{name}, line {number} is not in UTF-8.", name=name, line=number
                ) from None
            if text.strip():
                yield name, number, text.removesuffix("\n")


def _upper(word: str) -> str:
    return composed(composed(word).upper())


@dataclass(frozen=True, eq=False)
class Lookup:
    """The ids of a test set's words.

    Attributes
    ----------
    fold : function
        What makes two spellings one: Unicode's form NFC, and upper case unless case matters.
    ids : dict
        The first (most frequent) word of each folded spelling.
    """

    fold: Callable[[str], str]
    ids: dict[str, int]

    @classmethod
    def of(cls, vocabulary: Vocabulary, restrict_vocab: int | None, ignore_case: bool) -> Lookup:
        """Look among the first `restrict_vocab` words (None: all), by upper case or as written."""
        fold = _upper if ignore_case else composed
        words = vocabulary.words[:restrict_vocab]
        return cls(fold, {fold(words[i]): i for i in range(len(words) - 1, -1, -1)})

    def __call__(self, words: tuple[str, ...]) -> list[int] | None:
        """Return the words' ids, or None unless all are known."""
        found = [self.ids.get(self.fold(word), -1) for word in words]
        return None if -1 in found else found
