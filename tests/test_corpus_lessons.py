"""The tiny and the control corpora teach what their `look_for` says, trained as recommended, whatever the seed."""

import numpy as np
import pytest

from app.samples import samples
from tests.sample_training import train

SEEDS = pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.long) for n in (2, 3))])


class Trained:
    """A corpus after training, with the words of each category."""

    def __init__(self, id, **changes):
        self.sample = samples()[id]
        self.trainer = train(self.sample, **changes)
        self.embeddings = self.trainer.snapshot()
        self.words = [category.words for category in self.sample.categories]

    def unit(self, words):
        return self.embeddings.unit_vectors[self.embeddings.vocabulary.ids(words)]

    def cosine(self, some, others):
        """Return the mean cosine of two sets of words, a word's with itself left out."""
        different = np.array([[a != b for b in others] for a in some])
        return (self.unit(some) @ self.unit(others).T)[different].mean()

    def nearest(self, word, k):
        return [near for near, _ in self.embeddings.neighbors(word, k)]


def between(vectors, start, end):
    """Return where vectors project onto the way from one set's middle (0) to the other's (1)."""
    start, end = start.mean(axis=0), end.mean(axis=0)
    return (vectors - start) @ (end - start) / np.sum((end - start) ** 2)


@SEEDS
@pytest.mark.parametrize(
    ("id", "couples"),
    [
        ("tiny_en", [("cats", "dogs"), ("girls", "boys"), ("buses", "trains")]),
        ("tiny_zh", [("猫", "狗"), ("女孩", "男孩"), ("汽车", "火车")]),
    ],
)
def test_words_that_never_meet_are_near_for_the_company_they_keep(id, couples, seed):
    run = Trained(id, seed=seed)
    corpus = run.trainer.corpus
    sentences = [corpus.sentence(i) for i in range(len(corpus.starts) - 1)]
    for one, other in couples:
        assert not any(one in sentence and other in sentence for sentence in sentences)
        assert run.nearest(one, 1) == [other]
        assert run.nearest(other, 1) == [one]


@SEEDS
@pytest.mark.parametrize(
    ("id", "synonyms"),
    [
        ("control_senses_en", {"shore", "beach", "lender", "broker"}),
        ("control_senses_zh", {"画眉", "喜鹊", "月季", "茶花"}),
    ],
)
def test_a_word_with_two_meanings_lies_between_them(id, synonyms, seed):
    run = Trained(id, seed=seed)
    [word], first, second = run.words
    apart = run.cosine(first, second)
    assert run.cosine([word], first) > apart
    assert run.cosine([word], second) > apart
    one, other = run.unit(first), run.unit(second)
    assert 0.35 < between(run.unit([word]), one, other)[0] < 0.65
    assert between(one, one, other).max() < 0.35
    assert between(other, one, other).min() > 0.65
    assert set(run.nearest(word, 4)) == synonyms


@SEEDS
def test_two_languages_are_islands_with_the_names_between(seed):
    run = Trained("control_languages", seed=seed)
    english, chinese, shared = run.words

    def language(word):
        return "shared" if word in shared else "en" if word.isascii() else "zh"

    own = [word for word in run.embeddings.vocabulary.words if word not in shared]
    same = [language(near) == language(word) for word in own for near in run.nearest(word, 5)]
    assert np.mean(same) >= 0.95
    assert set(run.nearest("cats", 3)) == {"dogs", "rabbits", "ducks"}
    for english_word, translation in (("cats", "猫"), ("apples", "苹果"), ("red", "红"), ("mother", "妈妈")):
        assert translation not in run.nearest(english_word, 20)
    here, there = run.unit(english), run.unit(chinese)
    assert between(here, here, there).max() < 0.3
    assert between(there, here, there).min() > 0.7
    middle = between(run.unit(shared), here, there)
    assert 0.3 < middle.min() < middle.max() < 0.7


@SEEDS
def test_in_noise_nothing_clusters(seed):
    run = Trained("control_noise", seed=seed)
    sizes = np.array([len(words) for words in run.words])
    chance = np.sum(sizes * (sizes - 1)) / (sizes.sum() * (sizes.sum() - 1))
    assert run.sample.score(run.embeddings)["purity"] < chance + 0.05
    within = np.mean([run.cosine(words, words) for words in run.words])
    everything = [word for words in run.words for word in words]
    assert within < run.cosine(everything, everything) + 0.02


@SEEDS
def test_subsampling_frees_the_topics_that_frequent_words_drown(seed):
    drowned = Trained("control_zipf", seed=seed)
    freed = Trained("control_zipf", seed=seed, subsample=1e-3)
    assert drowned.sample.score(drowned.embeddings)["purity"] < 0.4
    assert freed.sample.score(freed.embeddings)["purity"] > 0.9


def test_the_zipf_text_follows_zipfs_law():
    counts = train(samples()["control_zipf"], epochs=1).corpus.vocabulary.counts
    slope, _ = np.polyfit(np.log(np.arange(1, 101)), np.log(counts), 1)
    assert -1.1 < slope < -0.9


@SEEDS
def test_in_the_loop_words_of_one_place_are_near_and_words_side_by_side_are_not(seed):
    run = Trained("control_loop", seed=seed)
    assert min(run.cosine(words, words) for words in run.words) > 0.8
    following = list(zip(run.words, [*run.words[1:], run.words[0]], strict=True))
    assert max(run.cosine(words, after) for words, after in following) < 0.2
    # Side by side means a high score of input with output vector.
    vocabulary, W, U = run.embeddings.vocabulary, run.trainer.W, run.trainer.U
    for words, after in following:
        centers = W[vocabulary.ids(words)]
        assert (centers @ U[vocabulary.ids(after)].T).mean() > (
            centers @ U[vocabulary.ids(words)].T
        ).mean() + 1


@SEEDS
def test_the_hours_of_the_day_close_into_a_ring(seed):
    run = Trained("control_ring", seed=seed)
    hour = {word: i for i, words in enumerate(run.words) for word in words}
    for word in hour:
        steps = [(hour[near] - hour[word] + 4) % 8 - 4 for near in run.nearest(word, 5)]
        assert set(steps) <= {-1, 0, 1}, word
    vectors = np.concatenate([run.unit(words) for words in run.words])
    centered = vectors - vectors.mean(axis=0)
    _, spread, axes = np.linalg.svd(centered, full_matrices=False)
    assert spread[1] ** 2 > 2 * spread[2] ** 2  # the plane of the ring stands out
    middles = (centered @ axes[:2].T).reshape(8, 3, 2).mean(axis=1)
    turned = np.diff(np.unwrap(np.arctan2(*np.concatenate([middles, middles[:1]]).T)))
    assert (np.sign(turned) == np.sign(turned[0])).all()
    assert abs(turned.sum()) == pytest.approx(2 * np.pi)
