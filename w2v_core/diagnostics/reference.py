"""What the loss on given pairs must start from, and what no vectors can beat. Closed forms, nothing trained.

Floors, with P(o | c) the share of center c's pairs that are with o:

    softmax, hierarchical softmax   H(context | center) = -sum over pairs of log P(o | c), per pair
    negative sampling               the loss at s = log( #(c, o) / N(c, o) ), N the expected noise counts
                                    K #(c) Pn(o), or K (#(c) - #(c, o)) Pn(o) if no hit counts;
                                    cells without pairs cost nothing in the limit s -> -inf

A floor is for scores that can be chosen freely, as vectors of V dimensions allow; fewer may not reach it. It
belongs to the probe's pairs: on a small sample most words have been seen with few others, and it lies lower
than on the whole corpus.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..training.config import TrainingConfig
from ..training.objectives import NegativeSampling, make_objective
from .probe import Probe


@dataclass(frozen=True)
class Floor:
    """The least mean loss per pair, or why there is none.

    Attributes
    ----------
    value : float or None
        In nats.
    code : {"conditional_entropy", "optimal_scores", "unbounded", "no_closed_form"}
        What the value is, or why there is none; stable, language-free.
    message : str
        The same in English.
    """

    value: float | None
    code: str
    message: str


def start_value(probe: Probe, config: TrainingConfig) -> float:
    """Return the mean loss per pair of the probe while U = 0, so that every score is 0."""
    by_target = make_objective(probe.vocabulary, config).start_values
    return float(np.average(by_target[probe.inputs.target], weights=probe.count))


def floor(probe: Probe, config: TrainingConfig) -> Floor:
    """Return the least mean loss per pair that any vectors could have on the probe."""
    if config.objective == "softmax_with_negatives":
        return Floor(
            None,
            "unbounded",
            "This loss has no lower bound: lowering all scores together lowers every noise word's term "
            "and leaves the contexts' as they are.",
        )
    if probe.inputs.mean is not None:
        return Floor(
            None,
            "no_closed_form",
            "In CBOW a window's scores are the mean of its words' scores, so they cannot be chosen freely, "
            "and the least loss has no closed form.",
        )
    if config.objective == "negative_sampling":
        return Floor(
            _at_optimal_scores(probe, NegativeSampling(probe.vocabulary, config)),
            "optimal_scores",
            "The loss when every score is at its own optimum, log(pairs / expected noise).",
        )
    return Floor(
        _conditional_entropy(probe),
        "conditional_entropy",
        "H(context | center): what remains unknown of a context when its center is known.",
    )


def _conditional_entropy(probe: Probe) -> float:
    of_row = np.bincount(probe.inputs.row, weights=probe.count)[probe.inputs.row]
    return float(probe.count @ np.log(of_row / probe.count)) / probe.pairs


def _at_optimal_scores(probe: Probe, objective: NegativeSampling) -> float:
    row, target, pairs = probe.inputs.row, probe.inputs.target, probe.count
    owing = np.bincount(row, weights=pairs)[row]
    noise = (
        (owing if objective.noise.may_hit_target else owing - pairs)
        * objective.noise.negatives
        * objective.noise.distribution[target]
    )
    # C softplus(-s) + N softplus(s) at exp(s) = C/N, where log1p keeps N = 0 (s = inf) at 0:
    of_noise = noise * np.log1p(pairs / np.maximum(noise, np.finfo(float).tiny))
    return float(np.sum(pairs * np.log1p(noise / pairs) + np.where(noise > 0, of_noise, 0))) / probe.pairs
