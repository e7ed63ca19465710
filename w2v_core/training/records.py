"""What training tells: of a step, and of one pair in every detail. Frozen, so that pages may keep them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Index = npt.NDArray[np.integer]


@dataclass(frozen=True)
class StepRecord:
    """What one step saw.

    Attributes
    ----------
    step : int
        From 1.
    epoch : int
        From 1: the pass over the corpus to which the step's pairs belong.
    pairs : int
        Pairs seen so far, this step's included. In CBOW a pair is a window and its center.
    loss : float
        Mean loss per pair of this step's batch, before its update, in nats (float64).
    learning_rate : float
        The rate this step used.
    """

    step: int
    epoch: int
    pairs: int
    loss: float
    learning_rate: float


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
        The columns with a term of their own. Only theirs are the vectors below; any other column's gradient
        is its dL/ds times `hidden`.
    output_vectors : (k, d)
    hidden_gradient : (d,)
    input_gradients, input_updates, inputs_after : (w, d)
        dL/dw; the update, learning rate and bound applied; the vectors then.
    output_gradients, output_updates, outputs_after : (k, d)
    numeric_input_gradients : (w, d)
        dL/dw by central differences.
    numeric_output_gradients : (k, d)
    learning_rate : float
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

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
