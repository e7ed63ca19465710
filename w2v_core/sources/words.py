"""Sentences of words, as the options say.

With the defaults a word is what `corpus.text` calls a word. Besides: combining marks belong to their letter
(so Hindi, Arabic with vowel signs, and decomposed accents stay whole); an emoji with its modifiers is one
symbol; Chinese is cut by `segmentation`; and Chinese prose whose lines were wrapped is joined again.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from ..corpus.text import CHUNK, PARAGRAPH_ENDS_SENTENCE, WORD, boundary_of, last_safe_cut
from .intake import Intake
from .options import NUMBER, TextOptions
from .segmentation import HAN, HAN_RANGE, is_japanese, is_segmented, segmenter, uncut_script
from .stop_words import CHINESE, ENGLISH

DIGITS = re.compile(r"\d+(?:[.,:/\-]\d+)*")
LONGEST_WORD = 200  # characters; beyond, it is data (base64, a key), which no table or chart can show
JOINERS = "\u200c\u200d"  # zero-width; Persian and Indian scripts have them inside words
_EMOJI_BASE = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2300-\u23ff\u2b00-\u2bff\u2190-\u21ff\u25a0-\u25ff©®™〰〽㊗㊙"
)
_EMOJI_ONE = f"[{_EMOJI_BASE}]\ufe0f?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
EMOJI = f"[\U0001f1e6-\U0001f1ff]{{2}}|{_EMOJI_ONE}(?:\u200d{_EMOJI_ONE})*"
# Old transcriptions have ASCII stops between Chinese characters, where no space follows.
_HAN_STOP = f"(?<=[{HAN_RANGE}])[.!?;]+(?=[{HAN_RANGE}])"
_WRAP = re.compile(f"(?<=[{HAN_RANGE}，、：])[ \\t]*\\n[ \\t]*(?=[{HAN_RANGE}])")


class Words:
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
        self._long: Counter[str] = Counter()

    def sentences(self, pieces: Iterable[str], name: str) -> Iterator[list[str]]:
        """Yield the sentences of one file; those without words are left out."""
        segment: bool | None = {"auto": None, "segment": True, "as_is": False}[self._options.segmentation]
        boundary: re.Pattern[str] | None = None
        rest = ""
        for chunk in _chunks(pieces):
            if boundary is None:
                self._look(chunk, name)
            if segment is None and HAN.search(chunk):
                segment = not is_segmented(chunk) and not is_japanese(chunk)
            if boundary is None:
                boundary = _chinese_boundary(chunk[:CHUNK]) if segment else boundary_of(chunk[:CHUNK])
            chunk = rest + chunk
            cut = last_safe_cut(chunk, boundary)
            rest = chunk[cut:]
            yield from self._split(chunk[:cut], boundary, bool(segment))
        if boundary:
            yield from self._split(rest, boundary, bool(segment))

    def close(self) -> None:
        """Say what was left out."""
        if self._long:
            self._intake.notice(
                "long_words",
                f"{self._long['count']} words longer than {LONGEST_WORD} characters were left out.",
                count=self._long["count"],
                longest=LONGEST_WORD,
            )

    def _split(self, text: str, boundary: re.Pattern[str], segment: bool) -> Iterator[list[str]]:
        keep = self._options.punctuation == "keep"
        if not text.isascii():
            text = unicodedata.normalize("NFC", text).replace("\xad", "")  # soft hyphens
        if self._options.lower_case:
            text = text.lower()
        segment = segment and HAN.search(text) is not None
        word = _pattern(keep, not text.isascii() and _marks()[0].search(text) is not None)
        plain = not (segment or keep or self._stop_words or self._options.numbers != "keep")
        for sentence in _sentences(text, boundary) if keep else boundary.split(text):
            if segment and "\n" in sentence:
                sentence = _WRAP.sub("", sentence)
            words = [match[0] for match in word.finditer(sentence)] if keep else word.findall(sentence)
            if not words:
                continue
            if segment:
                words = self._segmented(words, keep)
            if not plain:
                words = self._chosen(words)
            if len(sentence) > LONGEST_WORD and max(map(len, words), default=0) > LONGEST_WORD:
                short = [word for word in words if len(word) <= LONGEST_WORD]
                self._long["count"] += len(words) - len(short)
                words = short
            if words:
                self._intake.sentences += 1
                self._intake.words += len(words)
                yield words

    def _segmented(self, words: list[str], keep: bool) -> list[str]:
        cut = segmenter()
        self._intake.segmented = True
        found: list[str] = []
        for word in words:
            if HAN.search(word):
                found += [part for part in cut(word) if keep or part[0].isalnum()]
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
            han, letters = len(HAN.findall(sample)), sum(map(len, WORD.findall(sample)))
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


def _chunks(pieces: Iterable[str]) -> Iterator[str]:
    """Join small pieces and cut large ones, to about CHUNK characters."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        for start in range(0, len(piece), CHUNK):
            part = piece[start : start + CHUNK]
            held.append(part)
            size += len(part)
            if size >= CHUNK:
                yield "".join(held)
                held, size = [], 0
    if held:
        yield "".join(held)


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


@cache
def _marks() -> tuple[re.Pattern[str], str, str]:
    """Return a pattern for combining marks, their character class, and the class of what is never a word."""
    kinds: dict[str, list[int]] = {"M": [], "C": []}
    for code in range(sys.maxunicode + 1):
        kind = unicodedata.category(chr(code))[0]
        if kind in kinds:
            kinds[kind].append(code)
    marks = _ranges(kinds["M"])
    return re.compile(f"[{marks}{JOINERS}]"), marks, _ranges(kinds["C"])


def _ranges(codes: list[int]) -> str:
    """Write code points as the inside of a character class."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs)


@cache
def _pattern(symbols: bool, marks: bool) -> re.Pattern[str]:
    """Return the pattern of a word; with `symbols`, punctuation, symbols and emoji are words too."""
    word = WORD.pattern
    if marks:
        class_ = f"[{_marks()[1]}{JOINERS}]"
        part = rf"[^\W_]+(?:{class_}+[^\W_]*)*"
        word = rf"{part}(?:['’\-]{part})*"
    if symbols:
        _, mark_class, control_class = _marks()
        word += rf"|{EMOJI}|([^\w\s{mark_class}{control_class}]|_)\1*"
    return re.compile(word)
