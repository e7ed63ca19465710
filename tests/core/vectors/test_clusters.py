import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from w2v_core import Problem
from w2v_core.vectors.clusters import clusters
from w2v_core.vectors.space import normalized


def groups(sizes, dim=10, seed=0):
    rng = np.random.default_rng(seed)
    group = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    centers = rng.normal(size=(len(sizes), dim))
    return normalized((centers[group] + 0.1 * rng.normal(size=(len(group), dim))).astype(np.float32)), group


def test_plain_groups_are_found_the_largest_first():
    unit, group = groups([10, 40, 25])
    found = clusters(unit, 3)
    assert adjusted_rand_score(group, found.labels) == 1
    assert found.sizes.tolist() == [40, 25, 10]
    assert np.bincount(found.labels).tolist() == [40, 25, 10]
    for cluster, middle in enumerate(found.middles):
        members = np.flatnonzero(found.labels == cluster)
        center = unit[members].mean(axis=0)
        assert middle == members[np.linalg.norm(unit[members] - center, axis=1).argmin()]


def test_the_seed_decides():
    unit = normalized(np.random.default_rng(1).normal(size=(80, 6)).astype(np.float32))
    a, b = clusters(unit, 7, seed=3), clusters(unit, 7, seed=3)
    np.testing.assert_array_equal(a.labels, b.labels)
    assert (a.labels != clusters(unit, 7, seed=4).labels).any()
    with pytest.raises(ValueError, match="read-only"):
        a.labels[0] = 1


def test_there_are_no_more_clusters_than_different_vectors():
    unit = np.repeat(np.eye(3, dtype=np.float32), 4, axis=0)
    assert clusters(unit, 8).sizes.tolist() == [4, 4, 4]
    assert clusters(np.zeros((5, 3), dtype=np.float32), 2).sizes.tolist() == [5]
    assert clusters(unit[:1], 1).middles.tolist() == [0]


@pytest.mark.parametrize(
    ("unit", "k", "code"),
    [
        (np.eye(3), 0, "bad_setting"),
        (np.eye(3)[:0], 2, "too_few_words"),
        (np.full((3, 3), np.nan), 2, "not_finite"),
    ],
)
def test_what_cannot_be_parted_is_said(unit, k, code):
    with pytest.raises(Problem) as refused:
        clusters(unit.astype(np.float32), k)
    assert refused.value.code == code
