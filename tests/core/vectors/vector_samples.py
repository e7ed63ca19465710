"""Embeddings to test with, and the same ones in gensim."""

from __future__ import annotations

import numpy as np
import pytest

from w2v_core import Embeddings, Vocabulary

KeyedVectors = pytest.importorskip("gensim.models", reason="gensim has no wheels here").KeyedVectors

ODD_WORDS = ["the", "naïve", "北京", "New_York", "don't", "🙂", "a\u0085b", "\u00a0", "x\ry", "1", "nan", "#"]


def embed(words: list[str], vectors, outputs=None) -> Embeddings:
    """Embeddings with counts V, ..., 1."""
    return Embeddings(
        Vocabulary(words, np.arange(len(words), 0, -1)),
        np.array(vectors, dtype=np.float32),
        None if outputs is None else np.array(outputs, dtype=np.float32),
    )


def random_embeddings(words: list[str], dim: int = 10, seed: int = 0) -> Embeddings:
    """Gaussian input and output vectors."""
    rng = np.random.default_rng(seed)
    return embed(words, rng.normal(size=(len(words), dim)), rng.normal(size=(len(words), dim)))


def in_gensim(embeddings: Embeddings) -> KeyedVectors:
    """The input vectors as gensim's KeyedVectors."""
    vectors = KeyedVectors(embeddings.vectors.shape[1])
    vectors.add_vectors(list(embeddings.vocabulary.words), embeddings.vectors.copy())
    return vectors
