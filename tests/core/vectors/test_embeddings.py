"""Questions to embeddings: against gensim, against brute force, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.core.vectors.vector_samples import embed, in_gensim, random_embeddings
from w2v_core import Problem, UnknownWord
from w2v_core.vectors import space as space_module
from w2v_core.vectors.space import Space

WORDS = [f"w{i}" for i in range(200)]


@pytest.fixture(scope="module")
def embeddings():
    return random_embeddings(WORDS)


@pytest.fixture(scope="module")
def gensim(embeddings):
    return in_gensim(embeddings)


def assert_same_answers(ours, theirs):
    assert [word for word, _ in ours] == [word for word, _ in theirs]
    assert [score for _, score in ours] == pytest.approx([score for _, score in theirs], rel=1e-4, abs=1e-6)


def test_neighbors_by_hand():
    e = embed(["a", "b", "c", "d"], [[1, 0], [10, 0], [1, 1], [-1, 0]])
    assert e.neighbors("a") == [("b", 1.0), ("c", pytest.approx(2**-0.5)), ("d", -1.0)]
    assert e.neighbors("a", metric="dot") == [("b", 10.0), ("c", 1.0), ("d", -1.0)]
    assert e.neighbors("a", metric="euclidean") == [("c", 1.0), ("d", 2.0), ("b", 9.0)]


def test_neighbors_equal_gensim(embeddings, gensim):
    for word in WORDS[:20]:
        assert_same_answers(embeddings.neighbors(word, 7), gensim.most_similar(word, topn=7))


def test_which_vectors_are_compared():
    e = embed(["a", "b", "c"], [[1, 0], [0, 1], [1, 0]], [[0, 1], [0, 1], [1, 0]])
    assert e.neighbors("a", 1) == [("c", 1.0)]
    assert e.neighbors("a", 1, which="output") == [("b", 1.0)]
    assert e.space("sum").vectors.tolist() == [[1, 1], [0, 2], [2, 0]]
    assert e.similarity("a", "b", metric="euclidean", which="sum") == pytest.approx(2**0.5)


@pytest.mark.parametrize("which", ["output", "sum"])
def test_missing_or_foreign_outputs_are_a_problem(which):
    with pytest.raises(Problem) as missing:
        embed(["a", "b"], np.eye(2)).neighbors("a", which=which)
    assert missing.value.code == "no_output_vectors"
    with pytest.raises(Problem) as nodes:
        embed(["a", "b"], np.eye(2), np.ones((1, 2))).neighbors("a", which=which)
    assert nodes.value.code == "outputs_not_words"
    assert nodes.value.details == {"outputs": 1, "words": 2}


def test_unknown_words_are_key_errors_with_close_spellings():
    e = embed(["king", "queen", "crown"], np.eye(3))
    for ask in (
        lambda: e.neighbors("kings"),
        lambda: e.similarity("king", "kings"),
        lambda: e.analogy("king", "queen", "kings"),
        lambda: e.odd_one_out(["king", "queen", "kings"]),
        lambda: e["kings"],
    ):
        with pytest.raises(UnknownWord, match="did you mean king") as info:
            ask()
        assert isinstance(info.value, KeyError)


@pytest.mark.parametrize(
    "ask",
    [
        lambda e: e.neighbors("w1", metric="manhattan"),
        lambda e: e.neighbors("w1", which="both"),
        lambda e: e.similarity("w1", "w2", metric="l2"),
        lambda e: e.analogy("w1", "w2", "w3", method="3cosdiv"),
    ],
)
def test_unknown_settings_are_a_problem(embeddings, ask):
    with pytest.raises(Problem) as info:
        ask(embeddings)
    assert info.value.code == "bad_setting"


def test_k_is_bounded_by_the_words_there_are(embeddings):
    assert embeddings.neighbors("w1", 0) == []
    assert len(embeddings.neighbors("w1", 10**6)) == len(WORDS) - 1
    assert len(embeddings.analogy("w1", "w2", "w3", 10**6)) == len(WORDS) - 3
    assert len(embeddings.analogy("w1", "w2", "w1", 10**6)) == len(WORDS) - 2
    assert embed(["only"], [[1]]).neighbors("only") == []


def test_ties_come_in_order_of_ids():
    e = embed(list("abcdefgh"), [[1, 0]] * 8)
    assert [word for word, _ in e.neighbors("c", 4)] == list("abde")


def test_zero_tiny_and_huge_vectors_have_cosines():
    e = embed(["zero", "tiny", "huge", "one"], [[0, 0], [1e-44, 0], [1e30, 0], [1, 0]])
    assert e.unit_vectors.tolist() == [[0, 0], [1, 0], [1, 0], [1, 0]]
    assert e.neighbors("zero") == [("tiny", 0.0), ("huge", 0.0), ("one", 0.0)]


@pytest.mark.parametrize("method", ["3cosadd", "3cosmul"])
def test_analogies_equal_gensim(embeddings, gensim, method):
    ask = gensim.most_similar if method == "3cosadd" else gensim.most_similar_cosmul
    for i in range(20):
        a, b, c = WORDS[i], WORDS[i + 50], WORDS[i + 100]
        assert_same_answers(embeddings.analogy(a, b, c, 5, method=method), ask([b, c], [a], topn=5))


def test_analogy_by_hand_and_with_its_own_words():
    e = embed(
        ["man", "woman", "king", "queen", "frog"], [[1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 1, 1], [0, -1, 0]]
    )
    half = 2**-0.5
    target = np.array([half - 1, half, 1])  # woman - man + king, at length 1 each
    cosine = (half + 1) * half / np.linalg.norm(target)
    assert e.analogy("man", "woman", "king", 1) == [("queen", pytest.approx(cosine))]
    product = (1 + 0.5) / 2 * (1 + half) / 2 / (1 / 2)  # queen is at 60, 45 and 90 degrees
    assert e.analogy("man", "woman", "king", 1, method="3cosmul") == [
        ("queen", pytest.approx(product, rel=1e-5))
    ]
    # b and c outscore every other word as soon as they may: the rule is what makes the analogy.
    near = embed(["a", "b", "c", "x"], [[1, 0], [1, 0.1], [0, 1], [-1, 1]])
    assert near.analogy("a", "b", "c", 1)[0][0] == "x"
    assert near.analogy("a", "b", "c", 1, include_query=True)[0][0] == "c"


def test_3cosmul_divides_by_epsilon_where_an_answer_is_the_opposite_of_a():
    e = embed(["a", "b", "c", "x"], [[1, 0], [0, 1], [0, 1], [-1, 0]])
    assert e.analogy("a", "b", "c", method="3cosmul") == [("x", pytest.approx(0.5 * 0.5 / 1e-6))]


def test_batches_in_parts_equal_single_questions(embeddings, monkeypatch):
    monkeypatch.setattr(space_module, "CELLS", 3 * len(WORDS))  # three queries at a time
    ids = np.arange(10)
    for metric in ("cosine", "dot", "euclidean"):
        for i, (found, values) in zip(ids, embeddings.nearest(ids, 4, metric=metric), strict=True):
            answers = [(WORDS[j], v) for j, v in zip(found, values, strict=True)]
            assert_same_answers(answers, embeddings.neighbors(WORDS[i], 4, metric=metric))
    questions = np.stack([ids, ids + 20, ids + 40], axis=1)
    for method in ("3cosadd", "3cosmul"):
        for q, (found, values) in zip(
            questions, embeddings.analogies(questions, 3, method=method), strict=True
        ):
            answers = [(WORDS[j], v) for j, v in zip(found, values, strict=True)]
            assert_same_answers(answers, embeddings.analogy(*(WORDS[j] for j in q), 3, method=method))


def test_odd_one_out_equals_gensim(embeddings, gensim):
    for start in range(0, 150, 5):
        words = WORDS[start : start + 5]
        assert embeddings.odd_one_out(words) == gensim.doesnt_match(words)
        assert_same_answers(
            embeddings.centrality(words), [(w, s) for s, w in gensim.rank_by_centrality(words)]
        )


@pytest.mark.parametrize(
    ("positive", "negative"),
    [
        ("w1", []),
        (["w1"], []),
        (["w1", "w2", "w3"], []),
        (["w1", "w2"], ["w3"]),
        (["w1"], ["w2", "w3", "w4"]),
        ([], ["w5"]),
        ("w1", "w2"),
        (["w1", "w1", "w2"], ["w2"]),
    ],
)
@pytest.mark.parametrize("topn", [1, 10, 1000])
def test_most_similar_equals_gensim(embeddings, gensim, positive, negative, topn):
    theirs = gensim.most_similar(positive=positive, negative=negative, topn=topn)
    assert_same_answers(embeddings.most_similar(positive=positive, negative=negative, topn=topn), theirs)


def test_most_similar_takes_vectors_and_weights_as_gensim_does(embeddings, gensim):
    vector = gensim["w3"] + gensim["w4"]
    for asked in (
        {"positive": vector},
        {"positive": ["w1", vector]},
        {"positive": [("w1", 0.5), "w2"], "negative": ["w5"]},
        {"positive": [(vector, 2.0)], "negative": [("w5", 0.25), vector]},
    ):
        assert_same_answers(embeddings.most_similar(**asked), gensim.most_similar(**asked))
    assert embeddings.most_similar(("w1", "w2")) == embeddings.most_similar(["w1", "w2"])
    with pytest.raises(Problem, match="numbers, not the shape"):
        embeddings.most_similar(np.ones(3, np.float32))


def test_most_similar_to_no_word(embeddings):
    with pytest.raises(Problem) as info:
        embeddings.most_similar()
    assert (info.value.code, info.value.details) == ("too_few_words", {"words": 0, "least": 1})
    with pytest.raises(UnknownWord):
        embeddings.most_similar(["w1", "nix"])


def test_doesnt_match_equals_gensim(embeddings, gensim):
    for start in range(0, 150, 10):
        words = WORDS[start : start + 4]
        assert embeddings.doesnt_match(words) == gensim.doesnt_match(words)


def test_odd_one_out_needs_three_words(embeddings):
    with pytest.raises(Problem) as info:
        embeddings.odd_one_out(["w1", "w2", "w1"])
    assert (info.value.code, info.value.details) == ("too_few_words", {"words": 2, "least": 3})


def test_similarity_equals_gensim(embeddings, gensim):
    assert embeddings.similarity("w1", "w2") == pytest.approx(gensim.similarity("w1", "w2"), abs=1e-6)


def test_arrays_are_read_only(embeddings):
    for array in (embeddings.vectors, embeddings.output_vectors, embeddings.unit_vectors):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_vectors_must_match_the_words():
    with pytest.raises(ValueError, match="3 vectors for 2 words"):
        embed(["a", "b"], np.eye(3))


numbers = st.floats(-100, 100, width=32)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    vectors=hnp.arrays(np.float32, st.tuples(st.integers(2, 12), st.integers(1, 4)), elements=numbers),
    metric=st.sampled_from(["cosine", "dot", "euclidean"]),
    data=st.data(),
)
def test_nearest_equals_brute_force(vectors, metric, data):
    query = data.draw(st.integers(0, len(vectors) - 1))
    k = data.draw(st.integers(1, len(vectors)))
    [(ids, values)] = Space(vectors).nearest(vectors[[query]], k, metric, hidden=np.array([[query]]))

    x = vectors.astype(np.float64)
    if metric == "euclidean":
        exact = np.linalg.norm(x - x[query], axis=1)
    elif metric == "dot":
        exact = x @ x[query]
    else:
        length = np.linalg.norm(x, axis=1)
        length[length == 0] = 1
        exact = (x / length[:, None]) @ (x[query] / length[query])
    # Distances are ranked by |x|^2 + |y|^2 - 2xy: as good as float32 is at the squares' size.
    size = np.abs(x).max() ** 2 + 1e-30
    loose = 1e-5 if metric == "cosine" else 1e-5 * size if metric == "dot" else 3e-3 * np.sqrt(size)
    expected = np.sort(np.delete(exact, query))
    expected = expected[:k] if metric == "euclidean" else expected[::-1][:k]
    assert len(set(ids.tolist()) - {query}) == len(expected)
    np.testing.assert_allclose(values, expected, rtol=1e-4, atol=loose)
    np.testing.assert_allclose(values, exact[ids], rtol=1e-4, atol=1e-5 * max(size, 1))


def test_a_small_distance_is_exact_far_from_the_origin():
    e = embed(["a", "b", "c"], [[1000, 1000], [1000, 1000.25], [1001, 1000]])
    assert e.neighbors("a", metric="euclidean") == [("b", 0.25), ("c", 1.0)]
