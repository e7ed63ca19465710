"""What lessons can know of the session's run: named numbers, worked out when they are asked for.

Words come as they are written in the text; numbers of components count from 1. `Unknown` is raised where there is no
such value. What only one page knows is in the ``facts.py`` of its folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from w2v_core import Embeddings
from w2v_core.diagnostics import Yardstick
from w2v_core.training.huffman import huffman_tree

from ..background.convergence import yardstick_of
from ..background.run import Run
from ..lessons.formula import Facts, Unknown
from . import session
from .record import current


def run() -> Run:
    """Return the session's run."""
    found = current().run
    if found is None:
        raise Unknown("run")
    return found


def id_of(word: str) -> int:
    """Return the id of a word of the run's text."""
    vocabulary = run().corpus.vocabulary
    if not isinstance(word, str) or word not in vocabulary:
        raise Unknown(str(word))
    return vocabulary.id(word)


def component(vector: np.ndarray, place: float) -> float:
    """Return a component of a vector, counted from 1."""
    if not 1 <= int(place) <= len(vector):
        raise Unknown(f"component {place:g}")
    return float(vector[int(place) - 1])


def _vectors() -> Embeddings:
    return run().progress.embeddings


def _output() -> np.ndarray:
    found = _vectors().output_vectors
    assert found is not None, "a run has both"
    return found


def _loss() -> float:
    return float(run().progress.curve.smooth[-1]) if run().progress.step else run().start_value


def _yardstick() -> Yardstick:
    yardstick = yardstick_of(run().corpus, run().config)
    if yardstick is None:
        raise Unknown("floor")
    return yardstick


def _floor() -> float:
    return _yardstick().floor


def _mean_loss() -> float:
    """Return the mean loss over all pairs, at the end of a run: unlike the running average never below the floor."""
    come = run().come()
    if come is None:
        raise Unknown("mean_loss")
    return _yardstick().start - come * (_yardstick().start - _floor())


def _contexts(center: str) -> tuple[np.ndarray, np.ndarray]:
    """Return how often a center has each word within the window, and that weighted by how often windows reach it."""
    corpus, window, V = run().corpus, run().window, len(run().corpus.vocabulary)
    at = np.flatnonzero(corpus.ids == id_of(center))
    sentence = np.searchsorted(corpus.starts, at, side="right")
    first, last = corpus.starts[sentence - 1], corpus.starts[sentence]
    counts, weights = np.zeros(V), np.zeros(V)
    for distance in range(1, window + 1):
        for other in (at - distance, at + distance):
            inside = other[(first <= other) & (other < last)]
            found = np.bincount(corpus.ids[inside], minlength=V)
            counts += found
            weights += found * (window - distance + 1) / window
    return counts, weights


def _share(center: str, context: str) -> float:
    _, weights = _contexts(center)
    return float(weights[id_of(context)] / weights.sum())


def _p(center: str, context: str) -> float:
    """Return p(context | center), from the record of the last center and vectors that were asked for."""
    seen, now = current().part(_Seen), run()
    key = (current().run_number, now.progress.version, id_of(center))
    if seen.key != key:
        noise = now.draw_noise(0)
        record, _ = now.examine(id_of(center), id_of(context), noise, 1)
        seen.key, seen.distribution = key, record.distribution
    return float(seen.distribution[id_of(context)])


@dataclass(eq=False)
class _Seen:
    """The last distribution that was asked for, and of what."""

    key: tuple[int, int, int] = (0, 0, 0)
    distribution: np.ndarray = field(default_factory=lambda: np.zeros(0))


def _near(a: str, b: str) -> float:
    ids = _vectors().space().unit @ _vectors().space().unit[id_of(a)]
    ids[id_of(a)] = -np.inf
    return float(1 + np.count_nonzero(ids > ids[id_of(b)]))


def _analogy(a: str, b: str, c: str, d: str, own: bool = False) -> float:
    for word in (a, b, c, d):
        id_of(word)
    answers = _vectors().analogy(a, b, c, len(_vectors()), include_query=own)
    places = {word: place for place, (word, _) in enumerate(answers, 1)}
    if d not in places:
        raise Unknown(d)
    return float(places[d])


def _keep(word: str) -> float:
    return float(run().corpus.vocabulary.keep_probability(run().config.subsample)[id_of(word)])


def _noise_share(word: str) -> float:
    return float(run().corpus.vocabulary.noise_distribution(run().config.noise_power)[id_of(word)])


def _exploded() -> bool:
    problem = run().progress.problem
    return problem is not None and problem.code == "diverged"


def _corpus(id: str) -> bool:
    run()
    return bool(current().run_settings["corpus"] == id)


RUN: Facts = {
    "V": lambda: len(run().corpus.vocabulary),
    "K": lambda: run().config.negatives,
    "d": lambda: run().config.dim,
    "window": lambda: run().config.window,
    "epochs": lambda: run().config.epochs,
    "rate": lambda: run().learning_rate,
    "seed": lambda: run().config.seed,
    "words": lambda: len(run().corpus),
    "step": lambda: run().progress.step,
    "pairs": lambda: run().progress.last.pairs if run().progress.last else 0,  # type: ignore[union-attr]
    "epoch": lambda: run().progress.last.epoch if run().progress.last else 0,  # type: ignore[union-attr]
    "running": lambda: run().running,
    "finished": lambda: run().progress.finished,
    "exploded": _exploded,
    "loss": _loss,
    "first_loss": lambda: run().progress.first_loss,
    "start": lambda: run().start_value,
    "floor": _floor,
    "mean_loss": _mean_loss,
    "left": lambda: (_loss() - _floor()) / (run().start_value - _floor()),
    "objective": lambda id: run().config.objective == id,
    "corpus": _corpus,
    "count": lambda word: run().corpus.vocabulary.counts[id_of(word)],
    "pair_count": lambda center, context: _contexts(center)[0][id_of(context)],
    "share": _share,
    "dot": lambda center, context: float(_vectors().vectors[id_of(center)] @ _output()[id_of(context)]),
    "p": _p,
    "cos": lambda a, b: _vectors().space().between(np.array([id_of(a)]), np.array([id_of(b)]))[0],
    "near": _near,
    "w": lambda word, place: component(_vectors().vectors[id_of(word)], place),
    "u": lambda word, place: component(_output()[id_of(word)], place),
    "analogy": lambda a, b, c, d: _analogy(a, b, c, d),
    "analogy_all": lambda a, b, c, d: _analogy(a, b, c, d, own=True),
    "keep": _keep,
    "noise_share": _noise_share,
    "code_length": lambda word: huffman_tree(run().corpus.vocabulary.counts).lengths[id_of(word)],
    "on": lambda page: current().page == page,
    "chosen": lambda name, value: str(session.training_settings().get(name)) == str(value),
}
