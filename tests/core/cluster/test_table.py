import csv

import pytest

from w2v_core import Problem, TrainingConfig
from w2v_core.cluster.grid import FIELDS
from w2v_core.cluster.sweep import Outcome
from w2v_core.cluster.table import Table

RUN = TrainingConfig(dim=5, learning_rate=0.1, min_learning_rate=1e-05, batch_tokens=8, dynamic_window=False)
DONE = Outcome({"loss": 2.5, "pairs": 0.75})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "runs.csv"


def table(path, text="0123456789abcdef", over=("dim",), measures=("loss", "pairs")):
    return Table(path, text, over, measures)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_a_run_on_the_disk_as_soon_as_it_is_added(path):
    found = table(path)
    assert rows(path) == []
    found.add(RUN, DONE)
    [row] = rows(path)
    assert list(row)[:5] == ["dim", "seed", "loss", "pairs", "note"]
    assert set(row) == {*FIELDS, "loss", "pairs", "note", "text"}
    assert (row["dim"], row["loss"], row["pairs"], row["note"], row["text"]) == (
        "5",
        "2.5",
        "0.75",
        "",
        "0123456789ab",
    )


def test_what_is_in_the_table_with_the_same_settings_and_text_is_known(path):
    table(path).add(RUN, DONE)
    again = table(path)
    assert not again.mended
    assert again.row_of(RUN)["loss"] == "2.5"
    for name, value in (("dim", 6), ("seed", 2), ("learning_rate", 0.2), ("dynamic_window", True)):
        assert again.row_of(RUN.replace(**{name: value})) is None
    assert table(path, text="another").row_of(RUN) is None
    assert len(rows(path)) == 1


def test_a_table_edited_by_a_spreadsheet_is_still_known(path):
    table(path).add(RUN, DONE)
    text = path.read_text("utf-8")
    assert "1e-05" in text
    path.write_text(text.replace("1e-05", "1.0E-05").replace("False", "FALSE"), "utf-8")
    assert table(path).row_of(RUN)


def test_a_run_that_failed_is_known_by_its_note(path):
    table(path).add(RUN, Outcome({}, 'It "diverged", at once.'))
    assert rows(path)[0]["note"] == 'It "diverged", at once.'
    assert rows(path)[0]["loss"] == ""
    assert table(path).row_of(RUN)["note"]


def test_a_measure_that_was_not_taken_is_taken_and_one_that_has_no_value_is_not_taken_again(path):
    table(path).add(RUN, Outcome({"loss": 2.5}))
    assert rows(path)[0]["pairs"] == "nan"
    assert table(path).row_of(RUN)
    more = table(path, measures=("loss", "pairs", "analogies"))
    assert more.row_of(RUN) is None
    more.add(RUN, Outcome({"loss": 2.5, "analogies": 0.5}))
    [row] = rows(path)
    assert (row["pairs"], row["analogies"]) == ("nan", "0.5")
    assert table(path, measures=("loss", "pairs", "analogies")).row_of(RUN)
    assert table(path).row_of(RUN)


@pytest.mark.parametrize("cut", [1, 2, 20, 120])
def test_a_last_line_that_is_cut_off_is_mended(path, cut):
    first = table(path)
    first.add(RUN, DONE)
    whole = path.read_bytes()
    first.add(RUN.replace(seed=2), DONE)
    end = len(path.read_bytes()) - len(whole)
    assert cut < end
    path.write_bytes(path.read_bytes()[:-cut])
    mended = table(path)
    assert mended.mended
    assert mended.row_of(RUN)
    assert mended.row_of(RUN.replace(seed=2)) is None
    assert path.read_bytes() == whole
    mended.add(RUN.replace(seed=2), DONE)
    assert len(rows(path)) == 2


def test_other_settings_swept_come_first_and_rows_stay(path):
    table(path).add(RUN, DONE)
    table(path, over=("window", "dim")).add(RUN.replace(window=2), DONE)
    assert list(rows(path)[0])[:3] == ["window", "dim", "seed"]
    assert [row["window"] for row in rows(path)] == ["5", "2"]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "hello", "\x00\x01\n", "dim\n"])
def test_another_file_is_refused_and_left(path, text):
    path.write_text(text, "utf-8")
    with pytest.raises(Problem, match=r"runs.csv is no table of a sweep; .* --out"):
        table(path)
    assert path.read_text("utf-8") == text


def test_damage_before_the_end_is_refused_with_its_line(path):
    first = table(path)
    for seed in (1, 2, 3):
        first.add(RUN.replace(seed=seed), DONE)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace("negative_sampling", "nothing")
    path.write_text("".join(lines), "utf-8")
    with pytest.raises(Problem, match="line 3, is no run of a sweep"):
        table(path)
