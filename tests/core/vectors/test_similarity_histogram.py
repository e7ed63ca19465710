"""How near all words are, against NumPy on each word by itself."""

import numpy as np
import pytest

from tests.core.vectors.vector_samples import random_embeddings
from w2v_core import Embeddings, UnknownWord, Vocabulary
from w2v_core.vectors.similarity_histogram import similarity_histogram

EMBEDDINGS = random_embeddings([f"w{i}" for i in range(200)], 8)


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
def test_every_other_word_is_counted_where_it_stands(metric):
    counts, edges = similarity_histogram(EMBEDDINGS, "w3", metric=metric, bins=20)
    scores = [
        EMBEDDINGS.similarity("w3", word, metric=metric)
        for word in EMBEDDINGS.vocabulary.words
        if word != "w3"
    ]
    assert counts.sum() == len(scores) == 199
    assert (edges[0], edges[-1]) == (
        (-1, 1) if metric == "cosine" else pytest.approx((min(scores), max(scores)))
    )
    for i in range(20):
        inside = [edges[i] + 1e-5 < score < edges[i + 1] - 1e-5 for score in scores]
        near = [edges[i] - 1e-5 < score < edges[i + 1] + 1e-5 for score in scores]
        assert sum(inside) <= counts[i] <= sum(near)


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
def test_equal_vectors_and_a_word_alone_have_a_spread(metric):
    same = Embeddings(Vocabulary(["a", "b", "c"], [3, 2, 1]), np.ones((3, 2), dtype=np.float32))
    counts, _ = similarity_histogram(same, "a", metric=metric)
    assert counts.sum() == 2
    alone = Embeddings(Vocabulary(["a"], [1]), np.ones((1, 2), dtype=np.float32))
    counts, edges = similarity_histogram(alone, "a", metric=metric)
    assert counts.sum() == 0
    assert edges[0] < edges[-1]


def test_an_unknown_word_is_one():
    with pytest.raises(UnknownWord):
        similarity_histogram(EMBEDDINGS, "nobody")
