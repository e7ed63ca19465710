"""Text to sentences of words.

A word is a run of letters and digits, with apostrophes or hyphens inside (*don't*, *well-known*), in lower
case. Combining marks belong to their letter, so Hindi, Arabic with vowel signs, and decomposed accents stay
whole; characters are composed (NFC), and soft hyphens go. A sentence ends at sentence punctuation or at the end
of a line; in hard-wrapped prose (short lines, paragraphs apart by empty lines) a line's end is just a space.
Chinese must come already segmented by spaces: this module does not segment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .. import limits
from ..problems import Problem
from .pieces import chunks, cut
from .spelling import composed
from .word_patterns import with_few_marks, word_pattern

# Latin stops count only before white space ("3.5", "e.g.x" go on); Chinese ones always do.
# A run of stops is tried once, from its start and as a whole, or a million dots would take for ever.
_STOP = r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|$)|[。！？；]+"
SENTENCE_STOP = re.compile(_STOP)
LINE_ENDS_SENTENCE = re.compile(_STOP + r"|\n")
PARAGRAPH_ENDS_SENTENCE = re.compile(_STOP + r"|\n\s*\n")


def sentences(text: str) -> Iterator[list[str]]:
    """Yield each sentence of `text` as a list of words; sentences without words are left out."""
    return Tokenizer().whole(text)


def read_sentences(path: str | Path) -> Iterator[list[str]]:
    """Yield the sentences of a UTF-8 file of any size, holding about one megabyte of it at a time.

    Raises
    ------
    Problem
        ``not_text`` (a binary file), ``not_utf8`` (another encoding; gives the byte).
    """

    def pieces() -> Iterator[str]:
        with open(path, encoding="utf-8-sig") as file:
            while piece := file.read(tokenizer.piece):
                if "\0" in piece:
                    raise Problem("not_text", f"{path} is a binary file, not text.", name=str(path))
                yield piece

    tokenizer = Tokenizer()
    try:
        yield from tokenizer.tokenize(pieces())
    except UnicodeDecodeError as error:
        raise Problem(
            "not_utf8",
            f"{path} is not UTF-8 text (see the byte {error.object[error.start]:#04x}); save it as UTF-8.",
            name=str(path),
        ) from None


class Tokenizer:
    """The one way from text to words; `sources.words` adds what its options ask for.

    Attributes
    ----------
    piece : int
        Characters worked on at once.
    """

    piece = limits.LONGEST_SENTENCE

    def whole(self, text: str) -> Iterator[list[str]]:
        """Yield the sentences of a text."""
        boundary = self._boundary(text[: limits.LONGEST_SENTENCE])
        open_: list[str] = []
        yield from self._ended(self._taken(text), boundary, open_)
        yield from _closed(open_)

    def tokenize(self, pieces: Iterable[str], sample: int = limits.LONGEST_SENTENCE) -> Iterator[list[str]]:
        """Yield the sentences of a text that comes in pieces; one without end is taken in parts.

        Parameters
        ----------
        pieces : iterable of str
        sample : int
            Characters at its beginning by which is decided where sentences end.
        """
        boundary: re.Pattern[str] | None = None
        rest = ""
        open_: list[str] = []  # words of a sentence that goes on
        for chunk in chunks(pieces, sample):
            boundary = self._boundary(chunk, boundary)
            endless = True
            for start in range(0, len(chunk), self.piece):
                piece = self._taken(rest + chunk[start : start + self.piece])
                ready, rest, ended = self._cut(piece, boundary)
                endless = endless and not ended
                yield from self._ended(ready, boundary, open_)
            if endless and len(chunk) >= limits.LONGEST_SENTENCE:
                yield from _closed(open_)
        if boundary:
            yield from self._ended(rest, boundary, open_)
            yield from _closed(open_)

    def _boundary(self, sample: str, known: re.Pattern[str] | None = None) -> re.Pattern[str]:
        """Return what ends sentences; `known` is what an earlier sample of the text said."""
        return known or boundary_of(sample)

    def _taken(self, piece: str) -> str:
        """Return a piece of text as it is worked on."""
        return with_few_marks(piece)

    def _cut(self, text: str, boundary: re.Pattern[str]) -> tuple[str, str, bool]:
        return cut(text, boundary, self.piece)

    def _ended(self, text: str, boundary: re.Pattern[str], open_: list[str]) -> Iterator[list[str]]:
        """Yield the sentences that end in a part of the text; the words of the one that goes on come to `open_`."""
        text = self._normal(text)
        word = self._word(text)
        *ended, going_on = self._sentences(text, boundary)
        for sentence in ended:
            words = self._words(sentence, word)
            if open_:
                words = [*open_, *words]
                open_.clear()
            if words:
                yield words
        open_ += self._words(going_on, word)

    def _normal(self, text: str) -> str:
        return composed(text).lower()

    def _word(self, text: str) -> re.Pattern[str]:
        return word_pattern(text)

    def _sentences(self, text: str, boundary: re.Pattern[str]) -> list[str]:
        return boundary.split(text)

    def _words(self, sentence: str, word: re.Pattern[str]) -> list[str]:
        return words_of(sentence, word)


def _closed(open_: list[str]) -> Iterator[list[str]]:
    """Yield the sentence that goes on, as if it ended here."""
    if open_:
        yield open_[:]
        open_.clear()


def words_of(sentence: str, word: re.Pattern[str]) -> list[str]:
    """Return the words of a sentence."""
    # Where there is nothing but letters, digits and spaces, splitting finds the same words in a third of the time.
    if sentence.replace(" ", "").isalnum():
        return sentence.split()
    return [found[0] for found in word.finditer(sentence)] if word.groups else word.findall(sentence)


def boundary_of(sample: str) -> re.Pattern[str]:
    """Tell hard-wrapped prose from one sentence a line by its look."""
    lines = sample.splitlines()
    full = [line.rstrip() for line in lines if line.strip()]
    wrapped = (
        len(full) > 2
        and len(full) < len(lines)  # paragraphs are set apart
        and max(map(len, full)) <= 100  # lines are short
        and sum(line[-1] not in ".!?…。！？\"'”’)]:" for line in full) > len(full) / 2
        and any(SENTENCE_STOP.search(line) for line in full)  # a line at a time: no call of C is long
    )
    return PARAGRAPH_ENDS_SENTENCE if wrapped else LINE_ENDS_SENTENCE
