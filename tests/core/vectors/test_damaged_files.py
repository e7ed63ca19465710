"""A damaged, truncated or mislabelled file is one Problem that says where; it never loads something wrong."""

from __future__ import annotations

import gzip
import io
import pickle
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.vectors.vector_samples import ODD_WORDS, random_embeddings
from w2v_core import Problem
from w2v_core.vectors.formats import FORMATS, load_vectors, save_vectors

F1 = np.float32(1).tobytes()
NAN = np.float32(np.nan).tobytes()
SAMPLE = random_embeddings(ODD_WORDS, 3)


def saved(format: str) -> tuple[bytes, bytes | None]:
    file, metadata = io.BytesIO(), io.BytesIO()
    save_vectors(SAMPLE, file, format, metadata=metadata)
    return file.getvalue(), metadata.getvalue() or None


def problem(source, *args, **options) -> Problem:
    with pytest.raises(Problem) as info:
        load_vectors(source, *args, **options)
    assert str(info.value)
    return info.value


@pytest.mark.parametrize(
    ("text", "code", "details"),
    [
        (b"2 2\na 1 2\nb 3\n", "wrong_columns", {"line": 3, "found": 1, "expected": 2}),
        (b"2 2\na 1 2 3\nb 3 4\n", "wrong_columns", {"line": 2, "found": 3, "expected": 2}),
        (b"2 2\na 1 2\nb 3 x4\n", "not_a_number", {"line": 3, "text": "x4"}),
        (b"1 1\na 1_0\n", "not_a_number", {"line": 2, "text": "1_0"}),
        (b"3 2\na 1 2\nb 3 4\n", "too_few_rows", {"promised": 3, "found": 2, "line": 3}),
        (b"1 2\na 1 2\nb 3 4\n", "too_many_rows", {"promised": 1, "line": 3}),
        (b"2 2\na 1 2\na 3 4\n", "duplicate_word_line", {"line": 3, "word": "a"}),
        (b"2 2\na 1 2\nb 3 nan\n", "bad_value_line", {"line": 3}),
        (b"2 2\na 1 -inf\nb 3 4\n", "bad_value_line", {"line": 2, "value": -np.inf}),
        (b"2 2\n\na 1 2\n\nb 3 1e99\n", "bad_value_line", {"line": 5, "value": np.inf}),
        (b"2 2\na 1 2\nb\xff 3 4\n", "not_utf8_line", {"line": 3}),
        (b"2 2\na 1 2\n 3 4\n", "bad_word_line", {"line": 3}),
        (b"2 2\na 1 2\nb 3 4", "unfinished_line", {"line": 3}),
        (b"\x00\x1f\x8b \xff\n", "unknown_format", {}),
        (b"0 2\n", "no_vectors", {}),
        (b"2 99999999\na 1 2\nb 3 4\n", "too_many_dimensions", {"dim": 99999999, "most": 65536}),
        (b"10000000 2\na 1 2\n", "too_few_rows", {"promised": 10**7, "found": 1}),
        (b"1000000000000 2\na 1 2\n", "too_many_vectors", {"most": 20_000_000}),
        (b"two 2\na 1 2\n", "wrong_columns", {"line": 2, "found": 2, "expected": 1}),  # read as GloVe
        (b"a 1 2\nb 3\n", "wrong_columns", {"line": 2, "found": 1, "expected": 2}),
        (b"a 1 2\nb 3 3 4\n", "wrong_columns", {"line": 2, "found": 3, "expected": 2}),
        (b"a 1 2\nb 3 4", "unfinished_line", {"line": 2}),
    ],
)
def test_text_problems_name_the_line(text, code, details):
    found = problem(text, name="a.txt")
    assert found.code == code
    assert {key: found.details[key] for key in details} == details
    assert found.details["name"] == "a.txt"


@pytest.mark.parametrize(
    ("data", "code", "details"),
    [
        (b"2 1\na " + F1 + b"b " + F1[:3], "cut_off", {"promised": 2, "found": 1, "byte": 15}),
        (b"2 1\na " + F1, "cut_off", {"promised": 2, "found": 1, "byte": 10}),
        (b"10000000 1\na " + F1, "cut_off", {"promised": 10**7, "found": 1}),
        (b"1000000000000 1\na " + F1, "too_many_vectors", {}),
        (b"1 1\na " + F1 + b"b " + F1, "trailing_bytes", {"promised": 1, "byte": 10}),
        (b"2 1\na " + F1 + b"a " + F1, "duplicate_word_row", {"row": 2, "word": "a"}),
        (b"2 1\na " + F1 + b"b " + NAN, "bad_value_row", {"row": 2}),
        (b"2 1\na " + F1 + b"\xff " + F1, "not_utf8_row", {"row": 2}),
        (b"2 1\na " + F1 + b"\n " + F1, "bad_word_row", {"row": 2}),
        (b"2 1\na " + F1 + b"x" * (3 << 20), "bad_word_row", {"row": 2}),
        (b"1 99999999\na " + F1, "too_many_dimensions", {}),
        (b"2 1\n", "cut_off", {"promised": 2, "found": 0, "byte": 4}),
    ],
)
def test_binary_problems_name_the_row_or_byte(data, code, details):
    found = problem(data, name="a.bin")
    assert found.code == code
    assert {key: found.details[key] for key in details} == details


@pytest.mark.parametrize(
    ("vectors", "metadata", "code"),
    [
        (b"1\t2\n3\n", b"a\nb\n", "wrong_columns"),
        (b"1\t2\n3\tx\n", b"a\nb\n", "not_a_number"),
        (b"1\t2\n3\t4\n", b"a\n", "rows_differ"),
        (b"1\t2\n", b"a\nb\n", "rows_differ"),
        (b"1\t2\n", b"", "rows_differ"),
        (b"1\t2\n3\t4\n", b"a\na\n", "duplicate_word_line"),
        (b"1\t2\n", b"word\tcount\na\n", "wrong_columns"),
        (b"1\t2\n", b"word\tcount\na\t-1\n", "bad_count_line"),
        (b"1\t2\n", None, "metadata_missing"),
        (b"king\t1\t2", None, "unfinished_line"),  # a table of words of its own
        (b"7\t1\t2\nking\t1\t2", None, "unfinished_line"),
    ],
)
def test_projector_problems(vectors, metadata, code):
    found = problem(vectors, name="vectors.tsv", metadata=metadata)
    assert found.code == code


def test_projector_words_are_looked_for_beside(tmp_path):
    (tmp_path / "vectors.tsv").write_bytes(b"1\t2\n")
    assert problem(tmp_path / "vectors.tsv").code == "metadata_missing"


GOOD = {
    "vectors": np.eye(2, dtype=np.float32),
    "words": np.frombuffer(b"ab", dtype=np.uint8),
    "word_ends": np.array([1, 2]),
    "counts": np.array([2, 1]),
}


def npz(**changes) -> bytes:
    file = io.BytesIO()
    np.savez(file, **{key: array for key, array in (GOOD | changes).items() if array is not None})
    return file.getvalue()


@pytest.mark.parametrize(
    ("changes", "code", "array"),
    [
        ({"vectors": None}, "npz_missing", "vectors"),
        ({"word_ends": None}, "npz_missing", "word_ends"),
        ({"vectors": np.ones(2, np.float32)}, "npz_array", "vectors"),
        ({"vectors": np.ones((2, 2), complex)}, "npz_array", "vectors"),
        ({"vectors": np.ones((0, 2), np.float32)}, "no_vectors", None),
        ({"vectors": np.array([[1, np.nan], [0, 0]])}, "bad_value_row", None),
        ({"vectors": np.array([[1, 0], [0, 1e99]])}, "bad_value_row", None),
        ({"vectors": np.array([["a"]], dtype=object)}, "pickle_refused", None),
        ({"words": np.array(["a", "b"])}, "npz_array", "words"),
        ({"words": np.array([97, 98])}, "npz_array", "words"),
        ({"words": np.array([97, 255], np.uint8)}, "not_utf8_row", None),
        ({"words": np.array([97, 97], np.uint8)}, "duplicate_word_row", None),
        ({"word_ends": np.array([0, 2])}, "bad_word_row", None),
        ({"word_ends": np.array([1])}, "npz_array", "word_ends"),
        ({"word_ends": np.array([1, 3])}, "npz_array", "word_ends"),
        ({"word_ends": np.array([-1, 2])}, "npz_array", "word_ends"),
        ({"counts": np.array([1])}, "npz_array", "counts"),
        ({"counts": np.array([1, -1])}, "npz_array", "counts"),
        ({"counts": np.array([1.0, 2.0])}, "npz_array", "counts"),
        ({"output_vectors": np.ones((2, 3))}, "npz_array", "output_vectors"),
        ({"output_vectors": np.array([[np.inf, 0]])}, "bad_value_row", None),
    ],
)
def test_npz_problems_name_the_array_or_row(changes, code, array):
    found = problem(npz(**changes))
    assert (found.code, found.details.get("array")) == (code, array)


def test_an_npz_header_that_promises_too_much_is_not_believed():
    huge, archive = io.BytesIO(), io.BytesIO()
    header = {"descr": "<f4", "fortran_order": False, "shape": (10**6, 10**6)}
    np.lib.format.write_array_header_1_0(huge, header)
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("vectors.npy", huge.getvalue() + b"\0" * 64)
    data = archive.getvalue()
    tracemalloc.start()
    assert problem(data).code == "corrupt_npz"
    assert tracemalloc.get_traced_memory()[1] < 1 << 24
    tracemalloc.stop()


@pytest.mark.parametrize("start", [b"200000 65536\na 1 2\n", b"200000 65536\na " + F1])
def test_a_header_that_promises_too_much_allocates_little(start):
    tracemalloc.start()
    assert problem(start).code in ("wrong_columns", "cut_off")
    assert tracemalloc.get_traced_memory()[1] < 1 << 24
    tracemalloc.stop()


@pytest.mark.parametrize("format", ["word2vec_text", "word2vec_binary", "glove", "npz"])
def test_more_vectors_than_memory_is_allowed_for_are_refused(format):
    file = io.BytesIO()
    save_vectors(random_embeddings([f"word{i}" for i in range(1000)], 50), file, format)
    assert len(load_vectors(file.getvalue(), format, limit=700_000)) == 1000
    assert problem(file.getvalue(), format, limit=300_000).code == "vectors_too_big"


def test_a_small_archive_of_much_is_refused_before_it_is_unpacked():
    file = io.BytesIO()
    np.savez_compressed(file, vectors=np.zeros((1 << 14, 1 << 10), dtype=np.float32))
    assert len(file.getvalue()) < 1 << 20
    tracemalloc.start()
    assert problem(file.getvalue(), "npz", limit=1 << 25).code == "vectors_too_big"
    assert tracemalloc.get_traced_memory()[1] < 1 << 24
    tracemalloc.stop()


@pytest.mark.parametrize("format", FORMATS)
def test_empty_files_and_pickles(format):
    assert problem(b"", format).code == "empty_file"
    assert problem(pickle.dumps(["vectors"]), format).code == "pickle_refused"


@pytest.mark.parametrize("declared", FORMATS)
@pytest.mark.parametrize("actual", FORMATS)
def test_one_format_under_the_name_of_another(declared, actual):
    if declared == actual:
        return
    data, metadata = saved(actual)
    found = problem(data, declared, metadata=metadata)
    assert found.code == "wrong_format"
    assert (found.details["expected"], found.details["found"]) == (declared, actual)


@pytest.mark.parametrize(
    ("name", "actual"),
    [("a.bin", "word2vec_text"), ("a.txt", "word2vec_binary"), ("a.vec", "npz"), ("a.npz.gz", "glove")],
)
def test_the_extension_must_fit_the_content(name, actual):
    assert problem(saved(actual)[0], name=name).code == "wrong_format"


@pytest.mark.parametrize("data", [b"hello\n", b"\x00\x01\x02", b"a b c\n", b"\n\n"])
def test_what_is_in_no_known_format(data):
    assert problem(data).code == "unknown_format"


def test_an_unknown_format_is_a_problem():
    assert problem(b"1 1\na 1\n", "xml").code == "bad_setting"


def test_a_line_without_end_is_not_read_whole():
    assert problem(b"1 2\na " + b"1" * (6 << 20), name="a.txt").code == "line_too_long"


def assert_loads_only_the_truth(data: bytes, format: str, metadata: bytes | None) -> None:
    """Either a Problem, or the sample (GloVe, which has no header: its first lines)."""
    try:
        loaded = load_vectors(data, format, name="sample", metadata=metadata)
    except Problem:
        return
    n = len(loaded)
    assert loaded.vocabulary.words == SAMPLE.vocabulary.words[:n]
    assert loaded.vectors.tobytes() == SAMPLE.vectors[:n].tobytes()
    assert n == len(SAMPLE) or format == "glove"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_truncation_is_seen(format, packed):
    data, metadata = saved(format)
    data = gzip.compress(data, mtime=0) if packed else data
    for end in range(0, len(data), 1 + len(data) // 300):
        assert_loads_only_the_truth(data[:end], format, metadata)
    for end in range(0, len(metadata or b""), 5):
        assert_loads_only_the_truth(data, format, metadata[:end])


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=100, deadline=None, derandomize=True)
@given(data=st.data())
def test_no_damage_raises_anything_but_a_problem(format, data):
    """Flipped bytes may read as other numbers or words, but never crash."""
    good, metadata = saved(format)
    bad = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        bad[data.draw(st.integers(0, len(bad) - 1))] = data.draw(st.integers(0, 255))
    try:
        loaded = load_vectors(bytes(bad), format, metadata=metadata)
    except Problem:
        return
    assert np.isfinite(loaded.vectors).all()
    assert len(loaded) == len(loaded.vectors) == len(set(loaded.vocabulary.words))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(data=st.binary(max_size=200), format=st.sampled_from([None, *FORMATS]))
def test_no_bytes_raise_anything_but_a_problem(data, format):
    try:
        loaded = load_vectors(data, format, metadata=b"a\nb\n" if format == "projector" else None)
    except Problem:
        return
    assert len(loaded) > 0


@pytest.mark.parametrize("format", ["word2vec_text", "word2vec_binary", "glove"])
def test_damaged_gzip(format):
    packed = bytearray(gzip.compress(saved(format)[0], mtime=0))
    packed[len(packed) // 2] ^= 0xFF
    assert problem(bytes(packed), format).code == "corrupt_gzip"
    assert problem(b"\x1f\x8bnot gzip at all", format).code == "corrupt_gzip"


def test_every_flipped_byte_of_an_archives_numbers_is_seen():
    data = bytearray(npz())
    at = data.index(GOOD["vectors"].tobytes())
    for i in range(at, at + 16):
        data[i] ^= 1
        assert problem(bytes(data)).code == "corrupt_npz"
        data[i] ^= 1
    assert len(load_vectors(bytes(data))) == 2
