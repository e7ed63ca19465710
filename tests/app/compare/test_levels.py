"""Names that must not lie on each other stand as near to their values as the distance lets them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.background.comparison import Scale
from app.screens.compare.levels import Level, apart, ends_apart, levels_of
from w2v_core.diagnostics import Floor


def test_what_is_far_apart_stays():
    np.testing.assert_allclose(apart([3.0, 1.0, 9.0], 1.0, 0.0, 10.0), [3, 1, 9])


def test_what_lies_together_moves_as_little_as_possible():
    np.testing.assert_allclose(apart([5.0, 5.0], 1.0, 0.0, 10.0), [4.5, 5.5])
    np.testing.assert_allclose(apart([9.9, 9.8], 1.0, 0.0, 10.0), [10, 9])


@given(st.lists(st.floats(-100, 100), max_size=8), st.floats(0.01, 5))
def test_names_keep_their_order_and_distance(values, distance):
    places = apart(values, distance, -100.0, 100.0)
    order = np.argsort(values, kind="stable")
    room = min(distance, 200 / max(1, len(values) - 1))
    assert np.all(np.diff(places[order]) >= room - 1e-9)
    assert np.all(np.abs(places) <= 100 + 1e-9)


def test_only_curves_that_end_near_each_other_move_their_letters():
    places = ends_apart([10.0, 11.0, 50.0], [5.0, 5.0, 5.0], 2.0, 1.0, 0.0, 10.0)
    np.testing.assert_allclose(places, [4.5, 5.5, 5])


def scale(start, floor):
    return Scale(start, Floor(floor, "unbounded" if floor is None else "conditional_entropy", ""))


def test_runs_with_the_same_line_share_it():
    levels = levels_of([scale(4.0, 1.0), scale(4.0001, 2.0), scale(5.0, None)])
    assert levels == [
        Level("start", 4.0, (0, 1)),
        Level("floor", 1.0, (0,)),
        Level("floor", 2.0, (1,)),
        Level("start", 5.0, (2,)),
    ]


@pytest.mark.parametrize("values", [[], [3.0]])
def test_few_names_need_no_room(values):
    np.testing.assert_allclose(apart(values, 100.0, 0.0, 10.0), values)
