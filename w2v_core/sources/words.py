"""Sentences of words, as the options say.

With the defaults a word is what `corpus.text` calls a word. Besides: punctuation can be kept, and an emoji with its
modifiers is then one symbol; Chinese is cut by `segmentation`; and Chinese prose whose lines were wrapped is joined
again.

How to read is decided on about a million characters at a time, which are then worked on in small `pieces`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from .. import limits
from ..corpus.pieces import cut
from ..corpus.spelling import composed
from ..corpus.text import PARAGRAPH_ENDS_SENTENCE, Tokenizer, boundary_of
from ..corpus.word_patterns import WORD, begun_token, begun_word, word_pattern
from ..problems import counted
from .intake import Intake
from .options import NUMBER, TextOptions
from .segmentation import HAN, HAN_RANGE, RUN, is_japanese, is_segmented, length, segmenter, uncut_script
from .stop_words import CHINESE, ENGLISH

DIGITS = re.compile(r"\d+(?:[.,:/\-]\d+)*")
# Old transcriptions have ASCII stops between Chinese characters, where no space follows.
_HAN_STOP = f"(?<=[{HAN_RANGE}])[.!?;]+(?=[{HAN_RANGE}])"
_LINE_END = re.compile(r"\n")
_WRAP = re.compile(f"(?<=[{HAN_RANGE}，、：])[ \\t]*\\n[ \\t]*(?=[{HAN_RANGE}])")


class WordReader(Tokenizer):
    """The words of texts that belong together.

    Parameters
    ----------
    options : TextOptions
    intake : Intake
        Takes down the language, whether Chinese was segmented, and counts.
    """

    def __init__(self, options: TextOptions, intake: Intake) -> None:
        self.piece = limits.PIECE
        self._options = options
        self._intake = intake
        self._keep = options.punctuation == "keep"
        self._blanks = options.split == "blanks"
        self._whole_numbers = options.numbers != "keep"
        self._name = ""
        self._segment: bool | None = None  # None as long as no Chinese has come
        self._stop_words: frozenset[str] = frozenset()
        if options.drop_stop_words:
            lists = {"en": ENGLISH, "zh": CHINESE, "auto": ENGLISH | CHINESE}
            self._stop_words = lists[options.language]
        self._chooses = bool(self._stop_words) or options.numbers in ("drop", "replace")
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
        self._name = name
        self._segment = (
            None if self._options.segmentation == "auto" else self._options.segmentation == "segment"
        )
        if self._blanks:
            self._segment = False
        for words in self.tokenize(pieces, sample):
            self._intake.sentences += 1
            self._intake.words += len(words)
            yield words

    def close(self) -> None:
        """Say what was left out."""
        if self._long_words:
            self._intake.notice(
                "long_words",
                f"Left out: {counted(self._long_words, 'word')} of more than {limits.LONGEST_WORD} characters.",
                count=self._long_words,
                longest=limits.LONGEST_WORD,
            )
        for name, count in self._left_marks.items():
            self._intake.notice(
                "many_marks",
                f"Left out of {name}: {counted(count, 'combining mark')}, beyond {limits.MOST_MARKS} in a row.",
                name=name,
                count=count,
                most=limits.MOST_MARKS,
            )

    def _boundary(self, sample: str, known: re.Pattern[str] | None = None) -> re.Pattern[str]:
        if known is None:
            self._look(sample)
        if self._blanks:
            return _LINE_END
        if self._segment is None and not sample.isascii() and HAN.search(sample):
            self._segment = not is_segmented(sample) and not is_japanese(sample)
        return known or (_chinese_boundary(sample) if self._segment else boundary_of(sample))

    def _taken(self, piece: str) -> str:
        self._intake.tell_again()
        shorter = super()._taken(piece)
        if shorter is not piece and (left := len(piece) - len(shorter)):
            self._left_marks[self._name] += left
        return shorter

    def _cut(self, text: str, boundary: re.Pattern[str]) -> tuple[str, str, bool]:
        begun = begun_token if self._blanks else partial(begun_word, whole_numbers=self._whole_numbers)
        return cut(text, boundary, self.piece, HAN if self._segment else None, begun)

    def _normal(self, text: str) -> str:
        return super()._normal(text) if self._options.lower_case else composed(text)

    def _word(self, text: str) -> re.Pattern[str]:
        return word_pattern(text, self._keep, self._whole_numbers)

    def _sentences(self, text: str, boundary: re.Pattern[str]) -> list[str]:
        return list(_with_stops(text, boundary)) if self._keep else super()._sentences(text, boundary)

    def _words(self, sentence: str, word: re.Pattern[str]) -> list[str]:
        if not sentence or sentence.isspace():
            return []
        segment = self._segment and HAN.search(sentence) is not None
        if segment and "\n" in sentence:
            sentence = _WRAP.sub("", sentence)
        words = self._between_blanks(sentence) if self._blanks else super()._words(sentence, word)
        if segment:
            words = self._segmented(words)
        if self._chooses:
            words = self._chosen(words)
        if len(sentence) > limits.LONGEST_WORD and max(map(len, words), default=0) > limits.LONGEST_WORD:
            short = [word for word in words if len(word) <= limits.LONGEST_WORD]
            self._long_words += len(words) - len(short)
            words = short
        return words

    def _between_blanks(self, sentence: str) -> list[str]:
        tokens = sentence.split()
        return tokens if self._keep else [token for token in tokens if any(map(str.isalnum, token))]

    def _segmented(self, words: list[str]) -> list[str]:
        segmented = segmenter()
        self._intake.segmented = True
        found: list[str] = []
        for word in words:
            if HAN.search(word):
                found += [part for part in segmented(word) if self._keep or part[0].isalnum()]
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

    def _look(self, sample: str) -> None:
        """Take down what the beginning of the first file tells of the language."""
        if not self._intake.language:
            han, letters = length(RUN, sample), length(WORD, sample)
            # A Chinese character says as much as several letters.
            self._intake.language = "zh" if 2 * han > letters - han else "en" if letters else ""
        if not self._blanks and not sample.isascii() and (script := uncut_script(sample)):
            self._intake.notice(
                "no_segmenter",
                f"{self._name} holds {script} without spaces between words; nothing here can cut it into words, "
                "so whole phrases count as words.",
                name=self._name,
                script=script,
            )


def _with_stops(text: str, boundary: re.Pattern[str]) -> Iterator[str]:
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
