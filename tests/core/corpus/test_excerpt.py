from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Corpus, Problem
from w2v_core.corpus.excerpt import (
    MOST_TOKENS,
    context_positions,
    excerpt,
    random_pair,
    rarest_context,
    sentence_bounds,
    telling_pair,
)

SENTENCES = [["a", "b", "c", "d"], ["e"], ["c", "a", "f"]]
CORPUS = Corpus.from_sentences(SENTENCES)
ANY_CORPUS = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6), min_size=1, max_size=8)


def words_at(corpus, positions):
    return [corpus.vocabulary.words[corpus.ids[i]] for i in positions]


@given(
    ANY_CORPUS.filter(lambda sentences: len({word for s in sentences for word in s}) > 1), st.integers(1, 4)
)
def test_contexts_are_the_sentences_other_words_within_the_window(sentences, window):
    corpus, position = Corpus.from_sentences(sentences), 0
    for sentence in sentences:
        for i, word in enumerate(sentence):
            found = excerpt(corpus, position)
            assert list(found.words) == sentence
            assert (found.start, found.end) == sentence_bounds(corpus, position)
            assert words_at(corpus, [position]) == [word]
            expected = sentence[max(0, i - window) : i] + sentence[i + 1 : i + 1 + window]
            assert words_at(corpus, context_positions(corpus, position, window)) == expected
            position += 1


@pytest.mark.parametrize("position", [-1, 8])
def test_a_place_beyond_the_text_is_refused(position):
    with pytest.raises(IndexError):
        excerpt(CORPUS, position)


@pytest.mark.parametrize(("position", "start"), [(0, 0), (500, 480), (999, 1000 - MOST_TOKENS)])
def test_of_an_endless_sentence_the_nearest_part_is_taken(position, start):
    corpus = Corpus.from_sentences([[f"w{i % 7}" for i in range(1000)]])
    found = excerpt(corpus, position)
    assert (found.start, found.end) == (start, start + MOST_TOKENS)
    assert found.whole == (start == 0, found.end == 1000)
    assert found.start <= position < found.end


def test_random_pairs_are_real_pairs_and_rare_words_come_as_subsampling_leaves_them():
    sentences = [["the", f"w{i}", "the", f"v{i}"] for i in range(50)]
    corpus, rng = Corpus.from_sentences(sentences), np.random.default_rng(1)
    pairs = [random_pair(corpus, 2, 0.001, rng) for _ in range(2000)]
    for center, context in pairs:
        assert context in context_positions(corpus, center, 2)
    the = corpus.vocabulary.id("the")
    keep = corpus.vocabulary.keep_probability(0.001)
    share = np.mean([corpus.ids[center] == the for center, _ in pairs])
    expected = keep[corpus.ids][corpus.ids == the].sum() / keep[corpus.ids].sum()
    assert share == pytest.approx(expected, abs=0.03)
    assert expected < 0.1


def test_a_text_of_single_words_has_no_pair():
    with pytest.raises(Problem) as refused:
        random_pair(Corpus.from_sentences([["a"], ["b"]]), 2, 0, np.random.default_rng(0))
    assert refused.value.code == "no_pairs"
    assert telling_pair(Corpus.from_sentences([["a"], ["b"]]), 0, 2, 0) is None


def test_the_telling_context_is_the_one_that_comes_oftener_than_chance():
    sentences = [["the", "king", "queen"], ["the", "dog", "barks"], ["the", "king", "queen"], ["the", "cat"]]
    corpus = Corpus.from_sentences(sentences * 5)
    king = corpus.vocabulary.id("king")
    center, context = telling_pair(corpus, king, 2, 0.01)
    assert words_at(corpus, [center, context]) == ["king", "queen"]
    assert (center, context) == (1, 2)  # its first place
    counts = Counter(word for sentence in sentences * 5 for word in sentence)
    assert counts["the"] > counts["queen"]


def test_a_word_beside_itself_alone_tells_nothing():
    corpus = Corpus.from_sentences([["ha", "ha"], ["b", "c"]])
    assert telling_pair(corpus, corpus.vocabulary.id("ha"), 2, 0) is None


def test_the_rarest_context_is_found_and_the_nearest_of_equals():
    corpus = Corpus.from_sentences([["x", "a", "king", "king", "a", "y"], ["a", "a"], ["b"]])
    assert rarest_context(corpus, 2, 3) == 0  # x and y are as rare, and x is nearer
    assert rarest_context(corpus, 3, 3) == 5
    assert rarest_context(corpus, 2, 1) == 1  # the other king is no other word
    assert rarest_context(corpus, 6, 2) is None
    assert rarest_context(corpus, 8, 2) is None
