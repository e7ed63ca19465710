"""A place in the text: the sentence around a token, its window, and pairs worth a closer look.

Positions are indices into `Corpus.ids`, so that the same word at two places is told apart. Windows are whole
here: neither subsampled nor of drawn reach, see `windows` for those that training makes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..problems import Problem
from .corpus import Corpus

MOST_TOKENS = 41  # of an excerpt: a text without sentence ends is one sentence, of any length


@dataclass(frozen=True)
class Excerpt:
    """The words around a token: its sentence, or the nearest part of a long one.

    Attributes
    ----------
    start, end : int
        Its positions are ``start .. end - 1``.
    words : tuple of str
    whole : tuple of two bool
        Whether the sentence begins and ends with it.
    """

    start: int
    end: int
    words: tuple[str, ...]
    whole: tuple[bool, bool]


def excerpt(corpus: Corpus, position: int) -> Excerpt:
    """Return the words around `position`, at most `MOST_TOKENS`."""
    first, last = sentence_bounds(corpus, position)
    start, end = first, last
    if last - first > MOST_TOKENS:
        start = min(max(first, position - MOST_TOKENS // 2), last - MOST_TOKENS)
        end = start + MOST_TOKENS
    words = tuple(corpus.vocabulary.words[i] for i in corpus.ids[start:end])
    return Excerpt(start, end, words, (start == first, end == last))


def sentence_bounds(corpus: Corpus, position: int) -> tuple[int, int]:
    """Return where the sentence of a position starts and ends."""
    if not 0 <= position < len(corpus):
        raise IndexError(f"positions go from 0 to {len(corpus) - 1}, not {position}")
    sentence = int(np.searchsorted(corpus.starts, position, side="right")) - 1
    return int(corpus.starts[sentence]), int(corpus.starts[sentence + 1])


def context_positions(corpus: Corpus, position: int, window: int) -> list[int]:
    """Return the positions within `window` words of a token, in its sentence, itself left out."""
    first, last = sentence_bounds(corpus, position)
    around = range(max(first, position - window), min(last, position + window + 1))
    return [other for other in around if other != position]


def rarest_context(corpus: Corpus, position: int, window: int) -> int | None:
    """Return the position of the rarest other word in a token's window, the nearest of equals; None if alone."""
    counts, own = corpus.vocabulary.counts, corpus.ids[position]
    others = [
        (counts[corpus.ids[other]], abs(other - position), other)
        for other in context_positions(corpus, position, window)
        if corpus.ids[other] != own
    ]
    return min(others)[2] if others else None


def telling_pair(corpus: Corpus, word: int, window: int, threshold: float) -> tuple[int, int] | None:
    """Return the positions of a center and a context: where `word` first stands with the word it goes with best.

    That is the word o with the largest keep(o) n log(n / e): n is how often it stands in the windows of
    `word`, e how often it would by its frequency alone (the leading term of Dunning's log-likelihood), and
    keep(o) its share that subsampling at `threshold` leaves, or "the" would go best with every noun. None if
    the word is always alone. Only the first thousand places of a word are looked at.
    """
    places = np.flatnonzero(corpus.ids == word)[:1000].tolist()
    pairs = [(center, context) for center in places for context in context_positions(corpus, center, window)]
    pairs = [pair for pair in pairs if corpus.ids[pair[1]] != word]
    if not pairs:
        return None
    contexts = corpus.ids[[context for _, context in pairs]]
    seen = np.bincount(contexts, minlength=len(corpus.vocabulary))
    expected = len(pairs) * corpus.vocabulary.counts / len(corpus)
    keep = corpus.vocabulary.keep_probability(threshold)
    goes_well = keep * seen * np.log(np.maximum(seen, 1) / expected)
    return pairs[int(np.argmax(goes_well[contexts]))]


def random_pair(corpus: Corpus, window: int, threshold: float, rng: np.random.Generator) -> tuple[int, int]:
    """Draw the positions of a center and of one of its contexts.

    Both are drawn as subsampling at `threshold` would keep them (0 keeps all alike), so that frequent words
    do not crowd out the others.

    Raises
    ------
    Problem
        ``no_pairs``: no sentence has two words.
    """
    keep = corpus.vocabulary.keep_probability(threshold)[corpus.ids]
    lengths = np.diff(corpus.starts)
    keep = np.where(np.repeat(lengths, lengths) > 1, keep, 0.0)
    if not keep.any():
        raise Problem("no_pairs", "The text yields no pair: no sentence has two words.")
    ends = np.cumsum(keep)
    center = int(np.searchsorted(ends, rng.random() * ends[-1], side="right"))
    around = context_positions(corpus, center, window)
    weight = keep[around]
    return center, int(rng.choice(around, p=weight / weight.sum()))
