"""Chinese into words: whether a text needs it, and doing it.

The words come from jieba's dictionary and hidden Markov model in the Rust implementation (rjieba). That
dictionary is of simplified words, so traditional characters are looked up by their simplified forms, one for
one (OpenCC's table), and the words are cut out of the text as it stands. Both libraries are loaded when the
first Chinese text comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from .. import limits
from ..problems import Problem

HAN_RANGE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af々〇"
HAN = re.compile(f"[{HAN_RANGE}]")
RUN = re.compile(f"[{HAN_RANGE}]+")
SPACED = re.compile(f"(?<=[{HAN_RANGE}])[ \\t\u3000]+(?=[{HAN_RANGE}])")
KANA = re.compile("[\u3040-\u30ff]")
# Other scripts written without spaces between words; nothing here can cut them.
UNCUT = {
    "Thai": re.compile("[\u0e01-\u0e5b]{12,}"),
    "Lao": re.compile("[\u0e81-\u0edf]{12,}"),
    "Khmer": re.compile("[\u1780-\u17d3]{12,}"),
    "Burmese": re.compile("[\u1000-\u104f]{12,}"),
    "Japanese": re.compile(f"[{HAN_RANGE}\u3040-\u30ff]{{8,}}"),  # with kana in it
}
LONGEST_RUN = 1 << 13  # characters without a stop or a space that are cut at once; no prose has so many
WORD_LENGTH = 3.5  # in segmented text a run of Chinese characters is a word: 1.7 long, on average


def is_segmented(sample: str) -> bool:
    """Tell whether the Chinese words of a text are already set apart by spaces."""
    runs = RUN.findall(sample)
    spaces = len(SPACED.findall(sample))
    return spaces >= len(runs) / 3 and sum(map(len, runs)) <= WORD_LENGTH * len(runs)


def is_japanese(sample: str) -> bool:
    """Tell whether kana stand between the Chinese characters."""
    return length(KANA, sample) > 0.1 * length(RUN, sample)


def length(pattern: re.Pattern[str], text: str) -> int:
    """Return how many characters of a text match, counted in pieces: no call of C is long."""
    starts = range(0, len(text), limits.PIECE)
    return sum(sum(map(len, pattern.findall(text, start, start + limits.PIECE))) for start in starts)


def uncut_script(sample: str) -> str | None:
    """Return the script of long runs of letters that ought to be cut into words, but cannot be here."""
    for script, pattern in UNCUT.items():
        runs = pattern.findall(sample)
        if sum(script != "Japanese" or KANA.search(run) is not None for run in runs) > 1:
            return script
    return None


@cache
def segmenter() -> Callable[[str], list[str]]:
    """Return the function that cuts a run of text into words; nothing is lost: joined, they are the run.

    Raises
    ------
    Problem
        ``library_missing``.
    """
    try:
        import opencc
        import rjieba
    except ImportError as error:
        raise Problem(
            "library_missing",
            f"Cutting Chinese into words needs {error.name}: pip install 'w2v-core[sources]'",
            library=error.name,
            package="w2v-core[sources]",
        ) from None
    convert = opencc.OpenCC("t2s").convert
    # Only pairs of single characters: a word keeps its place in the text.
    simplified = {
        code: simple
        for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))
        if len(simple := convert(chr(code))) == 1 and simple != chr(code)
    }
    cut = rjieba.cut

    def words(text: str) -> list[str]:
        if len(text) > LONGEST_RUN:
            starts = range(0, len(text), LONGEST_RUN)
            return [word for start in starts for word in words(text[start : start + LONGEST_RUN])]
        found = cut(text.translate(simplified))
        if "".join(found) == text:  # nothing traditional in it
            return found
        ends, end = [], 0
        for word in found:
            ends.append((end, end := end + len(word)))
        return [text[start:stop] for start, stop in ends]

    return words
