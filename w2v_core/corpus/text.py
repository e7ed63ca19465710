"""Text to sentences of words.

A word is a run of letters and digits, with apostrophes or hyphens inside (*don't*, *well-known*), in lower
case. A sentence ends at sentence punctuation or at the end of a line; in hard-wrapped prose (short lines,
paragraphs apart by empty lines) a line's end is just a space. Chinese must come already segmented by
spaces: this module does not segment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..problems import Problem

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# Latin stops count only before white space ("3.5", "e.g.x" go on); Chinese ones always do.
# A run of stops is tried once, from its start and as a whole, or a million dots would take for ever.
_STOP = r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|$)|[。！？；]+"
SENTENCE_STOP = re.compile(_STOP)
LINE_ENDS_SENTENCE = re.compile(_STOP + r"|\n")
PARAGRAPH_ENDS_SENTENCE = re.compile(_STOP + r"|\n\s*\n")

CHUNK = 1 << 20  # characters read at a time: bounds memory whatever the file's size


def sentences(text: str) -> Iterator[list[str]]:
    """Yield each sentence of `text` as a list of words; sentences without words are left out."""
    return _split(text, boundary_of(text[:CHUNK]))


def read_sentences(path: str | Path) -> Iterator[list[str]]:
    """Yield the sentences of a UTF-8 file of any size, holding about one megabyte of it at a time.

    Raises
    ------
    Problem
        ``not_text`` (a binary file), ``not_utf8`` (another encoding; gives the byte).
    """
    rest, boundary = "", None
    try:
        with open(path, encoding="utf-8-sig") as file:
            while chunk := file.read(CHUNK):
                if "\0" in chunk:
                    raise Problem("not_text", f"{path} is a binary file, not text.", name=str(path))
                boundary = boundary or boundary_of(chunk)
                chunk = rest + chunk
                cut = last_safe_cut(chunk, boundary)
                rest = chunk[cut:]
                yield from _split(chunk[:cut], boundary)
    except UnicodeDecodeError as error:
        raise Problem(
            "not_utf8",
            f"{path} is not UTF-8 text (see the byte {error.object[error.start]:#04x}); save it as UTF-8.",
            name=str(path),
        ) from None
    if boundary:
        yield from _split(rest, boundary)


def _split(text: str, boundary: re.Pattern[str]) -> Iterator[list[str]]:
    for sentence in boundary.split(text.lower()):
        if words := words_of(sentence):
            yield words


def words_of(sentence: str) -> list[str]:
    """Return the words of a sentence in lower case."""
    # Where there is nothing but letters, digits and spaces, splitting finds the same words in a third of the time.
    return sentence.split() if sentence.replace(" ", "").isalnum() else WORD.findall(sentence)


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


def last_safe_cut(chunk: str, boundary: re.Pattern[str]) -> int:
    """Return where `chunk` can be cut without cutting a sentence: after its last boundary, or not at all.

    A long text without any boundary (one line of 100 MB) is cut at its last space instead.
    """
    for start in (max(0, len(chunk) - CHUNK // 16), 0):  # nearly always there is one near the end
        # A stop at the very end does not count: it may go on in the next piece.
        ends = [match.end() for match in boundary.finditer(chunk, start) if match.end() < len(chunk)]
        if ends:
            return ends[-1]
    return 0 if len(chunk) < CHUNK else chunk.rfind(" ") + 1 or len(chunk)
