"""Measurements in the background: what they measure, who may stop them, and who finds their results."""

import threading
import time

import pytest

from app.background import cost_run
from app.background.cost_run import CostRun, begin, cost_config, latest, theory
from w2v_core import TrainingConfig
from w2v_core.diagnostics.cost import VOCABULARY_SIZES, scores_per_pair, zipf_corpus
from w2v_core.training.config import OBJECTIVES

SMALL = TrainingConfig(dim=4, window=2, negatives=2, batch_tokens=16)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Measure tiny vocabularies for no time, and start with nothing measured."""
    monkeypatch.setattr(cost_run, "VOCABULARY_SIZES", (20, 40))
    monkeypatch.setattr(cost_run, "POINT_SECONDS", 0)
    monkeypatch.setattr(cost_run, "_latest", {})


@pytest.fixture
def endless(monkeypatch):
    """No point is ever done."""
    monkeypatch.setattr(cost_run.CostMeter, "enough", lambda self, seconds: False)


def test_all_objectives_are_measured_at_all_sizes():
    run = begin(SMALL, "me")
    run.join()
    assert run.complete
    assert not run.running
    assert not run.failed
    points = {(record.vocabulary_size, record.objective): record for record in run.records}
    assert set(points) == {(size, objective) for size in (20, 40) for objective in OBJECTIVES}
    assert len(run.records) == len(points)
    for (size, objective), record in points.items():
        config = SMALL.replace(objective=objective)
        assert record.scores == scores_per_pair(zipf_corpus(size).vocabulary, config)
        assert record.centers == 16
        assert record.seconds > 0


def test_of_several_rounds_the_fastest_counts(monkeypatch):
    measured = {}
    real = cost_run.CostMeter.record

    def record(meter):
        told = real(meter)
        measured.setdefault((told.vocabulary_size, told.objective), []).append(told)
        return told

    monkeypatch.setattr(cost_run.CostMeter, "record", record)
    run = begin(SMALL, "me")
    run.join()
    assert all(len(told) == cost_run.ROUNDS for told in measured.values())
    for best in run.records:
        told = measured[best.vocabulary_size, best.objective]
        assert best in told
        assert best.seconds == min(record.seconds for record in told)


def test_whoever_comes_later_finds_the_results():
    run = begin(SMALL, "one")
    run.join()
    assert latest(SMALL) is run
    run.leave("one")  # the results stay
    assert latest(SMALL) is run
    assert latest(SMALL.replace(dim=5)) is None
    again = begin(SMALL, "two")
    assert again is not run
    again.join()
    assert latest(SMALL) is again


def test_two_who_ask_for_the_same_watch_one_measurement(endless):
    run = begin(SMALL, "one")
    assert begin(SMALL, "two") is run
    run.leave("one")
    assert run.running
    run.leave("two")
    run.join()
    assert not run.running
    assert not run.complete
    assert latest(SMALL) is None
    other = begin(SMALL, "three")
    assert other is not run
    other.leave("three")
    other.join()


def test_trainers_get_their_turns_while_it_measures(endless):
    run = begin(SMALL, "me")
    turns = 0
    while turns < 20:
        with cost_run.TURNSTILE:
            turns += 1
        assert run.running
    run.leave("me")
    run.join()


def test_an_error_is_told_and_ends_the_measurement(monkeypatch):
    def fail(meter):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(cost_run.CostMeter, "step", fail)
    run = begin(SMALL, "me")
    run.join()
    assert run.failed
    assert not run.running
    assert begin(SMALL, "me") is not run  # and can be tried again


def test_settings_are_measured_at_a_batch_that_all_can_take():
    config = cost_config(dim=100, window=5, negatives=5, noise="shared")
    assert config.batch_tokens < cost_run.MOST_CENTERS
    assert (config.dim, config.noise) == (100, "shared")


def test_theory_has_a_number_for_every_size(monkeypatch):
    monkeypatch.setattr(cost_run, "VOCABULARY_SIZES", VOCABULARY_SIZES)
    theory.cache_clear()
    found = theory(SMALL)
    assert found["softmax"] == found["softmax_with_negatives"] == VOCABULARY_SIZES
    assert set(found["negative_sampling"]) == {3}
    tree = found["hierarchical_softmax"]
    assert list(tree) == sorted(tree)
    assert tree[-1] < 15


def test_nothing_is_left_running():
    run = CostRun(SMALL)
    run.start()
    run.leave("nobody")
    run.join()
    deadline = time.monotonic() + 10
    while any(thread.name == cost_run.THREAD_NAME for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
