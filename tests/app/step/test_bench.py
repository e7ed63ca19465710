import time

import numpy as np
import pytest

from app.background.live import LiveTraining
from app.screens.step.bench import PairBench
from w2v_core import Corpus, Diverged, Problem, TrainingConfig

CORPUS = Corpus.from_text(
    "\n".join(["the king and the queen rule", "a dog sees the cat", "the queen sees the king", "alone"] * 20)
)
CONFIG = TrainingConfig(
    dim=6, window=2, negatives=3, batch_tokens=16, epochs=50, subsample=0.0, learning_rate=0.1
)


def bench_of(steps=30, **changes):
    run = LiveTraining(CORPUS, CONFIG.replace(**changes))
    run.step(steps)
    bench = PairBench(run, "king")
    bench.refresh()
    return bench


def word(bench, position):
    return bench.run.corpus.vocabulary.words[bench.run.corpus.ids[position]]


def state(run):
    return run._trainer.W.tobytes(), run._trainer.U.tobytes(), run._trainer.steps, run._trainer.pairs


def test_the_first_pair_is_the_word_with_a_context_in_its_window():
    bench = bench_of()
    assert word(bench, bench.center_at) == "king"
    assert bench.context_at in bench.contexts()
    assert bench.record.target == bench.context
    assert bench.record.inputs.tolist() == [bench.center]
    assert len(bench.noise) == 3


def test_picking_takes_what_is_a_pair_and_nothing_else():
    bench = bench_of()
    bench.pick_center(7)  # "dog"
    assert word(bench, bench.center_at) == "dog"
    assert bench.context_at in (6, 8, 9)
    before = bench.center_at, bench.context_at
    for position in (-1, 10**9, 16):  # beyond the text; a sentence of one word
        bench.pick_center(position)
        assert (bench.center_at, bench.context_at) == before
    bench.pick_context(9)
    assert bench.context_at == 9
    bench.pick_context(0)  # not in the window
    assert bench.context_at == 9


def test_the_numbers_are_the_runs_own():
    bench = bench_of()
    run, record = bench.run, bench.record
    W, U = run.progress.embeddings.vectors, run.progress.embeddings.output_vectors
    np.testing.assert_array_equal(record.input_vectors[0], W[bench.center].astype(float))
    score = record.scores[record.columns == bench.context]
    np.testing.assert_allclose(score, W[bench.center] @ U[bench.context], rtol=1e-5)
    assert record.learning_rate == run.learning_rate  # not the schedule's, which falls to nothing


def test_apply_and_undo_to_the_bit():
    bench = bench_of()
    start = state(bench.run)
    p = bench.record.distribution[bench.context]
    bench.apply(1)
    assert bench.applied == 1
    assert bench.record.distribution[bench.context] > p
    middle = state(bench.run)
    bench.apply(100)
    assert bench.applied == 101
    curve = np.concatenate(bench.probabilities)
    assert len(curve) == 102
    assert curve[0] == p
    assert curve[-1] == pytest.approx(bench.record.distribution[bench.context], rel=1e-4)
    np.testing.assert_allclose(
        np.concatenate(bench.sigmoids)[-1],
        bench.record.probabilities[bench.record.columns == bench.context],
        rtol=1e-4,
    )
    np.testing.assert_array_equal(bench.run.progress.embeddings.vectors, bench.run._trainer.W)
    bench.undo()
    assert state(bench.run) == middle
    assert bench.applied == 1
    bench.undo()
    assert state(bench.run) == start
    assert (bench.applied, bench.run.undoable) == (0, 0)
    bench.undo()  # nothing left: not the batch
    assert state(bench.run) == start


def test_batches_end_what_can_be_undone():
    bench = bench_of()
    bench.apply(1)
    assert bench.run.undoable == 1
    bench.run.step()
    assert bench.run.undoable == 0
    trained = state(bench.run)
    bench.undo()
    assert state(bench.run) == trained
    bench.refresh()
    assert bench.applied == 0
    assert bench.step == bench.run.progress.step


def test_an_apply_to_the_pair_before_can_be_undone_too():
    bench = bench_of()
    start = state(bench.run)
    bench.apply(5)
    bench.find("dog")
    bench.refresh()
    bench.undo()
    bench.refresh()
    assert state(bench.run) == start
    assert bench.applied == 0


def test_while_it_plays_the_numbers_stand_still():
    bench = bench_of(epochs=10_000)
    run = bench.run
    run.set_speed("medium")
    run.start()
    record, step = bench.record, bench.step
    while run.progress.step < step + 3:
        time.sleep(0.01)
    bench.refresh()
    assert bench.record is record
    bench.apply(1)  # the thread has the trainer
    assert bench.applied == 0
    bench.redraw()  # another pair can be looked at, and then stands still
    bench.refresh()
    assert bench.record is not record
    assert bench.step > step
    run.pause()
    bench.refresh()
    assert bench.step == run.progress.step


def test_a_run_can_be_played_for_a_share_of_it():
    run = LiveTraining(CORPUS, CONFIG)
    run.start(0.1)
    run._thread.join()
    assert 0.1 <= run._trainer.progress < 0.13
    assert not run.progress.finished
    run.start()
    run._thread.join()
    assert run.progress.finished


def test_a_changed_rate_changes_the_step_that_is_shown():
    bench = bench_of(max_row_update=None)
    gradients = bench.record.input_gradients
    bench.run.set_learning_rate(0.4)
    bench.refresh()
    np.testing.assert_allclose(bench.record.input_updates, -0.4 * gradients)


def test_the_pair_is_kept_for_another_loss_on_the_same_text():
    bench = bench_of()
    bench.pick_center(7)
    other = PairBench(LiveTraining(CORPUS, CONFIG.replace(objective="softmax")), "king", bench)
    assert (other.center_at, other.context_at) == (bench.center_at, bench.context_at)
    another_text = Corpus.from_text("the king and the queen\n" * 5)
    assert PairBench(LiveTraining(another_text, CONFIG), "king", bench).center == another_text.vocabulary.id(
        "king"
    )


def test_surprises_come_as_the_seed_has_them():
    one, two = bench_of(), bench_of()
    for bench in (one, two):
        for _ in range(5):
            bench.surprise()
    assert (one.center_at, one.context_at, one.noise) == (two.center_at, two.context_at, two.noise)


def test_a_step_that_explodes_leaves_everything_as_it_was():
    bench = bench_of(objective="softmax", max_row_update=None)
    start = state(bench.run)
    bench.run.set_learning_rate(1e30)
    with pytest.raises(Problem) as raised:
        bench.apply(100)
    assert isinstance(raised.value, Diverged)
    assert state(bench.run) == start
    assert bench.applied == 0
