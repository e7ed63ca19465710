"""One pair taken apart: every number between its vectors before and after one step.

It calls what training calls (`gradients`, the loss forms, the optimizers) for a single row of scores, in
float64, and sets the gradients beside central differences of the same loss, which know nothing of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.special
from scipy.special import expit

from ..training.architectures import Rows
from ..training.gradients import gradients
from ..training.losses import softmax
from ..training.objectives import NegativeSampling, Objective
from ..training.optimizers import Optimizer, Sgd
from .records import Others, PairRecord, Term

Floats = npt.NDArray[np.floating]
Index = npt.NDArray[np.integer]

STEP = 1e-5  # of the central differences: their error is about 1e-10 for scores of a few units


def examine(
    objective: Objective,
    pair: Rows,
    W: npt.NDArray[Any],
    U: npt.NDArray[Any],
    noise: Index,
    *,
    learning_rate: float,
    max_row_update: float | None = None,
    optimizers: tuple[Optimizer, Optimizer] | None = None,
    leading: int = 0,
) -> PairRecord:
    """Compute everything about one pair. Changes nothing.

    Parameters
    ----------
    objective : Objective
    pair : Rows
        One row and its one target, as `architectures.one_center` makes it.
    W, U : float arrays
    noise : (k,) word ids
        Ignored by objectives without noise.
    learning_rate : float
    max_row_update : float or None
    optimizers : of W and of U, optional
        By default plain descent.
    leading : int
        Show this many columns besides those with a term of their own, the highest scores first: the most
        probable words of a softmax.
    """
    if len(pair.row) != 1:
        raise ValueError(f"one pair at a time, not {len(pair.row)}")
    of_w, of_u = optimizers or (Sgd(0), Sgd(0))
    draw = objective.draw(1, pair.row, pair.target, np.random.default_rng(0), noise[None])
    A, B = W[pair.words].astype(np.float64), U[draw.columns].astype(np.float64)
    found = gradients(objective, pair, draw, A, B)
    hidden = pair.hidden(A)
    scores = hidden @ B.T
    terms = _terms(objective, scores, draw.counts)
    columns = np.arange(len(U))[draw.columns]
    shown = _shown(terms, scores[0], leading)

    def loss_with_inputs(vectors: Floats) -> float:
        return objective.loss(pair.hidden(vectors) @ B.T, *draw.counts)[0]

    def loss_with_outputs(vectors: Floats) -> float:
        there = scores.copy()
        there[:, shown] = hidden @ vectors.T
        return objective.loss(there, *draw.counts)[0]

    move_w, _ = of_w.update(pair.words, found.inputs.copy(), learning_rate, max_row_update)
    move_u, _ = of_u.update(columns, found.outputs.copy(), learning_rate, max_row_update)
    A_after, B_after = A + move_w, B + move_u
    hidden_after = pair.hidden(A_after)
    scores_after = hidden_after @ B_after.T
    terms_after = _terms(objective, scores_after, draw.counts)
    probabilities = _probabilities(objective, scores[0])
    probabilities_after = _probabilities(objective, scores_after[0])
    all_after = hidden_after @ U.T.astype(np.float64)
    all_after[:, columns] = scores_after
    return PairRecord(
        inputs=pair.words,
        target=int(pair.target[0]),
        columns=columns,
        input_vectors=A,
        hidden=hidden[0].copy(),
        scores=scores[0],
        exponentials=_exp(scores[0]),
        probabilities=probabilities,
        terms=terms,
        loss=found.loss,
        word_probability=_word_probability(objective, terms),
        score_gradient=found.scores[0],
        shown=shown,
        others=_others(shown, scores[0], probabilities, probabilities_after, found.scores[0]),
        output_vectors=B[shown],
        hidden_gradient=found.scores[0] @ B,
        input_gradients=found.inputs,
        input_updates=move_w,
        inputs_after=A_after,
        output_gradients=found.outputs[shown],
        output_updates=move_u[shown],
        outputs_after=B_after[shown],
        numeric_input_gradients=central_differences(loss_with_inputs, A),
        numeric_output_gradients=central_differences(loss_with_outputs, B[shown]),
        learning_rate=learning_rate,
        bounded_inputs=_bounded(move_w, max_row_update),
        bounded_outputs=_bounded(move_u[shown], max_row_update),
        scores_after=scores_after[0],
        probabilities_after=probabilities_after,
        terms_after=terms_after,
        loss_after=objective.loss(scores_after, *draw.counts)[0],
        distribution=_distribution(objective, hidden @ U.T.astype(np.float64)),
        distribution_after=_distribution(objective, all_after),
    )


def outlook(
    objective: Objective, pair: Rows, W: npt.NDArray[Any], U: npt.NDArray[Any]
) -> tuple[float, float]:
    """Return p(target | input), and for negative sampling sigmoid(w.u) (else NaN): where a pair stands."""
    target = pair.target[0]
    with np.errstate(over="ignore", invalid="ignore"):  # the step that finds it raises Diverged
        scores = (pair.hidden(W[pair.words]) @ U.T).astype(np.float64)
        asked = isinstance(objective, NegativeSampling)
        sigmoid = float(expit(scores[0, target])) if asked else math.nan
        return float(_distribution(objective, scores)[target]), sigmoid


def central_differences(function: Callable[[Floats], float], at: Floats) -> Floats:
    """Return the slope of `function` in each entry of `at`: (f(x + h) - f(x - h)) / 2h."""
    slopes = np.empty_like(at)
    for index in np.ndindex(at.shape):
        values = []
        for step in (STEP, -STEP):
            there = at.copy()
            there[index] += step
            values.append(function(there))
        slopes[index] = (values[0] - values[1]) / (2 * STEP)
    return slopes


def _shown(terms: tuple[Term, ...], scores: Floats, leading: int) -> Index:
    """Return the terms' columns in their order, then the leading columns of the others."""
    own = list(dict.fromkeys(term.column for term in terms))
    best = np.argsort(-scores, kind="stable")[: leading + len(own)]
    return np.array([*own, *best[~np.isin(best, own)][:leading]], dtype=np.int64)


def _others(shown: Index, scores: Floats, *columns: Floats) -> Others:
    """Sum up what is not shown: exponentials, probabilities before and after, dL/ds."""
    rest = np.setdiff1d(np.arange(len(scores)), shown)
    return Others(len(rest), *(float(values[rest].sum()) for values in (_exp(scores), *columns)))


def _bounded(moves: Floats, max_length: float | None) -> npt.NDArray[np.bool_]:
    return np.linalg.norm(moves, axis=1) >= (math.inf if max_length is None else max_length * (1 - 1e-9))


def _distribution(objective: Objective, scores: Floats) -> Floats:
    return np.exp(objective.log_probabilities(scores)[0])


def _terms(objective: Objective, scores: Floats, counts: tuple[Any, ...]) -> tuple[Term, ...]:
    """Ask the loss form for each summand alone."""
    m, zero = scores.shape[1], np.zeros((1, 1))
    if objective.loss is softmax:
        _, column, *weights = counts
        weight = weights[0] if weights else np.ones(len(column))
        signed: list[Floats] = [
            np.bincount(column, np.maximum(side * weight, 0), m).astype(np.float64) for side in (1, -1)
        ]
    else:
        signed = [side[0].astype(np.float64) for side in counts]

    terms = []
    for positive, count_of in zip((True, False), signed, strict=True):
        for j in np.flatnonzero(count_of).tolist():
            count: Floats = count_of[j : j + 1]
            if objective.loss is softmax:
                signed_count = count if positive else -count
                loss, _ = objective.loss(scores, np.array([0]), np.array([j]), signed_count)
            else:
                sides = (count[None], zero) if positive else (zero, count[None])
                loss, _ = objective.loss(scores[:, j : j + 1], *sides)
            terms.append(Term(j, positive, float(count[0]), loss, float(_exp(-loss / count[0]))))
    if objective.noise is None:  # a path reads from the root; otherwise contexts come before noise
        terms.sort(key=lambda term: term.column)
    return tuple(terms)


def _probabilities(objective: Objective, scores: Floats) -> Floats:
    return scipy.special.softmax(scores) if objective.loss is softmax else expit(scores)


def _word_probability(objective: Objective, terms: tuple[Term, ...]) -> float | None:
    if isinstance(objective, NegativeSampling):
        return None
    own = [term for term in terms if term.positive or objective.noise is None]
    return math.prod(term.probability for term in own)


def _exp(x: Any) -> Any:
    with np.errstate(over="ignore"):
        return np.exp(x)
