"""Vectors that people bring share the server's memory."""

import io

import numpy as np
import pytest

from app.runs import brought
from w2v_core import Embeddings, Problem, Vocabulary, save_vectors

V, DIM = 500, 100


@pytest.fixture
def file():
    words = [f"w{i}" for i in range(V)]
    vectors = np.random.default_rng(0).normal(size=(V, DIM)).astype(np.float32)
    written = io.BytesIO()
    save_vectors(Embeddings(Vocabulary(words, range(V, 0, -1)), vectors), written, "npz")
    return written.getvalue()


def read(file):
    return brought.read(file, "v.npz", lambda *_: None)


def test_a_file_waits_until_there_is_room(file, monkeypatch):
    monkeypatch.setattr(brought, "SHARED_LIMIT", brought._taken() + 2 * 2 * 4 * V * DIM)
    first, second = read(file), read(file)
    assert first.vectors.shape == second.vectors.shape == (V, DIM)
    with pytest.raises(Problem, match="full") as refused:
        read(file)
    assert refused.value.code == "no_room"
    del first
    assert len(read(file)) == V


def test_a_file_that_is_too_big_alone_says_so(file, monkeypatch):
    monkeypatch.setattr(brought, "FILE_LIMIT", 4 * V * DIM)
    with pytest.raises(Problem) as refused:
        read(file)
    assert refused.value.code == "vectors_too_big"
