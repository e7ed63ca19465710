"""Round trips through every format, and both ways with gensim."""

from __future__ import annotations

import gzip
import io
import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.core.vectors.vector_samples import ODD_WORDS, KeyedVectors, embed, in_gensim, random_embeddings
from w2v_core import Embeddings, Problem, Vocabulary
from w2v_core.vectors.files import BLOCK
from w2v_core.vectors.formats import FORMATS, load_vectors, save_vectors

NAMES = {
    "word2vec_text": "a.txt",
    "word2vec_binary": "a.bin",
    "glove": "a.glove",
    "npz": "a.npz",
    "projector": "vectors.tsv",
}


@pytest.fixture
def embeddings():
    return random_embeddings(ODD_WORDS, 7)


def assert_equal(loaded: Embeddings, saved: Embeddings) -> None:
    assert loaded.vocabulary.words == saved.vocabulary.words
    assert loaded.vectors.dtype == np.float32
    assert loaded.vectors.tobytes() == saved.vectors.tobytes()
    assert not loaded.vectors.flags.writeable


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("format", FORMATS)
def test_round_trip_through_files(embeddings, tmp_path, format, packed):
    path = tmp_path / (NAMES[format] + ".gz" * packed)
    save_vectors(embeddings, path)
    assert (path.read_bytes()[:2] == b"\x1f\x8b") == packed
    assert_equal(load_vectors(path), embeddings)
    assert_equal(load_vectors(str(path), format), embeddings)


words_of = {
    "npz": st.characters(exclude_categories=["Cs"]),
    "projector": st.characters(exclude_categories=["Cs"], exclude_characters="\t\n"),
}
separated = st.characters(exclude_categories=["Cs"], exclude_characters=" \n")
finite = st.floats(np.float32(-1e15), np.float32(1e15), width=32)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=50, deadline=None, derandomize=True)
@given(data=st.data())
def test_round_trip_of_any_words_and_numbers(format, data):
    word = st.text(words_of.get(format, separated), min_size=1, max_size=5)
    words = data.draw(st.lists(word, min_size=1, max_size=6, unique=True))
    if format == "glove" and words[0].startswith("\ufeff"):
        words[0] = "x" + words[0]
    words = list(dict.fromkeys(words))
    shape = st.tuples(st.just(len(words)), st.integers(1, 4))
    embeddings = embed(words, data.draw(hnp.arrays(np.float32, shape, elements=finite)))

    file, metadata = io.BytesIO(), io.BytesIO()
    save_vectors(embeddings, file, format, metadata=metadata)
    loaded = load_vectors(file.getvalue(), format, name="x", metadata=metadata.getvalue() or None)
    assert_equal(loaded, embeddings)


@pytest.mark.parametrize("binary", [False, True])
def test_gensim_reads_ours(embeddings, tmp_path, binary):
    path = tmp_path / ("a.bin" if binary else "a.txt")
    save_vectors(embeddings, path)
    theirs = KeyedVectors.load_word2vec_format(str(path), binary=binary)
    assert tuple(theirs.index_to_key) == embeddings.vocabulary.words
    assert theirs.vectors.tobytes() == embeddings.vectors.tobytes()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # gensim leaves a file open
def test_gensim_reads_our_glove(embeddings, tmp_path):
    save_vectors(embeddings, tmp_path / "a.glove")
    theirs = KeyedVectors.load_word2vec_format(str(tmp_path / "a.glove"), no_header=True)
    assert tuple(theirs.index_to_key) == embeddings.vocabulary.words
    assert theirs.vectors.tobytes() == embeddings.vectors.tobytes()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("binary", [False, True])
def test_we_read_gensims(embeddings, tmp_path, binary, packed):
    path = tmp_path / (("a.bin" if binary else "a.txt") + ".gz" * packed)
    in_gensim(embeddings).save_word2vec_format(str(path), binary=binary)
    loaded = load_vectors(path)
    assert_equal(loaded, embeddings)
    assert loaded.vocabulary.counts.tolist() == list(range(len(ODD_WORDS), 0, -1))
    assert not loaded.vocabulary.counted


def test_binary_rows_may_end_with_a_line_feed(embeddings):
    """As word2vec.c writes them; gensim does not."""
    data = b"12 7\n" + b"".join(
        word.encode() + b" " + row.tobytes() + b"\n"
        for word, row in zip(embeddings.vocabulary.words, embeddings.vectors, strict=True)
    )
    assert_equal(load_vectors(data, name="a.bin"), embeddings)


@pytest.mark.parametrize("numbers", [b"1 \xff?", b"5\n\x00?", b"WW~W"])
def test_binary_numbers_may_begin_like_text(numbers):
    loaded = load_vectors(b"1 1\na " + numbers, name="a.bin")
    assert loaded.vectors.tobytes() == numbers


def test_lines_may_end_as_word2vec_and_windows_end_them():
    expected = embed(["a", "b"], [[1, 2], [3, 4]])
    assert_equal(load_vectors(b"2 2\na 1 2 \nb 3 4 \n"), expected)  # word2vec.c and fastText
    assert_equal(load_vectors(b"\xef\xbb\xbf2 2\r\na 1 2\r\nb 3 4\r\n\r\n"), expected)


@pytest.mark.parametrize("word", ["\r", "\t", "1\t", "1\t2", "3"])
def test_glove_of_one_dimension_is_not_taken_for_something_else(word):
    file = io.BytesIO()
    save_vectors(embed([word], [[2]]), file, "glove")
    assert_equal(load_vectors(file.getvalue()), embed([word], [[2]]))


def test_words_may_hold_blanks_where_a_header_says_how_many_numbers_there_are():
    loaded = load_vectors(b"2 2\nmy name 0.1 0.5\nking 3 4\n")
    assert_equal(loaded, embed(["my name", "king"], [[0.1, 0.5], [3, 4]]))
    assert load_vectors(b"2 1\nking 3\na b c 4\n", name="a.txt").vocabulary.words == ("king", "a b c")


def test_a_table_may_hold_each_word_before_its_numbers(tmp_path):
    expected = embed(["king", "New York", "1"], [[0.1, 0.5], [3, 4], [5, 6]])
    table = b"king\t0.1\t0.5\nNew York\t3\t4\n1\t5\t6\n"
    for name in (None, "a.tsv", "a.dat"):
        assert_equal(load_vectors(table, name=name), expected)
    (tmp_path / "vectors.tsv").write_bytes(table)
    (tmp_path / "metadata.tsv").write_bytes(b"not\nwanted\nhere\n")
    assert_equal(load_vectors(tmp_path / "vectors.tsv"), expected)
    # A number can be a word, too, unless there is a table of words.
    assert load_vectors(b"1\t5\t6\nking\t0.1\t0.5\n").vocabulary.words == ("1", "king")
    with pytest.raises(Problem, match="line 2"):
        load_vectors(b"1\t5\t6\nking\t0.1\t0.5\n", metadata=b"a\nb\n")


@pytest.mark.parametrize(
    ("metadata", "column", "words"),
    [
        (b"Index\tLabel\n0\tking\n1\tqueen\n", None, ("king", "queen")),
        (b"Index\tLabel\n0\tking\n1\tqueen\n", "index", ("0", "1")),
        (b"Index\tLabel\n0\tking\n1\tqueen\n", "1", ("0", "1")),
        (b"no\tWort\tart\n0\tking\tm\n1\tqueen\tf\n", None, ("king", "queen")),
        (b"no\tWort\tart\n0\t1984\tx\n1\tqueen\tf\n", None, ("1984", "queen")),
        (b"no\tWort\tart\n0\tking\tm\n1\tqueen\tf\n", "ART", ("m", "f")),
        (b"no\tsize\n0\t7\n1\t8\n", None, ("0", "1")),
        (b"kind\tTOKEN\nm\tking\nf\tqueen\n", None, ("king", "queen")),
        (b"word\nking\nqueen\n", None, ("king", "queen")),
        (b"Label\r\nking\r\nqueen\r\n", None, ("king", "queen")),
        (b"word\nqueen\n", None, ("word", "queen")),
        (b"king\nqueen\n", None, ("king", "queen")),
    ],
)
def test_the_column_of_words_is_found_or_chosen(metadata, column, words):
    numbers = b"1\t2\n3\t4\n"
    for pack in (bytes, gzip.compress):
        loaded = load_vectors(pack(numbers), metadata=pack(metadata), column=column)
        assert loaded.vocabulary.words == words
        assert loaded.vectors.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("data", "options", "unused"),
    [
        (b"king\t1\t2\nqueen\t3\t4\n", {"metadata": b"a\nb\n"}, "metadata"),
        (b"king\t1\t2\nqueen\t3\t4\n", {"column": "word"}, "column"),
        (b"2 1\nking 1\nqueen 2\n", {"metadata": b"a\nb\n", "column": "1"}, "metadata"),
        (b"king 1\nqueen 2\n", {"column": "1"}, "column"),
    ],
)
def test_what_is_said_of_words_that_are_not_apart_is_refused(data, options, unused):
    with pytest.raises(Problem) as info:
        load_vectors(data, **options)
    assert (info.value.code, info.value.details["option"]) == ("unused_option", unused)


def test_the_only_column_is_the_one_that_is_chosen():
    numbers, words = b"1\t2\n3\t4\n", b"word\nking\nqueen\n"
    for column in ("word", "1"):
        assert load_vectors(numbers, metadata=words, column=column).vocabulary.words == ("king", "queen")
    for column in ("label", "2"):
        with pytest.raises(Problem) as info:
            load_vectors(numbers, metadata=words, column=column)
        assert (info.value.code, info.value.details["columns"]) == ("no_word_column", ("word",))


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    for column in ("word", "0", "3", "9" * 5000):
        with pytest.raises(Problem) as info:
            load_vectors(b"1\t2\n", metadata=b"Index\tLabel\n0\tking\n", column=column)
        assert info.value.code == "no_word_column"
        assert info.value.details["columns"] == ("Index", "Label")
        assert len(str(info.value)) < 200


def test_glove_words_may_hold_spaces():
    loaded = load_vectors(b"the 1 2\n. . . 3 4\nat name@domain.com 5 6\n")
    assert loaded.vocabulary.words == ("the", ". . .", "at name@domain.com")


def test_blocks_larger_than_one_read():
    """Rows that a block's end cuts through, in both word2vec formats."""
    words = [f"word{i}" for i in range(1500)]
    embeddings = random_embeddings(words, 211)
    assert embeddings.vectors.nbytes > BLOCK
    for format in ("word2vec_text", "word2vec_binary"):
        file = io.BytesIO()
        save_vectors(embeddings, file, format)
        assert_equal(load_vectors(file.getvalue()), embeddings)


def test_npz_forgets_nothing(tmp_path):
    embeddings = Embeddings(
        Vocabulary(["b", "a"], [7, 7]), np.eye(2, dtype=np.float32), np.ones((1, 2), dtype=np.float32)
    )
    save_vectors(embeddings, tmp_path / "a.npz")
    loaded = load_vectors(tmp_path / "a.npz")
    assert loaded.vocabulary.counts.tolist() == [7, 7]
    assert loaded.vocabulary.counted
    assert loaded.output_vectors.tolist() == [[1, 1]]
    with np.load(tmp_path / "a.npz", allow_pickle=False) as arrays:
        assert bytes(arrays["words"]) == b"ba"
        assert sorted(arrays) == ["counts", "output_vectors", "vectors", "word_ends", "words"]


def test_projector_writes_no_ranks_for_counts(tmp_path):
    ranked = load_vectors(b"word 1 2\nking 3 4\n", "glove", name="v.txt")
    assert not ranked.vocabulary.counted
    save_vectors(ranked, tmp_path / "vectors.tsv")
    assert (tmp_path / "metadata.tsv").read_bytes() == b"word\nking\n"
    loaded = load_vectors(tmp_path / "vectors.tsv")
    assert loaded.vocabulary.words == ("word", "king")
    assert not loaded.vocabulary.counted


def test_projector_keeps_counts_and_reads_a_single_column(tmp_path):
    embeddings = Embeddings(Vocabulary(["b c", "a"], [9, 2]), np.eye(2, dtype=np.float32))
    save_vectors(embeddings, tmp_path / "my_vectors.tsv")
    assert (tmp_path / "my_metadata.tsv").read_text() == "word\tcount\nb c\t9\na\t2\n"
    assert (tmp_path / "my_vectors.tsv").read_text() == "1.0\t0.0\n0.0\t1.0\n"
    kept = load_vectors(tmp_path / "my_vectors.tsv").vocabulary
    assert (kept.counts.tolist(), kept.counted) == ([9, 2], True)
    loaded = load_vectors(b"1\t0\n0\t1\n", metadata=b"b c\na\n")
    assert_equal(loaded, embeddings)
    assert loaded.vocabulary.counts.tolist() == [2, 1]


def test_text_is_the_shortest_that_reads_back(tmp_path):
    save_vectors(embed(["a"], [[0.1, 1e-20, 3]]), tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text() == "1 3\na 0.1 1e-20 3.0\n"


def test_open_files_stay_open_and_names_decide(embeddings):
    file = io.BytesIO()
    save_vectors(embeddings, file, "word2vec_binary")
    file.seek(0)
    file.name = "upload.bin"
    assert_equal(load_vectors(file), embeddings)
    assert not file.closed
    packed = gzip.compress(file.getvalue())
    assert_equal(load_vectors(packed, name="upload.bin.gz"), embeddings)


def test_a_failed_save_leaves_the_old_file(embeddings, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        save_vectors(embeddings, path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("format", "word", "able"),
    [
        ("word2vec_text", "New York", ("npz", "projector")),
        ("word2vec_binary", "a\nb", ("npz",)),
        ("glove", "\ufeffthe", ("word2vec_text", "word2vec_binary", "npz", "projector")),
        ("projector", "a\tb", ("word2vec_text", "word2vec_binary", "glove", "npz")),
        ("npz", "", ()),
        ("npz", "half a pair: \ud83d", ()),
    ],
)
def test_words_that_a_format_cannot_hold(format, word, able):
    file = io.BytesIO()
    with pytest.raises(Problem) as info:
        save_vectors(embed([word, "b"], np.eye(2)), file, format, metadata=io.BytesIO())
    assert info.value.code == "unwritable_word"
    assert info.value.details == {"format": format, "word": word, "able": able}
    assert (".npz" in str(info.value)) == bool(able)
    assert file.getvalue() == b""


def test_nothing_is_saved_that_could_not_be_loaded(tmp_path):
    for vectors, code in (([[1], [np.nan]], "bad_value_row"), (np.empty((2, 0)), "no_vectors")):
        with pytest.raises(Problem) as info:
            save_vectors(embed(["a", "b"], vectors), tmp_path / "a.txt")
        assert info.value.code == code
    assert os.listdir(tmp_path) == []


def test_saving_needs_a_format(embeddings, tmp_path):
    for target, format, code in (
        (tmp_path / "a.dat", None, "format_needed"),
        (io.BytesIO(), None, "format_needed"),
        (tmp_path / "a.txt", "xml", "bad_setting"),
        (io.BytesIO(), "projector", "metadata_missing"),
    ):
        with pytest.raises(Problem) as info:
            save_vectors(embeddings, target, format)
        assert info.value.code == code


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("format", ["word2vec_text", "word2vec_binary", "glove", "npz"])
def test_loading_tells_how_far_it_is_and_can_be_stopped(format, packed):
    file = io.BytesIO()
    save_vectors(random_embeddings([f"word{i}" for i in range(3000)], 200), file, format)
    data = gzip.compress(file.getvalue(), 1) if packed else file.getvalue()
    told = []
    loaded = load_vectors(data, format, progress=lambda done, total: told.append((done, total)))
    assert len(loaded) == 3000
    assert {total for _, total in told} == {len(data)}
    assert max(told)[0] == len(data)
    assert 1 < len(told) < 50

    def stop(done, total):
        raise Problem("cancelled", "Stopped.")

    with pytest.raises(Problem, match="Stopped"):
        load_vectors(data, format, progress=stop)
