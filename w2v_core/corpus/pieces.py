"""A text in pieces that no call of C works on for long, cut where no word and no sentence's end is cut in two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from .. import limits
from .word_patterns import begun_word

KEPT = 1 << 12  # characters of a word without end: enough to see that it is one


def chunks(pieces: Iterable[str], size: int) -> Iterator[str]:
    """Join small pieces and cut large ones, to about `size` characters."""
    held: list[str] = []
    length = 0
    for piece in pieces:
        for start in range(0, len(piece), size):
            part = piece[start : start + size]
            held.append(part)
            length += len(part)
            if length >= size:
                yield "".join(held)
                held, length = [], 0
    if held:
        yield "".join(held)


def cut(
    text: str,
    boundary: re.Pattern[str],
    size: int,
    divisible: re.Pattern[str] | None = None,
    begun_word: Callable[[str], int] = begun_word,
) -> tuple[str, str, bool]:
    """Cut a text in two: what can be read by itself, and what must wait for more.

    Parameters
    ----------
    text : str
    boundary : re.Pattern
        Of sentences.
    size : int
        Characters of a text that may wait as a whole.
    divisible : re.Pattern, optional
        Characters of which a run may be cut anywhere: Chinese ones, if it is cut into words.
    begun_word : callable
        Returns how many characters at the end of a text may be the beginning of a word.

    Returns
    -------
    ready, rest : str
    ended : bool
        Whether a sentence ends with `ready`; otherwise one goes on in `rest`.
    """
    if end := _last_end(text, boundary):
        return text[:end], text[end:], True
    if len(text) < size:
        return "", text, False
    if end := _last_gap(text):
        return text[:end], text[end:], False
    begun = begun_word(text)
    end = len(text) - begun
    if divisible and divisible.search(text, end):
        return text, "", False
    # Of a word that is far too long to be one, the middle is not needed.
    return text[:end], text[len(text) - min(begun, KEPT) :], False


def _last_end(text: str, boundary: re.Pattern[str]) -> int:
    """Return where the last sentence ends, or 0."""
    for start in (max(0, len(text) - limits.PIECE // 16), 0):  # nearly always there is one near the end
        # A stop at the very end does not count: it may go on in the next piece.
        ends = [match.end() for match in boundary.finditer(text, start) if match.end() < len(text)]
        if ends:
            return ends[-1]
    return 0


def _last_gap(text: str) -> int:
    """Return the place behind the last space after a word, or 0: no sentence's end can reach across it."""
    end = len(text)
    while (space := text.rfind(" ", 1, end)) > 0:
        end = space
        while text[end - 1] == " " and end > 1:
            end -= 1
        if not text[end - 1].isspace():
            return space + 1
    return 0
