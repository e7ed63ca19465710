import threading

import numpy as np
import pytest

from tests.core.training.small import trainer
from w2v_core import Diverged
from w2v_core.training.parallel import run_in_threads

SETTINGS = {"batch_tokens": 8, "epochs": 30}


@pytest.mark.parametrize("architecture", ["skip_gram", "cbow"])
def test_threads_train_on_the_same_text_to_about_the_same_loss(architecture):
    alone, together = (trainer(architecture=architecture, **SETTINGS) for _ in range(2))
    of_one = list(alone.run())
    of_three = list(run_in_threads(together, 3))
    assert together.finished
    assert (together.steps, together.pairs) == (alone.steps, alone.pairs)
    assert sorted(record.step for record in of_three) == [record.step for record in of_one]
    start, end = (np.mean([record.loss for record in part]) for part in (of_three[:20], of_three[-60:]))
    assert end < 0.95 * start


def test_one_thread_does_what_run_does():
    alone, threaded = trainer(**SETTINGS), trainer(**SETTINGS)
    for _ in alone.run():
        pass
    for _ in run_in_threads(threaded, 1):
        pass
    # Up to rounding: updates are added where `run` writes the sum.
    np.testing.assert_allclose(threaded.W, alone.W, atol=1e-5)
    np.testing.assert_allclose(threaded.U, alone.U, atol=1e-5)


def test_leaving_early_stops_the_threads():
    run, before = trainer(**SETTINGS), threading.active_count()
    records = run_in_threads(run, 2)
    next(records)
    records.close()
    assert threading.active_count() == before
    assert run.steps > 0
    assert not run.finished
    run.step()  # and one may go on


def test_a_divergence_reaches_the_caller():
    run = trainer(max_row_update=None, learning_rate=1e20, **SETTINGS)
    with pytest.raises(Diverged):
        list(run_in_threads(run, 2))
