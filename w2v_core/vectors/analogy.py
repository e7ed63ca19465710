"""Analogies, a is to b as c is to x, and the odd one out: arithmetic on unit vectors.

    3CosAdd    cos(x, b - a + c)                              Mikolov, Yih and Zweig (2013)
    3CosMul    cos'(x, b) cos'(x, c) / (cos'(x, a) + eps)     Levy and Goldberg (2014), eq. 4

with cos' = (1 + cos) / 2, which is never negative. The product keeps one large cosine from drowning the
others, as it can in the sum. Knows ids only.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .space import Ids, Vectors, check_choice, normalized

METHODS = ("3cosadd", "3cosmul")
EPSILON = np.float32(1e-6)  # gensim's; the paper's is 0.001. It only guards the division


def analogy_scores(unit: Vectors, questions: Ids, method: str = "3cosadd") -> Vectors:
    """Score every word as the answer to some analogies.

    Parameters
    ----------
    unit : (V, d) float32 array
        Word vectors at length 1.
    questions : (q, 3) int array
        Ids of a, b and c.
    method : {"3cosadd", "3cosmul"}

    Returns
    -------
    (q, V) float32 array
        The higher, the better the answer. The question's own words are scored too, and often win.
    """
    check_choice("method", method, METHODS)
    if method == "3cosadd":
        a, b, c = (unit[column] for column in questions.T)
        return normalized(b - a + c) @ unit.T
    ids, place = np.unique(questions, return_inverse=True)  # questions in a row share most of their words
    shifted = unit[ids] @ unit.T
    shifted += 1
    shifted /= 2
    a, b, c = place.reshape(questions.shape).T
    scores = shifted[b] * shifted[c]
    shifted += EPSILON
    scores /= shifted[a]
    return scores


def centrality(unit: Vectors) -> npt.NDArray[np.float32]:
    """Return the cosine of each of (n, d) unit vectors with their common mean; the lowest is the odd one."""
    return unit @ normalized(unit.mean(axis=0, keepdims=True))[0]
