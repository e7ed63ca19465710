"""How a text becomes words: the choices a person has, in one frozen record."""

from __future__ import annotations

import codecs
import math
from dataclasses import dataclass

from .. import limits
from ..encoding_detection import ENCODINGS
from ..problems import Problem, presentable

# Encodings that are part of one of these, or nearly so, and read in its place; by Python's names.
_WITHIN = {
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16-le": "utf-16",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp950": "big5",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "cp932": "shift_jis",
    "cp949": "euc_kr",
}

CHOICES: dict[str, tuple[str, ...]] = {
    "language": ("auto", "en", "zh"),
    "encoding": ENCODINGS,
    "split": ("words", "blanks"),
    "segmentation": ("auto", "segment", "as_is"),
    "punctuation": ("drop", "keep"),
    "numbers": ("keep", "whole", "drop", "replace"),
    "header": ("auto", "yes", "no"),
}

NUMBER = "<number>"  # what stands for every number with numbers="replace"


@dataclass(frozen=True)
class TextOptions:
    """How to read a text. The defaults read plain text as `Corpus.from_file` does.

    Attributes
    ----------
    language : {"auto", "en", "zh"}
        Whose stop words; "auto": both lists.
    encoding : str
        One of `ENCODINGS`, by any of its names, or one within it: "gbk" is read as "gb18030", "latin-1" as "cp1252".
    split : {"words", "blanks"}
        What is a word: letters and digits in a row, or, in text that is tokenized already, whatever stands between
        blanks (``new_york``, ``C++``, Tibetan). Then a sentence is a line, Chinese is not cut, and of punctuation
        only what stands alone is left out.
    segmentation : {"auto", "segment", "as_is"}
        Whether Chinese is cut into words. "auto" leaves text alone whose words are set apart by spaces.
    lower_case : bool
    punctuation : {"drop", "keep"}
        Kept, marks, symbols and emoji are words of their own.
    numbers : {"keep", "whole", "drop", "replace"}
        What becomes of numbers, dates and times in digits. "keep" reads ``4.55`` as two words, the others as one, as
        ``1,000,000``; "replace" puts `NUMBER` for each.
    drop_stop_words : bool
        Leave out function words such as "the" and "的".
    phrases : float
        Two words that stand together far more often than chance become one, as ``new_york``, if their score is above
        this (`corpus.phrases`; word2phrase.c takes 100); 0 joins none.
    min_count : int
        Words rarer than this are left out, phrases too.
    column : str or int, optional
        Of a table: a column's name, or its number from 1; by default the column with the most text.
    header : {"auto", "yes", "no"}
        Whether the first row of a table holds the columns' names.

    Raises
    ------
    Problem
        ``bad_setting``, on creation.
    """

    language: str = "auto"
    encoding: str = "auto"
    split: str = "words"
    segmentation: str = "auto"
    lower_case: bool = True
    punctuation: str = "drop"
    numbers: str = "keep"
    drop_stop_words: bool = False
    phrases: float = 0
    min_count: int = 5
    column: str | int | None = None
    header: str = "auto"

    def __post_init__(self) -> None:
        object.__setattr__(self, "encoding", _encoding(self.encoding))
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise _bad(name, getattr(self, name), f"choose one of {', '.join(allowed)}")
        if type(self.phrases) not in (int, float) or not 0 <= self.phrases < math.inf:
            raise _bad("phrases", self.phrases, "it must be a finite number, and at least 0")
        if not 1 <= self.min_count <= limits.LARGEST_NUMBER:
            raise _bad("min_count", self.min_count, f"it must be from 1 to {limits.LARGEST_NUMBER:,}")
        if isinstance(self.column, int) and not 1 <= self.column <= limits.MOST_COLUMNS:
            raise _bad(
                "column",
                self.column,
                f"columns are counted from 1, and there are at most {limits.MOST_COLUMNS}",
            )


def _encoding(name: str) -> str:
    """Return which of `ENCODINGS` a name means, or the name itself."""
    if name in ENCODINGS:
        return name
    try:
        found = codecs.lookup(name).name
    except (LookupError, TypeError, ValueError):
        return name
    return next(
        (known for known in ENCODINGS[1:] if codecs.lookup(known).name == found), _WITHIN.get(found, name)
    )


def _bad(name: str, value: object, hint: str) -> Problem:
    shown = presentable(value)
    return Problem("bad_setting", f"{name} = {shown!r} cannot work: {hint}.", name=name, value=shown)
