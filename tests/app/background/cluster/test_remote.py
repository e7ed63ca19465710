"""What pages hold of a run whose worker dies, or does not answer: nothing but what was not kept is lost."""

import time
import weakref

import numpy as np
import pytest

from app.background import playing
from app.background.cluster import remote, remote_run
from app.background.cluster.remote_others import RemoteComparison
from app.background.cluster.remote_run import RemoteRun
from app.background.cluster.seats import Here, Lost, Silent
from tests.app.background.test_live import CONFIG, CORPUS, wait_for
from w2v_core import Trainer


class Worker:
    """A seat that can die, or fall silent; it counts what it is asked."""

    def __init__(self, seat):
        self.seat, self.fails, self.asked = seat, None, []

    def ask(self, verb, arguments, known, asked, seconds):
        self.asked.append(verb)
        if self.fails:
            raise self.fails
        return self.seat.ask(verb, arguments, known, asked, seconds)

    def ask_later(self, verb):
        if self.fails:
            raise self.fails
        return Answered(self.seat.ask(verb, (), 0, None, 0))

    def free(self):
        self.asked.append("free")


class Answered:
    def __init__(self, answer):
        self.answer = answer

    def done(self):
        return True

    def result(self):
        return self.answer


class Workers:
    """A place that gives out such seats."""

    def __init__(self):
        self.seats = []

    def take(self, host, make, arguments):
        self.seats.append(Worker(Here(host, make, arguments)))
        return self.seats[-1]

    def die(self):
        self.seats[-1].fails = Lost()


@pytest.fixture
def workers():
    return Workers()


def bare(steps, **changes):
    trainer = Trainer(CORPUS, CONFIG.replace(**changes))
    for _ in range(steps):
        trainer.step()
    return trainer


def test_a_run_stands_where_it_was_kept_and_goes_on_bit_for_bit(workers):
    run = RemoteRun(workers, CORPUS, CONFIG)
    run.step(5)
    before = run.progress
    run.step(3)
    run._kept_at = time.monotonic()
    workers.die()
    run.touch()
    assert len(workers.seats) == 2
    assert run.progress.problem.code == "worker_lost_run"
    assert run.progress.problem.details == {"step": 8, "reached": 8}
    assert not run.running
    assert run.progress.version > before.version
    np.testing.assert_array_equal(run.progress.embeddings.vectors, bare(8).W)
    run.step(2)
    assert run.progress.problem is None
    np.testing.assert_array_equal(run.progress.embeddings.vectors, bare(10).W)


def test_of_what_was_not_kept_the_run_begins_anew_from_its_seed(workers, monkeypatch):
    monkeypatch.setattr(remote_run, "CHECKPOINT_BYTES", 0)
    run = RemoteRun(workers, CORPUS, CONFIG)
    run.step(5)
    run.set_learning_rate(0.2)
    workers.die()
    run.step(2)
    assert run.progress.problem.details == {"step": 0, "reached": 5}
    assert run.learning_rate == 0.2
    assert run.progress.step == 2


def test_while_it_plays_a_run_is_kept_now_and_then(workers, monkeypatch):
    monkeypatch.setattr(remote_run, "FIRST_SECONDS", 0.0)
    run = RemoteRun(workers, CORPUS, CONFIG.replace(epochs=10_000))
    run.set_speed("fast")
    run.start()

    def kept():
        run.touch()
        return run._kept and run._kept[0]["last"]

    wait_for(kept)
    workers.die()
    run.touch()
    step = run.progress.step
    assert step > 0
    np.testing.assert_array_equal(run.progress.embeddings.vectors, bare(step, epochs=10_000).W)
    assert run._speed == "fast"
    assert workers.seats[-1].asked[-2:] == ["set_speed", "vectors"]


def test_a_silent_worker_is_waited_for_and_then_given_up(workers, monkeypatch):
    run = RemoteRun(workers, CORPUS, CONFIG)
    run.step(2)
    first = workers.seats[0]
    first.fails = Silent()
    run.touch()
    assert run.progress.step == 2  # as last heard
    assert run.progress.problem is None
    first.fails = None
    run.touch()
    first.fails = Silent()
    run.touch()
    monkeypatch.setattr(remote, "SILENT_SECONDS", 0.0)
    run.touch()
    assert len(workers.seats) == 2
    assert run.progress.problem.code == "worker_lost_run"


def test_what_the_user_asks_for_is_done_elsewhere(workers):
    run = RemoteRun(workers, CORPUS, CONFIG)
    run.step(2)
    workers.die()
    record, _ = run.examine(0, 1, run.draw_noise(1), 4)
    assert record.target == 1
    workers.die()
    assert len(run.timeline.frames) > 0
    workers.die()
    assert run.neighbors("w3", 3) == bare(2).snapshot().neighbors("w3", 3)


def test_runs_side_by_side_begin_anew(workers):
    runs = RemoteComparison(workers, CORPUS, [CONFIG, CONFIG.replace(objective="softmax")])
    runs.step()
    workers.die()
    runs.touch()
    assert runs.progress.problem.code == "worker_lost"
    assert runs.progress.pairs == 0
    runs.step()
    assert runs.progress.problem is None


def test_a_poll_asks_once_and_brings_no_record_twice(workers):
    run = RemoteRun(workers, CORPUS, CONFIG)
    run.step()
    run.neighbors("w3", 3)
    asked, record = workers.seats[0].asked, run.progress
    del asked[:]
    run.touch()
    run.await_first()
    run.neighbors("w3", 3)
    assert asked == ["touch"]
    assert run.progress is record
    frames = run.timeline.frames
    assert run.timeline.frames == frames
    assert asked == ["touch", "snapshots"]
    run.step()
    assert run.timeline.frames[: len(frames)] == frames  # these did not travel again


def test_pages_of_runs_elsewhere_are_drawn_less_often_in_a_class(workers, monkeypatch):
    monkeypatch.setattr(playing, "_elsewhere", weakref.WeakSet())
    runs = [RemoteRun(workers, CORPUS, CONFIG) for _ in range(16)]
    assert playing.unhurried(0.25) == 0.25
    for run in runs:
        run._state = type(run._state)(True, {}, None, None)
    assert playing.unhurried(0.25) == 0.5
