from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Corpus, Problem

SENTENCES = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=8), max_size=12)


def test_words_come_by_falling_count_and_ties_as_they_appear():
    corpus = Corpus.from_text("c a b a\nb a d")
    assert corpus.vocabulary.words == ("a", "b", "c", "d")
    assert corpus.vocabulary.counts.tolist() == [3, 2, 1, 1]
    assert corpus.ids.tolist() == [2, 0, 1, 0, 1, 0, 3]
    assert corpus.starts.tolist() == [0, 4, 7]
    assert corpus.sentence(1) == ["b", "a", "d"]
    assert len(corpus) == 7


@given(SENTENCES, st.integers(1, 3))
def test_a_corpus_is_its_sentences_without_rare_words(sentences, min_count):
    counts = Counter(word for sentence in sentences for word in sentence)
    kept = [[word for word in sentence if counts[word] >= min_count] for sentence in sentences]
    kept = [sentence for sentence in kept if sentence]
    if len({word for sentence in kept for word in sentence}) < 2:
        with pytest.raises(Problem):
            Corpus.from_sentences(sentences, min_count)
        return
    corpus = Corpus.from_sentences(sentences, min_count)
    assert [corpus.sentence(i) for i in range(len(corpus.starts) - 1)] == kept
    assert dict(zip(corpus.vocabulary.words, corpus.vocabulary.counts, strict=True)) == Counter(
        word for sentence in kept for word in sentence
    )


@pytest.mark.parametrize(
    ("text", "min_count", "code"),
    [("", 1, "empty_corpus"), (" ... \n!", 1, "empty_corpus"), ("one two", 2, "all_words_rare"),
     ("one one", 1, "one_word")],
)  # fmt: skip
def test_texts_without_two_words_are_refused(text, min_count, code):
    with pytest.raises(Problem) as refused:
        Corpus.from_text(text, min_count)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("sentences", "found", "kind"),
    [
        ("the cat", "the cat", "str"),
        ({"the": 1}, "{'the': 1}", "dict"),
        (7, "7", "int"),
        (["the cat", "the dog"], "the cat", "str"),
        ([["the", "cat"], {"the": 1, "dog": 2}], "{'the': 1, 'dog': 2}", "dict"),
        ([1, 2], "1", "int"),
        ([b"the cat"], "b'the cat'", "bytes"),
        ([["the", 1]], "1", "int"),
        ([["the", None]], "None", "NoneType"),
        ([[["the", "cat"]]], "[['the', 'cat']]", "list"),
    ],
)
def test_what_are_no_sentences_of_words_is_told(sentences, found, kind):
    with pytest.raises(Problem) as refused:
        Corpus.from_sentences(sentences)
    assert (refused.value.code, refused.value.details) == ("not_sentences", {"found": found, "type": kind})
    assert "lists of words" in str(refused.value)


def test_sentences_may_be_anything_that_yields_words():
    words = [("a", "b"), np.array(["b", "c"]), (word for word in "ab")]
    assert Corpus.from_sentences(iter(words)).fingerprint == Corpus.from_text("a b\nb c\na b").fingerprint


def test_an_error_of_what_yields_the_words_stays_what_it_is():
    with pytest.raises(TypeError, match="only mine"):
        Corpus.from_sentences(_failing())


def _failing():
    yield ["a"]
    raise TypeError("only mine")


def test_a_file_reads_like_its_text(tmp_path):
    text = "The king rules.\nThe queen rules the king.\n" * 3
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    from_file, from_text = Corpus.from_file(path, min_count=1), Corpus.from_text(text)
    assert from_file.fingerprint == from_text.fingerprint
    assert from_file.fingerprint != Corpus.from_text(text + "Long live the king").fingerprint


def test_arrays_are_read_only():
    corpus = Corpus.from_text("a b")
    for array in (corpus.ids, corpus.starts, corpus.vocabulary.counts):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    assert corpus.ids.dtype == np.int32
