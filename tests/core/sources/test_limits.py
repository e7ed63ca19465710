"""What a text may be: each limit refuses with its sentence, or leaves out and says so, and the rest is read."""

import dataclasses
import gzip
import io
import re
import zipfile

import pytest

from tests.core.sources.texts import ALL, TEXT, codes, refusal, words, zipped
from w2v_core import Problem, limits
from w2v_core.corpus.pieces import cut
from w2v_core.sources import (
    PROBLEMS,
    Cancelled,
    TextOptions,
    look_at_table,
    preview,
    preview_pasted,
    read,
    read_pasted,
)
from w2v_core.sources.markdown import plain


@pytest.mark.parametrize("mark", ["\u0300\u0316", "\u0f73"], ids=["marks", "a mark that is two"])
@pytest.mark.parametrize("piece", [50, limits.PIECE])
def test_a_run_of_marks_is_cut_short_and_the_word_stays(monkeypatch, mark, piece):
    monkeypatch.setattr(limits, "PIECE", piece)
    text = "one a" + mark * 200 + " two"
    result = read_pasted(text, ALL)
    [[one, marked, two]] = words(result)
    assert (one, marked[0], two) == ("one", "à" if "\u0300" in mark else "a", "two")
    assert len(marked) < 2 * limits.MOST_MARKS + 2
    [notice] = result.notices
    assert notice.code == "many_marks"
    assert notice.details["count"] == len(mark) * 200 - limits.MOST_MARKS


def test_as_many_marks_as_unicode_allows_stay():
    text = "one a" + "\u0316" * limits.MOST_MARKS + " two"
    result = read_pasted(text, ALL)
    assert words(result) == [text.split()]
    assert not result.notices


@pytest.mark.parametrize(
    "text",
    [
        TEXT * 20,
        "one line, without any stop " * 40,
        "国王在花园里走路 王后在宫殿里读书。" * 30,
        "दो शब्द और कुछ और शब्द। " * 30,
        'He said: "No..." She left! ' * 20,
        "so 👩\u200d👩\u200d👧 nice \n\n and so on " * 20,
    ],
)
@pytest.mark.parametrize("punctuation", ["drop", "keep"])
def test_pieces_change_nothing(monkeypatch, text, punctuation):
    options = TextOptions(min_count=1, punctuation=punctuation)
    whole = words(read_pasted(text, options))
    monkeypatch.setattr(limits, "PIECE", 100)
    assert words(read_pasted(text, options)) == whole


def test_a_word_without_end_is_left_out_as_one(monkeypatch):
    monkeypatch.setattr(limits, "PIECE", 1 << 13)
    result = read_pasted("one " + "don't-" * 9000 + "x two", ALL)
    assert words(result) == [["one", "two"]]
    assert [(n.code, n.details["count"]) for n in result.notices] == [("long_words", 1)]


def test_chinese_without_end_is_read_whole(monkeypatch):
    monkeypatch.setattr(limits, "PIECE", 1000)
    text = "国王在花园里走路" * 1000
    assert "".join(words(read_pasted(text, ALL))[0]) == text


def test_a_text_is_cut_at_a_space_that_ends_no_paragraph():
    never = re.compile("(?!)")
    assert cut("one two three", never, 10) == ("one two ", "three", False)
    assert cut("one two \n three", never, 10) == ("one two ", "\n three", False)
    assert cut("one two", never, 10) == ("", "one two", False)


def test_markdown_of_short_lines_counts_each_line_once(monkeypatch):
    looked_at = []

    class Line(str):
        def __len__(self):
            looked_at.append(self)
            return super().__len__()

        def strip(self, *chars):
            return Line(super().strip(*chars))

    monkeypatch.setattr("w2v_core.sources.markdown._lines", lambda pieces: (Line("a") for _ in range(1000)))
    assert "".join(plain([])).split() == ["a"] * 1000
    assert len(looked_at) < 4000


def test_a_zip_of_very_many_files_is_refused_before_its_files_are_listed(monkeypatch):
    many = zipped({f"{i}.txt": TEXT for i in range(4)})
    few = zipped({f"{i}.txt": TEXT for i in range(3)})
    monkeypatch.setattr(limits, "MOST_FILES", 3)
    monkeypatch.setattr(limits, "PIECE", 20)  # of which a directory is longer than two
    assert len(read(few, ALL).facts.files) == 3
    monkeypatch.setattr(zipfile, "ZipInfo", None)
    problem = refusal(many, ALL)
    assert (problem.code, problem.details["most"]) == ("many_files", 3)
    with pytest.raises(Problem) as refused:
        preview(many, ALL)
    assert refused.value.code == "many_files"


def test_a_zip_with_a_huge_directory_is_refused_unread(monkeypatch):
    packed = zipped({f"{'long name ' * 20}{i}.txt": TEXT for i in range(9)})
    monkeypatch.setattr(limits, "PIECE", 500)
    monkeypatch.setattr(limits, "LARGEST_DIRECTORY", 2000)
    assert refusal(packed, ALL).code == "many_files"


def test_reading_can_be_stopped_at_each_file_of_a_zip_even_if_all_are_empty():
    seen = []

    def stop(done, total):
        seen.append(done)
        if len(seen) == 5:
            raise Cancelled

    assert refusal(zipped({f"{i}.txt": "" for i in range(9)}), ALL, progress=stop).code == "cancelled"


def test_a_preview_looks_at_the_first_files_of_a_zip(monkeypatch):
    monkeypatch.setattr(limits, "PREVIEW_FILES", 3)
    packed = zipped({**{f"{i}.txt": "" for i in range(5)}, "last.txt": TEXT})
    assert preview(packed, ALL).facts.files == ("0.txt", "1.txt", "2.txt")
    assert len(read(packed, ALL).facts.files) == 6


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_cannot_be_unpacked_in_bounds_is_refused(tmp_path, method):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr("a.txt", TEXT)
    assert refusal(tmp_path / "a.zip", ALL).code == "zip_method"


def test_a_preview_does_not_read_on_in_a_gzip_out_of_which_nothing_comes(monkeypatch, tmp_path):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXT.encode()) + bytes(8 << 20))
    monkeypatch.setattr(limits, "PREVIEW_LIMIT", 1 << 20)
    with open(path, "rb") as file:
        assert len(preview(file, ALL).sentences) == 3
        assert file.tell() < 4 << 20
        assert len(read(file, ALL).corpus) == 13


def test_a_gzip_of_zeros_and_empty_parts_can_be_stopped():
    calls = []

    def stop(done, total):
        calls.append(done)
        if done > 2 << 20:
            raise Cancelled

    packed = gzip.compress(b"") * 10 + bytes(8 << 20)
    assert refusal(packed, ALL, progress=stop).code == "cancelled"
    assert calls


def test_a_zip_whose_files_lie_on_top_of_each_other_is_damaged():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", TEXT * 50)
        archive.filelist += archive.filelist * 9  # ten entries, one place
    assert refusal(packed.getvalue(), ALL).code == "corrupt_zip"


def test_names_are_shortened_in_sentences():
    result = read(zipped({"a.txt": TEXT, "b" * 60_000 + ".png": b"", "c" * 60_000 + ".txt": TEXT}), ALL)
    assert max(len(notice.message) for notice in result.notices) < 300
    assert max(map(len, result.facts.files)) <= limits.LONGEST_NAME + 1
    wide = ",".join(f"column {i}" for i in range(900)) + "\n" + ",".join("text" for _ in range(900))
    problem = refusal(wide.encode(), dataclasses.replace(ALL, column="x" * 5000), name="a.csv")
    assert problem.code == "no_column"
    assert len(str(problem)) < 500


def test_a_row_of_very_many_lines_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_CELL", 10_000)
    rows = "id,text\n" + "1,some words here\n" * 50
    fine = rows + '2,"' + "one\n" * 2000 + '"\n' + "3,more\n" * 3000
    assert read(fine.encode(), ALL, name="a.csv").corpus.vocabulary.counts[0] >= 2000
    endless = rows + '"xy\n",' * 5000
    assert refusal(endless.encode(), ALL, name="a.csv").code == "damaged_table"


@pytest.mark.parametrize("wide", [",".join("abc" * 4), "a,b\n1,2\n" + "x," * 12])
def test_a_table_has_so_many_columns_at_most(monkeypatch, wide):
    monkeypatch.setattr(limits, "MOST_COLUMNS", 11)
    problem = refusal(wide.encode(), ALL, name="a.csv")
    assert (problem.code, problem.details["most"]) == ("many_columns", 11)
    with pytest.raises(Problem):
        look_at_table(wide.encode(), ALL, name="a.csv")


def test_a_late_line_of_very_many_cells_is_refused_unless_it_may_be_one_cell(monkeypatch):
    monkeypatch.setattr(limits, "MOST_COLUMNS", 11)
    rows = "id,text\n" + "1,some words here\n" * 5000
    monkeypatch.setattr(limits, "PIECE", 1 << 12)
    assert refusal((rows + "x," * 5000 + "\n").encode(), ALL, name="a.csv").code == "many_columns"
    quoted = read((rows + '2,"' + "x, " * 5000 + '"\n').encode(), ALL, name="a.csv")
    assert quoted.corpus.vocabulary.counts[quoted.corpus.vocabulary.id("x")] == 5000


def test_a_text_has_so_many_different_words_at_most(monkeypatch):
    monkeypatch.setattr(limits, "APP_WORDS", 4)
    with pytest.raises(Problem) as refused:
        read_pasted("one two three. four five.", TextOptions())
    assert (refused.value.code, refused.value.details) == ("many_words", {"most": 4})
    assert len(read(b"one two three. four five.", ALL, limit=None).corpus) == 5  # the command line


def test_a_paste_is_refused_before_it_is_encoded():
    class Long(str):
        def __len__(self):
            return limits.APP_LIMIT + 1

        def __getitem__(self, part):
            raise AssertionError("it is looked at")

    with pytest.raises(Problem) as refused:
        read_pasted(Long(), ALL)
    assert refused.value.code == "too_big"
    assert set(refused.value.details) == set(PROBLEMS["too_big"])


def test_the_preview_of_a_paste_encodes_its_beginning(monkeypatch):
    monkeypatch.setattr(limits, "PREVIEW_LIMIT", 20)
    assert preview_pasted("一二三。" * 1000).facts.bytes == 20


def test_of_notices_that_are_alike_the_first_are_given_and_the_others_counted(monkeypatch):
    monkeypatch.setattr(limits, "MOST_NOTICES", 2)
    packed = zipped({f"{i}.txt": "Ärger über Öl. ".encode("cp1252") for i in range(6)})
    result = read(packed, ALL)
    assert codes(result) == ["encoding_guessed", "encoding_guessed", "more_notices"]
    assert result.notices[-1].details == {"count": 4}


def test_an_encoding_that_shows_late_is_recognised():
    text = (
        "plain words " * 5461 + "Король жил в замке и правил страной. " * 60
    )  # the first block is nearly ASCII
    assert read(text.encode("cp1251"), ALL).corpus.vocabulary.id("король") >= 0


def test_half_a_gutenberg_mark_again_and_again_is_a_text():
    text = "*** START OF THE PROJECT GUTENBERG EBOOK " * 800
    assert not read_pasted(text, ALL).notices
