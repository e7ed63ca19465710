"""What a word looks like: letters and digits; combining marks, symbols and emoji, as far as a text has them.

`re` looks a character below U+10000 up in a table, but compares one above with every range of a class in turn. So
there is a pattern for ASCII, one for texts below U+10000, and one for all.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

from .. import limits

_IN_NUMBER = r"(?<=\d)[.,](?=\d)"
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
JOINERS = "\u200c\u200d"  # zero-width; Persian and Indian scripts have them inside words
_EMOJI_BASE = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2300-\u23ff\u2b00-\u2bff\u2190-\u21ff\u25a0-\u25ff©®™〰〽㊗㊙"
)
_EMOJI_ONE = f"[{_EMOJI_BASE}]\ufe0f?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
EMOJI = f"[\U0001f1e6-\U0001f1ff]{{2}}|{_EMOJI_ONE}(?:\u200d{_EMOJI_ONE})*"
_NO_BLANKS = re.compile(r"\S*+")
_ABOVE = re.compile("[\U00010000-\U0010ffff]")


def word_pattern(text: str, symbols: bool = False, whole_numbers: bool = False) -> re.Pattern[str]:
    """Return the pattern of a word in a text.

    Parameters
    ----------
    text : str
    symbols : bool
        Whether punctuation, symbols and emoji are words too.
    whole_numbers : bool
        Whether points and commas between digits are inside a word, as in 4.55 and 1,000,000.
    """
    top = _top(text)
    return _word(symbols, whole_numbers, top > 0x7F and _mark(top).search(text) is not None, top)


def with_few_marks(text: str) -> str:
    """Leave out marks beyond `limits.MOST_MARKS` in a row: normalizing n of them takes time in n squared."""
    if (top := _top(text)) <= 0x7F or not _mark(top).search(text):
        return text
    return _many_marks(top, limits.MOST_MARKS).sub(r"\1", text)


def begun_word(text: str, whole_numbers: bool = False) -> int:
    """Return how many characters at the end of a text may be the beginning of a word."""
    found = _word_backwards(_top(text), whole_numbers).match(text[::-1])
    return found.end() if found else 0


def begun_token(text: str) -> int:
    """Return how many characters at the end of a text are no blanks."""
    found = _NO_BLANKS.match(text[::-1])
    return found.end() if found else 0


def _top(text: str) -> int:
    """Return the last character that patterns for this text must know."""
    return 0x7F if text.isascii() else sys.maxunicode if _ABOVE.search(text) else 0xFFFF


@cache
def _classes(top: int) -> tuple[str, str]:
    """Return the character classes of combining marks and of what is never a word."""
    kinds: dict[str, list[int]] = {"M": [], "C": []}
    for code in range(top + 1):
        kind = unicodedata.category(chr(code))[0]
        if kind in kinds:
            kinds[kind].append(code)
    return _ranges(kinds["M"]), _ranges(kinds["C"])


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
def _mark(top: int) -> re.Pattern[str]:
    return re.compile(f"[{_classes(top)[0]}{JOINERS}]")


@cache
def _many_marks(top: int, most: int) -> re.Pattern[str]:
    marks = _classes(top)[0]
    return re.compile(f"([{marks}]{{{most}}})[{marks}]+")


@cache
def _word(symbols: bool, whole_numbers: bool, marks: bool, top: int) -> re.Pattern[str]:
    mark_class, control_class = _classes(top)
    part = rf"[^\W_]+(?:[{mark_class}{JOINERS}]+[^\W_]*)*" if marks else r"[^\W_]+"
    inside = rf"(?:['’\-]|{_IN_NUMBER})" if whole_numbers else r"['’\-]"
    word = rf"{part}(?:{inside}{part})*"
    if symbols:
        word += rf"|{EMOJI}|([^\w\s{mark_class}{control_class}]|_)\1*"
    return re.compile(word)


@cache
def _word_backwards(top: int, whole_numbers: bool) -> re.Pattern[str]:
    inside = rf"(?:['’\-]|{_IN_NUMBER})?" if whole_numbers else r"['’\-]?"
    at_end = r"(?:['’\-]|[.,](?=\d))?" if whole_numbers else inside
    return re.compile(rf"{at_end}(?:(?:[^\W_]|[{_classes(top)[0]}{JOINERS}])++{inside})*+")
