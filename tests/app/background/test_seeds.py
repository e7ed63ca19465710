"""Runs from several seeds play as one, wherever they live, and each is the run that its seed alone makes."""

import gc

import numpy as np
import pytest

from app.background import engine as where
from app.background import memory_quota
from app.background.seeds import AveragedComparison, compare
from tests.app.background.test_live import CONFIG, CORPUS, wait_for
from w2v_core import Problem, Trainer, limits

CONFIGS = [CONFIG, CONFIG.replace(objective="softmax")]


@pytest.fixture(autouse=True)
def used(engine, monkeypatch):
    monkeypatch.setattr(where, "_engine", engine)


def ended(runs):
    """Poll, as a page does, until they no longer play."""

    def over():
        runs.touch()
        return not runs.running

    wait_for(over)


def test_each_seed_is_the_run_that_it_makes_alone():
    runs = compare(CORPUS, CONFIGS, [["w3", "w8"]], seeds=3)
    runs.start()
    ended(runs)
    assert runs.progress.finished
    for config, now in zip(CONFIGS, runs.progress.members, strict=True):
        assert list(now.seeds) == [config.seed, config.seed + 1, config.seed + 2]
        for seed, of_seed in now.seeds.items():
            bare = list(Trainer(CORPUS, config.replace(seed=seed)).run())
            assert of_seed.last == bare[-1]
            np.testing.assert_allclose(of_seed.curve.loss, [record.loss for record in bare])
        assert now.curve.smooth[-1] == pytest.approx(
            np.mean([of_seed.curve.smooth[-1] for of_seed in now.seeds.values()])
        )


def test_words_are_the_first_seeds():
    runs, first = compare(CORPUS, CONFIGS, [["w3", "w8"]], seeds=3), compare(CORPUS, CONFIGS, [["w3", "w8"]])
    for each in (runs, first):
        each.step()
    assert runs.neighbors("w3", 4) == first.neighbors("w3", 4)
    for now, alone in zip(runs.progress.members, first.progress.members, strict=True):
        np.testing.assert_array_equal(now.frame.xy, alone.frame.xy)
    assert [member.config for member in runs.members] == CONFIGS
    assert runs.probe_pairs == first.probe_pairs


def test_they_step_play_and_pause_together():
    runs = compare(CORPUS, [config.replace(epochs=10_000) for config in CONFIGS], seeds=3)
    before = runs.progress
    assert runs.progress is before
    runs.step()
    assert {now.last.step for member in runs.progress.members for now in member.seeds.values()} == {1}
    assert runs.progress.version > before.version
    runs.start()
    runs.await_first()

    def all_move():
        runs.touch()
        return all(now.pairs > 500 for now in runs.progress.members)

    wait_for(all_move)
    assert runs.running
    runs.pause()
    assert not runs.running
    assert runs.progress.pairs_per_second == 0
    for now in runs.progress.members:
        assert now.curve.pairs[-1] == min(of_seed.pairs for of_seed in now.seeds.values())


def test_one_seed_is_the_comparison_as_it_was():
    runs = compare(CORPUS, CONFIGS, seeds=1)
    assert not isinstance(runs, AveragedComparison)
    assert not any(now.seeds or now.band for now in runs.progress.members)


@pytest.mark.parametrize("engine", ["here", "behind a remote"], indirect=True)  # workers count by themselves
def test_without_room_for_all_there_is_none(monkeypatch):
    gc.collect()
    before = memory_quota.taken()
    room = memory_quota.run_bytes(len(CORPUS.vocabulary), CONFIG.dim)
    monkeypatch.setattr(limits, "APP_ALL_RUN_BYTES", before + 5 * room)
    with pytest.raises(Problem) as found:
        compare(CORPUS, CONFIGS, seeds=3)
    assert found.value.code == "no_room_for_run"
    del found
    gc.collect()
    assert memory_quota.taken() == before
    assert compare(CORPUS, CONFIGS, seeds=2).progress.pairs == 0
