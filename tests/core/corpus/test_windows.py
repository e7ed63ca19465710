import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Corpus, Problem
from w2v_core.corpus import windows
from w2v_core.corpus.windows import Windows

TEXT = "\n".join(f"w{i % 7} w{i % 5} w{i % 11} w{i % 3} w{i % 13}" for i in range(60)) + "\nalone\n"
CORPUS = Corpus.from_text(TEXT)


def stream(
    corpus=CORPUS, *, window=2, dynamic=True, subsample=0.0, batch_tokens=16, epochs=1, seed=0, block=16
):
    rng = np.random.default_rng(seed)
    return Windows(
        corpus,
        window=window,
        dynamic=dynamic,
        subsample=subsample,
        batch_tokens=batch_tokens,
        epochs=epochs,
        rng=rng,
        block=block,
    )


def batches(**settings):
    return iter_batches(stream(**settings))


def iter_batches(source):
    while not source.finished:
        yield source.next()


def pairs(**settings):
    return [
        (int(part.centers[owner]), int(context))
        for part in (batch.pairs() for batch in batches(**settings))
        for owner, context in zip(part.owner, part.contexts, strict=True)
    ]


def test_going_to_a_token_goes_on_from_there_to_the_end_of_the_last_pass():
    n, start = len(CORPUS), int(CORPUS.starts[20])
    whole = stream(dynamic=False, epochs=2)
    there = stream(dynamic=False, epochs=2)
    there.go_to(2, start)
    assert (there.epoch, there.tokens) == (2, n + start)
    assert (there.position.start, there.position.taken) == (start, 0)
    centers = [batch.pairs().centers for batch in iter_batches(there)]
    of_last_pass = [batch.pairs().centers for batch in iter_batches(whole) if batch.epoch == 2]
    np.testing.assert_array_equal(np.concatenate(centers), np.concatenate(of_last_pass)[start:])
    there.go_to(1, n)
    assert (there.epoch, there.tokens) == (2, n)
    there.go_to(2, n)
    assert there.finished


@pytest.mark.parametrize("epochs", [1, 3])
def test_skipping_passes_over_the_same_batches(epochs):
    taken, skipping = (stream(subsample=1e-2, epochs=epochs) for _ in range(2))
    while not taken.finished:
        taken.next()
        skipping.skip()
        assert skipping.position == taken.position
        assert skipping.tokens == taken.tokens
    assert skipping.finished


@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=7), min_size=1), st.integers(1, 4))
def test_fixed_windows_are_all_pairs_within_reach_in_corpus_order(sentences, window):
    expected = [
        (center, context)
        for sentence in sentences
        for i, center in enumerate(sentence)
        for j, context in enumerate(sentence)
        if 0 < abs(i - j) <= window
    ]
    words = {word for sentence in sentences for word in sentence}
    if len(words) < 2 or not expected:
        return
    corpus = Corpus.from_sentences(sentences)
    name = corpus.vocabulary.words
    found = pairs(corpus=corpus, window=window, dynamic=False, batch_tokens=5, block=2)
    assert [(name[a], name[b]) for a, b in found] == expected


def test_batches_are_cut_from_one_stream():
    settings = {"subsample": 0.02, "epochs": 2}
    assert pairs(batch_tokens=1, **settings) == pairs(batch_tokens=1000, **settings)
    assert pairs(batch_tokens=100, block=32, **settings) == pairs(batch_tokens=7, block=3, **settings)


def test_every_batch_has_pairs_and_no_more_centers_than_asked_for():
    for batch in batches(batch_tokens=4, subsample=0.01):
        part = batch.pairs()
        assert 0 < len(part.centers) <= 4
        assert set(part.owner.tolist()) == set(range(len(part.centers)))


def test_epochs_and_passed_tokens_rise():
    seen = [(batch.epoch, batch.tokens) for batch in batches(epochs=3)]
    assert seen == sorted(seen)
    assert {epoch for epoch, _ in seen} == {1, 2, 3}
    assert seen[0][1] == 0
    assert seen[-1][1] < 3 * len(CORPUS)


def test_dynamic_reach_keeps_distance_k_with_the_known_probability():
    corpus = Corpus.from_sentences([[f"w{i}" for i in range(20_000)]])
    window = 4
    batch = stream(corpus, window=window, batch_tokens=30_000).next().pairs()
    distance = np.abs(batch.centers[batch.owner].astype(int) - batch.contexts)  # ids are positions here
    for k in range(1, window + 1):
        share = np.sum(distance == k) / (2 * len(corpus))
        assert share == pytest.approx((window - k + 1) / window, abs=0.01)


def test_subsampling_drops_frequent_words_first_and_windows_stretch_over_them():
    sentences = [["the", f"a{i % 50}", "the", f"b{i % 50}"] for i in range(2000)]
    corpus = Corpus.from_sentences(sentences)
    threshold = 1e-3
    found = pairs(corpus=corpus, window=1, dynamic=False, subsample=threshold)
    the = corpus.vocabulary.id("the")
    keep = corpus.vocabulary.keep_probability(threshold)[the]
    centers = np.array(found)[:, 0]
    assert 0.5 * keep < np.sum(centers == the) / (2 * 4000) < keep
    assert any(the not in pair for pair in found)  # neighbours only because a "the" is gone


def test_long_texts_are_windowed_in_slabs_that_lose_nothing(monkeypatch):
    whole = pairs(dynamic=False)
    monkeypatch.setattr(windows, "SLAB", 17)
    assert pairs(dynamic=False) == whole


def test_a_sentence_longer_than_a_slab_is_cut(monkeypatch):
    monkeypatch.setattr(windows, "SLAB", 10)
    corpus = Corpus.from_sentences([[f"w{i}" for i in range(95)]])
    found = pairs(corpus=corpus, window=1, dynamic=False)
    assert len(found) == 2 * (95 - 1) - 2 * 9  # nine cuts, each loses one pair either way


def test_a_text_without_pairs_is_refused():
    with pytest.raises(Problem) as refused:
        stream(Corpus.from_text("one\ntwo\nthree"))
    assert refused.value.code == "no_pairs"


def test_a_text_in_which_no_pair_is_ever_left_is_refused_whatever_the_epochs():
    for corpus, subsample in (
        (Corpus.from_text("one\ntwo\n" * 1000), 0.0),
        (Corpus.from_text("a b c d e f\n" * 20), 1e-30),
    ):
        with pytest.raises(Problem) as refused:
            stream(corpus, subsample=subsample, epochs=2**31 - 1)
        assert refused.value.code == "no_pairs"


@pytest.mark.parametrize("dynamic", [True, False])
def test_a_window_beyond_the_longest_sentence_changes_no_pair_and_takes_no_memory(monkeypatch, dynamic):
    wide = {"window": 1000, "dynamic": dynamic, "subsample": 0.5}
    clipped = pairs(**wide)
    assert all(batch.around.shape[1] <= 16 + 2 * 4 for batch in batches(**wide | {"window": 2**31 - 1}))
    monkeypatch.setattr(windows, "longest_reach", lambda corpus: 1000)
    assert pairs(**wide) == clipped
