"""Files of vectors and test sets are read within limits; each limit refuses with a sentence of its own."""

import gzip
import io
import os

import numpy as np
import pytest

from tests.core.vectors.vector_samples import random_embeddings
from w2v_core import Embeddings, Problem, Vocabulary, limits, load_vectors, save_vectors
from w2v_core.corpus.spelling import LONGEST, Spellings
from w2v_core.vectors.evaluation import read_analogies, read_word_pairs
from w2v_core.vectors.files import BLOCK, numbered_lines
from w2v_core.vectors.formats import FORMATS
from w2v_core.vectors.formats.rows import FIRST_NUMBERS, RowBuffer, Terms, memory

LONG = "w" * 40


def saved(words, dim, format):
    file, metadata = io.BytesIO(), io.BytesIO()
    save_vectors(random_embeddings(words, dim), file, format, metadata=metadata)
    return file.getvalue(), metadata.getvalue() or None


def code(load, *args, **options):
    with pytest.raises(Problem) as refused:
        load(*args, **options)
    return refused.value.code


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_bounds_words_dimensions_and_letters(format, monkeypatch):
    data, metadata = saved(["king", LONG, "queen"], 5, format)

    def refusal():
        return code(load_vectors, data, format, metadata=metadata)

    for name, below, expected in (
        ("MOST_VECTORS", 2, "too_many_vectors"),
        ("LONGEST_VECTOR", 4, "too_many_dimensions"),
        ("LONGEST_VECTOR_WORD", 39, "long_word_"),
        ("MOST_VECTOR_BYTES", 3 * (200 + 4 * 5), "vectors_too_big"),  # there are letters, too
    ):
        with monkeypatch.context() as patched:
            patched.setattr(limits, name, below)
            assert refusal().startswith(expected)
    assert len(load_vectors(data, format, metadata=metadata)) == 3


@pytest.mark.parametrize("format", FORMATS)
def test_long_words_count_against_the_memory_that_is_allowed(format):
    data, metadata = saved([letter * 4000 for letter in "abcdefgh"], 2, format)
    options = {"format": format, "metadata": metadata}
    assert len(load_vectors(data, **options, limit=200_000)) == 8
    assert code(load_vectors, data, **options, limit=100_000) == "vectors_too_big"


def test_no_file_is_written_that_could_not_be_read_again(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_VECTOR_WORD", 39)
    for format in FORMATS:
        assert code(saved, ["king", LONG], 2, format) == "unwritable_word"


def test_what_is_behind_a_gzip_is_bounded_by_the_memory_that_is_allowed():
    packed = gzip.compress(b"\n" * 5000)
    assert code(load_vectors, packed, "glove", limit=1000) == "unpacked_too_big"
    assert code(load_vectors, packed, "glove", limit=2000) == "no_vectors"


def test_a_gzip_is_stopped_while_nothing_but_line_ends_comes_out():
    calls = []

    def progress(done, total):
        calls.append(done)
        if len(calls) > 3:
            raise Problem("cancelled", "Stopped.")

    packed = gzip.compress(b"\n" * (20 * BLOCK))
    assert len(packed) < BLOCK
    assert code(load_vectors, packed, "glove", progress=progress) == "cancelled"


@pytest.mark.parametrize("size", [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_blank_lines_are_counted_however_many_there_are(size):
    for blank in (b"\n" * size, b" \r\n" * (size // 3)):
        text = blank + b"a 1\n" + blank + b"b 2\n"
        n = blank.count(b"\n")
        assert list(numbered_lines(io.BytesIO(text), "a")) == [(n + 1, b"a 1"), (2 * n + 2, b"b 2")]


def test_a_line_is_bounded_wherever_it_lies(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_VECTOR_LINE", 30)
    for text in (b"a 1\nb " + b"1" * 40 + b"\nc 1\n", b"a 1\nb " + b"1" * 40):
        assert code(load_vectors, text, "glove") == "line_too_long"


def test_memory_that_runs_out_is_a_problem(monkeypatch):
    def no_memory(*_, **__):
        raise MemoryError

    data, _ = saved(["king", "queen"], 2, "npz")
    monkeypatch.setattr(np, "empty", no_memory)
    assert code(load_vectors, data, "npz") == "vectors_beyond_memory"


def test_a_table_of_words_has_only_so_many_columns(monkeypatch):
    monkeypatch.setattr(limits, "MOST_METADATA_COLUMNS", 3)
    numbers = b"1\t2\n"
    assert len(load_vectors(numbers, "projector", metadata=b"word\tcount\tx\na\t1\ty\n")) == 1
    for wide in (b"word\tcount\tx\ty\na\t1\t2\t3\n", b"word\tcount\na\t1\t2\t3\n"):
        assert code(load_vectors, numbers, "projector", metadata=wide) == "many_columns_line"


def test_words_are_not_taken_in_before_their_numbers():
    metadata = b"".join(b"w%d\n" % i for i in range(200_000))
    with pytest.raises(Problem) as refused:
        load_vectors(b"1\t2\n3\t4\n", "projector", metadata=metadata)
    assert refused.value.code == "rows_differ"
    assert (refused.value.details["vectors"], refused.value.details["words"]) == (2, 200_000)


@pytest.mark.parametrize(
    ("read", "line"), [(read_word_pairs, b"king\tqueen\t5\n"), (read_analogies, b": a\nb c d e\n")]
)
def test_a_test_set_is_bounded(read, line, monkeypatch):
    monkeypatch.setattr(limits, "MOST_TEST_BYTES", 1000)
    monkeypatch.setattr(limits, "LONGEST_TEST_LINE", 50)
    assert len(read(line * 10)) == len(read(gzip.compress(line * 10))) == 10
    assert len(read(line.removesuffix(b"\n"))) == 1
    assert code(read, line * 200) == "no_test_set"
    assert code(read, gzip.compress(line * 200)) == "unpacked_too_big"
    assert code(read, line + b"x" * 60 + b"\n") == "no_test_set"


def test_only_the_first_letters_of_a_word_are_compared():
    long = ["a" * LONGEST + tail for tail in ("b", "c")]
    spellings = Spellings([*long, "king"])
    assert spellings.close("a" * LONGEST + "d", 3) == long[:1]
    assert spellings.same(long[1].upper()) == long[1]
    assert spellings.close("kign", 1) == ["king"]


def test_room_is_made_for_no_more_rows_than_the_memory_allows():
    limit, dim = 1 << 20, 100
    rows = RowBuffer(Terms("v.txt", limit=limit), dim, "line")

    def fill():
        for i in range(10_000):
            rows.add(b"w%d" % i, [0.5] * dim, i)

    assert code(fill) == "vectors_too_big"
    assert rows._array.nbytes <= max(limit, 4 * FIRST_NUMBERS)


def test_output_vectors_count_against_the_memory_that_is_allowed():
    words = [f"w{i}" for i in range(50)]
    outputs = np.ones((2000, 4), dtype=np.float32)
    file = io.BytesIO()
    vectors = Embeddings(Vocabulary(words, range(50, 0, -1)), np.ones((50, 4), dtype=np.float32), outputs)
    save_vectors(vectors, file, "npz")
    data = file.getvalue()
    needed = memory(50, 4, sum(map(len, words))) + outputs.nbytes
    assert load_vectors(data, "npz", limit=needed).output_vectors.shape == (2000, 4)
    assert code(load_vectors, data, "npz", limit=needed - 1) == "vectors_too_big"


def test_vectors_are_read_from_a_pipe(tmp_path):
    data, _ = saved(["king", "queen"], 3, "word2vec_text")
    read_end, write_end = os.pipe()
    os.write(write_end, data)
    os.close(write_end)
    with open(read_end, "rb") as pipe:
        assert load_vectors(pipe).vocabulary.words == ("king", "queen")
