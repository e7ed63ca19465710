import json
import os
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from tests.core.training.small import trainer
from w2v_core import Diverged, Problem, run_in_processes
from w2v_core.training import parallel, shared_arrays

ROOT = Path(__file__).parents[3]
SETTINGS = {"batch_tokens": 8, "epochs": 30}


@pytest.fixture(autouse=True)
def others(monkeypatch):
    """Collect the other processes; none is left at the end."""
    started = []
    start = parallel._Other.__init__

    def starting(other, *order):
        start(other, *order)
        started.append(other.process)

    monkeypatch.setattr(parallel._Other, "__init__", starting)
    yield started
    assert all(process.poll() is not None for process in started)


@pytest.fixture
def idle(monkeypatch, others):
    """Have this process leave the walk to the others: it tells of no step of its own."""

    def steps(self, numbers):
        while any(process.poll() is None for process in others):
            time.sleep(0.001)
            yield None, 0

    monkeypatch.setattr(parallel._Walk, "steps", steps)


@pytest.mark.parametrize("settings", [{}, {"architecture": "cbow", "optimizer": "adagrad"}])
def test_processes_train_on_the_same_text_to_about_the_same_loss(settings):
    alone, together = (trainer(**settings, **SETTINGS) for _ in range(2))
    of_one, of_two = list(alone.run()), list(run_in_processes(together, 2))
    assert together.finished
    assert (together.steps, together.pairs) == (alone.steps, alone.pairs)
    assert [record.step for record in of_two] == [record.step for record in of_one]
    assert of_two[-1].pairs == alone.pairs
    start, end = (np.mean([record.loss for record in part]) for part in (of_two[:20], of_two[-60:]))
    assert end < 0.95 * start


@pytest.mark.parametrize("optimizer", ["sgd", "adagrad"])
def test_another_process_does_what_this_one_would(idle, optimizer):
    settings = SETTINGS | {"objective": "softmax", "optimizer": optimizer}  # nothing is drawn but windows
    alone, led = trainer(**settings), trainer(**settings)
    for run in (alone, led):
        list(run.run(7))  # it goes on from wherever the run stands
    own = led._arrays()
    records = list(alone.run())
    of_the_other = [record for record in run_in_processes(led, 2) if record]
    assert [(r.step, r.pairs, r.epoch, r.learning_rate, r.output_rows) for r in of_the_other] == [
        (r.step, r.pairs, r.epoch, r.learning_rate, r.output_rows) for r in records
    ]
    # Up to rounding: updates are added where `run` writes the sum.
    assert [r.loss for r in of_the_other] == pytest.approx([r.loss for r in records], abs=1e-4)
    for name, array in alone._arrays().items():
        assert led._arrays()[name] is own[name]
        np.testing.assert_allclose(own[name], array, rtol=1e-3, atol=1e-5)


def test_one_process_does_what_run_does():
    alone, walking = trainer(**SETTINGS), trainer(**SETTINGS)
    list(alone.run())
    list(run_in_processes(walking, 1))
    np.testing.assert_allclose(walking.W, alone.W, atol=1e-5)
    np.testing.assert_allclose(walking.U, alone.U, atol=1e-5)


def test_in_company_every_batch_is_trained_on_once():
    alone, first, second = (trainer(objective="softmax", **SETTINGS) for _ in range(3))
    second._hold(first._arrays())
    walks, numbers = [parallel._Walk(run) for run in (first, second)], count()
    records = [
        record for record, _ in walks[0].steps(numbers) for record in (record, *_next(walks[1], numbers))
    ]
    list(alone.run())
    assert len(records) == alone.steps
    assert first.pairs + second.pairs == alone.pairs
    assert second.steps > alone.steps // 3
    np.testing.assert_allclose(first.W, alone.W, atol=1e-4)


def _next(walk, numbers):
    for record, _ in walk.steps(numbers):
        return [record]
    return []


def test_leaving_early_stops_the_others():
    run = trainer(batch_tokens=8, epochs=100_000)
    records = run_in_processes(run, 2)
    for _ in range(100):
        next(records)
    records.close()
    steps = run.steps
    run.step()  # and one may go on
    assert run.steps == steps + 1


def test_nothing_from_before_can_be_undone():
    run = trainer(**SETTINGS)
    run.step()
    list(run_in_processes(run, 1))
    with pytest.raises(Problem, match="no step to take back"):
        run.undo()


def test_a_divergence_reaches_the_caller():
    run = trainer(max_row_update=None, learning_rate=1e20, **SETTINGS)
    with pytest.raises(Diverged):
        list(run_in_processes(run, 2))


def test_a_divergence_elsewhere_reaches_the_caller(idle):
    run = trainer(max_row_update=None, **SETTINGS)
    list(run.run(3))
    run.learning_rate = 1e20
    with pytest.raises(Diverged) as caught:
        list(run_in_processes(run, 2))
    assert caught.value.code == "diverged"
    assert caught.value.details["learning_rate"] > 1e19
    assert caught.value.details["step"] >= 3


def test_a_process_that_is_gone_is_told_of(monkeypatch, others):
    def shot(self, numbers):
        for other in others:
            other.kill()
        yield from ()

    monkeypatch.setattr(parallel._Walk, "steps", shot)
    with pytest.raises(ChildProcessError, match="ended before its time"):
        list(run_in_processes(trainer(**SETTINGS), 2))


def test_there_must_be_a_process():
    for processes in (0, 257, 2.0):
        with pytest.raises(Problem, match="from 1 to 256"):
            next(run_in_processes(trainer(**SETTINGS), processes))


def test_what_another_process_prints_is_no_message(monkeypatch, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "print('ol\u00e9'); print(1); print('[1, 2]', end='')", "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    alone, together = trainer(**SETTINGS), trainer(**SETTINGS)
    assert len(list(run_in_processes(together, 2))) == len(list(alone.run()))
    assert together.pairs == alone.pairs


def test_no_file_of_the_folder_is_run(monkeypatch, tmp_path):
    (tmp_path / "queue.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')", "utf-8")
    monkeypatch.chdir(tmp_path)
    list(run_in_processes(trainer(**SETTINGS), 2))
    assert [path.name for path in tmp_path.iterdir()] == ["queue.py"]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps mapped files")
def test_a_kill_leaves_no_memory_behind_once_all_have_mapped_it(monkeypatch, tmp_path):
    monkeypatch.setattr(shared_arrays, "MEMORY", tmp_path)
    records = run_in_processes(trainer(batch_tokens=8, epochs=100_000), 2)
    next(records)
    assert len(list(tmp_path.iterdir())) == 1
    while list(tmp_path.iterdir()):
        next(records)
    records.close()


def test_a_divergence_elsewhere_names_the_step_of_all(idle):
    run = trainer(max_row_update=None, objective="softmax", **SETTINGS)
    run.learning_rate = 1e4
    with pytest.raises(Diverged) as caught:
        list(run_in_processes(run, 2))
    assert caught.value.details["step"] == run.steps


def test_what_goes_wrong_elsewhere_is_told(monkeypatch):
    monkeypatch.setattr(parallel.SharedArray, "facts", lambda array: ["nowhere", "<f4", [1]])
    with pytest.raises(ChildProcessError, match="No such file"):
        list(run_in_processes(trainer(**SETTINGS), 2))


def test_the_others_have_a_blas_thread_each_and_this_process_keeps_its_own(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    environments = []
    start = subprocess.Popen

    def starting(*args, env, **options):
        environments.append(env)
        return start(*args, env=env, **options)

    monkeypatch.setattr(subprocess, "Popen", starting)
    list(run_in_processes(trainer(**SETTINGS), 2))
    assert [environment["OPENBLAS_NUM_THREADS"] for environment in environments] == ["1"]
    assert environments[0]["MKL_NUM_THREADS"] == "1"
    assert os.environ["OPENBLAS_NUM_THREADS"] == "7"


def test_arrays_are_shared_where_no_place_in_memory_is_or_none_is_large_enough(monkeypatch, tmp_path):
    for place, needed in ((tmp_path / "missing", 1), (tmp_path, 1 << 60)):
        monkeypatch.setattr(shared_arrays, "MEMORY", place)
        with shared_arrays.shared_folder(needed) as folder:
            assert folder.parent != place
            for array in (np.arange(6.0).reshape(2, 3), np.zeros((0, 4), dtype=np.int32)):
                shared = shared_arrays.SharedArray.copy_of(array, folder / str(array.ndim + array.size))
                other = shared_arrays.SharedArray.of(json.loads(json.dumps(shared.facts())))
                np.testing.assert_array_equal(other.array(), array)
                shared.array()[...] += 1
                np.testing.assert_array_equal(other.array(), array + 1)
        assert not folder.exists()


def test_a_script_that_is_not_guarded_runs_once(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from tests.core.training.small import trainer\n"
        "from w2v_core import run_in_processes\n"
        "print(len(list(run_in_processes(trainer(), 2))), 'steps')\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, script],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.stdout == f"{len(list(trainer().run()))} steps\n", done.stderr
