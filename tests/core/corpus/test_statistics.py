from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Corpus, Vocabulary
from w2v_core.corpus import statistics
from w2v_core.corpus.windows import Windows


def vocabulary(counts):
    return Vocabulary([f"w{i}" for i in range(len(counts))], counts)


@pytest.mark.parametrize("slope", [-1.0, -0.6, -1.7])
def test_an_exact_power_law_gets_its_slope_and_scale(slope):
    counts = np.round(1e9 * np.arange(1, 2001) ** slope)
    line = statistics.zipf_line(vocabulary(counts))
    assert line.slope == pytest.approx(slope, abs=1e-3)
    assert line(1) == pytest.approx(1e9, rel=1e-2)
    assert line([10, 100]) == pytest.approx(1e9 * np.array([10.0, 100.0]) ** slope, rel=2e-2)


@given(st.integers(2, 10**6))
def test_ranks_rise_from_first_to_last(size):
    ranks = statistics.spaced_ranks(size)
    assert ranks[0] == 1
    assert ranks[-1] == size
    assert len(ranks) <= 200
    assert (np.diff(ranks) > 0).all()


def test_shares_by_hand():
    words = vocabulary([50, 30, 20])
    assert statistics.share_of_most_frequent(words, 1) == 0.5
    assert statistics.share_of_most_frequent(words, 10) == 1.0
    # t/f = 0.2, 1/3, 0.5: keep sqrt(t/f) + t/f, at most 1
    expected = 0.5 * (0.2**0.5 + 0.2) + 0.3 * ((1 / 3) ** 0.5 + 1 / 3) + 0.2 * 1
    assert statistics.kept_share(words, 0.1) == pytest.approx(expected)
    assert statistics.kept_share(words, 0) == 1.0


def test_the_expected_share_is_what_training_keeps():
    sentences = [[f"w{int(j**1.5) % (5 + i % 20)}" for j in range(12)] for i in range(3000)]
    corpus = Corpus.from_sentences(sentences)
    source = Windows(
        corpus,
        window=3,
        dynamic=False,
        subsample=1e-2,
        batch_tokens=10**6,
        epochs=1,
        rng=np.random.default_rng(0),
    )
    centers = 0
    while not source.finished:
        centers += len(source.next().pairs().centers)
    assert centers / len(corpus) == pytest.approx(statistics.kept_share(corpus.vocabulary, 1e-2), rel=0.03)


def test_noise_compared_with_the_text():
    words = vocabulary([16, 1])
    # 16**0.75 = 8, so 8/9 and 1/9 against 16/17 and 1/17
    assert statistics.noise_ratio(words, 0.75) == pytest.approx([(8 / 9) / (16 / 17), (1 / 9) / (1 / 17)])
    assert statistics.noise_ratio(words, 1.0) == pytest.approx([1, 1])


@given(st.lists(st.integers(1, 300), min_size=1, max_size=80), st.integers(1, 40))
def test_every_sentence_is_in_the_bin_of_its_length(lengths, bins):
    corpus = Corpus.from_sentences([[f"w{i % 2}" for i in range(n)] for n in [2, *lengths]])
    found = statistics.sentence_lengths(corpus, bins)
    counted = Counter([2, *lengths])
    assert len(found.counts) <= bins + 1
    for low, high, count in zip(found.edges[:-1], found.edges[1:], found.counts, strict=True):
        assert count == sum(counted[n] for n in range(low, high))
    assert found.counts.sum() == 1 + len(lengths)
    assert found.longest == max(2, *lengths)
    assert found.mean == pytest.approx(np.mean([2, *lengths]))
    assert sorted([2, *lengths])[len(lengths) // 2] == found.median


def test_words_that_contain_a_part_whatever_the_case():
    words = Vocabulary(["The", "Straße", "other", "x"], [4, 3, 2, 1])
    assert words.containing("TH").tolist() == [0, 2]
    assert words.containing("SS").tolist() == [1]
    assert words.containing("zz").tolist() == []


def counted_pairs(corpus, epochs=1, *, window, dynamic=True, subsample=0.0):
    """Return how many pairs an epoch of a run makes, on average over some."""
    settings = {
        "window": window,
        "dynamic": dynamic,
        "subsample": subsample,
        "batch_tokens": 64,
        "epochs": epochs,
    }
    windows, pairs = Windows(corpus, **settings, rng=np.random.default_rng(1)), 0
    while not windows.finished:
        pairs += len(windows.next().pairs().owner)
    return pairs / epochs


def test_expected_pairs_by_hand():
    corpus = Corpus.from_text("a b c\nd e\nf\n")
    # Apart by one: two in the first sentence, one in the second; by two: one. Each pair has both orders.
    assert statistics.expected_pairs(corpus, 1) == 6
    assert statistics.expected_pairs(corpus, 2, dynamic=False) == 8
    assert statistics.expected_pairs(corpus, 2) == 6 + 2 / 2
    assert statistics.expected_pairs(corpus, 9, dynamic=False) == 8


LINES = st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=9), min_size=1, max_size=20)


@given(LINES, st.integers(1, 10))
def test_fixed_windows_have_the_expected_pairs(sentences, window):
    corpus = Corpus.from_text("\n".join(map(" ".join, [["e", "f"], *sentences])))
    expected = statistics.expected_pairs(corpus, window, dynamic=False)
    assert expected == counted_pairs(corpus, window=window, dynamic=False)


@pytest.mark.parametrize("window", [1, 2, 5])
def test_dynamic_windows_have_the_expected_pairs_on_average(window):
    corpus = Corpus.from_text("\n".join(" ".join("abcdefgh"[: 1 + i % 8]) for i in range(100)))
    expected = statistics.expected_pairs(corpus, window)
    assert counted_pairs(corpus, 50, window=window) == pytest.approx(expected, rel=0.01)


def test_subsampling_thins_the_expected_pairs_about_as_a_run_does():
    rng = np.random.default_rng(0)
    words = rng.zipf(1.5, 20_000) % 300
    corpus = Corpus.from_text("\n".join(" ".join(f"w{i}" for i in row) for row in words.reshape(-1, 20)))
    kept = statistics.kept_share(corpus.vocabulary, 1e-2)
    assert 0.2 < kept < 0.6
    expected = statistics.expected_pairs(corpus, 3, subsample=1e-2)
    assert counted_pairs(corpus, 3, window=3, subsample=1e-2) == pytest.approx(expected, rel=0.1)
