"""Do words of one kind lie together? Purity of neighborhoods, and silhouette, against given categories.

Both look at the categorized words alone: other words in between do no harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...problems import Problem
from ..embeddings import Embeddings
from ..space import Space


@dataclass(frozen=True)
class CategoryPurity:
    """One category: its purity, and how many of its words count."""

    name: str
    purity: float
    words: int


@dataclass(frozen=True)
class PurityScore:
    """Neighbor purity@k.

    Attributes
    ----------
    purity : float
        0 to 1, the mean over words.
    chance : float
        What vectors that know nothing of the categories have on average.
    categories : tuple of CategoryPurity
        In the order in which they first appear.
    k : int
    words : int
        Words that count.
    unknown : int
        Words out of the vocabulary.
    alone : int
        Known words that are left out because no other of their category is known.
    """

    purity: float
    chance: float
    categories: tuple[CategoryPurity, ...]
    k: int
    words: int
    unknown: int
    alone: int


def neighbor_purity(
    embeddings: Embeddings, categories: Mapping[str, str], k: int = 10, *, which: str = "input"
) -> PurityScore:
    """Return the mean share of a word's k nearest categorized words that are of its own category.

    A word whose category has only m < k other members is asked for its m nearest, so that 1 can always be
    reached. Nearness is the cosine.

    Parameters
    ----------
    embeddings : Embeddings
    categories : mapping of word to category
    k : int
    which : {"input", "output", "sum"}

    Raises
    ------
    Problem
        ``too_few_categories``: fewer than two categories have two known words; ``bad_setting``: k < 1.
    """
    if k < 1:
        raise Problem("bad_setting", f"k must be a whole number, at least 1, not {k!r}.", name="k", value=k)
    ids, labels, names, unknown = _known(embeddings, categories)
    rows = embeddings.space(which).vectors[ids]
    others = np.bincount(labels)[labels] - 1
    nearest = Space(rows).nearest(rows, k, hidden=np.arange(len(ids))[:, None])
    share = np.array(
        [
            np.mean(labels[near[:m]] == label)
            for label, m, (near, _) in zip(labels, others, nearest, strict=True)
        ]
    )
    parts = tuple(
        CategoryPurity(name, float(share[labels == i].mean()), int((labels == i).sum()))
        for i, name in enumerate(names)
    )
    chance = float((others / (len(ids) - 1)).mean())
    alone = len(categories) - unknown - len(ids)
    return PurityScore(float(share.mean()), chance, parts, k, len(ids), unknown, alone)


def silhouette(embeddings: Embeddings, categories: Mapping[str, str], *, which: str = "input") -> float:
    """Return the mean silhouette of the categories as clusters, by cosine distance: -1 to 1, 0 is no order.

    A word's silhouette is (b - a) / max(a, b): a is its mean distance to its own category, b to the nearest
    other one (Rousseeuw, 1987). Words that are alone in their category are left out, as in `neighbor_purity`.

    Raises
    ------
    Problem
        ``too_few_categories``; ``needs_scikit_learn``: that package is not installed.
    """
    try:
        from sklearn.metrics import silhouette_score
    except ImportError:
        raise Problem(
            "needs_scikit_learn", "The silhouette needs scikit-learn; install it with pip."
        ) from None
    ids, labels, _, _ = _known(embeddings, categories)
    return float(silhouette_score(embeddings.space(which).unit[ids], labels, metric="cosine"))


def _known(
    embeddings: Embeddings, categories: Mapping[str, str]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[str], int]:
    """Return ids and category numbers of the words that count, the categories, how many are unknown."""
    known = {word: category for word, category in categories.items() if word in embeddings.vocabulary}
    sizes = Counter(known.values())
    names = [name for name, size in sizes.items() if size > 1]
    if len(names) < 2:
        raise Problem(
            "too_few_categories",
            f"Categories of which the vectors know two words: {len(names)}; it takes two at least.",
            categories=len(names),
        )
    counted = {word: names.index(name) for word, name in known.items() if sizes[name] > 1}
    ids = embeddings.vocabulary.ids(counted)
    return ids, np.array(list(counted.values())), names, len(categories) - len(known)
