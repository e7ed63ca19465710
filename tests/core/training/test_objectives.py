import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Problem, TrainingConfig, Vocabulary
from w2v_core.training.objectives import NegativeSampling, Softmax, count_cells, distinct, make_objective

WORDS = [f"w{i}" for i in range(12)]
VOCABULARY = Vocabulary(WORDS, np.arange(24, 12, -1))
ROW = np.array([0, 0, 1, 2, 2, 2])
TARGET = np.array([3, 5, 3, 0, 0, 11])


def negative_sampling(**settings):
    return NegativeSampling(VOCABULARY, TrainingConfig(**settings))


@given(st.lists(st.integers(0, 30), min_size=1))
def test_distinct_is_numpys_unique(ids):
    found, place = distinct(np.array(ids), 31)
    expected, inverse = np.unique(ids, return_inverse=True)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(place, inverse)


def test_cells_are_counted():
    counts = count_cells(np.array([0, 1, 1]), np.array([2, 0, 0]), (2, 3))
    np.testing.assert_array_equal(counts, [[0, 0, 1], [2, 0, 0]])


def test_start_values():
    assert Softmax(VOCABULARY, TrainingConfig()).start_value == pytest.approx(math.log(12))
    assert negative_sampling(negatives=7).start_value == pytest.approx(8 * math.log(2))


def test_softmax_takes_every_word_as_a_column():
    draw = make_objective(VOCABULARY, TrainingConfig(objective="softmax")).draw(
        3, ROW, TARGET, np.random.default_rng(0)
    )
    assert draw.columns == slice(None)
    np.testing.assert_array_equal(draw.counts[0], ROW)
    np.testing.assert_array_equal(draw.counts[1], TARGET)


@pytest.mark.parametrize("noise", ["per_pair", "shared"])
def test_counts_conserve_pairs_and_owe_every_pair_k_draws(noise):
    objective = negative_sampling(noise=noise, negatives=4, noise_pool=32)
    draw = objective.draw(3, ROW, TARGET, np.random.default_rng(0))
    positives, negatives = draw.counts
    assert len(set(draw.columns.tolist())) == len(draw.columns)
    for row, target in zip(ROW, TARGET, strict=True):
        assert positives[row, draw.columns.tolist().index(target)] > 0
    assert positives.sum() == len(ROW)
    np.testing.assert_allclose(negatives.sum(axis=1), 4 * np.bincount(ROW), rtol=1e-6)


@pytest.mark.parametrize("noise", ["per_pair", "shared"])
def test_both_kinds_of_noise_have_the_textbook_expectation(noise):
    objective = negative_sampling(noise=noise, negatives=3, noise_pool=8)
    rng, total, draws = np.random.default_rng(1), np.zeros((3, 12)), 3000
    for _ in range(draws):
        draw = objective.draw(3, ROW, TARGET, rng)
        total[:, draw.columns] += draw.counts[1]
    expected = np.outer(3 * np.bincount(ROW), VOCABULARY.noise_distribution(0.75))
    np.testing.assert_allclose(total / draws, expected, rtol=0.1)


def test_per_pair_noise_draws_for_each_pair_anew():
    draw = negative_sampling(noise="per_pair", negatives=5).draw(3, ROW, TARGET, np.random.default_rng(0))
    negatives = draw.counts[1]
    assert not np.array_equal(negatives[0] / 2, negatives[1])


def test_more_negatives_than_words_are_refused():
    with pytest.raises(Problem) as refused:
        negative_sampling(negatives=13)
    assert refused.value.code == "too_many_negatives"
    assert refused.value.details == {"negatives": 13, "words": 12}
