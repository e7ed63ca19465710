"""What the vectors learn: what the model says of a pair, beside what the text says of it.

Negative sampling is at its optimum where every pair that occurs has the score (Levy and Goldberg, 2014)

    w_c . u_o = log( #(c, o) / (K #(c) Pn(o)) )        = PMI(c, o) - log K  where Pn is the contexts' distribution

    PMI(c, o) = log( #(c, o) D / (#(c) #(o)) )         D pairs in all

Pn is the distribution of *words* to a power, 0.75 as a rule, so that the two differ by log(P(o) / Pn(o)); `optimum`
is exact. The two softmaxes have no optimal scores, since a row may be shifted as a whole, but optimal probabilities:

    log p(o | c) = log( #(c, o) / #(c) )

Either way a pair that never occurs belongs at minus infinity. The course notes' softmax with negatives has no
optimum at all.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..training.config import TrainingConfig
from ..training.objectives import NegativeSampling, Objective
from .probe import Probe

Floats = npt.NDArray[np.floating]
Index = npt.NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class PairSample:
    """Some pairs of a probe, and some that it does not have. Arrays are read-only.

    Attributes
    ----------
    centers, contexts : (P,) ids
        Distinct pairs.
    counts : (P,) float64 array
        #(c, o), how often each occurs in the probe.
    pmi : (P,) float64 array
        In nats.
    optimum : (P,) float64 array
        What the objective drives the pair's score (negative sampling) or log p(o | c) (softmaxes) to.
    strange_centers, strange_contexts : (Q,) ids
        Pairs that never occur, drawn as training meets them: a center, and a noise word.
    """

    centers: Index
    contexts: Index
    counts: Floats
    pmi: Floats
    optimum: Floats
    strange_centers: Index
    strange_contexts: Index

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            getattr(self, field.name).setflags(write=False)


@dataclass(frozen=True, eq=False)
class Learned:
    """What a model says of a sample's pairs.

    Attributes
    ----------
    values : (P,) float64 array
        w . u of each pair (negative sampling), or log p(o | c); compare with `PairSample.optimum`.
    strange_values : (Q,) float64 array
    pearson, spearman : float or None
        Correlation of `values` and the optimum, and of their ranks. None where either does not vary.
    distance : float
        Mean of |value - optimum|, in nats.
    strange_mean : float or None
        Of `strange_values`; None if there are none.
    """

    values: Floats
    strange_values: Floats
    pearson: float | None
    spearman: float | None
    distance: float
    strange_mean: float | None


def has_optimum(config: TrainingConfig) -> bool:
    """Return whether pairs have a place to go to: not in CBOW, nor where the loss has no lower bound."""
    return config.architecture == "skip_gram" and config.objective != "softmax_with_negatives"


def sample_pairs(
    probe: Probe,
    config: TrainingConfig,
    *,
    most: int = 3000,
    most_strange: int = 500,
    most_centers: int | None = None,
    seed: int = 0,
) -> PairSample:
    """Choose pairs of a probe, frequent ones more likely, and compute where they belong.

    Parameters
    ----------
    probe : Probe
        Of the same configuration's windows.
    config : TrainingConfig
    most, most_strange : int
        At most so many pairs that occur, and that do not.
    most_centers : int, optional
        Take them from so many centers at most: softmaxes score all words for each.
    seed : int

    Raises
    ------
    ValueError
        The configuration has no optimum; see `has_optimum`.
    """
    if not has_optimum(config):
        raise ValueError("pairs have no optimum here: CBOW, or a loss without lower bound")
    rng = np.random.default_rng(seed)
    centers, contexts, counts = probe.triplets
    V = len(probe.vocabulary)
    # Without replacement, with chances in proportion to the counts: the first to arrive of so many clocks.
    order = np.argsort(rng.exponential(size=len(counts)) / counts)
    of_center, of_context = (np.bincount(ids, weights=counts, minlength=V) for ids in (centers, contexts))
    negative_sampling = config.objective == "negative_sampling"
    never_hit = negative_sampling and not config.noise_may_hit_target
    if never_hit:  # noise never speaks against the only context of a center
        order = order[(counts < of_center[centers])[order]]
    if most_centers is not None:
        order = order[np.isin(centers[order], _first_distinct(centers[order], most_centers))]
    chosen = order[:most]

    c, o, n = centers[chosen], contexts[chosen], counts[chosen]
    conditional = n / of_center[c]
    optimum = np.log(conditional)
    noise_words = probe.vocabulary.noise_distribution(config.noise_power)
    if negative_sampling:
        optimum -= np.log(config.negatives * noise_words[o])
    if never_hit:
        optimum -= np.log(1 - conditional)

    strangers = rng.choice(c, most_strange), rng.choice(V, most_strange, p=noise_words)
    # np.isin would put all pairs into a hash table, and let no other thread of the process run meanwhile.
    cells, wanted = np.sort(centers * V + contexts), strangers[0] * V + strangers[1]
    unknown = cells[np.searchsorted(cells[:-1], wanted)] != wanted
    return PairSample(
        centers=c,
        contexts=o,
        counts=n,
        pmi=np.log(conditional * counts.sum() / of_context[o]),
        optimum=optimum,
        strange_centers=strangers[0][unknown],
        strange_contexts=strangers[1][unknown],
    )


def compare(sample: PairSample, W: Floats, U: Floats, objective: Objective) -> Learned:
    """Return what the vectors say of a sample's pairs, and how well it agrees with the optimum.

    Parameters
    ----------
    sample : PairSample
    W : (V, d) float array
    U : (objective.n_outputs, d) float array
    objective : Objective
        Of the configuration that the sample was made for.
    """
    from scipy.stats import rankdata  # takes a quarter of a second

    centers = np.concatenate([sample.centers, sample.strange_centers])
    contexts = np.concatenate([sample.contexts, sample.strange_contexts])
    if isinstance(objective, NegativeSampling):
        said = np.einsum("pd,pd->p", W[centers], U[contexts], dtype=np.float64)
    else:
        rows, row = np.unique(centers, return_inverse=True)
        said = objective.log_probabilities(W[rows] @ U.T)[row, contexts].astype(np.float64)
    values, strange = np.split(said, [len(sample.centers)])
    for part in (values, strange):
        part.setflags(write=False)
    return Learned(
        values=values,
        strange_values=strange,
        pearson=_correlation(values, sample.optimum),
        spearman=_correlation(rankdata(values), rankdata(sample.optimum)),
        distance=float(np.mean(np.abs(values - sample.optimum))),
        strange_mean=float(strange.mean()) if len(strange) else None,
    )


def _correlation(x: Floats, y: Floats) -> float | None:
    x, y = x - x.mean(), y - y.mean()
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size > 0 else None


def _first_distinct(ids: Index, n: int) -> Index:
    """Return the first `n` distinct ids in their order."""
    distinct, first = np.unique(ids, return_index=True)
    return distinct[np.argsort(first)[:n]]
