"""Vectors that people bring share the server's memory."""

import io

import numpy as np
import pytest

from app.background import uploaded_vectors
from w2v_core import Embeddings, Problem, Vocabulary, limits, save_vectors
from w2v_core.vectors.formats.rows import WORD_BYTES

V, DIM = 500, 100


@pytest.fixture
def file():
    words = [f"w{i}" for i in range(V)]
    vectors = np.random.default_rng(0).normal(size=(V, DIM)).astype(np.float32)
    written = io.BytesIO()
    save_vectors(Embeddings(Vocabulary(words, range(V, 0, -1)), vectors), written, "npz")
    return written.getvalue()


def read(file):
    return uploaded_vectors.read(file, "v.npz", lambda *_: None)


def test_a_file_waits_until_there_is_room(file, monkeypatch):
    monkeypatch.setattr(
        limits, "APP_ALL_VECTOR_BYTES", uploaded_vectors._taken() + 2 * (2 * 4 * DIM + WORD_BYTES) * V
    )
    first, second = read(file), read(file)
    assert first.vectors.shape == second.vectors.shape == (V, DIM)
    with pytest.raises(Problem, match="full") as refused:
        read(file)
    assert refused.value.code == "no_room"
    del first
    assert len(read(file)) == V


def test_a_file_that_is_too_big_alone_says_so(file, monkeypatch):
    monkeypatch.setattr(limits, "APP_VECTOR_BYTES", 4 * V * DIM)
    with pytest.raises(Problem) as refused:
        read(file)
    assert refused.value.code == "vectors_too_big"


def test_the_first_words_of_an_open_file_take_room_too(file, monkeypatch):
    whole = read(file)
    cut = uploaded_vectors.first(whole, 3, "v.npz")
    assert cut.vocabulary.words == whole.vocabulary.words[:3]
    assert cut.neighbors("w0", 1)[0][0] in ("w1", "w2")
    assert np.shares_memory(cut.vectors, whole.vectors)
    monkeypatch.setattr(limits, "APP_ALL_VECTOR_BYTES", uploaded_vectors._taken())
    with pytest.raises(Problem) as refused:
        uploaded_vectors.first(whole, 2, "v.npz")
    assert refused.value.code == "no_room"


def test_words_and_output_vectors_count_too():
    words = [f"w{i}" for i in range(V)]
    plain = np.ones((V, 2), dtype=np.float32)
    alone = Embeddings(Vocabulary(words, range(V, 0, -1)), plain)
    both = Embeddings(Vocabulary(words, range(V, 0, -1)), plain, np.ones((V, 2), dtype=np.float32))
    assert uploaded_vectors._size(alone) == V * (2 * 2 * 4 + WORD_BYTES)
    assert uploaded_vectors._size(both) == uploaded_vectors._size(alone) + V * 2 * 4
