import math

import numpy as np
import pytest
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold._t_sne import _joint_probabilities
from sklearn.neighbors import NearestNeighbors

from w2v_core import Problem
from w2v_core.vectors.tsne import EARLY_ITERATIONS, LATE_ITERATIONS, TSNE


def groups(n=60, dim=8, seed=0):
    """Return n vectors in three groups far apart, and which group each is in."""
    rng = np.random.default_rng(seed)
    group = np.arange(n) % 3
    return 10 * rng.normal(size=(3, dim))[group] + rng.normal(size=(n, dim)), group


def exact_kl(vectors, points, perplexity):
    """Return the divergence with all pairs, from scikit-learn's own probabilities."""
    distances = squareform(pdist(vectors, "sqeuclidean")).astype(np.float32)
    p = _joint_probabilities(distances, perplexity, verbose=0)
    q = 1 / (1 + pdist(points.astype(np.float64), "sqeuclidean"))
    q /= 2 * q.sum()
    return 2 * np.sum(p * np.log(p / q))


@pytest.mark.parametrize("dimensions", [2, 3])
def test_groups_part_and_the_divergence_is_the_exact_one_but_for_barnes_hut(dimensions):
    vectors, group = groups()
    tsne = TSNE(vectors, dimensions=dimensions, perplexity=1000)
    assert tsne.perplexity == 59 / 3  # all words are neighbors: nothing is left out
    assert math.isnan(tsne.kl)
    tsne.step(40)
    assert tsne.exaggerated
    assert tsne.kl == pytest.approx(exact_kl(vectors, tsne.points, tsne.perplexity), rel=0.02)
    early = tsne.kl
    tsne.step(10**6)
    assert (tsne.finished, tsne.exaggerated, tsne.iteration) == (True, False, 750)
    assert tsne.kl == pytest.approx(exact_kl(vectors, tsne.points, tsne.perplexity), rel=0.02, abs=5e-4)
    assert tsne.kl < early / 10
    near = NearestNeighbors(n_neighbors=5).fit(tsne.points).kneighbors(return_distance=False)
    assert (group[near] == group[:, None]).all()
    assert (tsne.points.shape, tsne.points.dtype) == ((60, dimensions), np.float32)
    with pytest.raises(ValueError, match="read-only"):
        tsne.points[0, 0] = 0


def test_small_steps_are_one_large_step():
    vectors, _ = groups()
    whole, parts = TSNE(vectors, perplexity=10), TSNE(vectors, perplexity=10)
    whole.step(EARLY_ITERATIONS + 60)
    for count in (1, 3, EARLY_ITERATIONS - 10, 11, 55):  # one step crosses from the early phase to the late
        parts.step(count)
    assert parts.iteration == whole.iteration
    np.testing.assert_array_equal(parts.points, whole.points)
    assert parts.kl == whole.kl


def test_the_seed_decides():
    vectors, _ = groups()
    a, b, c = (TSNE(vectors, perplexity=10, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(a.points, b.points)
    assert (a.points != c.points).any()


def test_going_on_from_a_layout_begins_there_and_skips_exaggeration():
    vectors, _ = groups()
    first = TSNE(vectors, perplexity=10)
    first.step(10**6)
    again = TSNE(vectors, perplexity=10, start=first.points)
    np.testing.assert_array_equal(again.points, first.points)
    assert (again.exaggerated, again.iterations) == (False, LATE_ITERATIONS)
    again.step()
    assert again.kl == pytest.approx(first.kl, rel=0.05)
    with pytest.raises(ValueError, match="3 coordinates"):
        TSNE(vectors, dimensions=3, start=first.points)


def test_many_dimensions_are_reduced_before_neighbors_are_sought():
    rng = np.random.default_rng(1)
    vectors = np.zeros((80, 120))
    vectors[:, :50] = rng.normal(size=(80, 50))
    turned = vectors @ np.linalg.qr(rng.normal(size=(120, 120)))[0]
    a, b = (TSNE(rows, perplexity=5) for rows in (vectors, turned))
    difference = a._affinities.P - b._affinities.P
    assert abs(difference).max() < 1e-12  # 50 axes hold all there is, however it is turned


@pytest.mark.parametrize("vectors", [np.zeros((6, 4)), np.ones((40, 1)), np.eye(5)])
def test_vectors_without_axes_still_have_a_map(vectors):
    tsne = TSNE(vectors)
    tsne.step(300)
    assert np.isfinite(tsne.points).all()


@pytest.mark.parametrize(
    ("changes", "code", "details"),
    [
        ({"dimensions": 4}, "bad_setting", {"name": "dimensions", "value": 4}),
        ({"perplexity": 0.5}, "bad_setting", {"name": "perplexity", "value": 0.5}),
        ({"learning_rate": 0.0}, "bad_setting", {"name": "learning_rate", "value": 0.0}),
        ({"learning_rate": "fast"}, "bad_setting", {"name": "learning_rate", "value": "fast"}),
        ({"vectors": np.eye(4)}, "too_few_words", {"words": 4, "least": 5}),
        ({"vectors": np.full((9, 2), np.inf)}, "not_finite", {}),
    ],
)
def test_what_cannot_work_is_said(changes, code, details):
    with pytest.raises(Problem) as refused:
        TSNE(**({"vectors": groups()[0]} | changes))
    assert (refused.value.code, refused.value.details) == (code, details)
