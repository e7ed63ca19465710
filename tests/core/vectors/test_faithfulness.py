import numpy as np
import pytest
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from w2v_core import Problem
from w2v_core.vectors import space
from w2v_core.vectors.faithfulness import faithfulness, nearest_points


def cloud(n=90, dim=12, seed=0):
    return np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32)


def near(rows, k, metric):
    return NearestNeighbors(n_neighbors=k, metric=metric).fit(rows).kneighbors(return_distance=False)


@pytest.mark.parametrize("k", [1, 7, 44])
@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_overlap_and_trustworthiness_are_scikit_learns(metric, k, monkeypatch):
    monkeypatch.setattr(space, "CELLS", 900)  # ten rows at a time
    vectors = cloud()
    points = vectors[:, :2] + 0.1 * cloud(dim=2, seed=1)
    found = faithfulness(vectors, points, k, metric)
    expected = [
        len({*a} & {*b}) / k
        for a, b in zip(near(vectors, k, metric), near(points, k, "euclidean"), strict=True)
    ]
    np.testing.assert_allclose(found.overlap, expected, atol=1e-6)
    assert found.mean == pytest.approx(np.mean(expected))
    reference = trustworthiness(vectors, points, n_neighbors=k, metric=metric)
    assert found.trustworthiness == pytest.approx(reference, abs=1e-6)
    assert found.k == k


def test_dot_products_rank_by_the_largest():
    vectors, points = cloud(), cloud(dim=2, seed=1)
    products = vectors @ vectors.T
    np.fill_diagonal(products, -np.inf)
    by_product = np.argsort(-products, axis=1)[:, :5]
    expected = [len({*a} & {*b}) / 5 for a, b in zip(by_product, near(points, 5, "euclidean"), strict=True)]
    np.testing.assert_allclose(faithfulness(vectors, points, 5, "dot").overlap, expected, atol=1e-6)


def test_a_map_that_loses_nothing_and_one_that_knows_nothing():
    vectors = cloud(400, 3)
    whole = faithfulness(vectors, vectors, 8, "euclidean")
    assert (whole.mean, whole.trustworthiness) == (1, 1)
    nothing = faithfulness(vectors, cloud(400, 2, seed=9), 8)
    assert nothing.chance == 8 / 399
    assert nothing.mean == pytest.approx(nothing.chance, abs=0.02)


def test_points_in_one_place_are_each_others_neighbors_not_their_own():
    points = np.array([[0, 0]] * 5 + [[1, 1]], dtype=np.float32)
    found = nearest_points(points, 2)
    assert found.shape == (6, 2)
    assert all(i not in row for i, row in enumerate(found))
    assert (found[:5] < 5).all()


def test_few_points_are_asked_for_fewer_neighbors():
    assert faithfulness(cloud(5), cloud(5, 2), 10).k == 2
    assert faithfulness(cloud(3), cloud(3, 2), 10).k == 1
    with pytest.raises(Problem) as refused:
        faithfulness(cloud(2), cloud(2, 2))
    assert refused.value.details == {"words": 2, "least": 3}
