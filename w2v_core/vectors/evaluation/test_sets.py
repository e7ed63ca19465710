"""Reading what vectors are tested on: word pairs with human judgments, and analogy questions in sections.

pairs       word, word and number, with tabs, semicolons, commas or blanks between, as the first pair has them. Other
            columns are left alone: numbers before the words, anything after them; so is a heading. Lines that begin
            with # are comments (WordSim-353, SimLex, MEN, RG-65, MTurk)
analogies   : section                            then lines of four words, a b c d: a is to b as c is to d
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ... import limits
from ...corpus.spelling import composed_word
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
    """Read a file of word pairs as published; blank lines, comments and a heading are skipped.

    Raises
    ------
    Problem
        ``bad_pair_line`` (no two words and a number at the places of the first pair); ``not_utf8_line``;
        ``no_test_set``; ``unpacked_too_big``; ``corrupt_gzip``.
    """
    pairs: list[WordPair] = []
    form = heading = None
    for file_name, number, line in _lines(source, name):
        if line.startswith("#"):
            continue
        form = form or _Form.of(line)
        if pair := form and form.pair(line):
            pairs.append(pair)
        elif form or heading:
            raise _bad_pair(file_name, number if form else heading or number)
        else:
            heading, headed = number, file_name
    if heading and not pairs:
        raise _bad_pair(headed, heading)
    return tuple(pairs)


def _bad_pair(name: str, line: int) -> Problem:
    return Problem(
        "bad_pair_line",
        f"{name}, line {line} is not a word, a word and a number, with tabs, commas or blanks between.",
        name=name,
        line=line,
    )


@dataclass(frozen=True)
class _Form:
    """How a file writes its pairs: what separates columns, in which the first word and the number stand."""

    separator: str | None
    word: int
    human: int

    @classmethod
    def of(cls, line: str) -> _Form | None:
        """Return how a line writes its pair; None if it holds none, as a heading does."""
        for separator in ("\t", ";", ",", None):
            numbers = [_number(cell) is not None for cell in _cells(line, separator)]
            word = numbers.index(False) if False in numbers else len(numbers)
            if True in numbers[word:] and numbers.index(True, word) > word + 1:
                form = cls(separator, word, numbers.index(True, word))
                return form if form.pair(line) else None
        return None

    def pair(self, line: str) -> WordPair | None:
        """Return the pair in a line, or None if there is none."""
        cells = _cells(line, self.separator)
        human = _number(cells[self.human]) if len(cells) > self.human else None
        if human is None or not (a := cells[self.word]) or not (b := cells[self.word + 1]):
            return None
        return WordPair(a, b, human)


def _cells(line: str, separator: str | None) -> list[str]:
    """Return the columns of a line; None separates them at blanks."""
    if separator is None:
        return line.split()
    quoted = separator != "\t" and '"' in line
    cells = (
        next(csv.reader([line.replace("\r", " ")], delimiter=separator), [])
        if quoted
        else line.split(separator)
    )
    return [cell.strip() for cell in cells]


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


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
    return composed_word(composed_word(word).upper())


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
        fold = _upper if ignore_case else composed_word
        words = vocabulary.words[:restrict_vocab]
        return cls(fold, {fold(words[i]): i for i in range(len(words) - 1, -1, -1)})

    def __call__(self, words: tuple[str, ...]) -> list[int] | None:
        """Return the words' ids, or None unless all are known."""
        found = [self.ids.get(self.fold(word), -1) for word in words]
        return None if -1 in found else found
