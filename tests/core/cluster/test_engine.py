"""Workers that are processes of their own, as the commands start them; and what happens when one is killed."""

import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from tests.core.training.small import SENTENCES, SMALL, trainer
from w2v_core import Corpus, Problem, load_vectors
from w2v_core.cluster import engine
from w2v_core.cluster.grid import grid
from w2v_core.cluster.rounds import run_in_rounds
from w2v_core.cluster.sweep import TestSets, sweep, train_one

ROOT = Path(__file__).parents[3]
TEXT = Corpus.from_text("\n".join(SENTENCES * 400))  # of which a round takes a second
posix = pytest.mark.skipif(os.name != "posix", reason="signals of Unix")


def test_an_address_where_nobody_answers(monkeypatch):
    monkeypatch.setattr(engine, "SECONDS", 0.3)
    with (
        pytest.raises(Problem, match="No Dask scheduler answers at tcp:"),
        engine.opened("tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.long
def test_processes_of_this_machine_listen_to_it_alone_and_end():
    with engine.opened(2) as own:
        assert engine.workers(own) == 2
        pids = own.run(os.getpid)
        assert len(set(pids.values())) == 2
        assert all(address.startswith("tcp://127.0.0.1:") for address in pids)
        assert own.scheduler.address.startswith("tcp://127.0.0.1:")
        assert set(own.run(os.environ.get, "OPENBLAS_NUM_THREADS").values()) == {"1"}
        assert set(own.run(os.environ.get, "MALLOC_TRIM_THRESHOLD_").values()) == {None}
    assert not any(_lives(pid) for pid in pids.values())


@pytest.mark.long
def test_a_scheduler_that_runs_already_is_used_and_left_running():
    with engine.opened(1) as own:
        address = own.scheduler.address
        with engine.opened(address) as client:
            run = trainer()
            list(run_in_rounds(run, client, rounds=2))
            assert run.finished
        assert engine.workers(own) == 1


@pytest.mark.long
def test_a_scheduler_without_workers(monkeypatch):
    monkeypatch.setattr(engine, "SECONDS", 1)
    with (
        engine.opened(0) as own,
        pytest.raises(Problem, match="has no worker"),
        engine.opened(own.scheduler.address),
    ):
        pass


@pytest.mark.long
@posix
def test_a_killed_worker_costs_its_round_some_time_and_the_run_nothing():
    whole, run = (trainer(TEXT, epochs=3) for _ in range(2))
    with engine.opened(2) as client:
        list(run_in_rounds(whole, client, rounds=1, parts=4))
        records = run_in_rounds(run, client, rounds=1, parts=4)
        next(records)
        in_hand = []

        def kill():
            while not in_hand:
                busy = {worker: tasks for worker, tasks in client.processing().items() if tasks}
                in_hand.extend(busy)
            os.kill(pids[in_hand[0]], signal.SIGKILL)

        pids = client.run(os.getpid)
        killer = threading.Thread(target=kill)
        killer.start()
        list(records)
        killer.join()
        assert not _lives(pids[in_hand[0]])
    assert run.finished
    np.testing.assert_array_equal(run.W, whole.W)
    np.testing.assert_array_equal(run.U, whole.U)


@pytest.mark.long
@posix
def test_a_sweep_outlasts_a_killed_worker():
    runs = grid(SMALL | {"epochs": 50}, {"dim": [4, 8]}, seeds=3)
    with engine.opened(2) as client:
        outcomes = sweep(client, trainer().corpus, runs, TestSets())
        found = dict([next(outcomes)])
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        found |= dict(outcomes)
    assert found.keys() == set(runs)
    for run in runs:
        assert found[run].values["loss"] == train_one(trainer().corpus, run, TestSets()).values["loss"]


@pytest.mark.long
@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_keeps_a_run_on_a_cluster_and_leaves_no_process(tmp_path, number):
    (tmp_path / "corpus.txt").write_text("the king and the queen rule the land\n" * 400, "utf-8")
    command = [sys.executable, "-m", "w2v_core", "train", "corpus.txt", "--cluster", "2", "-o", "out.npz"]
    running = subprocess.Popen(
        [*command, "--epochs", "100000"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while (
        len(children := _children(running.pid)) < 3 and running.poll() is None
    ):  # a tracker of resources too
        time.sleep(0.1)
    time.sleep(3)
    os.killpg(running.pid, number) if number == signal.SIGINT else running.send_signal(number)
    err = running.communicate(timeout=60)[1]
    assert running.returncode == 128 + number, err
    assert "the run is kept in w2v_checkpoint.npz" in err
    assert "--cluster 2" in err
    assert "Traceback" not in err
    deadline = time.monotonic() + 20
    while any(map(_lives, children)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(_lives, children))


@pytest.mark.long
def test_the_commands_with_processes_of_their_own(tmp_path):
    (tmp_path / "corpus.txt").write_text("the king and the queen rule the land\n" * 40, "utf-8")
    small = shlex.split("--min-count 1 --dim 8 --epochs 2 --negatives 3 --subsample 0 --cluster 2")
    for arguments in (
        ["train", "corpus.txt", *small, "--rounds", "2", "-o", "out.npz"],
        ["sweep", "corpus.txt", *small, "--over", "dim=4"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "w2v_core", *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert "distributed" not in done.stderr
        assert "Warning" not in done.stderr
    assert len(load_vectors(tmp_path / "out.npz")) == 6
    assert (tmp_path / "w2v_sweep/runs.csv").exists()


def _lives(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return (
        "Z" not in Path(f"/proc/{pid}/stat").read_text("ascii").split(")")[1][:3]
        if Path("/proc").exists()
        else True
    )


def _children(pid):
    done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in done.stdout.split()]
