"""Sentences of words, as the options say.

With the defaults a word is what `corpus.text` calls a word. Besides: combining marks belong to their letter
(so Hindi, Arabic with vowel signs, and decomposed accents stay whole); an emoji with its modifiers is one
symbol; Chinese is cut by `segmentation`; and Chinese prose whose lines were wrapped is joined again.

How to read is decided on about a million characters at a time, which are then worked on in small `pieces`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from .. import limits
from ..corpus.text import PARAGRAPH_ENDS_SENTENCE, WORD, boundary_of
from .intake import Intake
from .options import NUMBER, TextOptions
from .pieces import chunks, cut
from .segmentation import HAN, HAN_RANGE, RUN, is_japanese, is_segmented, length, segmenter, uncut_script
from .stop_words import CHINESE, ENGLISH
from .word_patterns import with_few_marks, word_pattern

DIGITS = re.compile(r"\d+(?:[.,:/\-]\d+)*")
# Old transcriptions have ASCII stops between Chinese characters, where no space follows.
_HAN_STOP = f"(?<=[{HAN_RANGE}])[.!?;]+(?=[{HAN_RANGE}])"
_WRAP = re.compile(f"(?<=[{HAN_RANGE}，、：])[ \\t]*\\n[ \\t]*(?=[{HAN_RANGE}])")


class WordReader:
    """The words of texts that belong together.

    Parameters
    ----------
    options : TextOptions
    intake : Intake
        Takes down the language, whether Chinese was segmented, and counts.
    """

    def __init__(self, options: TextOptions, intake: Intake) -> None:
        self._options = options
        self._intake = intake
        self._stop_words: frozenset[str] = frozenset()
        if options.drop_stop_words:
            lists = {"en": ENGLISH, "zh": CHINESE, "auto": ENGLISH | CHINESE}
            self._stop_words = lists[options.language]
        self._chooses = bool(self._stop_words) or options.numbers != "keep"
        self._long_words = 0
        self._left_marks: Counter[str] = Counter()  # by file

    def sentences(
        self, pieces: Iterable[str], name: str, sample: int = limits.LONGEST_SENTENCE
    ) -> Iterator[list[str]]:
        """Yield the sentences of one file; those without words are left out.

        Parameters
        ----------
        pieces : iterable of str
            The text.
        name : str
            The file's, for notices.
        sample : int
            Characters at its beginning by which is decided how to read it.
        """
        segment: bool | None = {"auto": None, "segment": True, "as_is": False}[self._options.segmentation]
        boundary: re.Pattern[str] | None = None
        rest = ""
        open_: list[str] = []  # words of a sentence that goes on
        for chunk in chunks(pieces, sample):
            if boundary is None:
                self._look(chunk, name)
            if segment is None and not chunk.isascii() and HAN.search(chunk):
                segment = not is_segmented(chunk) and not is_japanese(chunk)
            if boundary is None:
                boundary = _chinese_boundary(chunk) if segment else boundary_of(chunk)
            endless = True
            for start in range(0, len(chunk), limits.PIECE):
                self._intake.tell_again()
                piece = self._with_few_marks(rest + chunk[start : start + limits.PIECE], name)
                ready, rest, ended = cut(piece, boundary, bool(segment))
                endless = endless and not ended
                yield from self._ended(ready, boundary, bool(segment), open_)
            if endless and len(chunk) >= limits.LONGEST_SENTENCE:
                yield from self._closed(open_)
        if boundary:
            yield from self._ended(rest, boundary, bool(segment), open_)
            yield from self._closed(open_)

    def close(self) -> None:
        """Say what was left out."""
        if self._long_words:
            self._intake.notice(
                "long_words",
                f"{self._long_words} words longer than {limits.LONGEST_WORD} characters were left out.",
                count=self._long_words,
                longest=limits.LONGEST_WORD,
            )
        for name, count in self._left_marks.items():
            self._intake.notice(
                "many_marks",
                f"{name} has more than {limits.MOST_MARKS} combining marks in a row; {count} of them were left out.",
                name=name,
                count=count,
                most=limits.MOST_MARKS,
            )

    def _with_few_marks(self, text: str, name: str) -> str:
        shorter = with_few_marks(text)
        if shorter is not text and (left := len(text) - len(shorter)):
            self._left_marks[name] += left
        return shorter

    def _ended(
        self, text: str, boundary: re.Pattern[str], segment: bool, open_: list[str]
    ) -> Iterator[list[str]]:
        """Yield the sentences that end in a part of the text; the words of the one that goes on come to `open_`."""
        if not text.isascii():
            text = unicodedata.normalize("NFC", text).replace("\xad", "")  # soft hyphens
        if self._options.lower_case:
            text = text.lower()
        keep = self._options.punctuation == "keep"
        segment = segment and HAN.search(text) is not None
        word = word_pattern(text, keep)
        *ended, going_on = _sentences(text, boundary) if keep else boundary.split(text)
        for sentence in ended:
            words = self._words(sentence, word, segment)
            if open_:
                words = [*open_, *words]
                open_.clear()
            if words:
                yield self._counted(words)
        open_ += self._words(going_on, word, segment)

    def _closed(self, open_: list[str]) -> Iterator[list[str]]:
        """Yield the sentence that goes on, as if it ended here."""
        if open_:
            yield self._counted(open_[:])
            open_.clear()

    def _counted(self, words: list[str]) -> list[str]:
        self._intake.sentences += 1
        self._intake.words += len(words)
        return words

    def _words(self, sentence: str, word: re.Pattern[str], segment: bool) -> list[str]:
        if not sentence or sentence.isspace():
            return []
        keep = self._options.punctuation == "keep"
        if segment and "\n" in sentence:
            sentence = _WRAP.sub("", sentence)
        words = [match[0] for match in word.finditer(sentence)] if keep else word.findall(sentence)
        if segment:
            words = self._segmented(words, keep)
        if self._chooses:
            words = self._chosen(words)
        if len(sentence) > limits.LONGEST_WORD and max(map(len, words), default=0) > limits.LONGEST_WORD:
            short = [word for word in words if len(word) <= limits.LONGEST_WORD]
            self._long_words += len(words) - len(short)
            words = short
        return words

    def _segmented(self, words: list[str], keep: bool) -> list[str]:
        segmented = segmenter()
        self._intake.segmented = True
        found: list[str] = []
        for word in words:
            if HAN.search(word):
                found += [part for part in segmented(word) if keep or part[0].isalnum()]
            else:
                found.append(word)
        return found

    def _chosen(self, words: list[str]) -> list[str]:
        """Drop stop words; keep, drop or replace numbers."""
        if self._stop_words:
            words = [word for word in words if word.lower().replace("’", "'") not in self._stop_words]
        if self._options.numbers == "drop":
            return [word for word in words if not DIGITS.fullmatch(word)]
        if self._options.numbers == "replace":
            return [NUMBER if DIGITS.fullmatch(word) else word for word in words]
        return words

    def _look(self, sample: str, name: str) -> None:
        """Take down what the beginning of the first file tells of the language."""
        if not self._intake.language:
            han, letters = length(RUN, sample), length(WORD, sample)
            # A Chinese character says as much as several letters.
            self._intake.language = "zh" if 2 * han > letters - han else "en" if letters else ""
        if not sample.isascii() and (script := uncut_script(sample)):
            self._intake.notice(
                "no_segmenter",
                f"{name} holds {script} without spaces between words; nothing here can cut it into words, "
                "so whole phrases count as words.",
                name=name,
                script=script,
            )


def _sentences(text: str, boundary: re.Pattern[str]) -> Iterator[str]:
    """Yield the sentences with the stops that end them."""
    start = 0
    for match in boundary.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    yield text[start:]


def _chinese_boundary(sample: str) -> re.Pattern[str]:
    """Also recognise wrapped prose whose paragraphs are not set apart by empty lines, but indented.

    In wrapped prose most lines are equally long; no other text is like that.
    """
    boundary = boundary_of(sample)
    lengths = Counter(len(line) for line in sample.splitlines() if line.strip())
    length, lines = lengths.most_common(1)[0] if lengths else (0, 0)
    ends = boundary.pattern
    if lines > 5 and 20 <= length <= 100 and lines > 0.4 * lengths.total():
        ends = PARAGRAPH_ENDS_SENTENCE.pattern + r"|\n(?=[ \u3000]{2})"
    return re.compile(f"{ends}|{_HAN_STOP}")
