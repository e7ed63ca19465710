import numpy as np
import pytest

from w2v_core import TrainingConfig
from w2v_core.training.optimizers import Adagrad, Sgd, make_optimizer, sgd_update

ROWS = np.array([0, 2])


def test_an_unbounded_step_is_rate_times_gradient():
    np.testing.assert_allclose(sgd_update(np.array([[3.0, 4.0]]), 0.1, None), [[-0.3, -0.4]])


def test_a_bound_shortens_long_rows_only_and_keeps_their_direction():
    update = sgd_update(np.array([[3.0, 4.0], [30.0, 40.0], [0.0, 0.0]]), 0.1, 0.5)
    np.testing.assert_allclose(update, [[-0.3, -0.4], [-0.3, -0.4], [0, 0]])


def test_each_row_may_have_a_rate_of_its_own():
    update = sgd_update(np.array([[3.0, 4.0], [3.0, 4.0]]), np.array([0.1, 1.0]), 0.5)
    np.testing.assert_allclose(update, [[-0.3, -0.4], [-0.3, -0.4]])


def test_names_make_optimizers():
    assert isinstance(make_optimizer(TrainingConfig(), 3), Sgd)
    assert isinstance(make_optimizer(TrainingConfig(optimizer="adagrad"), 3), Adagrad)


def test_adagrad_divides_by_the_root_of_the_sum_of_mean_squares():
    optimizer = Adagrad(3)
    # Mean squares 12.5 and 0; then 12.5 + 12.5.
    update, sums = optimizer.update(ROWS, np.array([[3.0, 4.0], [0.0, 0.0]]), 0.1, None)
    np.testing.assert_allclose(update, [[-0.3 / 12.5**0.5, -0.4 / 12.5**0.5], [0, 0]])
    np.testing.assert_allclose(sums, [12.5, 0])
    assert not optimizer.sums.any()  # it assigns nothing itself
    optimizer.sums[ROWS] = sums
    update, sums = optimizer.update(ROWS, np.array([[3.0, 4.0], [0.0, 0.0]]), 0.1, None)
    np.testing.assert_allclose(update, [[-0.3 / 5, -0.4 / 5], [0, 0]])
    np.testing.assert_allclose(sums, [25, 0])


@pytest.mark.parametrize("size", [1e-30, 1.0, 1e15])
def test_adagrads_first_step_has_the_same_length_for_any_gradient_and_obeys_the_bound(size):
    gradient = np.full((2, 4), size, dtype=np.float32)
    update, _ = Adagrad(3).update(ROWS, gradient.copy(), 0.1, None)
    expected = 0.2 if size > 1e-19 else 0  # squares below float32's range vanish, and with them the step
    np.testing.assert_allclose(np.linalg.norm(update, axis=1), expected, rtol=1e-5, atol=1e-9)
    update, _ = Adagrad(3).update(ROWS, gradient.copy(), 0.1, 0.05)
    assert (np.linalg.norm(update, axis=1) < 0.0500001).all()
