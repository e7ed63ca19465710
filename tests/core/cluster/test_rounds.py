import time

import numpy as np
import pytest
from distributed import wait

from tests.core.training.small import CORPUS, trainer
from w2v_core import Diverged, Problem, Trainer
from w2v_core.cluster import rounds as module
from w2v_core.cluster.merge import WeightedMean
from w2v_core.cluster.rounds import next_round, run_in_rounds

LONG = {"epochs": 4, "learning_rate": 0.1}


def finish(run, client, **options):
    return list(run_in_rounds(run, client, **{"rounds": 5, "parts": 3} | options))


def test_the_rounds_of_a_run_go_over_the_text_epoch_by_epoch():
    run, seen, progress = trainer(epochs=2), [], []
    while not run.finished:
        parts, end = next_round(run, 3, 2)
        seen.append(np.concatenate([part.ids for part in parts]))
        progress += [(part.begins, part.ends) for part in parts]
        run._windows.go_to(*end)
    assert len(seen) == 6
    np.testing.assert_array_equal(np.concatenate(seen), np.concatenate([CORPUS.ids] * 2))
    assert progress[0][0] == 0
    assert progress[-1][1] == 1
    assert [a for a, _ in progress[2::2]] == [b for _, b in progress[:-2:2]]


@pytest.mark.parametrize("settings", [{}, {"architecture": "cbow", "optimizer": "adagrad"}])
def test_rounds_learn_what_one_process_learns(client, settings):
    alone, together = trainer(**LONG, **settings), trainer(**LONG, **settings)
    of_one, of_many = list(alone.run()), finish(together, client)
    assert together.finished
    assert len(of_many) == 20
    assert [record.epoch for record in of_many] == [1] * 5 + [2] * 5 + [3] * 5 + [4] * 5
    assert together.steps == of_many[-1].step
    assert together.pairs == of_many[-1].pairs == pytest.approx(alone.pairs, rel=0.05)
    assert of_many[0].learning_rate == together.config.learning_rate
    assert of_many[-1].loss == pytest.approx(np.mean([r.loss for r in of_one[-5:]]), rel=0.15)
    assert of_many[-1].loss < 0.9 * of_many[0].loss


def test_the_same_run_comes_out_the_same(client):
    one, two, other = trainer(**LONG), trainer(**LONG), trainer(**LONG)
    finish(one, client)
    finish(two, client)
    finish(other, client, merge=WeightedMean)
    np.testing.assert_array_equal(one.W, two.W)
    np.testing.assert_array_equal(one.U, two.U)
    assert not np.array_equal(one.U, other.U)


def test_a_run_is_saved_between_two_rounds_and_goes_on_in_rounds_or_in_one_process(client, tmp_path):
    whole, run = trainer(**LONG), trainer(**LONG)
    finish(whole, client)
    records = run_in_rounds(run, client, rounds=5, parts=3)
    for _ in range(7):
        next(records)
    records.close()
    run.save(tmp_path / "run.npz")
    in_rounds, alone = (Trainer.load(tmp_path / "run.npz", CORPUS) for _ in range(2))
    assert in_rounds.progress == pytest.approx(7 / 20, abs=0.02)
    finish(in_rounds, client)
    np.testing.assert_array_equal(in_rounds.W, whole.W)
    alone.train()
    assert alone.pairs == pytest.approx(whole.pairs, rel=0.05)


def test_nothing_from_before_can_be_undone(client):
    run = trainer()
    run.step()
    finish(run, client)
    with pytest.raises(Problem, match="no step to take back"):
        run.undo()


def test_a_divergence_reaches_the_caller_with_the_round_undone(client):
    run = trainer(max_row_update=None, **LONG)
    records = run_in_rounds(run, client, rounds=5, parts=3)
    next(records)
    W, progress = run.W.copy(), run.progress
    run.learning_rate = 1e20
    with pytest.raises(Diverged) as caught:
        finish(run, client)
    assert caught.value.details["step"] == run.steps
    np.testing.assert_array_equal(run.W, W)
    assert run.progress == progress


def test_what_does_not_come_back_is_left_out_and_done_again_in_the_next_round(client, monkeypatch):
    """Of the second round the first shard is not back in time: as if its machine had fallen silent."""
    run, tried, moved = trainer(**LONG), [], module._moved

    def silent(future, trainer, shard, seconds):
        tried.append(shard)
        return moved(future, trainer, shard, seconds) if len(tried) != 4 else None

    monkeypatch.setattr(module, "_moved", silent)
    records = finish(run, client)
    assert run.finished
    assert tried[3] is tried[6]  # the third round begins with it
    assert len(records) == 20
    text = sum(len(shard.ids) for shard in {id(shard): shard for shard in tried}.values())
    assert text == LONG["epochs"] * len(CORPUS)
    assert len(tried) == 20 * 3 + 1


def test_what_is_not_here_in_time_is_not_waited_for(client):
    run = trainer()
    [shard] = next_round(run, 1, 1)[0]
    slow, quick = client.submit(time.sleep, 1, pure=False), client.submit(len, "four", pure=False)
    assert module._moved(slow, run, shard, 0.01) is None
    wait([quick])
    assert module._moved(quick, run, shard, 0.0) == 4  # there already, however late it is asked for


def test_what_is_cancelled_is_not_back(client):
    run = trainer()
    [shard] = next_round(run, 1, 1)[0]
    lost = client.submit(time.sleep, 1, pure=False)
    lost.cancel()
    assert module._moved(lost, run, shard, None) is None


def test_what_is_left_out_of_the_last_round_gets_one_of_its_own(client, monkeypatch):
    run, tried, moved = trainer(epochs=1), [], module._moved

    def silent(future, trainer, shard, seconds):
        tried.append(shard)
        return moved(future, trainer, shard, seconds) if len(tried) != 6 else None

    monkeypatch.setattr(module, "_moved", silent)
    assert len(finish(run, client, rounds=2)) == 3
    assert tried[5] is tried[6]


def test_where_nothing_comes_back_the_run_ends(client, monkeypatch):
    monkeypatch.setattr(module, "_moved", lambda *arguments: None)
    run = trainer()
    with pytest.raises(Problem, match="No worker has come back"):
        finish(run, client)
    assert run.progress == 0


def test_what_goes_wrong_with_a_worker_is_a_sentence(client, monkeypatch):
    def without_the_package(*arguments):
        raise ModuleNotFoundError("No module named 'w2v_core'")

    monkeypatch.setattr(module, "train_shard", without_the_package)
    with pytest.raises(Problem, match=r"A worker of the cluster failed \(.*No module named 'w2v_core"):
        finish(trainer(), client)


@pytest.mark.parametrize(("epochs", "rounds"), [(1, 50), (4, 50), (5, 40), (12, 17), (20, 10), (500, 10)])
def test_few_epochs_have_many_rounds(epochs, rounds):
    assert module.usual_rounds(epochs) == rounds


def test_the_usual_rounds_are_taken(client):
    run = trainer(epochs=20)
    next(run_in_rounds(run, client, parts=1))
    assert run.progress == pytest.approx(1 / 200, abs=0.005)


def test_rounds_are_a_number(client):
    for rounds in (0, 1001, 2.5):
        with pytest.raises(Problem, match="rounds must be a whole number"):
            next(run_in_rounds(trainer(), client, rounds=rounds))
