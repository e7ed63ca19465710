import math

import numpy as np
import pytest
from scipy.optimize import minimize

from tests.core.training.small import CORPUS
from w2v_core import Corpus, TrainingConfig
from w2v_core.diagnostics.probe import Probe, probe_loss
from w2v_core.diagnostics.reference import floor, start_value
from w2v_core.training.config import OBJECTIVES
from w2v_core.training.objectives import make_objective


def twelve_words():
    """Return a corpus of 12 words in which some pairs never meet."""
    rng = np.random.default_rng(0)
    liking = rng.dirichlet(np.ones(12), 3)
    return Corpus.from_sentences([f"w{i}" for i in rng.choice(12, 12, p=liking[s % 3])] for s in range(60))


TWELVE = twelve_words()
FULL = {"dim": 12, "window": 3, "subsample": 0, "negatives": 2}


def descend_fully(probe, config):
    """Return the least mean loss that L-BFGS finds over W and U, through the loss forms of training."""
    objective = make_objective(probe.vocabulary, config)
    V, d, outputs = len(probe.vocabulary), config.dim, objective.n_outputs
    inputs = probe.inputs
    counts = objective.expected(inputs.n_rows, inputs.row, inputs.target, probe.count).counts

    def loss_and_slope(x):
        W, U = x[: V * d].reshape(V, d), x[V * d :].reshape(outputs, d)
        A = W[inputs.words]
        loss, G = objective.loss(A @ U.T, *counts)
        dW = np.zeros_like(W)
        dW[inputs.words] = G @ U
        return loss / probe.pairs, np.concatenate([dW.ravel(), (G.T @ A).ravel()]) / probe.pairs

    start = np.random.default_rng(1).normal(0, 0.3, (V + outputs) * d)
    options = {"maxiter": 4000, "maxfun": 8000, "ftol": 1e-13, "gtol": 1e-9}
    return minimize(loss_and_slope, start, jac=True, method="L-BFGS-B", options=options).fun


@pytest.mark.parametrize(
    "changes",
    [
        {"objective": "softmax"},
        {"objective": "hierarchical_softmax"},
        {"objective": "negative_sampling"},
        {"objective": "negative_sampling", "noise_may_hit_target": False},
        {"objective": "negative_sampling", "negatives": 5, "noise_power": 0},
    ],
    ids=str,
)
def test_full_descent_reaches_the_floor_and_goes_no_lower(changes):
    config = TrainingConfig(**(FULL | changes))
    probe = Probe.from_corpus(TWELVE, config)
    lowest = floor(probe, config)
    assert lowest.value == pytest.approx(descend_fully(probe, config), abs=1e-4)
    assert lowest.value < start_value(probe, config) - 0.1


def test_no_floor_is_below_the_notes_loss_or_in_closed_form_for_cbow():
    config = TrainingConfig(objective="softmax_with_negatives", **FULL)
    found = floor(Probe.from_corpus(TWELVE, config), config)
    assert (found.value, found.code) == (None, "unbounded")
    config = TrainingConfig(architecture="cbow", **FULL)
    found = floor(Probe.from_corpus(TWELVE, config), config)
    assert (found.value, found.code) == (None, "no_closed_form")


def test_floors_by_hand():
    # "a b a c": window 1 gives a-b, b-a, b-a, a-c, c-a. After a: b or c, each half; after b and c: only a.
    corpus = Corpus.from_text("a b a c")
    config = TrainingConfig(objective="softmax", window=1, dynamic_window=False, subsample=0, negatives=1)
    probe = Probe.from_corpus(corpus, config)
    assert probe.pairs == 6
    assert floor(probe, config).value == pytest.approx(3 * (math.log(3) - 2 / 3 * math.log(2)) / 6)


@pytest.mark.parametrize("may_hit", [True, False])
@pytest.mark.parametrize("architecture", ["skip_gram", "cbow"])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_start_value_is_the_probes_loss_at_zero_scores(objective, architecture, may_hit):
    config = TrainingConfig(
        objective=objective, architecture=architecture, noise_may_hit_target=may_hit, window=3, dim=4
    )
    probe = Probe.from_corpus(CORPUS, config)
    made = make_objective(CORPUS.vocabulary, config)
    W, U = np.ones((len(CORPUS.vocabulary), 4)), np.zeros((made.n_outputs, 4))
    assert start_value(probe, config) == pytest.approx(probe_loss(probe, W, U, made))
    # Over all words instead of the probe's pairs it is nearly the same:
    assert made.start_value == pytest.approx(start_value(probe, config), rel=0.06)
