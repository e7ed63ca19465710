from itertools import pairwise

import numpy as np
import pytest

from tests.core.training.small import CORPUS, SMALL, trainer
from w2v_core import Corpus, Diverged, TrainingConfig
from w2v_core.cluster import shards as module
from w2v_core.cluster.shards import cuts, shards, train_shard


def shard(run, begins=0.0, ends=1.0, seed=(5,)):
    [found] = shards(run.corpus, 0, len(run.corpus), 1, (begins, ends), seed)
    return found


def moved(run, part):
    return train_shard(run.corpus.vocabulary, run.config, run._arrays(), part)


def test_shards_are_the_stretch_cut_at_sentences():
    n = len(CORPUS)
    found = shards(CORPUS, 0, n, 4, (0, 1), (1,))
    assert len(found) == 4
    np.testing.assert_array_equal(np.concatenate([each.ids for each in found]), CORPUS.ids)
    starts = np.concatenate(
        [each.starts[:-1] + a for each, a in zip(found, cuts(CORPUS, 0, n, 4), strict=False)]
    )
    np.testing.assert_array_equal(starts, CORPUS.starts[:-1])
    assert max(len(each.ids) for each in found) < 1.5 * n / 4
    assert len({each.seed for each in found}) == 4


def test_a_stretch_of_few_sentences_has_few_shards():
    assert [len(each.ids) for each in shards(CORPUS, 0, 8, 5, (0, 1), (1,))] == [8]


def test_a_sentence_longer_than_a_stretch_of_windows_is_cut(monkeypatch):
    corpus = Corpus.from_sentences([["a", "b", "c"] * 40])
    monkeypatch.setattr(module, "SLAB", 20)
    assert cuts(corpus, 0, 120, 4) == [0, 30, 60, 90, 120]
    for a, part in zip([0, 30, 60, 90], shards(corpus, 0, 120, 4, (0, 1), (1,)), strict=True):
        assert part.starts.tolist() == [0, 30]
        np.testing.assert_array_equal(part.ids, corpus.ids[a : a + 30])


def test_a_shard_comes_out_the_same_wherever_and_leaves_what_it_is_given():
    run = trainer()
    before = {name: array.copy() for name, array in run._arrays().items()}
    one, two = moved(run, shard(run)), moved(run, shard(run))
    other = moved(run, shard(run, seed=(6,)))
    for name, array in run._arrays().items():
        np.testing.assert_array_equal(array, before[name])
        np.testing.assert_array_equal(one.rows[name].moves, two.rows[name].moves)
        assert not np.array_equal(one.rows[name].moves, other.rows[name].moves)


@pytest.mark.parametrize("optimizer", ["sgd", "adagrad"])
def test_a_shard_is_one_pass_of_an_ordinary_trainer(optimizer):
    """Without any draw but of windows that are all full, a shard that is the whole text is an epoch."""
    run = trainer(objective="softmax", dynamic_window=False, optimizer=optimizer, epochs=1)
    given = {name: array.copy() for name, array in run._arrays().items()}
    found = moved(run, shard(run))
    records = list(run.run())
    assert (found.steps, found.pairs) == (run.steps, run.pairs)
    assert found.loss / found.pairs == pytest.approx(
        sum(r.loss * (r.pairs - before) for before, r in _with_pairs(records)) / run.pairs
    )
    for name, array in run._arrays().items():
        rows = found.rows[name]
        given[name][rows.ids] += rows.moves
        np.testing.assert_allclose(given[name], array, atol=1e-6)
    assert found.rows["U"].times.tolist() == [run.steps] * len(run.U)  # softmax moves every row in every step


def _with_pairs(records):
    return zip([0, *(record.pairs for record in records)], records, strict=False)


def test_the_rate_falls_with_the_whole_runs_progress(monkeypatch):
    run, rates = trainer(learning_rate=1.0), []
    descend = module._ShardTrainer._descend

    def noting(self, task):
        rates.append(task.rate)
        return descend(self, task)

    monkeypatch.setattr(module._ShardTrainer, "_descend", noting)
    for begins, ends in pairwise([0.25, 0.5, 0.75]):
        rates.clear()
        moved(run, shard(run, begins, ends))
        assert rates[0] == pytest.approx(run.config.rate_at(begins))
        assert run.config.rate_at(ends) < rates[-1] < rates[0]
        assert sorted(rates, reverse=True) == rates


def test_times_count_the_steps_that_move_a_row():
    run = trainer(batch_tokens=1)
    found = moved(run, shard(run))
    # A step a center: a word's input row moves as often as it stands in the text.
    np.testing.assert_array_equal(found.rows["W"].times, np.bincount(CORPUS.ids)[found.rows["W"].ids])


def test_a_stretch_without_pairs_moves_nothing():
    corpus = Corpus.from_text("a b\n" * 5 + "c\n" * 5)
    [part] = shards(corpus, 10, 15, 1, (0, 1), (1,))
    found = train_shard(corpus.vocabulary, TrainingConfig(**SMALL), {"W": np.zeros((3, 6))}, part)
    assert (found.steps, found.pairs, found.loss, found.rows) == (0, 0, 0, {})


def test_a_divergence_is_told():
    run = trainer(max_row_update=None, learning_rate=1e20)
    with pytest.raises(Diverged):
        moved(run, shard(run))
