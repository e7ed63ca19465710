import numpy as np

from w2v_core.training.optimizers import sgd_update


def test_an_unbounded_step_is_rate_times_gradient():
    np.testing.assert_allclose(sgd_update(np.array([[3.0, 4.0]]), 0.1, None), [[-0.3, -0.4]])


def test_a_bound_shortens_long_rows_only_and_keeps_their_direction():
    update = sgd_update(np.array([[3.0, 4.0], [30.0, 40.0], [0.0, 0.0]]), 0.1, 0.5)
    np.testing.assert_allclose(update, [[-0.3, -0.4], [-0.3, -0.4], [0, 0]])
