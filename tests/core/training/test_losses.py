import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import expit, log_expit, log_softmax

from tests.core.finite_differences import gradient
from w2v_core.training.losses import logistic, softmax

SCORES = arrays(np.float64, (3, 4), elements=st.floats(-8, 8))
COUNTS = arrays(np.float64, (3, 4), elements=st.integers(0, 5).map(float))
PAIRS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=9)


@settings(deadline=None)
@given(SCORES, COUNTS, COUNTS)
def test_logistic_gradient_is_the_slope(scores, positives, negatives):
    _, found = logistic(scores, positives, negatives)
    slope = gradient(lambda s: logistic(s, positives, negatives)[0], scores)
    np.testing.assert_allclose(found, slope, atol=1e-6)


@settings(deadline=None)
@given(SCORES, PAIRS)
def test_softmax_gradient_is_the_slope(scores, pairs):
    row, column = np.array(pairs).T
    _, found = softmax(scores, row, column)
    slope = gradient(lambda s: softmax(s, row, column)[0], scores)
    np.testing.assert_allclose(found, slope, atol=1e-6)


@settings(deadline=None)
@given(SCORES, COUNTS, COUNTS)
def test_logistic_loss_is_scipys(scores, positives, negatives):
    loss, slope = logistic(scores, positives, negatives)
    expected = -np.sum(positives * log_expit(scores) + negatives * log_expit(-scores))
    assert loss == pytest.approx(expected, abs=1e-9)
    np.testing.assert_allclose(slope, negatives * expit(scores) - positives * expit(-scores), atol=1e-12)


@settings(deadline=None)
@given(SCORES, PAIRS)
def test_softmax_loss_is_scipys(scores, pairs):
    row, column = np.array(pairs).T
    loss, _ = softmax(scores, row, column)
    assert loss == pytest.approx(-log_softmax(scores, axis=1)[row, column].sum(), abs=1e-9)


def test_a_gradient_may_take_the_place_of_the_scores():
    scores, row, column = np.arange(12.0).reshape(3, 4) / 5, np.array([0, 2, 2]), np.array([3, 1, 1])
    counts = np.eye(3, 4), np.ones((3, 4))
    for form, arguments in ((softmax, (row, column)), (logistic, counts)):
        expected = form(scores, *arguments)
        place = scores.copy()
        loss, slope = form(place, *arguments, out=place)
        assert slope is place
        assert loss == expected[0]
        np.testing.assert_array_equal(slope, expected[1])


@settings(deadline=None)
@given(SCORES, PAIRS, st.data())
def test_weighted_softmax_gradient_is_the_slope(scores, pairs, data):
    row, column = np.array(pairs).T
    weight = np.array(data.draw(st.lists(st.floats(-3, 3), min_size=len(row), max_size=len(row))))
    loss, found = softmax(scores, row, column, weight)
    p = log_softmax(scores, axis=1)
    # A noise word's term is -log(exp(-s) / sum exp(s)) = -log p(o) + 2 s:
    terms = np.where(weight > 0, 0, 2 * scores[row, column]) - p[row, column]
    assert loss == pytest.approx(np.abs(weight) @ terms, abs=1e-9)
    slope = gradient(lambda s: softmax(s, row, column, weight)[0], scores)
    np.testing.assert_allclose(found, slope, atol=1e-6)


def test_whole_weights_are_repeated_pairs():
    scores = np.random.default_rng(0).normal(size=(2, 4))
    weighted = softmax(scores, np.array([0, 1]), np.array([2, 3]), np.array([3.0, 1.0]))
    repeated = softmax(scores, np.array([0, 0, 0, 1]), np.array([2, 2, 2, 3]))
    assert weighted[0] == pytest.approx(repeated[0])
    np.testing.assert_allclose(weighted[1], repeated[1])


def test_a_pair_by_hand():
    # One center, three words, scores ln 1, ln 2, ln 3: p = 1/6, 2/6, 3/6; the context is the second word.
    scores = np.log([[1.0, 2.0, 3.0]])
    loss, slope = softmax(scores, np.array([0]), np.array([1]))
    assert loss == pytest.approx(np.log(3))
    np.testing.assert_allclose(slope, [[1 / 6, -4 / 6, 3 / 6]])
    # The same center with the third word as noise: sigmoid(ln 2) = 2/3, sigmoid(ln 3) = 3/4.
    loss, slope = logistic(scores, np.array([[0, 1, 0]]), np.array([[0, 0, 1]]))
    assert loss == pytest.approx(-np.log(2 / 3) - np.log(1 / 4))
    np.testing.assert_allclose(slope, [[0, -1 / 3, 3 / 4]])


@pytest.mark.parametrize("far", [50.0, 1e3, 1e30])
def test_extreme_scores_stay_finite_in_float32(far):
    scores = np.array([[far, -far, 0]], dtype=np.float32)
    one = np.ones_like(scores)
    loss, slope = logistic(scores, one, one)
    assert np.isfinite(loss)
    assert np.isfinite(slope).all()
    np.testing.assert_allclose(slope, [[1, -1, 0]], atol=1e-6)
    loss, slope = softmax(scores, np.array([0]), np.array([1]))
    assert loss == pytest.approx(2 * far)
    np.testing.assert_allclose(slope, [[1, -1, 0]], atol=1e-6)


def test_stacked_blocks_add_up():
    rng = np.random.default_rng(0)
    scores, positives, negatives = rng.normal(size=(3, 5, 2, 4))
    whole, slope = logistic(scores, positives, negatives)
    parts = [logistic(*block) for block in zip(scores, positives, negatives, strict=True)]
    assert whole == pytest.approx(sum(loss for loss, _ in parts))
    np.testing.assert_allclose(slope, np.stack([part for _, part in parts]))
