import math
from collections import Counter

import numpy as np
import pytest
from scipy import stats

from tests.core.training.small import CORPUS, SENTENCES, trainer
from w2v_core import Corpus, TrainingConfig
from w2v_core.diagnostics.pmi import compare, has_optimum, sample_pairs
from w2v_core.diagnostics.probe import Probe
from w2v_core.training.objectives import make_objective

# Whole windows, nothing dropped: the pairs can be counted by hand.
CONFIG = TrainingConfig(window=2, dynamic_window=False, dim=4, subsample=0, negatives=3)
WORDS = CORPUS.vocabulary.words
V = len(WORDS)


def pairs_by_hand():
    """Count (center, context) in the sentences, two words to either side."""
    found = Counter()
    for sentence in SENTENCES:
        words = sentence.split()
        for i, center in enumerate(words):
            found.update((center, words[j]) for j in range(i - 2, i + 3) if j != i and 0 <= j < len(words))
    return found


PAIRS = pairs_by_hand()
OF_CENTER, OF_CONTEXT = Counter(), Counter()
for (a, b), n in PAIRS.items():
    OF_CENTER[a] += n
    OF_CONTEXT[b] += n


def noise(word, power=0.75):
    weight = {w: n**power for w, n in zip(WORDS, CORPUS.vocabulary.counts, strict=True)}
    return weight[word] / sum(weight.values())


def sampled(config=CONFIG, **more):
    return sample_pairs(Probe.from_corpus(CORPUS, config), config, **more)


def named(sample):
    """Yield (center, context) and all numbers of each pair."""
    for c, o, *numbers in zip(
        sample.centers, sample.contexts, sample.counts, sample.pmi, sample.optimum, strict=True
    ):
        yield WORDS[c], WORDS[o], *numbers


def test_pmi_and_optimum_by_hand():
    sample = sampled()
    assert {(c, o): n for c, o, n, *_ in named(sample)} == PAIRS
    D = sum(PAIRS.values())
    for c, o, n, pmi, optimum in named(sample):
        assert pmi == pytest.approx(math.log(n * D / (OF_CENTER[c] * OF_CONTEXT[o])))
        assert optimum == pytest.approx(math.log(n / (3 * OF_CENTER[c] * noise(o))))


def test_it_is_pmi_minus_log_k_where_noise_comes_as_contexts_do():
    ids = np.array([*[0, 1, 2, 0, 1, 3] * 4], dtype=np.int32)
    text = " ".join("abcd"[i] for i in ids)
    corpus = Corpus.from_text(text)
    config = CONFIG.replace(window=1, noise_power=1.0)
    sample = sample_pairs(Probe.from_corpus(corpus, config), config)
    # The two ends of the text lack a neighbour, so P and Pn are not quite the same.
    np.testing.assert_allclose(sample.optimum, sample.pmi - math.log(3), atol=0.15)


def test_draws_that_may_not_hit_their_target_move_the_optimum():
    config = CONFIG.replace(noise_may_hit_target=False)
    for c, o, n, _, optimum in named(sampled(config)):
        p = n / OF_CENTER[c]
        assert optimum == pytest.approx(math.log(p / (3 * noise(o) * (1 - p))))


@pytest.mark.parametrize("objective", ["softmax", "hierarchical_softmax"])
def test_softmaxes_go_to_the_share_of_the_centers_pairs(objective):
    for c, _, n, _, optimum in named(sampled(CONFIG.replace(objective=objective))):
        assert optimum == pytest.approx(math.log(n / OF_CENTER[c]))


@pytest.mark.parametrize("objective", ["negative_sampling", "softmax"])
def test_at_the_optimum_no_score_wants_to_move(objective):
    config = CONFIG.replace(objective=objective)
    probe, made = Probe.from_corpus(CORPUS, config), make_objective(CORPUS.vocabulary, config)
    sample = sampled(config)
    scores = np.full((probe.inputs.n_rows, V), -60.0)
    row = np.searchsorted(probe.inputs.words, sample.centers)
    scores[row, sample.contexts] = sample.optimum
    draw = made.expected(probe.inputs.n_rows, probe.inputs.row, probe.inputs.target, probe.count)
    gradient = made.loss(scores, *draw.counts)[1]
    np.testing.assert_allclose(gradient, 0, atol=1e-9)


def test_pairs_that_never_occur_are_drawn_as_noise_is():
    sample = sampled(most_strange=2000)
    strange = list(zip(sample.strange_centers, sample.strange_contexts, strict=True))
    assert 0 < len(strange) < 2000
    assert not {(WORDS[c], WORDS[o]) for c, o in strange} & PAIRS.keys()


def test_frequent_pairs_are_chosen_more_often():
    some = [sampled(most=20, seed=seed) for seed in range(30)]
    assert {len(sample.counts) for sample in some} == {20}
    everything = np.mean(list(PAIRS.values()))
    assert np.mean([sample.counts.mean() for sample in some]) > 1.15 * everything
    first = next(iter(some))
    np.testing.assert_array_equal(first.centers, sampled(most=20, seed=0).centers)
    assert not np.array_equal(first.centers, some[1].centers)
    assert len(set(zip(first.centers, first.contexts, strict=True))) == 20


def test_a_sample_of_few_centers():
    sample = sampled(most=30, most_centers=3)
    assert len(set(sample.centers)) == 3
    assert set(sample.strange_centers) <= set(sample.centers)


def test_a_sample_is_read_only():
    sample = sampled()
    for part in (sample.centers, sample.optimum, sample.strange_contexts):
        with pytest.raises(ValueError, match="read-only"):
            part[0] = 0


def test_comparing_negative_sampling_is_about_scores():
    sample, made = sampled(), make_objective(CORPUS.vocabulary, CONFIG)
    rng = np.random.default_rng(3)
    W, U = rng.normal(size=(2, V, 4)).astype(np.float32)
    found = compare(sample, W, U, made)
    expected = [W[c] @ U[o] for c, o in zip(sample.centers, sample.contexts, strict=True)]
    strange = [W[c] @ U[o] for c, o in zip(sample.strange_centers, sample.strange_contexts, strict=True)]
    np.testing.assert_allclose(found.values, expected, atol=1e-5)
    np.testing.assert_allclose(found.strange_values, strange, atol=1e-5)
    assert found.strange_mean == pytest.approx(np.mean(strange), abs=1e-5)
    assert found.pearson == pytest.approx(stats.pearsonr(expected, sample.optimum)[0], abs=1e-5)
    assert found.spearman == pytest.approx(stats.spearmanr(expected, sample.optimum)[0], abs=1e-5)
    assert found.distance == pytest.approx(np.mean(np.abs(expected - sample.optimum)), abs=1e-5)


@pytest.mark.parametrize("objective", ["softmax", "hierarchical_softmax"])
def test_comparing_a_softmax_is_about_probabilities(objective):
    config = CONFIG.replace(objective=objective)
    sample, made = sampled(config), make_objective(CORPUS.vocabulary, config)
    rng = np.random.default_rng(3)
    W, U = rng.normal(size=(V, 4)), rng.normal(size=(made.n_outputs, 4))
    found = compare(sample, W, U, made)
    for c, o, value in zip(sample.centers[:40], sample.contexts[:40], found.values, strict=False):
        assert value == pytest.approx(made.log_probabilities(W[[c]] @ U.T)[0, o])


def test_before_the_first_step_nothing_correlates():
    run = trainer()
    sample = sampled(run.config)
    found = compare(sample, run.W, run.U, run.objective)
    assert not found.values.any()
    assert found.pearson is None
    assert found.spearman is None
    assert found.distance == pytest.approx(np.abs(sample.optimum).mean())


def test_where_every_pair_occurs_there_are_no_strangers():
    corpus = Corpus.from_text("a b a a b b a")
    config = CONFIG.replace(negatives=2)
    sample = sample_pairs(Probe.from_corpus(corpus, config), config)
    rng = np.random.default_rng(0)
    found = compare(sample, *rng.normal(size=(2, 2, 4)), make_objective(corpus.vocabulary, config))
    assert found.strange_mean is None
    assert len(found.strange_values) == 0


@pytest.mark.parametrize("objective", ["negative_sampling", "softmax", "hierarchical_softmax"])
def test_training_brings_pairs_to_where_they_belong(objective):
    run = trainer(objective=objective, epochs=300, learning_rate=0.1, dim=30, dynamic_window=False)
    sample = sampled(run.config)
    list(run.run(20))
    early = compare(sample, run.W, run.U, run.objective)
    list(run.run())
    late = compare(sample, run.W, run.U, run.objective)
    assert late.distance < 0.25 < early.distance
    assert late.pearson > 0.95
    assert late.strange_mean < early.strange_mean - 2


@pytest.mark.parametrize(
    "changes",
    [{"architecture": "cbow"}, {"objective": "softmax_with_negatives"}],
    ids=lambda c: next(iter(c)),
)
def test_no_optimum_no_sample(changes):
    config = CONFIG.replace(**changes)
    assert not has_optimum(config)
    with pytest.raises(ValueError, match="no optimum"):
        sampled(config)
