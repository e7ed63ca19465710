"""Do the vectors find alike what people find alike? Rank correlation of cosines with human judgments."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...problems import Problem
from ..embeddings import Embeddings
from .test_sets import Lookup, WordPair

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WordPairScore:
    """How cosines agree with people.

    Attributes
    ----------
    spearman : float
        Rank correlation, -1 to 1; nan where all cosines (or all judgments) are equal.
    p_value : float
        Chance of a correlation as strong if there were none.
    pearson : float
        Linear correlation.
    pairs : tuple of WordPair
        The ones that count.
    cosines : (n,) float64 array
        Theirs, read-only.
    unknown : int
        Pairs with a word out of the vocabulary.
    """

    spearman: float
    p_value: float
    pearson: float
    pairs: tuple[WordPair, ...]
    cosines: Floats
    unknown: int


def evaluate_word_pairs(
    embeddings: Embeddings,
    pairs: Iterable[WordPair],
    *,
    which: str = "input",
    restrict_vocab: int | None = 300_000,
    ignore_case: bool = True,
    count_unknown: bool = False,
) -> WordPairScore:
    """Correlate the cosines of word pairs with human judgments (gensim's ``evaluate_word_pairs``).

    Parameters
    ----------
    embeddings : Embeddings
    pairs : iterable of WordPair
        From `read_word_pairs`.
    which : {"input", "output", "sum"}
    restrict_vocab : int, optional
        Only the first (most frequent) words are known; None for all.
    ignore_case : bool
        Of several spellings the most frequent counts.
    count_unknown : bool
        Give pairs with an unknown word cosine 0 (gensim's ``dummy4unknown``) instead of leaving them out.

    Raises
    ------
    Problem
        ``too_few_known_pairs``: less than two pairs are left, so there is nothing to correlate.
    """
    from scipy import stats  # takes a quarter of a second

    lookup = Lookup.of(embeddings.vocabulary, restrict_vocab, ignore_case)
    pairs = list(pairs)
    ids = [lookup((pair.a, pair.b)) for pair in pairs]
    known = [i for i in ids if i is not None]
    counted = [i for i, found in enumerate(ids) if found is not None or count_unknown]
    if len(counted) < 2:
        raise Problem(
            "too_few_known_pairs",
            f"Pairs of which the vectors know both words: {len(known)} of {len(pairs)}; it takes at least two.",
            known=len(known),
            pairs=len(pairs),
        )
    cosines = np.zeros(len(pairs))
    if known:
        a, b = np.array(known).T
        cosines[[i for i, found in enumerate(ids) if found is not None]] = embeddings.space(which).between(
            a, b
        )
    cosines = cosines[counted]
    cosines.setflags(write=False)
    human = np.array([pairs[i].human for i in counted])
    spearman, p_value, pearson = math.nan, math.nan, math.nan
    if np.ptp(cosines) > 0 and np.ptp(human) > 0:
        spearman, p_value = map(float, stats.spearmanr(human, cosines))
        pearson = float(np.corrcoef(human, cosines)[0, 1])
    unknown = len(pairs) - len(known)
    return WordPairScore(spearman, p_value, pearson, tuple(pairs[i] for i in counted), cosines, unknown)
