"""Vectors to take home: as files that other programs read, and as tables for a spreadsheet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import numpy as np

from w2v_core import Embeddings, save_vectors
from w2v_core.vectors.projection import principal_components

from .csv_file import csv_file

VECTOR_FILES = {  # format -> end of the file's name
    "word2vec_text": ".txt",
    "word2vec_binary": ".bin",
    "npz": ".npz",
    "projector": ".zip",  # of two tables
}
NEAREST = 10
MOST_WORDS = 5_000  # of a table: the most frequent
MOST_COMPARISONS = 200_000_000  # of words with words: some seconds


def vectors_file(embeddings: Embeddings, format: str) -> bytes:
    """Return the vectors in one of `VECTOR_FILES`; the projector's two tables come as a zip archive."""
    file, metadata = io.BytesIO(), io.BytesIO()
    save_vectors(embeddings, file, format, metadata=metadata)
    if format != "projector":
        return file.getvalue()
    both = io.BytesIO()
    with zipfile.ZipFile(both, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("vectors.tsv", file.getvalue())
        archive.writestr("metadata.tsv", metadata.getvalue())
    return both.getvalue()


def neighbors_table(
    embeddings: Embeddings, category_of: Mapping[str, str], about: Mapping[str, object]
) -> bytes:
    """Return the nearest neighbors of the most frequent words among all words, by cosine, as CSV: a line each."""
    words = embeddings.vocabulary.words
    asked = np.arange(min(len(words), MOST_WORDS, max(1, MOST_COMPARISONS // len(words))))
    rows = [
        (words[word], rank, words[near], round(float(cosine), 6), category_of.get(words[near]))
        for word, (ids, cosines) in zip(asked, embeddings.nearest(asked, NEAREST), strict=True)
        for rank, (near, cosine) in enumerate(zip(ids, cosines, strict=True), 1)
    ]
    return csv_file(about, ("word", "rank", "neighbor", "cosine", "neighbor_category"), rows)


def coordinates_table(
    embeddings: Embeddings, category_of: Mapping[str, str], about: Mapping[str, object]
) -> bytes:
    """Return the principal components of the most frequent words' unit vectors, up to ten, as CSV."""
    found = principal_components(embeddings.unit_vectors[:MOST_WORDS])
    header = ["word", "count", "category", *(f"pc{i}" for i in range(1, found.scores.shape[1] + 1))]
    shares = " ".join(f"{share:.4f}" for share in found.shares[: found.scores.shape[1]])
    vocabulary = embeddings.vocabulary
    rows = [
        (word, count, category_of.get(word), *(round(value, 6) for value in scores))
        for word, count, scores in zip(
            vocabulary.words, vocabulary.counts.tolist(), found.scores.tolist(), strict=False
        )
    ]
    return csv_file({**about, "share_of_variance": shares}, header, rows)
