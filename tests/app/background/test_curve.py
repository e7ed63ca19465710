import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.background.curve import LossCurve
from w2v_core import StepRecord


def records(losses, sizes):
    pairs = np.cumsum(sizes)
    return [
        StepRecord(i + 1, 1, int(p), loss, 0.1, 7)
        for i, (loss, p) in enumerate(zip(losses, pairs, strict=True))
    ]


def collected(losses, sizes, capacity):
    curve = LossCurve(capacity)
    for record in records(losses, sizes):
        curve.add(record, 0.5)
    return curve.points()


def test_a_short_run_keeps_every_step():
    points = collected([3.0, 2.0, 1.0], [10, 20, 30], 4)
    np.testing.assert_allclose(points.pairs, [10, 30, 60])
    np.testing.assert_allclose(points.loss, [3, 2, 1])
    np.testing.assert_allclose(points.smooth, [3, 2.5, 2])
    np.testing.assert_allclose(points.steps, [1, 2, 3])
    np.testing.assert_allclose(points.rows, [7, 14, 21])
    np.testing.assert_allclose(points.seconds, [0.5, 1, 1.5])
    assert points.steps_per_point == 1


def test_full_blocks_merge_into_their_weighted_mean():
    points = collected([5.0, 3.0, 2.0, 1.0, 4.0, 6.0], [20, 10, 30, 10, 10, 5], 4)
    np.testing.assert_allclose(points.pairs, [20, 60, 80, 85])
    np.testing.assert_allclose(points.loss, [5, (30 + 60) / 40, (10 + 40) / 20, 6])
    assert points.steps_per_point == 2


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(1, 500)), min_size=1, max_size=300))
def test_nothing_is_lost_however_long_the_run(steps):
    losses, sizes = zip(*steps, strict=True)
    points = collected(losses, sizes, 8)
    assert 0 < len(points.pairs) <= 9
    assert (points.steps[0], points.loss[0]) == (1, pytest.approx(losses[0]))
    assert points.pairs[-1] == sum(sizes)
    assert (points.steps[-1], points.rows[-1]) == (len(steps), 7 * len(steps))
    assert points.seconds[-1] == 0.5 * len(steps)
    total = np.sum(points.loss * np.diff(points.pairs, prepend=0))
    assert total == pytest.approx(np.dot(losses, sizes), abs=1e-6)
    assert np.all(np.diff(points.pairs) > 0)


def test_an_empty_curve_has_no_points():
    assert len(LossCurve().points().loss) == 0
