"""Blocks are a faster way to the same gradient: as one matrix gives it, and as the textbook's sum over pairs does."""

import numpy as np
import pytest
from scipy.special import expit, log_expit

from tests.core.training.small import CORPUS
from w2v_core import TrainingConfig
from w2v_core.corpus.windows import Windows
from w2v_core.training.architectures import ARCHITECTURES
from w2v_core.training.gradients import gradients
from w2v_core.training.objectives import make_objective

V = len(CORPUS.vocabulary)
FORMS = pytest.mark.parametrize(
    ("architecture", "may_hit", "tokens"),
    [("skip_gram", True, 40), ("skip_gram", False, 13), ("cbow", True, 40), ("cbow", False, 13)],
)


def setting(architecture, tokens, **changes):
    """Return an objective, a batch in both forms, and vectors."""
    config = TrainingConfig(architecture=architecture, dim=4, window=3, subsample=0, **changes)
    objective, rng = make_objective(CORPUS.vocabulary, config), np.random.default_rng(5)
    windows = Windows(
        CORPUS, window=3, dynamic=True, subsample=0, batch_tokens=tokens, epochs=1, rng=rng, block=5
    )
    batch, form = windows.next(), ARCHITECTURES[architecture]
    W, U = rng.normal(size=(V, 4)), rng.normal(size=(objective.n_outputs, 4))
    return objective, form.rows(batch.pairs(), V), form.blocks(batch, V), W, U


def slopes(objective, inputs, draw, W, U):
    """Return the loss and its slopes in all of W and U."""
    found = gradients(objective, inputs, draw, W[inputs.words], U[draw.columns])
    of_w, of_u = np.zeros_like(W), np.zeros_like(U)
    of_w[inputs.words], of_u[draw.columns] = found.inputs, found.outputs
    return found.loss, of_w, of_u


def assert_same(found, expected):
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-5)


@FORMS
@pytest.mark.parametrize(
    "changes", [{"objective": "hierarchical_softmax"}, {"noise": "per_pair"}], ids=["tree", "noise"]
)
def test_blocks_and_one_matrix_have_the_same_gradient(architecture, may_hit, tokens, changes):
    changes = changes | {"noise_may_hit_target": may_hit}
    objective, rows, blocks, W, U = setting(architecture, tokens, **changes)
    assert blocks.n_pairs == rows.n_pairs
    # Both draw for the same pairs in the same order, so they draw the same noise.
    one_matrix = objective.draw(rows.n_rows, rows.row, rows.target, np.random.default_rng(1))
    stack = objective.draw_blocks(blocks.targets, blocks.positives, np.random.default_rng(1))
    assert_same(slopes(objective, blocks, stack, W, U), slopes(objective, rows, one_matrix, W, U))


@FORMS
def test_a_blocks_pool_stands_for_k_draws_of_each_of_its_pairs(architecture, may_hit, tokens):
    objective, _, blocks, W, U = setting(
        architecture, tokens, noise="shared", noise_pool=6, negatives=4, noise_may_hit_target=may_hit
    )
    pools = objective.noise.draw_pools(np.random.default_rng(1), len(blocks.targets), 6)
    H = blocks.hidden(W[blocks.words])
    loss, of_h, of_u = 0.0, np.zeros_like(H), np.zeros_like(U)
    for block, row, column in np.argwhere(blocks.positives):
        h, target = H[block, row], blocks.targets[block, column]
        terms = [(target, 1.0, 1.0)]
        terms += [(word, -1.0, 4 / 6) for word in pools[block] if may_hit or word != target]
        for word, sign, weight in terms:
            loss -= weight * log_expit(sign * h @ U[word])
            slope = -weight * sign * expit(-sign * h @ U[word])
            of_h[block, row] += slope * U[word]
            of_u[word] += slope * h
    of_w = np.zeros_like(W)
    of_w[blocks.words] = blocks.back(of_h)
    draw = objective.draw_blocks(blocks.targets, blocks.positives, np.random.default_rng(1))
    assert_same(slopes(objective, blocks, draw, W, U), (loss, of_w, of_u))


def test_pools_have_the_noise_distribution():
    objective, _, blocks, _, _ = setting("skip_gram", 40, noise="shared", noise_pool=6)
    rng, drawn = np.random.default_rng(2), np.zeros(V)
    for _ in range(2000):
        drawn += np.bincount(objective.noise.draw_pools(rng, len(blocks.targets), 6).ravel(), minlength=V)
    np.testing.assert_allclose(drawn / drawn.sum(), objective.noise.distribution, rtol=0.06)
