import math

import numpy as np
import pytest

from tests.core.training.small import trainer
from w2v_core import TrainingConfig, Vocabulary
from w2v_core.training.losses import softmax
from w2v_core.training.objectives import SoftmaxWithNegatives

VOCABULARY = Vocabulary([f"w{i}" for i in range(6)], [9, 7, 5, 3, 2, 1])
OBJECTIVE = SoftmaxWithNegatives(VOCABULARY, TrainingConfig(negatives=2))


def loss_of_pair(scores, context, noise):
    draw = OBJECTIVE.draw(1, np.array([0]), np.array([context]), np.random.default_rng(0), np.array([noise]))
    return OBJECTIVE.loss(scores, *draw.counts)[0]


def test_the_loss_is_the_notes_equation():
    scores = np.random.default_rng(0).normal(size=(1, 6))
    z = np.exp(scores).sum()
    p_o, p_n = np.exp(scores[0, 1]) / z, np.exp(-scores[0, [3, 4]]) / z
    assert loss_of_pair(scores, 1, [3, 4]) == pytest.approx(-np.log(p_o) - np.log(p_n).sum())


def test_the_noise_words_probability_is_none():
    # The terms' exp(-loss) over all noise words: no sum of 1, and single ones above 1.
    scores = np.array([[-2.0, -1, 0, 0, 1, -3]])
    terms = [softmax(scores, np.array([0]), np.array([n]), np.array([-1.0]))[0] for n in range(6)]
    p = np.exp(-np.array(terms))
    assert p.sum() > 5
    assert p.max() > 1
    # At the start they still look like probabilities:
    terms = [softmax(0 * scores, np.array([0]), np.array([n]), np.array([-1.0]))[0] for n in range(6)]
    assert np.exp(-np.array(terms)).sum() == pytest.approx(1)


def test_lowering_all_scores_lowers_the_loss_by_2a_a_noise_word_without_end():
    scores = np.random.default_rng(0).normal(size=(1, 6))
    start = loss_of_pair(scores, 1, [3, 4])
    for a in (1, 100, 1e6):
        assert loss_of_pair(scores - a, 1, [3, 4]) == pytest.approx(start - 2 * 2 * a)


def test_training_runs_below_zero():
    run = trainer(objective="softmax_with_negatives", epochs=100, learning_rate=0.1)
    losses = [record.loss for record in run.run()]
    assert losses[0] == pytest.approx(4 * math.log(len(run.corpus.vocabulary)), abs=1e-6)
    assert losses[-1] < -10


def test_noise_is_drawn_for_each_pair_whatever_the_setting():
    draws = [
        SoftmaxWithNegatives(VOCABULARY, TrainingConfig(negatives=2, noise=noise)).draw(
            1, np.zeros(4, int), np.arange(4), np.random.default_rng(0)
        )
        for noise in ("shared", "per_pair")
    ]
    np.testing.assert_array_equal(draws[0].counts, draws[1].counts)
    row, _, weight = draws[0].counts
    assert len(row) == 4 + 4 * 2
    assert weight.sum() == 4 - 4 * 2
