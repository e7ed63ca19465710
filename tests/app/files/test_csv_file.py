import csv
import io

import numpy as np
import pytest

from app.files.csv_file import csv_file


def read(content):
    """Return the commented lines and the table, as a program reads them."""
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    about = [line.rstrip() for line in lines if line.startswith("# ")]
    return about, list(csv.reader(io.StringIO("".join(lines[len(about) :]), newline="")))


def test_settings_stand_above_the_table():
    content = csv_file({"dim": 50, "loss": "softmax"}, ("word", "value"), [("king", 0.5), ("国王", None)])
    assert content.startswith(b"\xef\xbb\xbf# dim: 50\r\n# loss: softmax\r\n")
    about, table = read(content)
    assert about == ["# dim: 50", "# loss: softmax"]
    assert table == [["word", "value"], ["king", "0.5"], ["国王", ""]]


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "\x00=1"])
def test_a_word_is_no_formula(word):
    _, [_, [cell]] = read(csv_file({}, ("word",), [(word,)]))
    assert cell == f"'{word}"


def test_words_with_separators_and_quotes_come_back_as_they_were():
    words = ['a,"b"', "c\nd", "e;f", "g'h"]
    _, [_, *rows] = read(csv_file({}, ("word",), [(word,) for word in words]))
    assert [cell for (cell,) in rows] == words


def test_numbers_stay_numbers():
    numbers = (-0.5, -np.inf, 1e-9, 3)
    _, [_, row] = read(csv_file({}, "abcd", [numbers]))
    assert [float(cell) for cell in row] == list(numbers)


def test_a_title_cannot_leave_its_line_or_its_cell():
    about, table = read(csv_file({"corpus": 'x,=1\r\n"=2";\n# y'}, ("a",), []))
    assert about == ["# corpus: x =1 =2 # y"]
    assert table == [["a"]]
