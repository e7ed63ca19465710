import numpy as np
import pytest

from w2v_core import Problem
from w2v_core.vectors.directions import angle, axis, plane
from w2v_core.vectors.space import normalized

COMPASS = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]], dtype=np.float32)  # east, north, west, south
EAST, NORTH, WEST, SOUTH = range(4)


def test_one_pair_is_its_difference():
    found = axis(COMPASS, np.array([[EAST, NORTH]]))
    np.testing.assert_allclose(found, [-(0.5**0.5), 0.5**0.5], atol=1e-7)
    np.testing.assert_allclose(COMPASS @ found, np.array([-1, 1, 1, -1]) * 0.5**0.5, atol=1e-7)


def test_several_pairs_count_the_same_whatever_their_distance():
    vectors = normalized(np.random.default_rng(0).normal(size=(6, 9)).astype(np.float32))
    pairs = np.array([[0, 1], [2, 3], [4, 5]])
    mean = np.zeros(9)
    for a, b in pairs:
        difference = vectors[b].astype(float) - vectors[a]
        mean += difference / np.sqrt(np.sum(difference**2)) / 3
    np.testing.assert_allclose(axis(vectors, pairs), mean / np.sqrt(np.sum(mean**2)), atol=1e-6)


def test_a_plane_of_two_axes_and_the_angle_between_them():
    slanted = normalized(np.array([[1, 1]], dtype=np.float32))[0]
    found = plane(COMPASS, COMPASS[EAST], slanted)
    root = 0.5**0.5
    np.testing.assert_allclose(found, [[1, root], [0, root], [-1, -root], [0, -root]], atol=1e-6)
    assert angle(COMPASS[EAST], slanted) == pytest.approx(45, abs=1e-3)
    assert angle(COMPASS[EAST], COMPASS[WEST]) == 180


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        (np.empty((0, 2), dtype=int), "no_pairs_of_words"),
        (np.array([[EAST, EAST]]), "no_direction"),
        (np.array([[EAST, NORTH], [NORTH, EAST]]), "no_direction"),
    ],
)
def test_pairs_without_a_direction_are_refused(pairs, code):
    with pytest.raises(Problem) as refused:
        axis(COMPASS, pairs)
    assert refused.value.code == code
