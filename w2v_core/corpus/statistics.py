"""What a text looks like before any training: its frequencies, and what sampling makes of them.

Zipf's law (Zipf, 1949): the word of rank r occurs about ``C * r**-1`` times, a straight line of slope -1 on
logarithmic axes. Subsampling and noise act on these frequencies; their formulas are `Vocabulary`'s. All
values here are exact or expected ones: nothing is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .corpus import Corpus
from .vocabulary import NOISE_POWER, Floats, Vocabulary

NOISE_POWERS = (0.0, NOISE_POWER, 1.0)  # uniform, word2vec's, the text's own


@dataclass(frozen=True)
class ZipfLine:
    """A straight line on logarithmic axes: ``count = scale * rank**slope``."""

    slope: float
    scale: float

    def __call__(self, rank: npt.ArrayLike) -> Floats:
        return self.scale * np.asarray(rank, dtype=np.float64) ** self.slope


def spaced_ranks(size: int, most: int = 200) -> npt.NDArray[np.int64]:
    """Return up to `most` ranks from 1 to `size`, evenly spaced on a logarithmic axis, each once.

    The first ranks all appear; of the long tail, enough to draw it.
    """
    return np.unique(np.geomspace(1, size, most).round().astype(np.int64))


def zipf_line(vocabulary: Vocabulary) -> ZipfLine:
    """Fit counts to ranks by least squares of the logarithms, at `spaced_ranks`.

    Over all ranks, the many rare words (steps of equal counts) would decide the slope alone.
    """
    ranks = spaced_ranks(len(vocabulary))
    slope, intercept = np.polyfit(np.log(ranks), np.log(vocabulary.counts[ranks - 1]), 1)
    return ZipfLine(float(slope), float(np.exp(intercept)))


def share_of_most_frequent(vocabulary: Vocabulary, n: int) -> float:
    """Return the share of the text that the `n` most frequent words make up."""
    return float(vocabulary.counts[:n].sum() / vocabulary.counts.sum())


def kept_share(vocabulary: Vocabulary, threshold: float) -> float:
    """Return the expected share of the text that survives subsampling."""
    keep = vocabulary.keep_probability(threshold)
    return float(keep @ vocabulary.counts / vocabulary.counts.sum())


def noise_ratio(vocabulary: Vocabulary, power: float = NOISE_POWER) -> Floats:
    """Return, for each word, its probability as noise over its share of the text: (V,), 1 at power 1."""
    return vocabulary.noise_distribution(power) / vocabulary.noise_distribution(1.0)


@dataclass(frozen=True, eq=False)
class SentenceLengths:
    """How long the sentences are, in words.

    Attributes
    ----------
    edges : (bins + 1,) int64
        Bin b counts sentences of ``edges[b]`` to ``edges[b + 1] - 1`` words.
    counts : (bins,) int64
    mean : float
    median : int
        The lower one, where there are two.
    longest : int
    """

    edges: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    mean: float
    median: int
    longest: int


def sentence_lengths(corpus: Corpus, bins: int = 40) -> SentenceLengths:
    """Count the sentences by length, in at most `bins` equal bins; the longest 1 % share the last one."""
    lengths = np.diff(corpus.starts)
    common = int(np.quantile(lengths, 0.99, method="higher"))
    width = -(-common // bins)
    edges = np.arange(1, common + width + 1, width)
    longest = int(lengths.max())
    if edges[-1] <= longest:
        edges[-1] = longest + 1
    counts, _ = np.histogram(lengths, edges)
    median = int(np.quantile(lengths, 0.5, method="lower"))
    return SentenceLengths(edges, counts, float(lengths.mean()), median, longest)


def expected_pairs(corpus: Corpus, window: int, *, dynamic: bool = True, subsample: float = 0.0) -> float:
    """Return how many pairs one pass over a corpus makes, about: exactly that on average without subsampling.

    Two words at distance k are a pair with probability (window - k + 1) / window under dynamic windows. Subsampling
    is taken as thinning all sentences alike, which leaves out that rare words keep more of theirs.
    """
    share = kept_share(corpus.vocabulary, subsample) if subsample else 1.0
    lengths = np.diff(corpus.starts) * share
    reach = np.arange(1, window + 1)
    chance = (window - reach + 1) / window if dynamic else np.ones(window)
    return float(sum(2 * c * np.maximum(lengths - k, 0).sum() for k, c in zip(reach, chance, strict=True)))
