"""Find words by how they are spelt: their beginning, any part of them, or a regular expression.

A regular expression is user input to a server that others use, and in most engines a short one such as
``(a+)+$`` keeps the machine busy for ever. RE2 matches in time linear in the word, within bounded memory, because
it refuses what cannot be matched so: back references and looking around.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, islice

import numpy as np
import numpy.typing as npt

from ..corpus.spelling import composed_word, folded
from ..corpus.vocabulary import Vocabulary
from ..problems import Problem
from .space import check_choice

MODES = ("prefix", "part", "pattern")
LONGEST_PATTERN = 200
PATTERN_MEMORY = 1 << 20  # bytes


def search_words(
    vocabulary: Vocabulary, query: str, mode: str = "prefix", most: int = 50
) -> npt.NDArray[np.int64]:
    """Return the ids of at most `most` words that match, whatever their case.

    The most frequent come first; before them, unless `query` is a pattern, the word that is spelt just so.

    Parameters
    ----------
    vocabulary : Vocabulary
    query : str
        Empty, it matches nothing.
    mode : {"prefix", "part", "pattern"}
        A pattern is a regular expression in RE2's syntax that any part of a word may match.
    most : int

    Raises
    ------
    Problem
        ``bad_pattern``: it is no regular expression, or one that is not supported; ``long_pattern``;
        ``bad_setting``; ``needs_re2``: that package is not installed.
    """
    check_choice("mode", mode, MODES)
    matches = _pattern(query) if mode == "pattern" else _plain(folded(query), mode)
    found: Iterable[int] = (i for i, word in enumerate(vocabulary.words) if matches(word)) if query else ()
    if mode != "pattern" and query in vocabulary:
        itself = vocabulary.id(query)
        found = chain([itself], (i for i in found if i != itself))
    return np.array(list(islice(found, most)), dtype=np.int64)


def _plain(query: str, mode: str) -> Callable[[str], bool]:
    if mode == "prefix":
        return lambda word: folded(word).startswith(query)
    return lambda word: query in folded(word)


def _pattern(query: str) -> Callable[[str], bool]:
    try:
        import re2
    except ImportError:
        raise Problem("needs_re2", "Patterns need the package google-re2; install it with pip.") from None
    if len(query) > LONGEST_PATTERN:
        raise Problem(
            "long_pattern",
            f"A pattern has at most {LONGEST_PATTERN} characters, not {len(query)}.",
            length=len(query),
            most=LONGEST_PATTERN,
        )
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = PATTERN_MEMORY
    try:
        compiled = re2.compile(composed_word(query), options)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace") if error.args else ""
    except UnicodeEncodeError:  # half a surrogate pair
        reason = "not a text"
    else:
        return lambda word: compiled.search(composed_word(word)) is not None
    raise Problem(
        "bad_pattern", f"{query!r} is no pattern that can be searched for: {reason}.", reason=reason
    )
