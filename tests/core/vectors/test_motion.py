from itertools import pairwise

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

from w2v_core.vectors.motion import aligned_maps, moved_most, neighbors_over_time
from w2v_core.vectors.space import normalized
from w2v_core.vectors.timeline import ONE, Frame


def frame(step, vectors):
    return Frame(
        step, step, np.rint(ONE * normalized(np.asarray(vectors, dtype=np.float32))).astype(np.int16)
    )


def cloud(seed, n=30, dim=5):
    return np.random.default_rng(seed).normal(size=(n, dim)) * np.arange(dim, 0, -1)


def test_neighbors_over_time_are_scikit_learns_in_each_frame():
    frames = [frame(seed, cloud(seed)) for seed in range(3)]
    for at, (rows, cosines) in zip(frames, neighbors_over_time(frames, 7, 4), strict=True):
        near = NearestNeighbors(n_neighbors=5, metric="cosine").fit(at.unit.astype(float))
        distances, expected = near.kneighbors(at.unit[7:8].astype(float))
        np.testing.assert_array_equal(rows, expected[0, 1:])
        np.testing.assert_allclose(cosines, 1 - distances[0, 1:], atol=2e-4)


def test_the_word_that_moved_is_found():
    before = cloud(0)
    after = before.copy()
    after[3] *= -1
    after[8] = [0, 0, 0, 0, 9]
    rows, distances = moved_most(frame(0, before), frame(1, after), 3)
    turn = before[8] @ after[8] / np.linalg.norm(before[8]) / 9
    assert rows[:2].tolist() == [3, 8]
    np.testing.assert_allclose(distances, [2, 1 - turn, 0], atol=2e-4)


def test_aligned_a_turn_of_everything_is_no_move():
    before = cloud(1, dim=3)
    turn = Rotation.from_euler("xyz", [50, -20, 110], degrees=True).as_matrix()
    after = before @ turn
    assert moved_most(frame(0, before), frame(1, after))[1].min() > 0.1
    np.testing.assert_allclose(moved_most(frame(0, before), frame(1, after), aligned=True)[1], 0, atol=2e-4)
    after[4] *= -1
    rows, distances = moved_most(frame(0, before), frame(1, after), 1, aligned=True)
    assert (rows.tolist(), distances[0] > 1) == ([4], True)


@pytest.mark.parametrize("dimensions", [2, 3])
def test_maps_end_in_the_principal_components_and_do_not_flip_on_the_way(dimensions):
    start, end = cloud(2), cloud(3)
    frames = [frame(i, start + (end - start) * i / 40) for i in range(41)]
    maps, explained = aligned_maps(frames, dimensions=dimensions)
    last = PCA(dimensions, svd_solver="covariance_eigh").fit(frames[-1].unit)
    np.testing.assert_allclose(maps[-1], last.transform(frames[-1].unit), atol=1e-4)
    assert explained[-1] == pytest.approx(last.explained_variance_ratio_.sum(), rel=1e-4)
    hops = [np.linalg.norm(b - a, axis=1).mean() for a, b in pairwise(maps)]
    assert max(hops) < 0.2  # of a cloud one wide
    some, _ = aligned_maps(frames, rows=np.array([4, 2, 9]))
    assert some[0].shape == (3, 2)
