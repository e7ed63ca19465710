"""Runs share the server's memory."""

import gc

import pytest

from app.background import memory_quota
from app.background.live import LiveTraining
from app.background.live_comparison import LiveComparison
from w2v_core import Corpus, Problem, TrainingConfig, limits

CORPUS = Corpus.from_text("\n".join(f"w{i % 9} w{i % 7} w{i % 5}" for i in range(90)))
CONFIG = TrainingConfig(dim=8)
BYTES = memory_quota.run_bytes(len(CORPUS.vocabulary), CONFIG.dim)


def test_a_run_takes_more_the_larger_it_is():
    assert memory_quota.run_bytes(1000, 50) > 8 * 4 * 1000 * 50
    assert memory_quota.run_bytes(2000, 50) == 2 * memory_quota.run_bytes(1000, 50)
    assert memory_quota.run_bytes(10**6, 300) > limits.APP_RUN_BYTES


def test_a_run_too_big_alone_says_so(monkeypatch):
    monkeypatch.setattr(limits, "APP_RUN_BYTES", BYTES)
    LiveTraining(CORPUS, CONFIG)
    with pytest.raises(Problem) as refused:
        LiveTraining(CORPUS, CONFIG.replace(dim=9))
    assert refused.value.code == "run_too_big"
    assert refused.value.details["dim"] == 9


def test_runs_wait_until_there_is_room(monkeypatch):
    gc.collect()
    monkeypatch.setattr(limits, "APP_ALL_RUN_BYTES", memory_quota.taken() + 3 * BYTES)
    first = LiveTraining(CORPUS, CONFIG)
    pair = LiveComparison(CORPUS, [CONFIG, CONFIG.replace(objective="softmax")])
    for make in (lambda: LiveTraining(CORPUS, CONFIG), lambda: LiveComparison(CORPUS, [CONFIG])):
        with pytest.raises(Problem) as refused:
            make()
        assert refused.value.code == "no_room_for_run"
    del first
    gc.collect()
    assert LiveTraining(CORPUS, CONFIG).progress.step == len(pair.members) - 2
