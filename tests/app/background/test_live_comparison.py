"""Runs side by side: each is the bare run, all see the same pairs, and their scales are the core's."""

import itertools
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from app.background.comparison import METRICS, Scale
from app.background.live_comparison import LOOK_SECONDS, LOOK_SHARE, LiveComparison, probes_of
from tests.app.background.test_live import CONFIG, CORPUS, wait_for
from w2v_core import Problem, Trainer
from w2v_core.diagnostics import floor, measure, start_value


def comparison(*changes, **shared):
    config = CONFIG.replace(**shared)
    return LiveComparison(CORPUS, [config.replace(**change) for change in changes])


OBJECTIVES = ({"objective": "negative_sampling"}, {"objective": "softmax"})


def test_a_played_comparison_is_the_bare_runs():
    runs = comparison(*OBJECTIVES)
    runs.start()
    wait_for(lambda: not runs.running)
    assert runs.progress.finished
    for member, now in zip(runs.members, runs.progress.members, strict=True):
        bare = Trainer(CORPUS, member.config)
        records = list(bare.run())
        assert now.last == records[-1]
        assert now.rows == sum(record.output_rows for record in records)
        np.testing.assert_array_equal(member.trainer.W, bare.W)
        np.testing.assert_allclose(now.curve.loss, [record.loss for record in records])
        found = measure(runs.probes.looked_at, bare.W, bare.U, bare.objective)
        assert [now.looks.metrics[name][-1] for name in METRICS] == [getattr(found, name) for name in METRICS]


def test_all_runs_train_on_the_same_pairs_in_the_same_order(monkeypatch):
    runs = comparison({"objective": "negative_sampling"}, {"objective": "softmax"}, {"dim": 3})
    seen = [[] for _ in runs.members]
    for pairs, member in zip(seen, runs.members, strict=True):
        windows = member.trainer._windows

        def recorded(take=windows.next, pairs=pairs):
            batch = take()
            found = batch.pairs()
            pairs.append(list(zip(found.centers[found.owner].tolist(), found.contexts.tolist(), strict=True)))
            return batch

        monkeypatch.setattr(windows, "next", recorded)
    for _ in range(5):
        runs.step()
    assert len(seen[0]) == 5
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.parametrize("sizes", [(16, 16), (4, 64), (64, 4, 1)])
def test_runs_of_any_batch_size_stay_level(sizes):
    runs = comparison(*({"batch_tokens": size} for size in sizes))
    for _ in range(3):
        runs.step()
        assert len({member.pairs for member in runs.progress.members}) == 1
    largest = int(np.argmax(sizes))
    assert runs.progress.members[largest].last.step == 3
    runs.start()
    wait_for(lambda: runs.progress.pairs > 2000 or not runs.running)
    runs.pause()
    assert len({member.pairs for member in runs.progress.members}) == 1
    assert len({now.looks.pairs[-1] for now in runs.progress.members}) == 1


def test_an_exploding_run_stops_alone():
    runs = comparison({"learning_rate": 0.05}, {"learning_rate": 1e6}, max_row_update=None)
    runs.start()
    wait_for(lambda: not runs.running)
    calm, exploded = runs.progress.members
    assert calm.finished
    assert calm.problem is None
    assert exploded.problem.code == "diverged"
    assert np.isfinite(runs.members[1].trainer.W).all()
    assert runs.progress.finished


def test_the_map_of_every_run_lies_like_the_firsts():
    runs = comparison({"dim": 8}, {"dim": 8, "learning_rate": 0.050001}, learning_rate=0.05)
    for _ in range(40):
        runs.step()
    first, second = (now.frame.xy for now in runs.progress.members)
    assert np.abs(first - second).max() < 0.05 * np.abs(first).max()


def test_relative_progress_is_one_at_the_start_and_zero_at_the_floor():
    runs = comparison(*OBJECTIVES)
    probes = runs.probes
    for member in runs.members:
        for probe, scale in ((probes.whole, member.running_scale), (probes.looked_at, member.probe_scale)):
            start, least = start_value(probe, member.config), floor(probe, member.config).value
            assert (scale.start, scale.floor.value) == (start, least)
            found = scale.relative(np.array([start, least, least + 0.25 * (start - least)]))
            np.testing.assert_allclose(found, [1, 0, 0.25], atol=1e-12)
        assert member._looks[0][0] == 0
        assert runs.progress.members[0].looks.metrics["loss"][0] == pytest.approx(
            runs.members[0].probe_scale.start
        )


def test_a_loss_without_a_floor_has_no_relative_progress():
    probe = probes_of(CORPUS, CONFIG).whole
    scale = Scale.of(probe, CONFIG.replace(objective="softmax_with_negatives"))
    assert scale.floor.code == "unbounded"
    assert scale.relative(np.array([1.0])) is None


def test_looks_are_bounded_and_keep_the_first(monkeypatch):
    monkeypatch.setattr("app.background.member_run.MOST_LOOKS", 8)
    member = comparison(*OBJECTIVES).members[0]
    for _ in range(30):
        member.step()
        member.look()
    steps = [look[0] for look in member._looks]
    assert len(steps) <= 8
    assert steps[0] == 0
    assert steps[-1] == 30
    assert steps == sorted(set(steps))


def test_compute_time_is_each_runs_own():
    runs = comparison({"dim": 2}, {"dim": 8}, epochs=40)
    runs.start()
    wait_for(lambda: runs.progress.pairs > 5000 or not runs.running)
    runs.pause()
    for now in runs.progress.members:
        assert 0 < now.seconds == pytest.approx(now.curve.seconds[-1])


def test_pause_and_step_and_errors():
    runs = comparison(*OBJECTIVES, epochs=10_000)
    runs.start()
    wait_for(lambda: runs.progress.pairs > 0)
    runs.step()  # the thread has the runs
    assert runs.running
    runs.pause()
    assert runs.progress.pairs_per_second == 0
    before = runs.progress.members[0].last.step
    runs.step()
    assert runs.progress.members[0].last.step == before + 1
    runs.members[0].trainer.step = lambda: 1 / 0
    runs.start()
    wait_for(lambda: not runs.running)
    assert runs.progress.problem.code == "internal"
    assert not any("w2v-trainer" in thread.name and thread.is_alive() for thread in threading.enumerate())


def test_settings_that_cannot_work_make_no_comparison():
    with pytest.raises(Problem):
        comparison({"negatives": 1}, {"negatives": 1000})


def test_where_many_play_looks_are_as_many_times_further_apart(monkeypatch):
    def pause_after_looks(players):
        """Return how long no look is taken after one of 0.1 s for each of two runs."""
        runs, clock = comparison(*OBJECTIVES), itertools.count()
        monkeypatch.setattr("app.background.live_comparison.playing_here", lambda: players)
        monkeypatch.setattr(
            "app.background.live_comparison.time", SimpleNamespace(monotonic=lambda: next(clock) / 10)
        )
        while not runs._to_look:
            runs._advance()
        began = runs._next_look - LOOK_SECONDS
        while runs._to_look:
            runs._advance()
        return runs._next_look - began

    assert pause_after_looks(0) == pause_after_looks(1) == pytest.approx(0.2 / LOOK_SHARE)
    assert pause_after_looks(10) == pytest.approx(10 * 0.2 / LOOK_SHARE)
