import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Problem, TrainingConfig, Vocabulary
from w2v_core.training.config import OBJECTIVES
from w2v_core.training.losses import logistic
from w2v_core.training.objectives import NegativeSampling, Softmax, count_cells, make_objective

WORDS = [f"w{i}" for i in range(12)]
VOCABULARY = Vocabulary(WORDS, np.arange(24, 12, -1))
ROW = np.array([0, 0, 1, 2, 2, 2])
TARGET = np.array([3, 5, 3, 0, 0, 11])


def negative_sampling(**settings):
    return NegativeSampling(VOCABULARY, TrainingConfig(**settings))


def test_cells_are_counted():
    counts = count_cells(np.array([0, 1, 1]), np.array([2, 0, 0]), (2, 3))
    np.testing.assert_array_equal(counts, [[0, 0, 1], [2, 0, 0]])
    weighed = count_cells(np.array([0, 1, 1]), np.array([2, 0, 0]), (2, 3), np.array([0.5, 1, 2]))
    np.testing.assert_array_equal(weighed, [[0, 0, 0.5], [3, 0, 0]])


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


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 11)), min_size=1, max_size=30),
    st.sampled_from(OBJECTIVES),
    st.sampled_from(["per_pair", "shared"]),
    st.booleans(),
    st.integers(0, 9),
)
def test_no_pair_is_lost_whatever_the_batch(pairs, objective, noise, may_hit, seed):
    row, target = np.array(pairs).T
    config = TrainingConfig(
        objective=objective, noise=noise, noise_may_hit_target=may_hit, negatives=4, noise_pool=24
    )
    made = make_objective(VOCABULARY, config)
    counts = made.draw(5, row, target, np.random.default_rng(seed)).counts
    pairs_of = np.bincount(row, minlength=5)
    if objective == "hierarchical_softmax":
        turns = np.bincount(row, weights=made.tree.lengths[target], minlength=5)
        np.testing.assert_array_equal(sum(counts).sum(axis=1), turns)
        return
    if made.loss is logistic:
        of_pairs, of_noise = (part.sum(axis=1) for part in counts)
    else:
        weight = counts[2] if len(counts) == 3 else np.ones(len(row))
        of_pairs, of_noise = (
            np.bincount(counts[0], weights=np.maximum(sign * weight, 0), minlength=5) for sign in (1, -1)
        )
    np.testing.assert_array_equal(of_pairs, pairs_of)
    owed = 0 if objective == "softmax" else 4 * pairs_of
    if may_hit or objective == "softmax":
        np.testing.assert_allclose(of_noise, owed, rtol=1e-5)
    else:
        assert (of_noise <= owed + 1e-4).all()


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


@pytest.mark.parametrize("noise", ["per_pair", "shared"])
def test_hits_of_the_target_are_dropped_not_drawn_again(noise):
    settings = {"noise": noise, "negatives": 4, "noise_pool": 24}
    pn, total, draws = VOCABULARY.noise_distribution(0.75), np.zeros((3, 12)), 3000
    objective, rng = negative_sampling(noise_may_hit_target=False, **settings), np.random.default_rng(2)
    for _ in range(draws):
        draw = objective.draw(3, ROW, TARGET, rng)
        total[:, draw.columns] += draw.counts[1]
    pairs_with_another_target = np.bincount(ROW)[:, None] - count_cells(ROW, TARGET, (3, 12))
    np.testing.assert_allclose(total / draws, 4 * pairs_with_another_target * pn, rtol=0.12)
    assert total[0, 3] > 0  # the other pair of row 0 may have it


def test_a_row_with_one_target_never_has_it_as_noise():
    draw = negative_sampling(noise_may_hit_target=False, noise="per_pair", negatives=12).draw(
        1, np.zeros(50, dtype=int), np.full(50, 7), np.random.default_rng(0)
    )
    positives, negatives = draw.counts
    own = draw.columns.tolist().index(7)
    assert positives[0, own] == 50
    assert negatives[0, own] == 0
    assert 0 < negatives.sum() < 600


@pytest.mark.parametrize("objective", ["negative_sampling", "softmax_with_negatives"])
def test_dropping_hits_lowers_the_start_value_by_their_share(objective):
    pn = VOCABULARY.noise_distribution(0.75)
    config = TrainingConfig(objective=objective, negatives=3, noise_may_hit_target=False, subsample=0)
    unit = math.log(2 if objective == "negative_sampling" else 12)
    made = make_objective(VOCABULARY, config)
    np.testing.assert_allclose(made.start_values, (1 + 3 * (1 - pn)) * unit)
    p = VOCABULARY.counts / VOCABULARY.counts.sum()
    assert made.start_value == pytest.approx(p @ made.start_values)
    assert (
        made.start_value
        < make_objective(VOCABULARY, config.replace(noise_may_hit_target=True)).start_value
        == pytest.approx(4 * unit)
    )


@pytest.mark.parametrize("may_hit", [True, False])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_expected_counts_are_the_mean_of_drawn_ones(objective, may_hit):
    config = TrainingConfig(
        objective=objective, negatives=4, noise="per_pair", noise_may_hit_target=may_hit, dim=3
    )
    made, rng, draws = make_objective(VOCABULARY, config), np.random.default_rng(3), 1500
    scores = rng.normal(size=(3, made.n_outputs))
    losses = []
    for _ in range(draws):
        draw = made.draw(3, ROW, TARGET, rng)
        losses.append(made.loss(scores[:, draw.columns], *draw.counts)[0])
    cells, count = np.unique(ROW * 12 + TARGET, return_counts=True)
    expected = made.expected(3, *np.divmod(cells, 12), count.astype(float))
    loss, _ = made.loss(scores, *expected.counts)
    error = np.std(losses) / draws**0.5
    assert loss == pytest.approx(np.mean(losses), abs=5 * error + 1e-6)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_given_noise_takes_the_place_of_drawn_noise(objective):
    made = make_objective(VOCABULARY, TrainingConfig(objective=objective))
    rng = np.random.default_rng(0)
    state = rng.bit_generator.state
    draw = made.draw(1, np.array([0]), np.array([3]), rng, np.array([[5, 5, 7]]))
    assert rng.bit_generator.state == state  # nothing is drawn
    if objective == "negative_sampling":
        assert draw.columns.tolist() == [3, 5, 7]
        np.testing.assert_array_equal(draw.counts, [[[1, 0, 0]], [[0, 2, 1]]])
    if objective == "softmax_with_negatives":
        np.testing.assert_array_equal(draw.counts[1], [3, 5, 5, 7])
        np.testing.assert_array_equal(draw.counts[2], [1, -1, -1, -1])


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_word_probabilities_sum_to_one_for_any_scores(objective):
    for may_hit in (True, False):
        made = make_objective(VOCABULARY, TrainingConfig(objective=objective, noise_may_hit_target=may_hit))
        scores = np.random.default_rng(1).normal(0, 5, (4, made.n_outputs))
        p = np.exp(made.log_probabilities(scores))
        assert p.shape == made.word_scores(scores).shape == (4, 12)
        np.testing.assert_allclose(p.sum(axis=1), 1)


@pytest.mark.parametrize("may_hit", [True, False])
def test_negative_samplings_optimal_scores_give_back_the_probabilities(may_hit):
    p = np.random.default_rng(1).dirichlet(np.ones(12), 3)
    noise = 5 * VOCABULARY.noise_distribution(0.75) * (1 if may_hit else 1 - p)
    made = negative_sampling(negatives=5, noise_may_hit_target=may_hit)
    np.testing.assert_allclose(np.exp(made.log_probabilities(np.log(p / noise))), p)
