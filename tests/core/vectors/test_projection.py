import numpy as np
import pytest
from sklearn.decomposition import PCA

from w2v_core import Problem
from w2v_core.vectors.projection import AlignedPCA, principal_components


def distances(points):
    return np.linalg.norm(points[:, None] - points[None], axis=2)


def test_a_first_frame_is_scikit_learns_pca():
    vectors = np.random.default_rng(0).normal(size=(40, 7))
    project, reference = AlignedPCA(), PCA(2).fit(vectors)
    points = project(vectors)
    np.testing.assert_allclose(np.abs(points), np.abs(reference.transform(vectors)), atol=1e-5)
    assert project.explained == pytest.approx(reference.explained_variance_ratio_.sum(), rel=1e-5)


def test_a_turned_or_mirrored_cloud_stays_where_it_was():
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(30, 5)) * [3, 2.9, 1, 1, 1]
    turn, _ = np.linalg.qr(rng.normal(size=(5, 5)))
    project = AlignedPCA()
    before = project(vectors)
    np.testing.assert_allclose(project(vectors @ turn), before, atol=1e-4)
    np.testing.assert_allclose(project(vectors @ np.diag([-1, 1, 1, 1, 1])), before, atol=1e-4)


def test_another_models_map_can_be_laid_alike():
    rng = np.random.default_rng(4)
    vectors = rng.normal(size=(30, 5)) * [3, 2, 1, 1, 1]
    turn, _ = np.linalg.qr(rng.normal(size=(5, 5)))
    one, other = AlignedPCA(), AlignedPCA()
    other(rng.normal(size=(30, 5)))  # what it remembers does not matter then
    first = one(vectors)
    np.testing.assert_allclose(other(4 * vectors @ turn, like=first), 4 * first, atol=1e-3)


def test_alignment_changes_no_distance():
    rng = np.random.default_rng(2)
    vectors = rng.normal(size=(30, 5))
    project = AlignedPCA()
    project(vectors)
    moved = vectors + 0.3 * rng.normal(size=vectors.shape)
    np.testing.assert_allclose(distances(project(moved)), distances(AlignedPCA()(moved)), atol=1e-4)


def test_axes_come_from_the_first_vectors_alone():
    vectors = np.random.default_rng(3).normal(size=(30, 5))
    points = AlignedPCA()(vectors, fit=10)
    np.testing.assert_allclose(np.abs(points), np.abs(PCA(2).fit(vectors[:10]).transform(vectors)), atol=1e-5)


@pytest.mark.parametrize("shape", [(2, 1), (3, 5), (2, 4)])
def test_too_few_words_or_dimensions_leave_axes_at_zero(shape):
    points = AlignedPCA()(np.ones(shape), fit=1)
    assert points.shape == (shape[0], 2)
    assert np.isfinite(points).all()


def test_components_are_scikit_learns():
    vectors = np.random.default_rng(4).normal(size=(60, 12)) * np.arange(12, 0, -1)
    found, reference = principal_components(vectors), PCA(12, svd_solver="full").fit(vectors)
    assert found.scores.shape == (60, 10)
    np.testing.assert_allclose(np.abs(found.scores), np.abs(reference.transform(vectors))[:, :10], atol=1e-4)
    np.testing.assert_allclose(found.shares, reference.explained_variance_ratio_, atol=1e-9)
    assert found.shares.sum() == pytest.approx(1)


def test_an_axis_points_to_its_largest_loading():
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(40, 6)) * [4, 3, 2, 1, 1, 1]
    found = principal_components(vectors)
    centered = vectors - vectors.mean(axis=0)
    loadings = np.linalg.lstsq(found.scores, centered, rcond=None)[0]
    assert (loadings.max(axis=1) > -loadings.min(axis=1)).all()
    shuffled = rng.permutation(40)
    again = principal_components(vectors[shuffled])
    np.testing.assert_allclose(again.scores, found.scores[shuffled], atol=1e-4)


def test_few_and_identical_vectors_have_few_components_or_none():
    three = principal_components(np.random.default_rng(6).normal(size=(3, 20)))
    assert three.scores.shape == (3, 3)
    assert three.shares.sum() == pytest.approx(1)
    same = principal_components(np.ones((5, 4)))
    np.testing.assert_allclose(same.scores, 0, atol=1e-6)
    np.testing.assert_array_equal(same.shares, 0)
    with pytest.raises(ValueError, match="read-only"):
        three.scores[0, 0] = 1


def test_one_vector_and_numbers_that_are_none_have_no_components():
    for vectors, code in ((np.ones((1, 4)), "too_few_words"), (np.full((4, 4), np.nan), "not_finite")):
        with pytest.raises(Problem) as refused:
            principal_components(vectors)
        assert refused.value.code == code
