"""A part of a file, and a file despite some faults."""

import io
import tracemalloc
from contextlib import contextmanager

import numpy as np
import pytest

from tests.core.vectors.vector_samples import embed, random_embeddings
from w2v_core import Embeddings, Problem, Vocabulary, limits, load_vectors, save_vectors
from w2v_core.vectors.formats import FORMATS

WORDS = [f"w{i}" for i in range(20)]
ONE = np.float32(1).tobytes()


def saved(format, embeddings):
    file, metadata = io.BytesIO(), io.BytesIO()
    save_vectors(embeddings, file, format, metadata=metadata)
    return file.getvalue(), metadata.getvalue() or None


def code(data, **options):
    with pytest.raises(Problem) as refused:
        load_vectors(data, **options)
    return refused.value.code


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("first", [1, 7, 20, 99])
def test_the_first_words_alone(format, first):
    whole = random_embeddings(WORDS, 5)
    data, metadata = saved(format, whole)
    loaded = load_vectors(data, format, metadata=metadata, first=first)
    assert loaded.vocabulary.words == tuple(WORDS[:first])
    np.testing.assert_array_equal(loaded.vectors, whole.vectors[:first])
    assert loaded.faults.count == 0
    if format == "npz":
        np.testing.assert_array_equal(loaded.output_vectors, whole.output_vectors[:first])
    if format in ("npz", "projector"):
        assert loaded.vocabulary.counts.tolist() == list(range(20, 0, -1))[:first]


@pytest.mark.parametrize("format", FORMATS)
def test_the_first_words_of_a_file_that_is_too_large_or_damaged_further_on(format):
    data, metadata = saved(format, random_embeddings([f"w{i}" for i in range(4000)], 50))
    assert code(data, format=format, metadata=metadata, limit=100_000) == "vectors_too_big"
    assert len(load_vectors(data, format, metadata=metadata, limit=100_000, first=100)) == 100
    if format != "npz":  # whose directory is at its end
        assert len(load_vectors(data[: len(data) // 2], format, metadata=metadata, first=100)) == 100


MANY = 4_000_000  # bytes, or numbers: far more than the limit


@pytest.mark.parametrize(
    ("arrays", "expected"),
    [
        ({"words": np.zeros(MANY, np.uint8)}, "npz_array"),
        ({"words": np.zeros(MANY, np.uint8), "word_ends": [1, 2, MANY]}, "vectors_too_big"),
        ({"vectors": np.zeros((3, MANY), np.float32)}, "vectors_too_big"),
        ({"vectors": np.zeros((3, MANY // 80), np.float64)}, "vectors_too_big"),
        ({"output_vectors": np.asfortranarray(np.zeros((MANY, 2), np.float32))}, "vectors_too_big"),
    ],
    ids=["spare letters", "letters", "dimensions", "doubles", "nodes"],
)
def test_an_archive_is_weighed_before_it_is_read_with_first_words_as_without(arrays, expected, monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_VECTOR", MANY)
    sound = {
        "vectors": np.ones((3, 2), np.float32),
        "words": np.frombuffer(b"abc", np.uint8),
        "word_ends": [1, 2, 3],
        "counts": [3, 2, 1],
    }
    file = io.BytesIO()
    np.savez_compressed(file, **sound | arrays)
    with taking_no_more_than(3 << 20):
        assert code(file.getvalue(), first=5, limit=1 << 20) == expected
        assert code(file.getvalue(), limit=1 << 20) == expected


def test_rows_that_lie_all_over_an_array_are_weighed_with_the_whole_of_it():
    V = 20_000
    file = io.BytesIO()
    np.savez_compressed(
        file,
        vectors=np.asfortranarray(np.ones((V, 50), np.float32)),
        words=np.frombuffer(b"".join(b"%05d" % i for i in range(V)), np.uint8),
        word_ends=np.arange(5, 5 * V + 1, 5),
        counts=np.ones(V, np.int64),
    )
    with taking_no_more_than(3 << 20):
        assert code(file.getvalue(), first=5, limit=1 << 20) == "vectors_too_big"
    loaded = load_vectors(file.getvalue(), first=5, limit=5 << 20)
    assert (loaded.vocabulary.words[-1], loaded.vectors.shape) == ("00004", (5, 50))


@contextmanager
def taking_no_more_than(most):
    """Fail where more memory is taken than these bytes."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def test_the_nodes_of_a_tree_are_kept_whatever_words_are():
    nodes = embed(["a", "b", "c"], np.eye(3), np.ones((2, 3)))
    data, _ = saved("npz", nodes)
    assert load_vectors(data, first=1).output_vectors.shape == (2, 3)


def test_first_is_a_number_of_words():
    assert code(b"a 1\n", first=0) == "bad_setting"
    assert code(b"a 1\n", errors="ignore") == "bad_setting"


@pytest.mark.parametrize(
    ("data", "name", "words", "codes"),
    [
        (b"4 1\na 1\nb\xff 2\nc 3\nd 4\n", "a.txt", "acd", ["not_utf8_line"]),
        (b"4 1\na 1\nb 2\na 3\nd 4\n", "a.txt", "abd", ["duplicate_word_line"]),
        (b"3 1\na 1\nb 2\n", "a.txt", "ab", ["too_few_rows"]),
        (b"1 1\na 1\nb 2\nc 3\n", "a.txt", "abc", ["too_many_rows"]),
        (b"3 2\na 1 2\nb 2\nc 3 4\n", "a.txt", "ac", ["wrong_columns"]),
        (b"3 1\na 1\nb x\nc 3\n", "a.txt", "ac", ["not_a_number"]),
        (b"3 1\na 1\nb nan\nc 3\n", "a.txt", "ac", ["bad_value_line"]),
        (b"3 1\na 1\nb 2\n 3\n", "a.txt", "ab", ["bad_word_line"]),
        (b"3 1\na 1\nb 2\nc 3", "a.txt", "ab", ["unfinished_line", "too_few_rows"]),
        (b"a 1\nb\xff 2\nc 3\na 4\n", "a.glove", "ac", ["not_utf8_line", "duplicate_word_line"]),
        (b"3 1\na " + ONE + b"b\xff " + ONE + b"c " + ONE, "a.bin", "ac", ["not_utf8_row"]),
        (b"3 1\na " + ONE + b"a " + ONE + b"c " + ONE, "a.bin", "ac", ["duplicate_word_row"]),
        (b"3 1\na " + ONE + b"c " + ONE, "a.bin", "ac", ["cut_off"]),
        (b"1 1\na " + ONE + b"c " + ONE, "a.bin", "a", ["trailing_bytes"]),
    ],
)
def test_a_file_is_opened_despite_a_few_faults_that_are_told(data, name, words, codes):
    assert code(data, name=name) == codes[0]
    loaded = load_vectors(data, name=name, errors="skip")
    assert loaded.vocabulary.words == tuple(words)
    assert len(loaded.vectors) == len(words)
    assert loaded.faults.count == len(codes)
    assert [problem.code for problem in loaded.faults.first] == codes
    assert f"{len(codes)} fault" in str(loaded.faults)
    assert str(loaded.faults.first[0]) in str(loaded.faults)


def test_what_belongs_to_a_word_goes_with_it():
    loaded = load_vectors(b"1\t1\n2\t2\n3\t3\n", metadata=b"word\tcount\na\t9\na\t8\nc\t7\n", errors="skip")
    assert (loaded.vocabulary.words, loaded.vocabulary.counts.tolist()) == (("a", "c"), [9, 7])
    assert loaded.vectors.tolist() == [[1, 1], [3, 3]]
    loaded = load_vectors(b"1\t1\nnan\t2\n3\t3\n", metadata=b"word\tcount\na\t9\nb\t8\nc\t7\n", errors="skip")
    assert (loaded.vocabulary.words, loaded.vocabulary.counts.tolist()) == (("a", "c"), [9, 7])


def test_an_archive_of_arrays_despite_its_faults():
    file = io.BytesIO()
    np.savez(
        file,
        vectors=np.array([[1, 0], [np.nan, 0], [3, 0], [4, 0], [5, 0], [6, 0]], np.float32),
        output_vectors=np.arange(12, dtype=np.float32).reshape(6, 2),
        words=np.frombuffer(b"ab\xffade", np.uint8),
        word_ends=np.arange(1, 7),
        counts=[6, 5, 4, 3, 2, 1],
    )
    loaded = load_vectors(file.getvalue(), errors="skip")
    assert loaded.vocabulary.words == ("a", "d", "e")
    assert loaded.vocabulary.counts.tolist() == [6, 2, 1]
    assert loaded.vectors.tolist() == [[1, 0], [5, 0], [6, 0]]
    assert loaded.output_vectors.tolist() == [[0, 1], [8, 9], [10, 11]]
    assert [problem.code for problem in loaded.faults.first] == [
        "bad_value_row",
        "not_utf8_row",
        "duplicate_word_row",
    ]


def an_archive_with_outputs(outputs):
    file = io.BytesIO()
    save_vectors(embed(["a", "b", "c"], np.eye(3), np.ones((len(outputs), 3))), file, "npz")
    arrays = dict(np.load(io.BytesIO(file.getvalue()))) | {"output_vectors": np.array(outputs, np.float32)}
    np.savez(file := io.BytesIO(), **arrays)
    return file.getvalue()


def test_a_word_whose_output_vector_cannot_be_is_passed_over():
    data = an_archive_with_outputs([[1, 1, 1], [2, np.inf, 2], [3, 3, 3]])
    assert code(data) == "bad_value_row"
    loaded = load_vectors(data, errors="skip")
    assert loaded.vocabulary.words == ("a", "c")
    assert loaded.output_vectors.tolist() == [[1, 1, 1], [3, 3, 3]]
    assert [problem.code for problem in loaded.faults.first] == ["bad_value_row"]


def test_of_an_archive_the_first_are_rows():
    data = an_archive_with_outputs([[1, 1, 1], [2, np.inf, 2], [3, 3, 3]])
    assert load_vectors(data, first=2, errors="skip").vocabulary.words == ("a",)
    assert load_vectors(data, first=1).vocabulary.words == ("a",)


def test_a_node_that_cannot_be_belongs_to_no_word():
    data = an_archive_with_outputs([[1, 1, 1], [2, np.inf, 2]])
    assert code(data) == code(data, errors="skip") == "bad_value_row"


@pytest.mark.parametrize("bad", ["nan", "1e99", "2e15"])
def test_words_that_are_passed_over_are_none_of_the_first(bad):
    text = f"5 2\na 1 1\nb {bad} 2\nc 3 3\nd 4 -{bad}\ne 9e14 9e14\n".encode()
    for data, name in ((text, "v.txt"), (text.split(b"\n", 1)[1], "v.glove")):
        loaded = load_vectors(data, name=name, first=3, errors="skip")
        assert loaded.vocabulary.words == ("a", "c", "e")
        assert loaded.faults.count == 2
        assert len(load_vectors(data, name=name, first=2, errors="skip")) == 2
    np.testing.assert_array_equal(loaded.vectors[2], np.float32([9e14, 9e14]))


@pytest.mark.parametrize(
    "data", [b"3 3\na 1 2\nb 1 2\nc 1 2\n", b"3 2\na 1 2\na 3 4\na 4 5\n", b"1 1\n\xff 1\n"]
)
def test_a_file_of_more_faults_than_words_is_refused(data):
    assert code(data, name="a.txt", errors="skip") == code(data, name="a.txt")


def test_tables_that_do_not_belong_together_are_never_passed_over():
    assert code(b"1\t2\n3\t4\n", metadata=b"a\n", errors="skip") == "rows_differ"


@pytest.mark.parametrize(
    ("words", "counts"),
    [(b"a\nb\nc\n", False), (b"word\na\nb\nc\n", False), (b"word\tcount\na\t3\nb\t2\nc\t1\n", True)],
)
@pytest.mark.parametrize("cut", [(True, False), (False, True), (True, True)])
def test_a_last_line_without_an_end_is_passed_over_in_both_tables(words, counts, cut):
    numbers = b"1\t2\n3\t4\n5\t6\n"
    numbers, words = (
        table[: len(table) - shorter] for table, shorter in zip((numbers, words), cut, strict=True)
    )
    assert code(numbers, metadata=words) == "unfinished_line"
    loaded = load_vectors(numbers, metadata=words, errors="skip")
    assert (loaded.vocabulary.words, loaded.vectors.tolist()) == (("a", "b"), [[1, 2], [3, 4]])
    assert [problem.code for problem in loaded.faults.first] == ["unfinished_line"] * sum(cut)
    assert not counts or loaded.vocabulary.counts.tolist() == [3, 2]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [(b"1\t2\n3\t4", b"a\nb\nc\n"), (b"1\t2\n3\t4\n5\t6\n", b"a\nb"), (b"1\t2\n3\t4\n", b"a\nb\nc")],
)
def test_a_line_without_an_end_counts_as_one(numbers, words):
    assert code(numbers, metadata=words, errors="skip") == "rows_differ"


def test_very_many_faults_are_counted_and_the_first_kept():
    lines = b"".join(b"w%d 1\n" % i + b"w%d 1\n" % i for i in range(100))
    loaded = load_vectors(lines, name="a.glove", errors="skip")
    assert (len(loaded), loaded.faults.count) == (100, 100)
    assert [problem.details["line"] for problem in loaded.faults.first] == [2, 4, 6, 8, 10]


def test_vectors_of_no_file_have_no_faults():
    vectors = Embeddings(Vocabulary(["a"], [1]), np.ones((1, 2), np.float32))
    assert (vectors.faults.count, str(vectors.faults)) == (0, "")
