"""The commands that train on a cluster, as a user types them; the workers are threads of this process."""

import csv
import math
import sys
from contextlib import contextmanager

import numpy as np
import pytest

from tests.core.training.small import trainer
from w2v_core import StepRecord, load_vectors
from w2v_core.cluster import engine
from w2v_core.cluster.summary import Combination, Spread
from w2v_core.command_line import main, sweeping
from w2v_core.command_line.progress import Summary
from w2v_core.command_line.sweep_page import MOST_LINES, lines, page

TEXT = "the king and the queen rule the land\nthe man and the woman walk the dog\n" * 30
SMALL = ["--min-count", "1", "--dim", "8", "--epochs", "2", "--negatives", "3", "--subsample", "0"]
HOSTILE = "\x1b]0;title\x07<b>back"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus.txt").write_text(TEXT, "utf-8")
    return tmp_path


@pytest.fixture
def here(client, monkeypatch):
    """Have the commands use the workers of the tests; collect what was asked for."""
    asked = []

    @contextmanager
    def opened(where):
        asked.append(where)
        yield client

    monkeypatch.setattr(engine, "opened", opened)
    return asked


def sweep(*arguments):
    return main(["sweep", "corpus.txt", *SMALL, "--seeds", "2", *arguments])


def rows(place, folder="w2v_sweep"):
    with open(place / folder / "runs.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_sweep_leaves_a_table_and_a_page_and_prints_the_means(here, place, capsys):
    assert sweep("--over", "dim=4,6", "--over", "negative=1,2") == 0
    out, err = capsys.readouterr()
    assert len(rows(place)) == 8
    assert {(row["dim"], row["negatives"], row["seed"]) for row in rows(place)} >= {
        ("4", "2", "1"),
        ("6", "1", "2"),
    }
    head, *means = [line.split("\t") for line in out.splitlines()]
    assert head[:5] == ["dim", "negatives", "runs", "loss", "progress"]
    assert [mean[:3] for mean in means] == [
        ["4", "1", "2"],
        ["4", "2", "2"],
        ["6", "1", "2"],
        ["6", "2", "2"],
    ]
    assert "±" in means[0][3]
    assert "8 runs, 0 of them in w2v_sweep/runs.csv already" in err
    html = (place / "w2v_sweep/runs.html").read_text("utf-8")
    assert "corpus.txt: 8 runs" in html
    assert "Plotly.newPlot" in html
    assert "<script src" not in html  # Plotly is in it


def test_what_is_in_the_table_is_not_trained_again(here, place, capsys):
    assert sweep("--over", "dim=4", "--out", "mine") == 0
    assert sweep("--over", "dim=4", "--out", "mine") == 0
    assert len(here) == 1
    assert sweep("--over", "dim=4,6", "--out", "mine", "--cluster", "3") == 0
    assert here == [2, 3]
    assert len(rows(place, "mine")) == 4
    assert "4 runs, 2 of them in mine/runs.csv already" in capsys.readouterr().err


def test_a_line_that_is_cut_off_is_mended_and_its_run_trained_again(here, place, capsys):
    sweep("--over", "dim=4")
    table = place / "w2v_sweep/runs.csv"
    whole = rows(place)
    table.write_bytes(table.read_bytes()[:-30])
    assert sweep("--over", "dim=4") == 0
    assert [row["loss"] for row in rows(place)] == [row["loss"] for row in whole]
    assert "the last line of w2v_sweep/runs.csv was cut off" in capsys.readouterr().err


def test_a_run_that_diverges_is_a_row_that_says_so(here, place, capsys):
    assert sweep("--over", "learning_rate=0.025,1e20", "--max-row-update", "none") == 0
    notes = [row["note"] for row in rows(place) if row["learning_rate"] == "1e+20"]
    assert len(notes) == 2
    assert all(note.startswith("Training diverged at step") for note in notes)
    assert "Training diverged" in capsys.readouterr().err


def test_the_test_sets_are_named_or_beside_a_sample_text(here, place, capsys):
    (place / "pairs.tsv").write_text("king\tqueen\t9\nman\twoman\t8\nking\tdog\t1\n", "utf-8")
    assert sweep("--over", "dim=4", "--pairs", "pairs.tsv") == 0
    assert all(-1 <= float(row["pairs"]) <= 1 for row in rows(place))
    (place / "loss.tsv").write_text("king\tqueen\t9\nking\tdog\t1\n", "utf-8")
    assert sweep("--over", "dim=4", "--pairs", "loss.tsv", "--pairs", "pairs.tsv", "--out", "named") == 0
    assert {"loss", "loss.tsv", "pairs"} <= set(rows(place, "named")[0])
    known = """{"word_pairs": [["king", "queen", 9], ["king", "dog", 2], ["man", "woman", 8]], "analogies": [],
    "categories": [{"id": "court", "words": ["king", "queen"]}, {"id": "people", "words": ["man", "woman"]}]}"""
    (place / "corpus.json").write_text(known, "utf-8")
    assert sweep("--over", "dim=4", "--out", "sample") == 0
    assert all(row["word_pairs"] and 0 <= float(row["purity"]) <= 1 for row in rows(place, "sample"))


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ("dims=5", "'dims=5' names no setting; there are objective,"),
        ("=5", "names no setting"),
        ("", "names no setting"),
        ("seed=1,2", "--seeds says how many"),
        ("dim", "has no values"),
        ("dim=", "has no values"),
        ("dim=5,,6", "dim must be a whole number, not ''"),
        ("dim=5,x", "dim must be a whole number, not 'x'"),
        ("dim=0", "dim must be a whole number from 1"),
        ("noise=loud", "noise must be one of"),
        (f"dim={'9' * 5000}", "dim must be a whole number"),
        (f"{HOSTILE}=1", "names no setting"),
        ("dim=" + ",".join(map(str, range(1, 10_000))), "19998 runs; a sweep has 10,000 at most"),
    ],
)
def test_what_cannot_be_swept_is_said_in_one_sentence(here, place, capsys, over, sentence):
    assert sweep("--over", over) == 1
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert "\x1b" not in err
    assert here == []
    assert not (place / "w2v_sweep").exists()


def test_without_plotly_there_is_no_page_and_a_sentence(here, place, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "w2v_core.command_line.sweep_page", None)
    assert sweep("--over", "dim=4") == 0
    assert "there is no page, for Plotly is not installed" in capsys.readouterr().err
    assert not (place / "w2v_sweep/runs.html").exists()


def test_without_dask_a_sentence_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert sweep("--over", "dim=4") == 1
    assert "This needs Dask, the extra [cluster]: pip install dask distributed" in capsys.readouterr().err


def test_a_stopped_sweep_says_how_it_goes_on(here, place, capsys, monkeypatch):
    def stopped(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(sweeping, "trained", stopped)
    assert sweep("--over", "dim=4") == 130
    assert "0 of 2 runs are in w2v_sweep/runs.csv; the same command goes on." in capsys.readouterr().err


def test_runs_whose_workers_are_lost_are_told_and_left_for_the_next_time(here, place, capsys, monkeypatch):
    real = sweeping.trained

    def lossy(*arguments):
        for number, (run, outcome) in enumerate(real(*arguments)):
            yield run, outcome if number else None

    monkeypatch.setattr(sweeping, "trained", lambda *arguments: (each for each in lossy(*arguments)))
    assert sweep("--over", "dim=4") == 1
    assert "1 run took their workers with them" in capsys.readouterr().err
    assert len(rows(place)) == 1


@pytest.mark.parametrize("where", ["0", "many", "300", "http://127.0.0.1:8786/x y", "-1"])
def test_a_cluster_is_a_number_or_an_address(where, capsys):
    with pytest.raises(SystemExit):
        main(["train", "corpus.txt", f"--cluster={where}", "-o", "out.npz"])
    assert "argument --cluster" in capsys.readouterr().err


def test_where_no_scheduler_answers_a_sentence_says_so(capsys, monkeypatch):
    monkeypatch.setattr(engine, "SECONDS", 0.3)
    assert main(["train", "corpus.txt", *SMALL, "--cluster", "tcp://127.0.0.1:9", "-o", "out.npz"]) == 1
    assert "No Dask scheduler answers at tcp://127.0.0.1:9." in capsys.readouterr().err


def test_a_text_is_trained_on_in_rounds(here, place, capsys):
    command = ["train", "corpus.txt", *SMALL, "--cluster", "tcp://there:8786", "--rounds", "4"]
    assert main([*command, "-o", "one.npz"]) == 0
    assert main([*command, "-o", "two.npz"]) == 0
    assert here == ["tcp://there:8786"] * 2
    one, two = load_vectors("one.npz"), load_vectors("two.npz")
    np.testing.assert_array_equal(one.vectors, two.vectors)
    steps = int(capsys.readouterr().err.split(" steps, ")[0].split()[-1])
    assert steps >= 2 * 4 * 2  # epochs, rounds, shards


def test_a_run_in_rounds_that_diverges_is_kept_with_the_command_that_goes_on(here, place, capsys):
    command = ["train", "corpus.txt", *SMALL, "--cluster", "2", "--rounds", "4", "-o", "out.npz"]
    assert main([*command, "--learning-rate", "1e20", "--max-row-update", "none"]) == 1
    err = capsys.readouterr().err
    assert "Training diverged at step" in err
    assert "--cluster 2 --rounds 4" in err
    assert (
        main(["resume", "w2v_checkpoint.npz", "corpus.txt", "--min-count", "1", "--learning-rate", "0.05"])
        == 0
    )


def test_the_loss_that_is_told_is_of_about_the_last_hundred_steps_in_rounds_too():
    run = trainer()

    def told(*records):
        summary = Summary(run)
        for step, loss in records:
            summary.count(StepRecord(step, 1, step, loss, 0.1, 1))
        return summary.loss

    assert told((1, 4.0), (2, 2.0)) == 3.0
    assert told((50, 4.0), (100, 2.0)) == 3.0
    assert told((50, 4.0), (50, math.nan), (250, 2.0)) == 2.0
    assert told((100, 4.0), (110, 2.0)) == pytest.approx(3.8)


def test_processes_and_a_cluster_exclude_each_other(capsys):
    with pytest.raises(SystemExit):
        main(["train", "corpus.txt", "--cluster", "2", "--processes", "2"])
    assert "not allowed with argument" in capsys.readouterr().err


def mean(*values, loss=1.0):
    return Combination(values, {"loss": Spread(loss, 0.5, 3)}, 0)


def test_a_chart_has_a_line_for_each_combination_of_the_other_settings():
    means = [
        mean("4", "1", loss=1.0),
        mean("4", "5", loss=2.0),
        mean("6", "1", loss=3.0),
        mean("6", "5", loss=4.0),
    ]
    one, five = lines(means, ["dim", "negatives"], "dim", "loss")
    assert (one.name, list(one.x), list(one.y), list(one.error_y.array)) == (
        "negatives 1",
        ["4", "6"],
        [1.0, 3.0],
        [0.5, 0.5],
    )
    assert (five.name, list(five.y)) == ("negatives 5", [2.0, 4.0])
    [alone] = lines([mean("4"), mean("6")], ["dim"], "dim", "loss")
    assert list(alone.x) == ["4", "6"]
    assert [list(line.x) for line in lines(means, ["dim", "negatives"], "dim", "pairs")] == [[], []]
    many = [mean("4", str(number)) for number in range(100)]
    assert len(lines(many, ["dim", "negatives"], "dim", "loss")) == MOST_LINES


def test_a_name_is_no_html():
    assert "<b>bold" not in page("<b>bold</b>.txt", [mean("4")], ["dim"], ["loss"]).split("newPlot")[1]


def test_a_page_says_where_charts_leave_lines_out():
    many = [mean(dim, str(number)) for dim in "46" for number in range(MOST_LINES + 1)]
    assert f"the first {MOST_LINES} lines" in page("a", many, ["dim", "negatives"], ["loss"])
    assert "the first" not in page("a", many[:MOST_LINES], ["dim", "negatives"], ["loss"]).split("newPlot")[1]
