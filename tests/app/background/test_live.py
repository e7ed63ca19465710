import threading
import time

import numpy as np
import pytest

from app.background import playing
from app.background.live import LiveTraining
from app.background.turnstile import Turnstile
from app.background.wordmap import WordMap
from w2v_core import Corpus, Diverged, Problem, Trainer, TrainingConfig

CORPUS = Corpus.from_text("\n".join(f"w{i % 9} w{i % 7} w{i % 5} w{i % 11} w{i % 4}" for i in range(300)))
CONFIG = TrainingConfig(dim=8, window=2, batch_tokens=16, epochs=4, subsample=0.0)


def wait_for(condition, seconds=20):
    """Wait until `condition()` holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def test_a_played_run_is_the_bare_run():
    run = LiveTraining(CORPUS, CONFIG)
    run.start()
    wait_for(lambda: not run.running)
    bare = Trainer(CORPUS, CONFIG)
    records = list(bare.run())
    assert run.progress.finished
    assert run.progress.last == records[-1]
    np.testing.assert_array_equal(run.progress.embeddings.vectors, bare.W)
    assert len(run.progress.curve.loss) == len(records)


def test_pause_stops_after_the_step_in_hand_and_play_goes_on():
    run = LiveTraining(CORPUS, CONFIG.replace(epochs=10_000))
    run.start()
    wait_for(lambda: run.progress.step > 3)
    run.pause()
    assert not run.running
    stopped = run.progress
    assert stopped.step == run._trainer.steps
    assert stopped.pairs_per_second == 0
    run.start()
    wait_for(lambda: run.progress.step > stopped.step)
    run.pause()


def test_a_page_drawn_with_play_shows_the_first_record(monkeypatch):
    monkeypatch.setattr(playing, "FIRST_SECONDS", 60)
    run = LiveTraining(CORPUS, CONFIG.replace(epochs=10_000))
    run.await_first()  # nothing has been started: nothing to wait for
    for _ in range(2):  # started anew, it is waited for anew
        before = run.progress.step
        run.start()
        run.await_first()
        assert run.progress.step > before
        run.pause()


def test_step_trains_one_batch_and_only_while_nothing_runs():
    run = LiveTraining(CORPUS, CONFIG)
    run.step()
    run.step()
    assert run.progress.step == 2
    run.set_speed("slow")
    run.start()
    wait_for(lambda: run.progress.step > 2)
    run.step()  # the thread has the trainer
    assert run.running
    run.pause()
    assert run.progress.step == run._trainer.steps


def test_a_slow_speed_paces_and_can_be_changed_on_the_way():
    run = LiveTraining(CORPUS, CONFIG.replace(epochs=10_000))
    run.set_speed("slow")
    run.start()
    wait_for(lambda: run.progress.step == 1)
    began = time.monotonic()
    wait_for(lambda: run.progress.step == 3)
    assert time.monotonic() - began > 1.5 / playing.SPEEDS["slow"]
    run.set_speed("full")
    wait_for(lambda: run.progress.step > 20)
    run.pause()


def test_the_rate_can_be_changed_on_the_way():
    run = LiveTraining(CORPUS, CONFIG)
    run.step()
    run.set_learning_rate(0.5)
    run.step()
    assert run.learning_rate == 0.5
    assert run.progress.last.learning_rate == pytest.approx(0.5, rel=0.1)


def test_divergence_stops_the_run_and_is_told():
    run = LiveTraining(CORPUS, CONFIG.replace(learning_rate=1e6, max_row_update=None, epochs=50))
    run.start()
    wait_for(lambda: not run.running)
    assert isinstance(run.progress.problem, Diverged)
    assert np.isfinite(run.progress.embeddings.vectors).all()
    assert np.isfinite(run.progress.curve.loss).all()


def test_an_error_in_the_thread_reaches_the_page(monkeypatch):
    run = LiveTraining(CORPUS, CONFIG)
    monkeypatch.setattr(run._trainer, "step", lambda: 1 / 0)
    run.start()
    wait_for(lambda: not run.running)
    assert run.progress.problem.code == "internal"


def test_settings_that_cannot_work_make_no_run():
    with pytest.raises(Problem):
        LiveTraining(CORPUS, CONFIG.replace(negatives=100))


def test_a_run_that_nobody_watches_stops(monkeypatch):
    monkeypatch.setattr(playing, "LEASE_SECONDS", 0.05)
    run = LiveTraining(CORPUS, CONFIG.replace(epochs=100_000))
    run.start()
    wait_for(lambda: not run.running)
    assert not run.progress.finished


def test_the_turnstile_lets_one_through_at_a_time_in_order():
    turnstile, inside, order = Turnstile(), [], []

    def visit(number):
        with turnstile:
            inside.append(number)
            assert len(inside) == 1
            order.append(number)
            inside.remove(number)

    with turnstile:
        visitors = []
        for number in range(8):
            visitors.append(threading.Thread(target=visit, args=(number,)))
            visitors[-1].start()
            wait_for(lambda n=number: len(turnstile._waiting) == n + 1)
    for visitor in visitors:
        visitor.join()
    assert order == list(range(8))


def test_intervals_stretch_when_many_runs_play():
    runs = [LiveTraining(CORPUS, CONFIG.replace(epochs=100_000)) for _ in range(8)]
    assert playing.unhurried(0.25) == 0.25
    for run in runs:
        run.start()
    assert playing.unhurried(0.25) == 0.5
    for run in runs:
        run.pause()
    assert playing.unhurried(0.25) == 0.25


def test_two_runs_share_the_turnstile_evenly():
    runs = [LiveTraining(CORPUS, CONFIG.replace(epochs=100_000)) for _ in range(2)]
    for run in runs:
        run.start()
    wait_for(lambda: min(run._trainer.steps for run in runs) > 200)
    for run in runs:
        run.pause()
    a, b = (run.progress.step for run in runs)
    assert 0.2 < a / b < 5


def test_the_map_shows_categories_first_and_keeps_its_places():
    shown = WordMap(CORPUS, [["w3", "w8"], ["w1", "not-in-the-corpus"]])
    words = [CORPUS.vocabulary.words[i] for i in shown.ids]
    assert set(words[:3]) == {"w1", "w3", "w8"}
    assert sorted(words) == sorted(CORPUS.vocabulary.words)
    assert {words[i]: c for i, c in enumerate(shown.category) if c >= 0} == {"w3": 0, "w8": 0, "w1": 1}


def test_a_map_frame_has_the_true_neighbours_and_unit_spread():
    run = LiveTraining(CORPUS, CONFIG, [["w1", "w2", "w3"]])
    run.step(30)
    frame, embeddings = run.progress.frame, run.progress.embeddings
    for place, word in enumerate(run.map.ids):
        name = CORPUS.vocabulary.words[word]
        expected = [near for near, _ in embeddings.neighbors(name, frame.nearest.shape[1])]
        assert [CORPUS.vocabulary.words[i] for i in frame.nearest[place]] == expected
    assert np.mean(np.sum(frame.xy[:3] ** 2, axis=1)) == pytest.approx(1, rel=1e-4)
    assert 0 < frame.explained <= 1


def test_the_timeline_is_the_same_played_or_stepped_and_ends_now():
    played, stepped = (LiveTraining(CORPUS, CONFIG.replace(epochs=30), [["w3", "w8"]]) for _ in range(2))
    assert [frame.step for frame in stepped.timeline.frames] == [0]
    while not stepped.progress.finished:
        stepped.step(7)
        assert stepped.timeline.frames[-1].step == stepped.progress.step
    played.start()
    wait_for(lambda: not played.running)
    frames = played.timeline.frames
    assert len(frames) > 20
    assert [frame.step for frame in frames] == [frame.step for frame in stepped.timeline.frames]
    for a, b in zip(frames, stepped.timeline.frames, strict=True):
        np.testing.assert_array_equal(a.fixed, b.fixed)
    now = played.progress.embeddings.unit_vectors[played.timeline.ids]
    np.testing.assert_allclose(frames[-1].unit, now, atol=2e-5)


def test_the_map_of_very_few_words_goes_on_and_on():
    corpus = Corpus.from_text("a b c a b\n" * 9)
    run = LiveTraining(corpus, CONFIG.replace(negatives=1))
    for _ in range(50):
        frame = run.map.frame(run.progress.embeddings)
    assert frame.nearest.shape == (3, 2)


def test_a_chosen_pair_is_on_the_timeline_until_it_is_taken_back():
    run = LiveTraining(CORPUS, CONFIG)
    run.step(3)
    run.apply(0, 1, [2, 3], times=5)
    assert run.timeline.frames[-1].step == 8
    run.undo()
    assert [frame.step for frame in run.timeline.frames] == [0, 1, 2, 3]


def test_how_much_is_done_is_of_what_was_asked_for():
    run = LiveTraining(CORPUS, CONFIG.replace(epochs=50))
    assert run.done == 0
    run.start(0.2)
    wait_for(lambda: not run.running)
    assert run.done == 1
    assert run.progress.last.epoch < 20
    run.start()
    assert run.done < 1
    run.pause()
