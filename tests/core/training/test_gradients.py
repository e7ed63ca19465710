"""Every objective in every architecture, against central differences in W and in U."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.finite_differences import gradient
from tests.core.training.small import CORPUS
from w2v_core import Corpus, Problem, TrainingConfig
from w2v_core.corpus.windows import Windows
from w2v_core.training.architectures import ARCHITECTURES
from w2v_core.training.config import OBJECTIVES, OPTIMIZERS
from w2v_core.training.gradients import gradients
from w2v_core.training.moves import ParameterTable, descend
from w2v_core.training.objectives import make_objective
from w2v_core.training.optimizers import make_optimizer


def batch_of(corpus, config, rng):
    windows = Windows(
        corpus, window=config.window, dynamic=True, subsample=config.subsample, epochs=1, rng=rng,
        batch_tokens=config.batch_tokens,
    )  # fmt: skip
    return windows.next()


def slopes(corpus, config, seed):
    """Return what a batch is, W and U, and the slopes of its loss in both."""
    rng = np.random.default_rng(seed)
    objective, V = make_objective(corpus.vocabulary, config), len(corpus.vocabulary)
    batch, architecture = batch_of(corpus, config, rng), ARCHITECTURES[config.architecture]
    if objective.draw_blocks is None:
        inputs = architecture.rows(batch.pairs(), V)
        draw = objective.draw(inputs.n_rows, inputs.row, inputs.target, rng)
    else:
        inputs = architecture.blocks(batch, V)
        draw = objective.draw_blocks(inputs.targets, inputs.positives, rng)
    W, U = rng.normal(size=(V, config.dim)), rng.normal(size=(objective.n_outputs, config.dim))

    def loss(w, u):
        return objective.loss(
            inputs.hidden(w[inputs.words]) @ draw.outputs(u[draw.columns]).mT, *draw.counts
        )[0]

    return (
        (objective, inputs, draw, W, U),
        loss(W, U),
        gradient(lambda w: loss(w, U), W),
        gradient(lambda u: loss(W, u), U),
    )


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("noise", ["per_pair", "shared"])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_step_follows_the_slope_in_w_and_u(objective, architecture, noise, optimizer):
    config = TrainingConfig(
        objective=objective, architecture=architecture, noise=noise, optimizer=optimizer, dim=3, window=2,
        negatives=3, batch_tokens=6, subsample=0, noise_pool=8,
    )  # fmt: skip
    (made, inputs, draw, W, U), loss, slope_w, slope_u = slopes(CORPUS, config, seed=1)
    tables = [ParameterTable(array.copy(), make_optimizer(config, len(array))) for array in (W, U)]
    found, assignments = descend(made, inputs, draw, *tables, 1e-2, None)
    np.testing.assert_array_equal(tables[0].array, W)  # nothing has moved yet
    for assignment in assignments:
        assignment.apply()
    assert found == pytest.approx(loss)
    for table, before, slope in zip(tables, (W, U), (slope_w, slope_u), strict=True):
        root = np.sqrt(np.mean(slope**2, axis=1, keepdims=True)) if optimizer == "adagrad" else 1
        np.testing.assert_allclose((before - table.array) / 1e-2 * root, slope, atol=1e-5)
    for assignment in assignments:
        assignment.take_back()
    np.testing.assert_array_equal(tables[0].array, W)
    np.testing.assert_array_equal(tables[1].array, U)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6), min_size=1, max_size=4),
    st.builds(
        TrainingConfig, objective=st.sampled_from(OBJECTIVES), architecture=st.sampled_from([*ARCHITECTURES]),
        noise=st.sampled_from(["per_pair", "shared"]), noise_may_hit_target=st.booleans(), dim=st.just(2),
        window=st.integers(1, 4), negatives=st.integers(1, 2), noise_pool=st.integers(1, 9),
        batch_tokens=st.integers(1, 9), subsample=st.sampled_from([0, 0.05]),
        noise_power=st.sampled_from([0, 0.75, 1]),
    ),
    st.integers(0, 9),
)  # fmt: skip
def test_gradients_are_slopes_on_any_small_corpus(sentences, config, seed):
    try:
        corpus = Corpus.from_sentences(sentences)
        (made, inputs, draw, W, U), loss, slope_w, slope_u = slopes(corpus, config, seed)
    except Problem:
        return  # one word, or no pair
    columns = np.arange(len(U))[draw.columns]
    found = gradients(made, inputs, draw, W[inputs.words], U[columns])
    assert np.isfinite(found.loss)
    assert found.loss == pytest.approx(loss)
    dense_w, dense_u = np.zeros_like(W), np.zeros_like(U)
    dense_w[inputs.words], dense_u[columns] = found.inputs, found.outputs
    np.testing.assert_allclose(dense_w, slope_w, atol=2e-5)
    np.testing.assert_allclose(dense_u, slope_u, atol=2e-5)
