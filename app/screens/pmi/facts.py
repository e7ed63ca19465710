"""What lessons can know of the pairs of the text beside what was learned."""

from __future__ import annotations

import numpy as np

from ...lessons.formula import Facts, Unknown
from ...session.facts import id_of, run
from .model import CountedPairs, kind, learned, pairs_of


def _pairs() -> CountedPairs:
    if kind(run().config) == "none":
        raise Unknown("optimum")
    return pairs_of(run().corpus, run().config)


def _of_pair(values: np.ndarray, center: str, context: str) -> float:
    sample = _pairs().sample
    at = np.flatnonzero((sample.centers == id_of(center)) & (sample.contexts == id_of(context)))
    if not len(at):
        raise Unknown(f"{center} {context}")
    return float(values[at[0]])


def _pearson() -> float:
    found = learned(run(), _pairs()).pearson
    if found is None:
        raise Unknown("correlation")
    return found


FACTS: Facts = {
    "pmi": lambda center, context: _of_pair(_pairs().sample.pmi, center, context),
    "optimum": lambda center, context: _of_pair(_pairs().sample.optimum, center, context),
    "pmi_pearson": _pearson,
}
