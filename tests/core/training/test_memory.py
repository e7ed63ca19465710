"""A run is weighed before it is made."""

import tracemalloc

import numpy as np
import pytest

from tests.core.training.small import CORPUS, SMALL, trainer
from w2v_core import Corpus, Problem, Trainer, TrainingConfig, Vocabulary, run_in_processes
from w2v_core.training import checkpoint, memory
from w2v_core.training.config import OBJECTIVES

V = 20_000
HUGE = TrainingConfig(dim=8, negatives=2, noise_pool=2**31 - 1)


def large_corpus():
    """V words, each of which comes once, in sentences of 20."""
    return Corpus(
        Vocabulary([str(i) for i in range(V)], np.ones(V)),
        np.arange(V, dtype=np.int32),
        np.arange(0, V + 1, 20),
    )


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize(
    "settings",
    [{}, {"architecture": "cbow", "optimizer": "adagrad"}, {"noise": "per_pair", "negatives": 300}],
    ids=str,
)
def test_a_run_takes_no_more_than_was_said(objective, settings):
    corpus = large_corpus()
    config = TrainingConfig(objective=objective, dim=64, subsample=0, **settings)
    tracemalloc.start()
    run = Trainer(corpus, config)
    for _ in run.run(3):
        pass
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    needed = memory.needed_bytes(corpus, config)
    assert 0.9 * taken < needed < 12 * taken
    assert needed > run.W.nbytes + run.U.nbytes


def test_what_has_no_room_is_refused_with_its_bytes_before_anything_is_made(monkeypatch):
    monkeypatch.setattr(memory, "available_bytes", lambda: 3_000_000_000)
    tracemalloc.start()
    with pytest.raises(Problem, match=r"GB of memory, and 3\.0 GB are free") as refused:
        Trainer(CORPUS, HUGE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.code == "too_much_memory"
    assert refused.value.details["needed"] == memory.needed_bytes(CORPUS, HUGE)
    assert refused.value.details["available"] == 3_000_000_000
    assert peak < 1_000_000


def test_several_processes_take_more_and_are_weighed_too(monkeypatch):
    run = trainer()
    one, four = (memory.needed_bytes(run.corpus, run.config, n) for n in (1, 4))
    assert 2 * one < four < 8 * one
    monkeypatch.setattr(memory, "NOT_WORTH_ASKING", 0)
    monkeypatch.setattr(memory, "available_bytes", lambda: 1)
    with pytest.raises(Problem, match="GB of memory"):
        next(run_in_processes(run, 2))


def test_a_saved_run_without_room_is_not_called_damaged(tmp_path, monkeypatch):
    path = tmp_path / "run.npz"
    trainer().save(path)
    monkeypatch.setattr(memory, "NOT_WORTH_ASKING", 0)
    monkeypatch.setattr(memory, "available_bytes", lambda: 1)
    with pytest.raises(Problem) as refused:
        Trainer.load(path, CORPUS)
    assert refused.value.code == "too_much_memory"
    assert checkpoint.read(path, CORPUS.fingerprint).config == TrainingConfig(**SMALL)


def test_the_machine_says_what_it_has():
    available = memory.available_bytes()
    assert available is None or 1 << 20 < available < 1 << 50


def test_a_limit_on_address_space_is_respected(monkeypatch):
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda which: (5 << 30, 5 << 30))
    monkeypatch.setattr(memory, "_own_pages", lambda field: 1 << 30)
    monkeypatch.setattr(memory, "_free", lambda: 8 << 30)
    assert memory.available_bytes() == 4 << 30
