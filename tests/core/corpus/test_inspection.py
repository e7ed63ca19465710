import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Corpus, Problem, UnknownWord
from w2v_core.corpus import inspection, windows
from w2v_core.corpus.inspection import next_place, readable_sentence, sentence_windows
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


@given(
    st.integers(2, 30),
    st.integers(1, 6),
    st.booleans(),
    st.sampled_from([0.0, 1e-2, 0.05]),
    st.integers(0, 1000),
)
def test_a_sentence_is_drawn_as_training_draws_it(length, window, dynamic, subsample, seed):
    """A training stream over the sentence alone, with the same seed, gives the same pairs in the same order."""
    corpus = Corpus.from_sentences([[f"w{i % 5}" for i in range(length)]])
    settings = {"window": window, "dynamic": dynamic, "subsample": subsample}
    drawn = sentence_windows(corpus, 0, **settings, seed=seed)
    try:
        stream = Windows(corpus, **settings, batch_tokens=100, epochs=1, rng=np.random.default_rng(seed))
    except Problem:
        assert drawn.pairs.shape == (0, 2)
        return
    batch = stream.next().pairs()
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


def test_a_long_sentence_is_cut_where_training_cuts_it(monkeypatch):
    for module in (inspection, windows):
        monkeypatch.setattr(module, "SLAB", 10)
    corpus = Corpus.from_sentences([["a", "b"], [f"w{i}" for i in range(95)]])
    settings = {"window": 3, "dynamic": False, "subsample": 0}
    drawn = {place: sentence_windows(corpus, 1, place, **settings, seed=1) for place in range(95)}
    for place, stretch in drawn.items():
        words = [corpus.vocabulary.words[i] for i in stretch.ids]
        assert words == [f"w{i}" for i in range(stretch.first, min(stretch.first + 10, 95))]
        assert words[place - stretch.first] == f"w{place}"
    stream = Windows(corpus, **settings, batch_tokens=10, epochs=1, rng=np.random.default_rng(1))
    stream.next()  # the first sentence
    trained = []
    while not stream.finished:
        batch = stream.next().pairs()
        trained += zip(batch.centers[batch.owner].tolist(), batch.contexts.tolist(), strict=True)
    shown = [stretch.ids[stretch.pairs] for place, stretch in drawn.items() if place == stretch.first]
    assert np.concatenate(shown).tolist() == [list(pair) for pair in trained]


def test_the_next_place_of_a_word():
    place = 0
    for word in ("w0", "w7"):
        expected = [
            (i, j)
            for i, sentence in enumerate(SENTENCES)
            for j, other in enumerate(sentence)
            if other == word
        ]
        found = []
        for _ in expected:
            found.append(next_place(CORPUS, word, place))
            place = int(CORPUS.starts[found[-1][0]]) + found[-1][1] + 1
        assert sorted(found) == expected  # each once, round and round
    with pytest.raises(UnknownWord):
        next_place(CORPUS, "nobody", 0)


def test_a_readable_sentence_is_neither_short_nor_long():
    sentence = readable_sentence(CORPUS)
    assert 8 <= len(SENTENCES[sentence]) <= 16
    assert all(not 8 <= len(before) <= 16 for before in SENTENCES[:sentence])
    assert readable_sentence(Corpus.from_text("a b\na b c d\na")) == 1
