"""Tables: the delimiter, the names, and the column with the text are found."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Problem, limits
from w2v_core.sources import TextOptions, tables
from w2v_core.sources.intake import Intake
from w2v_core.sources.tables import cells, look


def written(rows, delimiter=","):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return file.getvalue()


def column(text, size=1 << 20, **options):
    pieces = (text[i : i + size] for i in range(0, len(text), size))
    return [
        cell.removesuffix("\n\n") for cell in cells(pieces, TextOptions(**options), "a.csv", Intake("a.csv"))
    ]


ROWS = [["id", "text", "label"], ["1", "A cat, and a dog.", "x"], ["2", 'It said: "no"\nand left.', "y"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_names_and_text_are_found(delimiter):
    table = look(written(ROWS, delimiter), TextOptions(), "a.csv")
    assert (table.delimiter, table.header, table.chosen) == (delimiter, True, 1)
    assert [(c.number, c.name) for c in table.columns] == [(1, "id"), (2, "text"), (3, "label")]
    assert table.columns[1].samples == (ROWS[1][1], ROWS[2][1])
    assert column(written(ROWS, delimiter), size=5) == [ROWS[1][1], ROWS[2][1]]


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=; \n"])
@pytest.mark.parametrize("size", [3, 1 << 20])
def test_a_first_line_may_tell_the_delimiter(line, size):
    rows = [["a,b", "text, too"], ["1,5", "A cat, and a dog."], ["2,5", "One, two"]]
    text = line + written(rows, ";")
    table = look(text, TextOptions(), "a.csv")
    assert (table.delimiter, table.chosen) == (";", 1)
    assert column(text, size, header="yes") == [rows[1][1], rows[2][1]]
    assert column(line + "a word\nmore words\n", size, header="no") == ["a word", "more words"]
    assert column(line, size) == []


def test_a_bar_may_be_told_too():
    assert look("sep=|\na|b c\n1|two words\n", TextOptions(), "a.csv").delimiter == "|"
    assert look("sep=^\na^b c\n1^two words\n", TextOptions(), "a.csv").delimiter == "^"


def test_a_table_without_names_has_numbers():
    table = look(written(ROWS[1:]), TextOptions(), "a.csv")
    assert not table.header
    assert [c.name for c in table.columns] == ["1", "2", "3"]
    assert column(written(ROWS[1:]), column=3) == ["x", "y"]
    assert column(written(ROWS[1:]), column="3") == ["x", "y"]


def test_whether_there_are_names_can_be_told():
    assert column(written(ROWS), header="no")[0] == "text"
    assert column(written(ROWS[1:]), header="yes") == [ROWS[2][1]]


@pytest.mark.parametrize(
    "blank", ["\n" * 60, " \n" * (tables.HEAD), ",,\n" * 60], ids=["lines", "much", "rows"]
)
def test_blank_rows_are_passed_over(blank):
    text = blank + written(ROWS)
    assert column(text, size=1 << 16) == column(blank + written(ROWS)) == [ROWS[1][1], ROWS[2][1]]
    table = look(tables.beginning(iter([text])), TextOptions(), "a.csv")
    assert [c.name for c in table.columns] == ["id", "text", "label"]


@pytest.mark.parametrize("blank", ["", "\n\n\n", " \n\t\n", ",,\n,,\n"])
def test_a_blank_table_has_no_columns(blank):
    assert look(blank, TextOptions(), "a.csv") is None
    assert column(blank) == []


def test_a_number_is_an_index_and_a_string_first_a_name():
    text = written([["2", "1"], ["a", "b c"], ["d", "e f"]])
    assert column(text, column=1, header="yes") == ["a", "d"]
    assert column(text, column="1", header="yes") == ["b c", "e f"]
    assert column(text, column="2", header="yes") == ["a", "d"]


def test_text_with_commas_is_no_table():
    text = "Well, yes, or no.\nOne sentence a line\nA cat, a dog\nNothing\n"
    assert column(text) == text.splitlines()


def test_the_text_is_preferred_to_long_keys():
    rows = [
        ["key", "words"],
        *([f"https://example.org/some/long/address/{i}", "two words"] for i in range(5)),
    ]
    assert look(written(rows), TextOptions(), "a.csv").chosen == 1
    rows = [["key", "词语"], *([f"some-long-key-without-spaces-{i}", "国王在花园里"] for i in range(5))]
    assert look(written(rows), TextOptions(), "a.csv").chosen == 1


@pytest.mark.parametrize("asked", ["nothing", "4", 4])
def test_a_column_that_there_is_not_is_named(asked):
    with pytest.raises(Problem) as refused:
        look(written(ROWS), TextOptions(column=asked), "a.csv")
    assert refused.value.code == "no_column"


def test_a_quote_that_is_never_closed_is_found():
    with pytest.raises(Problem) as refused:
        column(written(ROWS) + '3,"open\n' + "words, words\n" * (limits.LONGEST_CELL // 12))
    assert refused.value.code == "damaged_table"


def test_a_line_without_end_is_no_table(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_CELL", 1000)
    with pytest.raises(Problem) as refused:
        column(written(ROWS) + "words " * 1000, size=100)
    assert (refused.value.code, refused.value.details["line"]) == ("damaged_table", 5)


@given(
    st.lists(
        st.lists(st.text(alphabet="ab ,;\"\n'", min_size=1), min_size=2, max_size=2), min_size=2, max_size=6
    ),
    st.integers(1, 9),
)
def test_what_was_written_is_read(rows, size):
    rows = [["n", "a b"], *rows]
    text = "".join('"' + '","'.join(cell.replace('"', '""') for cell in row) + '"\n' for row in rows)
    assert column(text, size, column=2, header="yes") == [
        row[1] for row in rows[1:] if any(map(str.strip, row))
    ]
