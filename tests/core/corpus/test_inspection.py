import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Corpus, UnknownWord
from w2v_core.corpus import inspection
from w2v_core.corpus.inspection import readable_sentence, sentence_windows, sentences_with
from w2v_core.corpus.windows import Windows

SENTENCES = [[f"w{(i * j) % 9}" for j in range(1, 3 + i % 12)] for i in range(40)]
CORPUS = Corpus.from_sentences(SENTENCES)


@given(
    st.integers(0, len(SENTENCES) - 1),
    st.integers(1, 6),
    st.booleans(),
    st.sampled_from([0.0, 1e-3, 1e-2, 0.1]),
    st.integers(0, 1000),
)
def test_pairs_are_those_that_kept_words_and_their_reach_give(sentence, window, dynamic, subsample, seed):
    drawn = sentence_windows(CORPUS, sentence, window=window, dynamic=dynamic, subsample=subsample, seed=seed)
    left = np.flatnonzero(drawn.kept).tolist()
    expected = [
        [center, context]
        for i, center in enumerate(left)
        for j, context in enumerate(left)
        if 0 < abs(i - j) <= drawn.reach[center]
    ]
    assert drawn.pairs.tolist() == expected
    assert [CORPUS.vocabulary.words[i] for i in drawn.ids] == CORPUS.sentence(sentence)
    assert (drawn.reach[drawn.kept] >= (1 if dynamic else window)).all()
    assert (drawn.reach <= window).all()
    assert not drawn.reach[~drawn.kept].any()
    if subsample == 0:
        assert drawn.kept.all()


def test_the_first_sentence_is_drawn_as_training_draws_it():
    """A training stream over the sentence alone, with the same seed, gives the same words in the same order."""
    corpus = Corpus.from_sentences([[f"w{i % 5}" for i in range(30)]])
    settings = {"window": 3, "dynamic": True, "subsample": 0.05}
    stream = Windows(corpus, **settings, batch_tokens=100, epochs=1, rng=np.random.default_rng(4))
    batch = stream.next().pairs()
    drawn = sentence_windows(corpus, 0, **settings, seed=4)
    assert drawn.ids[drawn.pairs[:, 0]].tolist() == batch.centers[batch.owner].tolist()
    assert drawn.ids[drawn.pairs[:, 1]].tolist() == batch.contexts.tolist()


def test_words_are_dropped_as_often_as_the_whole_text_says():
    corpus = Corpus.from_sentences([["the", "the", "rare", "word"], *([["the", "a", "b"]] * 500)])
    keep = corpus.vocabulary.keep_probability(1e-2)
    kept = [
        sentence_windows(corpus, 0, window=2, dynamic=True, subsample=1e-2, seed=seed).kept
        for seed in range(400)
    ]
    share = np.mean(kept, axis=0)
    assert share[:2] == pytest.approx(keep[corpus.vocabulary.id("the")], abs=0.06)
    assert share[2:].tolist() == [1.0, 1.0]


def test_one_word_left_yields_no_pair():
    corpus = Corpus.from_sentences([["alone"], ["two", "words"]])
    drawn = sentence_windows(corpus, 0, window=2, dynamic=True, subsample=0, seed=1)
    assert drawn.pairs.shape == (0, 2)


def test_a_long_sentence_is_cut_to_a_slab(monkeypatch):
    monkeypatch.setattr(inspection, "SLAB", 10)
    corpus = Corpus.from_sentences([[f"w{i}" for i in range(95)]])
    assert len(sentence_windows(corpus, 0, window=2, dynamic=True, subsample=0, seed=1).ids) == 10


def test_sentences_with_a_word():
    for word in ("w0", "w7"):
        expected = [i for i, sentence in enumerate(SENTENCES) if word in sentence]
        assert sentences_with(CORPUS, word).tolist() == expected
    with pytest.raises(UnknownWord):
        sentences_with(CORPUS, "nobody")


def test_a_readable_sentence_is_neither_short_nor_long():
    sentence = readable_sentence(CORPUS)
    assert 8 <= len(SENTENCES[sentence]) <= 16
    assert all(not 8 <= len(before) <= 16 for before in SENTENCES[:sentence])
    assert readable_sentence(Corpus.from_text("a b\na b c d\na")) == 1
