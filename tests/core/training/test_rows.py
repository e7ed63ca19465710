import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core.training import rows
from w2v_core.training.rows import collect, distinct, spread


@pytest.mark.parametrize(
    "size", [31, 31 * rows.MARKS + 1]
)  # by marks where there are many ids, and by sorting
@given(ids=st.lists(st.integers(0, 30), min_size=1))
def test_distinct_is_numpys_unique(size, ids):
    found, place = distinct(np.array(ids), size)
    expected, inverse = np.unique(ids, return_inverse=True)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(place, inverse)


def test_places_keep_their_shape():
    for size in (9, 10**6):
        found, place = distinct(np.array([[4, 2], [2, 7]]), size)
        assert found.tolist() == [2, 4, 7]
        assert place.tolist() == [[1, 0], [0, 2]]


@given(st.lists(st.integers(0, 5), min_size=2, max_size=20).filter(lambda places: len(places) % 2 == 0))
def test_collect_adds_what_spread_has_copied(places):
    place = np.array(places).reshape(2, -1)
    rng = np.random.default_rng(0)
    vectors, gradient = rng.normal(size=(6, 3)), rng.normal(size=(*place.shape, 3))
    np.testing.assert_array_equal(spread(vectors, place), vectors[place])
    expected = np.zeros((6, 3))
    np.add.at(expected, place, gradient)
    np.testing.assert_allclose(collect(gradient, place, 6), expected, atol=1e-12)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "_sparsetools", None)
        np.testing.assert_allclose(collect(gradient, place, 6), expected, atol=1e-12)


def test_without_scipys_private_functions_the_sum_is_the_same_in_float32(monkeypatch):
    place = np.array([[3, 0], [3, 1]])
    gradient = np.arange(12, dtype=np.float32).reshape(2, 2, 3)
    found = collect(gradient, place, 5)
    monkeypatch.setattr(rows, "_sparsetools", None)
    other = collect(gradient, place, 5)
    assert found.dtype == other.dtype == np.float32
    np.testing.assert_array_equal(found, other)
