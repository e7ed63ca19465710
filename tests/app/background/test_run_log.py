"""What it takes to make a run once more is noted as the run goes."""

import time

import pytest

from app.background.live import LiveTraining
from app.background.run_log import RunLog
from w2v_core import Corpus, StepRecord, Trainer, TrainingConfig
from w2v_core.handin.code import MOST_LOSSES, MOST_RATES

CORPUS = Corpus.from_text("\n".join(f"w{i % 9} w{i % 7} w{i % 5} w{i % 11} w{i % 4}" for i in range(300)))
CONFIG = TrainingConfig(dim=8, window=2, batch_tokens=16, epochs=50, subsample=0.0, learning_rate=0.05)


def test_losses_are_kept_at_1_2_5_and_so_on_and_at_the_end():
    run = LiveTraining(CORPUS, CONFIG)
    assert run.made().losses == []
    run.step(123)
    records = list(Trainer(CORPUS, CONFIG).run(123))
    log = run.made()
    assert [step for step, _ in log.losses] == [1, 2, 5, 10, 20, 50, 100, 123]
    assert log.losses == [(step, records[step - 1].loss) for step, _ in log.losses]
    assert (log.steps, log.rates, log.applied, log.exploded, log.complete) == (123, [], 0, 0, True)
    run.step(77)
    assert [step for step, _ in run.made().losses] == [1, 2, 5, 10, 20, 50, 100, 200]


def test_a_rate_is_noted_with_the_step_after_which_it_acts():
    run = LiveTraining(CORPUS, CONFIG)
    for rate in (0.5, 0.1):  # the last one counts
        run.set_learning_rate(rate)
        run.made()
    run.step(3)
    run.set_learning_rate(0.1)  # no change
    run.step(1)
    run.set_learning_rate(0.01)
    assert run.learning_rate == 0.01
    assert run.made().rates == [(0, 0.1), (4, 0.01)]
    run.step(1)
    assert run.made().rates == [(0, 0.1), (4, 0.01)]


def test_rates_that_change_while_a_run_plays_lead_to_the_same_losses_again():
    run = LiveTraining(CORPUS, CONFIG.replace(epochs=10_000))
    run.set_speed("fast")
    run.start()
    deadline = time.monotonic() + 20
    for rate in (0.2, 0.02, 0.1):
        run.set_learning_rate(rate)
        steps = run._trainer.steps
        while run._trainer.steps < steps + 5:
            assert time.monotonic() < deadline
            time.sleep(0.001)
    run.pause()
    log = run.made()
    assert [rate for _, rate in log.rates] == [0.2, 0.02, 0.1]
    trainer, rates, said = Trainer(CORPUS, run.config), dict(log.rates), dict(log.losses)
    while trainer.steps < log.steps:
        if trainer.steps in rates:
            trainer.learning_rate = rates[trainer.steps]
        record = trainer.step()
        assert said.get(record.step, record.loss) == record.loss


def test_pairs_count_while_they_stand():
    run = LiveTraining(CORPUS, CONFIG)
    run.step(2)
    for _ in range(3):
        run.apply(0, 1, [2, 3], 5)
    run.undo()
    assert run.made().applied == 2
    run.step(1)  # now they stay
    assert not run.undo()
    assert run.made().applied == 2


def test_training_that_goes_on_after_an_explosion_is_noted():
    run = LiveTraining(CORPUS, CONFIG.replace(learning_rate=1e6, max_row_update=None))
    run.step(100)
    assert run.progress.problem
    assert run.made().exploded == 0
    run.set_learning_rate(0.01)
    run.step(1)
    assert not run.progress.problem
    assert run.made().exploded == 1


def test_a_log_is_saved_and_restored():
    log = RunLog([(1, 0.5)], [(1, 2.0), (2, 1.5)], 1, 2, True)
    log.explode()
    again = RunLog.restored(log.saved)
    assert again == log
    again.step(StepRecord(3, 1, 9, 1.0, 0.1, 2))
    assert (again.exploded, log.exploded) == (3, 2)
    assert log.losses == [(1, 2.0), (2, 1.5)]  # which another has not changed
    assert not RunLog.restored(None).complete


def test_a_log_does_not_grow_for_ever():
    log = RunLog()
    for steps in range(MOST_RATES):
        log.rate(steps, 0.1)
    assert log.complete
    log.rate(MOST_RATES, 0.2)
    assert (len(log.rates), log.complete) == (MOST_RATES, False)
    for power in range(60):
        for digit in (1, 2, 5, 7):
            log.step(StepRecord(digit * 10**power, 1, 9, 1.0, 0.1, 2))
    assert len(log.losses) < MOST_LOSSES


@pytest.mark.parametrize("rate", [0.5, 0.05])
def test_pairs_are_taken_apart_at_the_rate_that_is_asked_for(rate):
    run = LiveTraining(CORPUS, CONFIG)
    run.step(1)
    run.set_learning_rate(rate)
    record, _ = run.examine(0, 1, [2, 3], 4)
    assert record.learning_rate == rate
    assert run.apply(0, 1, [2, 3], 1).learning_rate == rate
