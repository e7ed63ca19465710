"""The two loss forms. Each maps a score matrix S and counts to the summed loss and G = dloss/dS.

S[i, j] = w_i . u_j says how well row i (a center word) goes with column j (an output). The counts say how
often the batch saw (i, j) as a pair, and as noise; they are given, never drawn here: same inputs, same
gradient.

``logistic`` asks of every cell "pair or noise?" (Mikolov et al. 2013b, eq. 4):

    L = sum( C softplus(-S) + N softplus(S) )        G = N sigmoid(S) - C sigmoid(-S)

``softmax`` asks of every pair "which word of all?" (ibid., eq. 2):

    L = sum_pairs( logsumexp(S_i) - S_io )           G = m p - C,   p = softmax(S), m = pairs of the row

Noise under ``softmax`` has the weight -1: its "probability" is exp(-s)/sum(exp), see
`objectives.softmax_with_negatives`.

Both are stable for any finite scores: no clipping, no table. Neither changes a parameter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.floating]
Index = npt.NDArray[np.integer]


def logistic(
    scores: Matrix, positives: Matrix, negatives: Matrix, *, out: Matrix | None = None
) -> tuple[float, Matrix]:
    """Loss of independent yes/no questions, one a cell.

    Parameters
    ----------
    scores : (..., n, m) float array
        S.
    positives, negatives : float arrays that broadcast to S
        C and N: how often each cell is a true pair, and how often noise.
    out : array like `scores`, optional
        Where the gradient goes; may be `scores` itself.

    Returns
    -------
    loss : float
        Summed over all cells, in nats.
    gradient : array like `scores`
        G = dloss/dS.
    """
    # Everything follows from q = 1 + exp(-S): sigmoid(S) = 1/q and softplus(S) = log q + S, which is as exact as
    # log q, 1e-6 a cell in float32. Where exp(-S) would overflow, S is cut to what the type can hold: there both
    # are 0. In place and with one exponential this takes half the time of the textbook's two stable branches.
    lowest = -0.99 * np.log(np.finfo(scores.dtype).max)
    cut = (
        scores if scores.min() > lowest else np.maximum(scores, lowest)
    )  # looking costs an eighth of cutting
    q = np.exp(-cut)
    q += 1
    softplus = np.log(q)
    softplus += cut
    both = positives + negatives
    loss = np.vdot(both, softplus) - np.vdot(positives, scores)  # softplus(-S) = softplus(S) - S
    gradient = np.divide(both, q, out=q if out is None else out)  # sigmoid(-S) = 1 - sigmoid(S)
    gradient -= positives
    return float(loss), gradient


def softmax(
    scores: Matrix,
    row: Index,
    column: Index,
    weight: Matrix | None = None,
    *,
    out: Matrix | None = None,
) -> tuple[float, Matrix]:
    """Loss of choosing, for each pair, one column out of all.

    Parameters
    ----------
    scores : (n, V) float array
        S, with one column for every word.
    row, column : (P,) int arrays
        The cell (i, o) of each pair; a cell may come more than once.
    weight : (P,) float array, optional
        Signed count of each: n for n pairs, -log p(o) each (the default is one); -n for n noise words,
        whose term has the score's sign turned: logsumexp(S_i) + S_io.
    out : array like `scores`, optional
        Where the gradient goes; may be `scores` itself.

    Returns
    -------
    loss : float
        Summed over the pairs, in nats.
    gradient : (n, V) array
        G = dloss/dS.
    """
    if weight is None:
        weight = np.ones(len(row), scores.dtype)
    of_pairs = np.sum(weight * scores[row, column], dtype=np.float64)

    top = scores.max(axis=1, keepdims=True)
    p = np.subtract(scores, top, out=out)
    np.exp(p, out=p)  # at most 1, and 1 somewhere: the sum cannot vanish
    total = p @ np.ones((p.shape[1], 1), p.dtype)  # a sum 5 times as fast as .sum()
    log_partition = np.log(total, dtype=np.float64) + top
    pairs_of = np.bincount(row, weights=np.abs(weight), minlength=len(scores))[:, None]
    loss = np.sum(pairs_of * log_partition) - of_pairs

    gradient = p
    gradient *= (pairs_of / total).astype(scores.dtype)
    np.subtract.at(gradient, (row, column), weight)
    return float(loss), gradient
