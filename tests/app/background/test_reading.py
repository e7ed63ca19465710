"""Reading in the background: progress, cancelling, and taking turns."""

import threading
import time

import pytest

from app.background import reading as module
from app.background.reading import Reading
from app.background.turnstile import Turnstile
from w2v_core import Problem, sources
from w2v_core.sources import TextOptions

TITLE = {"en": "A text", "zh": "文本"}
RESULT = sources.read_pasted("one two three. two three four.", TextOptions(min_count=1))


def finished(work):
    reading = Reading(TITLE, work)
    reading.wait(10)
    assert not reading.running
    return reading


def test_a_text_comes_with_its_progress():
    seen = []

    def work(progress, download_progress):
        download_progress(5, 10)
        seen.append((reading_box[0].stage, reading_box[0].done, reading_box[0].total))
        progress(7, None)
        seen.append((reading_box[0].stage, reading_box[0].done, reading_box[0].total))
        return RESULT

    started = threading.Event()
    reading_box = []
    reading = Reading(TITLE, lambda *progress: started.wait(10) and work(*progress))
    reading_box.append(reading)
    started.set()
    reading.wait(10)
    assert reading.result is RESULT
    assert reading.problem is None
    assert seen == [("downloading", 5, 10), ("reading", 7, None)]


def test_a_problem_is_kept_for_the_page():
    reading = finished(lambda progress, _: sources.read(b"\x00\x01" * 50, name="x.bin", progress=progress))
    assert reading.problem.code == "not_text"
    assert reading.result is None


@pytest.mark.filterwarnings("ignore")
def test_an_internal_error_is_no_silence():
    reading = finished(lambda *_: 1 / 0)
    assert reading.problem.code == "internal"


def test_cancelling_stops_at_the_next_block():
    begun = threading.Event()

    def work(progress, _):
        while True:
            progress(1, 2)
            begun.set()

    reading = Reading(TITLE, work)
    assert begun.wait(10)
    reading.cancel()
    reading.wait(10)
    assert reading.problem.code == "cancelled"


def test_cancelled_at_the_last_moment_is_cancelled():
    go_on = threading.Event()
    reading = Reading(TITLE, lambda *_: go_on.wait(10) and RESULT)
    reading.cancel()
    go_on.set()
    reading.wait(10)
    assert reading.result is None
    assert reading.problem.code == "cancelled"


def test_only_so_many_read_at_a_time_and_the_next_waits(monkeypatch):
    monkeypatch.setattr(module, "SLOTS", threading.BoundedSemaphore(1))
    inside, go_on = threading.Event(), threading.Event()

    def first(progress, _):
        progress(0, 1)
        inside.set()
        go_on.wait(10)
        return RESULT

    def second(progress, _):
        progress(0, 1)
        return RESULT

    one = Reading(TITLE, first)
    assert inside.wait(10)
    two, three = Reading(TITLE, second), Reading(TITLE, second)
    three.cancel()
    three.wait(10)
    assert three.problem.code == "cancelled"  # waiting can be cancelled, too
    assert two.running
    go_on.set()
    for reading in (one, two):
        reading.wait(10)
        assert reading.result is RESULT


def test_a_slot_is_free_again_after_an_error(monkeypatch):
    monkeypatch.setattr(module, "SLOTS", threading.BoundedSemaphore(1))

    def fails(progress, _):
        progress(0, 1)
        raise Problem("not_text", "no text", name="x")

    finished(fails)

    def works(progress, _):
        progress(0, 1)
        return RESULT

    assert finished(works).result is RESULT


def test_reading_takes_turns_with_training_and_downloading_does_not(monkeypatch):
    turnstile = Turnstile()
    monkeypatch.setattr(module, "TURNSTILE", turnstile)
    busy = []

    def work(progress, download_progress):
        download_progress(1, 2)
        busy.append(turnstile._busy)
        progress(0, 2)
        busy.append(turnstile._busy)
        progress(1, 2)
        download_progress(1, 1)  # of the next file
        busy.append(turnstile._busy)
        progress(2, 2)
        return RESULT

    assert finished(work).result is RESULT
    assert busy == [False, True, False]
    assert not turnstile._busy  # left at the end


def test_a_training_that_waits_has_its_turn_before_reading_goes_on(monkeypatch):
    turnstile = Turnstile()
    monkeypatch.setattr(module, "TURNSTILE", turnstile)
    monkeypatch.setattr(module, "SLICE_SECONDS", 0.0)
    order = []

    def trains():
        with turnstile:
            order.append("trained")

    trainer = threading.Thread(target=trains)

    def work(progress, _):
        progress(0, 2)
        trainer.start()
        while not turnstile._waiting:
            time.sleep(0.001)
        order.append("read one")
        progress(1, 2)
        order.append("read two")
        return RESULT

    assert finished(work).result is RESULT
    trainer.join()
    assert order == ["read one", "trained", "read two"]
