import numpy as np
import pytest
from scipy.special import log_softmax

from tests.core.training.small import CORPUS, trainer
from w2v_core import Corpus, TrainingConfig
from w2v_core.diagnostics import probe as module
from w2v_core.diagnostics.probe import Probe, measure, probe_loss
from w2v_core.diagnostics.reference import floor
from w2v_core.training.config import OBJECTIVES
from w2v_core.training.objectives import make_objective

CONFIG = TrainingConfig(window=2, dim=4, subsample=0, negatives=3)
V = len(CORPUS.vocabulary)


def vectors(objective, seed=0, decimals=9):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(V, 4)).round(decimals), rng.normal(size=(objective.n_outputs, 4)).round(decimals)


def test_a_probe_holds_one_pass_of_pairs():
    config = CONFIG.replace(dynamic_window=False, window=1)
    probe = Probe.from_corpus(Corpus.from_text("a b a\nb c"), config)
    centers, contexts, counts = probe.triplets
    words = probe.vocabulary.words
    found = {(words[c], words[o]): n for c, o, n in zip(centers, contexts, counts, strict=True)}
    assert found == {("a", "b"): 2, ("b", "a"): 2, ("b", "c"): 1, ("c", "b"): 1}
    assert probe.pairs == 6


def test_a_probe_is_frozen_and_depends_on_its_own_seed_alone():
    one, same = (Probe.from_corpus(CORPUS, CONFIG.replace(seed=seed)) for seed in (1, 2))
    np.testing.assert_array_equal(one.triplets, same.triplets)
    other = Probe.from_corpus(CORPUS, CONFIG, seed=5)
    assert len(one.count) != len(other.count) or not np.array_equal(one.count, other.count)
    for part in one.triplets:
        with pytest.raises(ValueError, match="read-only"):
            part[0] = 0


def test_a_cbow_probe_has_a_row_for_each_window():
    probe = Probe.from_corpus(CORPUS, CONFIG.replace(architecture="cbow"))
    row, target, count = probe.triplets
    np.testing.assert_array_equal(row, np.arange(len(CORPUS)))
    np.testing.assert_array_equal(target, CORPUS.ids)
    assert (count == 1).all()


@pytest.mark.parametrize("architecture", ["skip_gram", "cbow"])
def test_a_thinned_probe_keeps_some_rows_with_all_their_pairs(architecture):
    whole = Probe.from_corpus(CORPUS, CONFIG.replace(architecture=architecture))
    thin = whole.thinned(6)
    W = np.random.default_rng(0).normal(size=(V, 4))
    hidden, kept = (probe.inputs.hidden(W[probe.inputs.words]) for probe in (whole, thin))
    assert len(kept) == thin.inputs.n_rows == 6

    def pairs(probe, row):
        cells = probe.inputs.row == row
        return dict(zip(probe.inputs.target[cells], probe.count[cells], strict=True))

    for row, vector in enumerate(kept):
        same = np.flatnonzero(np.abs(hidden - vector).max(axis=1) < 1e-12)
        assert any(pairs(thin, row) == pairs(whole, place) for place in same)
    assert whole.thinned(10_000) is whole


def test_a_thinned_probe_takes_frequent_and_rare_words_in_proportion():
    whole = Probe.from_corpus(CORPUS, CONFIG)
    center, _, count = whole.triplets
    order = np.argsort(-np.bincount(center, count, V), kind="stable")
    rank = np.argsort(order)
    ranks = sorted(rank[np.unique(whole.thinned(4).triplets[0])])
    assert [r * 4 // V for r in ranks] == [0, 1, 2, 3]  # one of each quarter


@pytest.mark.parametrize("tokens", [1, 30, 100])
def test_a_sample_takes_whole_sentences_and_about_so_many_tokens(tokens):
    probe = Probe.from_corpus(CORPUS, CONFIG.replace(dynamic_window=False, window=20), max_tokens=tokens)
    longest = np.diff(CORPUS.starts).max()
    # With windows that take in all of a sentence of n words it gives n (n - 1) pairs.
    assert tokens * 7 <= probe.pairs < (tokens + longest) * longest
    assert probe.vocabulary is CORPUS.vocabulary
    again = Probe.from_corpus(CORPUS, CONFIG.replace(dynamic_window=False, window=20), max_tokens=tokens)
    np.testing.assert_array_equal(again.triplets, probe.triplets)


def test_a_sample_is_drawn_from_the_whole_text():
    words = {
        tuple(Probe.from_corpus(CORPUS, CONFIG, max_tokens=1, seed=seed).inputs.words) for seed in range(20)
    }
    assert len(words) == 4  # each of the four different sentences comes up


def test_a_corpus_of_one_endless_sentence_is_sampled_in_pieces():
    ids = np.random.default_rng(0).integers(0, V, 20_000).astype(np.int32)
    corpus = Corpus(CORPUS.vocabulary, ids, np.array([0, len(ids)]))
    probe = Probe.from_corpus(corpus, CONFIG.replace(architecture="cbow"), max_tokens=2500)
    assert len(probe.count) == 3000


@pytest.mark.parametrize("architecture", ["skip_gram", "cbow"])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_measures_against_a_loop_over_pairs(objective, architecture, monkeypatch):
    monkeypatch.setattr(module, "CELLS", 5 * V)  # several blocks
    config = CONFIG.replace(objective=objective, architecture=architecture)
    probe = Probe.from_corpus(CORPUS, config)
    made = make_objective(CORPUS.vocabulary, config)
    W, U = vectors(made, decimals=0)  # whole numbers: many ties
    H = probe.inputs.hidden(W[probe.inputs.words])
    S = made.word_scores(H @ U.T)
    log_p = made.log_probabilities(H @ U.T)
    sums = np.zeros(5)
    for row, target, count in zip(probe.inputs.row, probe.inputs.target, probe.count, strict=True):
        above, tied = (S[row] > S[row, target]).sum(), (S[row] == S[row, target]).sum()
        sums += count * np.array(
            [-log_p[row, target], 1 / np.mean([above + 1 + t for t in range(tied)])]
            + [np.mean([above + t < k for t in range(tied)]) for k in (1, 5, 10)]
        )
    found = measure(probe, W, U, made)
    expected = sums / probe.pairs
    np.testing.assert_allclose(
        [found.cross_entropy, found.mean_reciprocal_rank, found.top_1, found.top_5, found.top_10],
        expected,
        rtol=1e-6,
    )
    assert found.loss == pytest.approx(probe_loss(probe, W, U, made))


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_without_knowledge_ranks_are_chance(objective):
    config = CONFIG.replace(objective=objective)
    probe, made = Probe.from_corpus(CORPUS, config), make_objective(CORPUS.vocabulary, config)
    found = measure(probe, vectors(made)[0], np.zeros((made.n_outputs, 4)), made)
    if objective == "hierarchical_softmax":
        assert found.top_1 > 2 / V  # its tree knows the frequent words from the start
    else:
        assert found.mean_reciprocal_rank == pytest.approx(2 / (V + 1))
        np.testing.assert_allclose([found.top_1, found.top_5, found.top_10], [1 / V, 5 / V, 10 / V])


@pytest.mark.parametrize("architecture", ["skip_gram", "cbow"])
@pytest.mark.parametrize("noise", ["per_pair", "shared"])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_loss_is_the_mean_of_many_sampled_ones(objective, noise, architecture):
    config = CONFIG.replace(objective=objective, noise=noise, noise_pool=16, architecture=architecture)
    probe, made = Probe.from_corpus(CORPUS, config), make_objective(CORPUS.vocabulary, config)
    W, U = vectors(made)
    inputs, rng = probe.inputs, np.random.default_rng(1)
    pair = np.repeat(np.arange(len(probe.count)), probe.count.astype(int))
    H = inputs.hidden(W[inputs.words])
    losses = []
    for _ in range(60):
        draw = made.draw(inputs.n_rows, inputs.row[pair], inputs.target[pair], rng)
        losses.append(made.loss(H @ U[draw.columns].T, *draw.counts)[0] / len(pair))
    error = np.std(losses) / len(losses) ** 0.5
    assert probe_loss(probe, W, U, made) == pytest.approx(np.mean(losses), abs=5 * error + 1e-6)


def test_the_loss_of_softmax_is_scipys():
    made = make_objective(CORPUS.vocabulary, CONFIG.replace(objective="softmax"))
    probe = Probe.from_corpus(CORPUS, CONFIG)
    W, U = vectors(made)
    center, context, count = probe.triplets
    expected = -(count @ log_softmax(W @ U.T, axis=1)[center, context]) / count.sum()
    found = measure(probe, W, U, made)
    assert found.loss == found.cross_entropy == pytest.approx(expected)


@pytest.mark.parametrize("objective", ["softmax", "negative_sampling", "hierarchical_softmax"])
def test_training_brings_all_measures_nearer_to_the_best(objective):
    run = trainer(objective=objective, epochs=150, learning_rate=0.1, dim=16)
    probe = Probe.from_corpus(CORPUS, run.config)
    before = measure(probe, run.W, run.U, run.objective)
    list(run.run())
    after = measure(probe, run.W, run.U, run.objective)
    assert after.loss < before.loss
    assert after.mean_reciprocal_rank > before.mean_reciprocal_rank + 0.1
    assert after.top_5 > before.top_5 + 0.2
    entropy = floor(probe, run.config.replace(objective="softmax")).value
    assert entropy < after.cross_entropy < before.cross_entropy


def test_passes_draw_windows_anew_and_their_shares_settle():
    """With windows of reach 1 or 2 a neighbour is always met, the next but one half of the time."""
    corpus = Corpus.from_text("a b c d")
    probe = Probe.from_corpus(corpus, CONFIG, passes=2000)
    words = corpus.vocabulary.words
    found = {(words[c], words[o]): n / 2000 for c, o, n in zip(*probe.triplets, strict=True)}
    assert found[("a", "b")] == 1
    assert found[("a", "c")] == pytest.approx(0.5, abs=0.05)
    assert ("a", "d") not in found
