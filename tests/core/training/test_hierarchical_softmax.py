import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from tests.core.training.small import CORPUS, trainer
from w2v_core import Corpus, TrainingConfig, Vocabulary
from w2v_core.training.objectives import HierarchicalSoftmax


def made(counts):
    vocabulary = Vocabulary([f"w{i}" for i in range(len(counts))], counts)
    return HierarchicalSoftmax(vocabulary, TrainingConfig(subsample=0))


@settings(deadline=None)
@given(st.lists(st.integers(1, 50), min_size=2, max_size=20), st.integers(0, 99), st.floats(0, 30))
def test_a_words_probability_is_the_product_of_its_turns_and_all_sum_to_one(counts, seed, spread):
    objective = made(sorted(counts, reverse=True))
    scores = np.random.default_rng(seed).normal(0, spread, (2, len(counts) - 1))
    p = np.exp(objective.log_probabilities(scores))
    np.testing.assert_allclose(p.sum(axis=1), 1)
    for word in range(len(counts)):
        nodes, turns = objective.tree.path(word)
        product = np.prod(expit(np.where(turns == 0, 1, -1) * scores[:, nodes]), axis=1)
        np.testing.assert_allclose(p[:, word], product, atol=1e-12)


def test_the_loss_of_a_pair_is_minus_log_p():
    objective = made([9, 5, 3, 2, 1])
    scores = np.random.default_rng(0).normal(size=(2, 4))
    row, target = np.array([0, 1, 1]), np.array([2, 0, 4])
    draw = objective.draw(2, row, target, np.random.default_rng(0))
    loss, _ = objective.loss(scores[:, draw.columns], *draw.counts)
    assert loss == pytest.approx(-objective.log_probabilities(scores)[row, target].sum())


def test_counts_conserve_turns():
    objective = made([9, 5, 3, 2, 1])
    target = np.array([2, 0, 4, 4])
    draw = objective.draw(2, np.array([0, 1, 1, 1]), target, np.random.default_rng(0))
    assert sum(part.sum() for part in draw.counts) == objective.tree.lengths[target].sum()
    assert sum(part[:, 0].sum() for part in draw.counts) == 4  # all pass the root


def test_a_batch_starts_at_its_own_mean_code_length_times_ln_2():
    run = trainer(objective="hierarchical_softmax", batch_tokens=10**6)
    targets = trainer(objective="softmax", batch_tokens=10**6)._windows.next().pairs().contexts
    lengths = run.objective.tree.lengths
    assert run.step().loss == pytest.approx(lengths[targets].mean() * math.log(2), abs=1e-6)
    # start_value leaves the sentences' ends out of account:
    p = CORPUS.vocabulary.counts / CORPUS.vocabulary.counts.sum()
    assert run.objective.start_value == pytest.approx(p @ lengths * math.log(2))


def test_subsampling_moves_the_start_value_towards_longer_codes():
    start = [
        HierarchicalSoftmax(CORPUS.vocabulary, TrainingConfig(subsample=t)).start_value for t in (0, 0.01)
    ]
    assert start[0] < start[1]


def test_two_words_train_with_a_single_node():
    run = trainer(Corpus.from_text("a b\na b\nb a"), objective="hierarchical_softmax", epochs=100)
    assert run.U.shape == (1, 6)
    losses = [record.loss for record in run.run()]
    assert losses[0] == pytest.approx(math.log(2))
    assert losses[-1] < losses[0]
