import threading
import time
import weakref

from app.background import playing
from app.background.live import LiveTraining
from app.background.turnstile import Turnstile
from app.background.wordmap import WordMap
from w2v_core import Corpus, TrainingConfig

CORPUS = Corpus.from_text("\n".join(f"w{i % 9} w{i % 7} w{i % 5} w{i % 11} w{i % 4}" for i in range(300)))
CONFIG = TrainingConfig(dim=8, window=2, batch_tokens=16, epochs=4, subsample=0.0)


def wait_for(condition, seconds=20):
    """Wait until `condition()` holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


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


def test_an_error_in_the_thread_reaches_the_page(monkeypatch):
    run = LiveTraining(CORPUS, CONFIG)
    monkeypatch.setattr(run._trainer, "step", lambda: 1 / 0)
    run.start()
    wait_for(lambda: not run.running)
    assert run.progress.problem.code == "internal"


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


def test_intervals_stretch_when_many_runs_play(monkeypatch):
    monkeypatch.setattr(playing, "_elsewhere", weakref.WeakSet())
    runs = [LiveTraining(CORPUS, CONFIG.replace(epochs=100_000)) for _ in range(16)]
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


def test_the_map_of_very_few_words_goes_on_and_on():
    corpus = Corpus.from_text("a b c a b\n" * 9)
    run = LiveTraining(corpus, CONFIG.replace(negatives=1))
    for _ in range(50):
        frame = run.map.frame(run.progress.embeddings)
    assert frame.nearest.shape == (3, 2)
