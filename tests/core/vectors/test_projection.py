import numpy as np
import pytest
from sklearn.decomposition import PCA

from w2v_core.vectors.projection import AlignedPCA


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
