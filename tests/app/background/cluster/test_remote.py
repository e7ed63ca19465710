"""What pages hold of a run whose worker dies, or does not answer: nothing but what was not kept is lost."""

import threading
import time
import weakref

import numpy as np
import pytest

from app.background import playing
from app.background.cluster import remote, remote_run
from app.background.cluster.remote_others import RemoteComparison
from app.background.cluster.remote_run import RemoteRun
from app.background.cluster.seats import InServer, Lost, Silent
from tests.app.background.test_live import CONFIG, CORPUS, wait_for
from w2v_core import Problem, Trainer


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

    def stop(self):
        self.seat.stop()

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
        self.seats.append(Worker(InServer(host, make, arguments)))
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
    run.step(2)  # is not done: it would be another step than the one that was asked for
    assert run.progress.problem.details == {"step": 0, "reached": 5}
    assert run.progress.step == 0
    assert run.learning_rate == 0.2
    run.step(2)
    assert run.progress.problem is None
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


def test_what_ended_by_itself_is_kept_and_no_file_is_made_up(workers):
    run = RemoteRun(workers, CORPUS, CONFIG)
    run.start()

    def ended():
        run.touch()
        return not run.running

    wait_for(ended)
    done = run.progress.step
    workers.die()
    run.start()
    assert run.progress.finished
    assert run.progress.problem.details == {"step": done, "reached": done}
    assert run.saved_step == 0


def test_an_applied_pair_is_kept(workers):
    run = RemoteRun(workers, CORPUS, CONFIG)
    run.step(3)
    run.apply(0, 1, [2, 3], times=4)
    vectors = run.progress.embeddings.vectors
    workers.die()
    run.touch()
    np.testing.assert_array_equal(run.progress.embeddings.vectors, vectors)


def test_a_film_has_no_frames_of_a_run_that_is_gone(workers):
    run = RemoteRun(workers, CORPUS, CONFIG)
    for _ in range(4):
        run.step()
        assert run.timeline.frames[-1].step == run.progress.step
    run.step()
    workers.die()  # which the question for its frames finds out
    assert [frame.step for frame in run.timeline.frames] == [5]
    run.step()
    assert [frame.step for frame in run.timeline.frames] == [6]  # what is shown at rest is not on the grid


def test_without_room_for_it_a_run_waits_with_its_sentence(workers):
    run = RemoteRun(workers, CORPUS, CONFIG)
    run.step(2)
    take, room = workers.take, []

    def full(*what):
        if not room:
            raise Problem("no_room_for_run", "The server's memory is full.", needed_mb=1)
        return take(*what)

    workers.take = full
    workers.die()
    run.touch()
    assert run.progress.problem.code == "no_room_for_run"
    assert not run.running
    assert run.progress.step == 2
    run.touch()  # and again, without harm
    room.append(True)
    run.touch()
    assert run.progress.problem.code == "worker_lost_run"
    run.step()
    np.testing.assert_array_equal(run.progress.embeddings.vectors, bare(3).W)


def test_a_tab_is_closed_while_a_verb_waits_for_its_worker(workers):
    run = RemoteRun(workers, CORPUS, CONFIG.replace(epochs=10_000))
    run.start()
    with run._lock:  # as another thread that waits
        closing = threading.Thread(target=run.close)
        closing.start()
        closing.join(10)
        assert not closing.is_alive()

    def ended():
        run.touch()
        return not run.running

    wait_for(ended)


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
    monkeypatch.setattr(playing, "playing_here", lambda: 0)  # what another test has just closed may still end
    runs = [RemoteRun(workers, CORPUS, CONFIG) for _ in range(16)]
    assert playing.unhurried(0.25) == 0.25
    for run in runs:
        run._state = type(run._state)(True, {}, None, None)
    assert playing.unhurried(0.25) == 0.5
