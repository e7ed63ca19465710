"""What is told of one pair in every detail, and of a pair trained again and again.

Records are frozen, so that pages may keep them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Index = npt.NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class RepeatRecord:
    """One pair trained n times on the same noise words. Arrays are float64 and read-only.

    Attributes
    ----------
    losses : (n,)
        The pair's loss before each step, in nats.
    probabilities : (n + 1,)
        p(target | input) at the start and after each step, as `Objective.log_probabilities` defines it.
    sigmoids : (n + 1,)
        sigmoid(w.u) of the target, negative sampling's answer to "a true pair?"; NaN for the other objectives.
    learning_rate : float
    """

    losses: Floats
    probabilities: Floats
    sigmoids: Floats
    learning_rate: float

    def __post_init__(self) -> None:
        _freeze(self)


@dataclass(frozen=True)
class Term:
    """One summand of the loss.

    Attributes
    ----------
    column : int
        Index into the record's `columns`.
    positive : bool
        Whether the column is the context (or a turn 0); otherwise it is noise (or a turn 1).
    count : float
        How many times it counts.
    loss : float
        All of them together, in nats.
    probability : float
        exp(-loss / count): what the term calls the probability of its answer. The course notes' P(n|c) is
        none, and may exceed 1.
    """

    column: int
    positive: bool
    count: float
    loss: float
    probability: float


@dataclass(frozen=True)
class Others:
    """All columns that a record does not show, as one.

    Attributes
    ----------
    count : int
    exponential, probability, probability_after, score_gradient : float
        Sums over them.
    """

    count: int
    exponential: float
    probability: float
    probability_after: float
    score_gradient: float


@dataclass(frozen=True, eq=False)
class PairRecord:
    """The numbers of one pair. Arrays are float64 and read-only.

    Attributes
    ----------
    inputs : (w,) ids
        Words of the input: the center, or the window's distinct words (CBOW).
    target : int
        Word id to be predicted.
    columns : (m,) ids
        Rows of U that are scored: words, or the inner nodes on the target's path, from the root.
    input_vectors : (w, d)
    hidden : (d,)
        The input's vector: the center's own, or the mean.
    scores, exponentials : (m,)
        s and exp(s), infinite where that is beyond float64.
    probabilities : (m,)
        softmax(s) for the softmax forms, sigmoid(s) for the logistic ones.
    terms : tuple of Term
        They add up to `loss`.
    loss : float
        Of the pair, in nats, before the update.
    word_probability : float or None
        p(target | input) where the objective defines one: the product of the turns' probabilities for
        hierarchical softmax, None for negative sampling.
    score_gradient : (m,)
        dL/ds.
    shown : (k,) indices into `columns`
        The columns with a term of their own, in the terms' order, then the leading ones of the others that
        were asked for. Only theirs are the vectors below; any other column's gradient is its dL/ds times
        `hidden`.
    others : Others
        All columns that are not shown.
    output_vectors : (k, d)
    hidden_gradient : (d,)
    input_gradients, input_updates, inputs_after : (w, d)
        dL/dw; the update, learning rate and bound applied; the vectors then.
    output_gradients, output_updates, outputs_after : (k, d)
    numeric_input_gradients : (w, d)
        dL/dw by central differences.
    numeric_output_gradients : (k, d)
    learning_rate : float
    bounded_inputs, bounded_outputs : (w,), (k,) bool
        Whether an update was shortened to the greatest length allowed.
    scores_after, probabilities_after : (m,)
    terms_after : tuple of Term
    loss_after : float
        The same after the update, on the same noise.
    distribution, distribution_after : (V,)
        p(word | input) of all words, as `Objective.log_probabilities` defines it: what the model predicts,
        comparable between objectives. Sums to 1; computed, not set, for hierarchical softmax.
    """

    inputs: Index
    target: int
    columns: Index
    input_vectors: Floats
    hidden: Floats
    scores: Floats
    exponentials: Floats
    probabilities: Floats
    terms: tuple[Term, ...]
    loss: float
    word_probability: float | None
    score_gradient: Floats
    shown: Index
    others: Others
    output_vectors: Floats
    hidden_gradient: Floats
    input_gradients: Floats
    input_updates: Floats
    inputs_after: Floats
    output_gradients: Floats
    output_updates: Floats
    outputs_after: Floats
    numeric_input_gradients: Floats
    numeric_output_gradients: Floats
    learning_rate: float
    bounded_inputs: npt.NDArray[np.bool_]
    bounded_outputs: npt.NDArray[np.bool_]
    scores_after: Floats
    probabilities_after: Floats
    terms_after: tuple[Term, ...]
    loss_after: float
    distribution: Floats
    distribution_after: Floats

    def __post_init__(self) -> None:
        _freeze(self)

    @property
    def products(self) -> Floats:
        """The product of the terms' probabilities up to each: how likely a path is to get this far."""
        return np.cumprod([term.probability for term in self.terms])

    @property
    def partition(self) -> float:
        """The sum of all exponentials: what a softmax divides by."""
        return float(self.exponentials.sum())


def _freeze(record: RepeatRecord | PairRecord) -> None:
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
