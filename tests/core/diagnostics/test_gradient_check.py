import numpy as np
import pytest

from tests.core.finite_differences import gradient
from tests.core.training.small import trainer
from w2v_core.diagnostics import SinglePairs
from w2v_core.diagnostics.gradient_check import GradientCheck, check_gradients
from w2v_core.training.config import OBJECTIVES


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_both_ways_agree_and_a_third_agrees_with_them(objective):
    run = trainer(objective=objective, learning_rate=0.3)
    list(run.run())
    king = run.corpus.vocabulary.id("king")
    inputs, outputs = check_gradients(SinglePairs(run).examine("king", "queen", ["dog", "cat"]))
    assert len(inputs) == 1
    for check in inputs + outputs:
        assert check.relative < 1e-6
        assert check.absolute == np.abs(check.analytic - check.numeric).max()

    def loss(vector):
        there = trainer(objective=objective)
        there.W, there.U = run.W.astype(np.float64), run.U.astype(np.float64)
        there.W[king] = vector
        return SinglePairs(there).examine("king", "queen", ["dog", "cat"]).loss

    np.testing.assert_allclose(inputs[0].analytic, gradient(loss, run.W[king]), atol=1e-8)


def test_a_wrong_gradient_is_found():
    check = GradientCheck.compare(np.array([1.0, -4.0, 2.0]), np.array([1.0, -4.0, 2.5]))
    assert (check.absolute, check.relative) == (0.5, 0.125)
    assert check.largest.tolist() == [1, 2, 0]


def test_no_gradient_at_all_agrees_with_itself():
    check = GradientCheck.compare(np.zeros(2), np.zeros(2))
    assert (check.absolute, check.relative) == (0, 0)
