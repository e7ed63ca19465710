import numpy as np
import pytest

from w2v_core.cluster.merge import Combiner, MovedRows, WeightedMean, merging

both = pytest.mark.parametrize("merge", [WeightedMean, Combiner])


def rows(ids, times, moves):
    return MovedRows(np.array(ids), np.array(times), np.array(moves, dtype=float))


def merged(merge, *shards, start=((1.0, 1.0), (2.0, 2.0), (3.0, 3.0))):
    array = np.array(start)
    merges = merging(merge, array)
    for shard in shards:
        merges.add(shard)
    merges.move(array)
    return array


def test_the_weighted_mean_by_hand():
    one = rows([0, 1], [1, 3], [[4, 0], [4, 4]])
    other = rows([1, 2], [1, 5], [[0, 8], [1, 1]])
    # Row 0 is moved by one shard alone, row 2 by the other; row 1 by (3 (4, 4) + 1 (0, 8)) / 4 = (3, 5).
    np.testing.assert_array_equal(merged(WeightedMean, one, other), [[5, 1], [5, 7], [4, 4]])


def test_the_combiner_by_hand():
    first = rows([0, 1, 2], [1, 1, 1], [[2, 0], [2, 0], [2, 0]])
    second = rows([0, 1, 2], [1, 1, 1], [[2, 0], [0, 3], [1, 3]])
    # The same again adds nothing; what stands at right angles adds all of it; of (1, 3) the part (0, 3) is new.
    np.testing.assert_array_equal(merged(Combiner, first, second), [[3, 1], [4, 5], [5, 6]])


@both
def test_shards_that_agree_move_a_row_once(merge):
    shards = [rows([1], [2], [[0.5, -0.25]])] * 4
    np.testing.assert_allclose(merged(merge, *shards), [[1, 1], [2.5, 1.75], [3, 3]])


@both
def test_a_row_that_none_has_moved_stays_and_one_shard_has_its_own_way(merge):
    np.testing.assert_array_equal(merged(merge, rows([2], [7], [[1, 2]])), [[1, 1], [2, 2], [4, 5]])
    np.testing.assert_array_equal(merged(merge), [[1, 1], [2, 2], [3, 3]])


@both
def test_sums_of_squares_have_no_direction(merge):
    shards = rows([0, 1], [1, 1], [1, 2]), rows([1], [3], [6])
    np.testing.assert_array_equal(merged(merge, *shards, start=(1.0, 2.0, 3.0)), [2, 7, 3])


def test_rows_between_two_states():
    before = np.arange(8.0).reshape(4, 2)
    after = before + np.array([[0], [2], [0], [0]])
    found = MovedRows.between(before, after, np.array([0, 3, 0, 1]))
    assert found.ids.tolist() == [1, 3]
    assert found.times.tolist() == [3, 1]
    assert found.moves.tolist() == [[2, 2], [0, 0]]
