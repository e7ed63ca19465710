"""Phrases: what word2phrase joins, and gensim; nothing else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Corpus, Problem
from w2v_core.corpus import phrases
from w2v_core.corpus.phrases import join_phrases
from w2v_core.corpus.text import read_sentences


def sentences_of(corpus):
    return [corpus.sentence(i) for i in range(len(corpus.starts) - 1)]


def gensims(sentences, threshold, discount):
    """Return the sentences as gensim joins them: it multiplies a score with the size of its own vocabulary."""
    phrases_of_gensim = pytest.importorskip("gensim.models.phrases")
    model = phrases_of_gensim.Phrases(sentences, min_count=discount, threshold=1)
    model.threshold = threshold * len(model.vocab) / sum(map(len, sentences))
    return [model[sentence] for sentence in sentences]


@pytest.mark.parametrize("sample", ["royal_court_en", "royal_court_zh"])
@pytest.mark.parametrize(("threshold", "discount"), [(5, 5), (20, 5), (100, 5), (10, 1)])
def test_a_text_is_joined_as_gensim_joins_it(sample, threshold, discount):
    whole = list(read_sentences(f"sample_corpora/{sample}.txt"))
    found = join_phrases(Corpus.from_sentences(whole), threshold, discount)
    expected = gensims(whole, threshold, discount)
    assert found.corpus.fingerprint == Corpus.from_sentences(expected).fingerprint
    assert found.places == sum(map(len, whole)) - sum(map(len, expected))
    assert set(found.phrases) == {word for sentence in expected for word in sentence if "_" in word}


@given(
    st.lists(
        st.lists(st.sampled_from(["a", "b", "c", "a_b"]), min_size=1, max_size=9), min_size=1, max_size=30
    ),
    st.integers(0, 3),
    st.sampled_from([0.5, 1.0, 2.0]),
    st.integers(1, 3),
)
def test_any_text_is_joined_from_left_to_right(sentences, discount, threshold, min_count):
    sentences.append(["x", "y"])  # two words at least
    corpus = Corpus.from_sentences(sentences)
    joined = [greedy(sentence, sentences, discount, threshold) for sentence in sentences]
    try:
        expected = Corpus.from_sentences(joined, min_count).fingerprint
    except Problem as problem:
        expected = problem.code
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrases, "STRETCH", 4)
        try:
            found = join_phrases(corpus, threshold, discount, min_count).corpus.fingerprint
        except Problem as problem:
            found = problem.code
    assert found == expected


def greedy(sentence, sentences, discount, threshold):
    """Join one sentence by the formula, word by word."""
    words = [word for each in sentences for word in each]
    pairs = [pair for each in sentences for pair in pairwise(each)]
    joined, i = [], 0
    while i < len(sentence):
        pair = tuple(sentence[i : i + 2])
        times = pairs.count(pair)
        if len(pair) == 2 and times > discount:
            a, b = words.count(pair[0]), words.count(pair[1])
            if (times - discount) / a / b * len(words) > threshold:
                joined.append("_".join(pair))
                i += 2
                continue
        joined.append(sentence[i])
        i += 1
    return joined


def test_new_york_is_one_word_and_the_best_phrase_comes_first():
    text = "i like new york\nhe saw new york\nthe old town\nthe old sea\nthe big town\na b c d e f g\n" * 10
    found = join_phrases(Corpus.from_text(text), threshold=8)
    assert {"new_york", "the", "old", "he_saw"} <= set(found.corpus.vocabulary.words)
    assert "new" not in found.corpus.vocabulary
    assert found.corpus.vocabulary.counts[found.corpus.vocabulary.id("new_york")] == 20
    score = {
        pair: (n - 5) / a / b * 240 for pair, n, a, b in (("new_york", 20, 20, 20), ("i_like", 10, 10, 10))
    }
    assert score["i_like"] > score["new_york"] > 8
    assert found.phrases.index("i_like") < found.phrases.index("new_york")


def test_rare_words_keep_apart_what_they_stand_between():
    text = "new york\n" * 6 + "".join(f"new w{i} york\n" for i in range(60))
    assert "new_york" in join_phrases(Corpus.from_text(text), 0.01, min_count=2).corpus.vocabulary
    assert join_phrases(Corpus.from_text(text), 1, min_count=2).phrases == ()


def test_no_phrase_reaches_into_another_sentence():
    found = join_phrases(Corpus.from_text("x new\nyork y\n" * 20), 1)
    assert sentences_of(found.corpus) == [["x_new"], ["york_y"]] * 20
