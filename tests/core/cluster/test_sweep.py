import numpy as np
import pytest

from tests.core.training.small import CORPUS, SMALL, trainer
from w2v_core import Problem, TrainingConfig
from w2v_core.cluster import sweep as module
from w2v_core.cluster.grid import grid
from w2v_core.cluster.sweep import TestSets, sweep, train_one
from w2v_core.diagnostics import Yardstick, probe_loss
from w2v_core.vectors.evaluation import Section, WordPair, evaluate_word_pairs

PAIRS = (WordPair("king", "queen", 9), WordPair("man", "woman", 8), WordPair("dog", "town", 1))
TESTS = TestSets(
    pairs={"pairs": PAIRS, "unknown": (WordPair("x", "y", 1),)},
    analogies={"court": (Section("s", (("king", "man", "queen", "woman"),)),)},
    categories={"purity": {"king": "court", "queen": "court", "dog": "animal", "cat": "animal"}},
)


def config(**changes):
    return TrainingConfig(**SMALL | changes)


def test_a_run_is_told_in_numbers():
    run = trainer()
    records = list(run.run())
    found = train_one(CORPUS, run.config, TESTS)
    last = [record for record in records if record.epoch == run.config.epochs]
    pairs = np.diff([0, *(record.pairs for record in records)])[-len(last) :]
    yardstick = Yardstick.of(CORPUS, run.config)
    loss = probe_loss(yardstick.probe, run.W, run.U, run.objective)
    assert found.note == ""
    assert found.values["loss"] == pytest.approx(np.average([r.loss for r in last], weights=pairs))
    assert found.values["progress"] == pytest.approx(
        (yardstick.start - loss) / (yardstick.start - yardstick.floor)
    )
    assert found.values["pairs"] == evaluate_word_pairs(run.snapshot(), PAIRS).spearman
    assert found.values["court"] in (0, 1)
    assert 0 <= found.values["purity"] <= 1
    assert found.values["words_per_second"] == pytest.approx(len(CORPUS) * 3 / found.values["seconds"])
    assert "unknown" not in found.values  # no vector for its words


def test_a_loss_without_a_floor_has_no_share_of_the_way():
    found = train_one(CORPUS, config(objective="softmax_with_negatives", learning_rate=0.001), TestSets())
    assert list(found.values) == ["loss", "seconds", "words_per_second"]


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"learning_rate": 1e20, "max_row_update": None}, "Training diverged at step"),
        ({"negatives": 1000, "noise": "per_pair"}, "words"),
    ],
)
def test_a_run_that_fails_says_so(changes, note):
    found = train_one(CORPUS, config(**changes), TESTS)
    assert found.values == {}
    assert note in found.note


def test_a_sweep_trains_every_run_as_it_would_be_alone(client):
    runs = grid(SMALL, {"dim": [4, 6]}, seeds=2)
    found = dict(sweep(client, CORPUS, runs, TESTS))
    assert set(found) == set(runs)
    for run, outcome in found.items():
        assert outcome.values["loss"] == train_one(CORPUS, run, TESTS).values["loss"]
    assert len({outcome.values["loss"] for outcome in found.values()}) == 4


def test_what_goes_wrong_with_a_worker_is_a_sentence(client, monkeypatch):
    def broken(*arguments):
        raise OSError("no such device")

    monkeypatch.setattr(module, "train_one", broken)
    with pytest.raises(Problem, match=r"A worker of the cluster failed \(OSError: no such device\)"):
        list(sweep(client, CORPUS, grid(SMALL, {"dim": [4]}, seeds=1), TestSets()))


def test_leaving_a_sweep_early_cancels_the_rest(client, monkeypatch):
    cancelled, cancel = [], client.cancel
    monkeypatch.setattr(client, "cancel", lambda futures: (cancelled.extend(futures), cancel(futures)))
    outcomes = sweep(client, CORPUS, grid(SMALL | {"epochs": 30}, {"dim": [4, 6, 8]}, seeds=5), TestSets())
    next(outcomes)
    outcomes.close()
    assert len(cancelled) == 15
    assert all(future.status == "cancelled" for future in cancelled)
