"""What one takes home is what the app has."""

import csv
import io
import zipfile

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

from app.files import exports
from app.files.exports import VECTOR_FILES, coordinates_table, neighbors_table, vectors_file
from w2v_core import Embeddings, Vocabulary, load_vectors

WORDS = ["king", "=1+1", "北京", "@home", "-5", *(f"w{i}" for i in range(15))]
VECTORS = np.random.default_rng(0).normal(size=(20, 6)).astype(np.float32)
EMBEDDINGS = Embeddings(Vocabulary(WORDS, range(20, 0, -1)), VECTORS, VECTORS[::-1].copy())
CATEGORIES = {"king": "people", "北京": "places"}


def table(content):
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    about = [line.strip() for line in lines if line.startswith("# ")]
    return about, list(csv.DictReader(io.StringIO("".join(lines[len(about) :]), newline="")))


@pytest.mark.parametrize("format", VECTOR_FILES)
def test_vectors_come_back(format, tmp_path):
    content = vectors_file(EMBEDDINGS, format)
    path = tmp_path / f"vectors{VECTOR_FILES[format]}"
    path.write_bytes(content)
    if format == "projector":
        with zipfile.ZipFile(path) as archive:
            assert sorted(archive.namelist()) == ["metadata.tsv", "vectors.tsv"]
            archive.extractall(tmp_path)
        path = tmp_path / "vectors.tsv"
    loaded = load_vectors(path)
    assert loaded.vocabulary.words == tuple(WORDS)
    np.testing.assert_array_equal(loaded.vectors, VECTORS)
    if format == "npz":
        np.testing.assert_array_equal(loaded.output_vectors, EMBEDDINGS.output_vectors)


def test_the_table_of_neighbors_is_scikit_learns():
    about, rows = table(neighbors_table(EMBEDDINGS, CATEGORIES, {"corpus": "mine", "step": 3}))
    assert about == ["# corpus: mine", "# step: 3"]
    distances, near = NearestNeighbors(n_neighbors=10, metric="cosine").fit(VECTORS).kneighbors()
    assert len(rows) == 200
    of_king = [row for row in rows if row["word"] == "king"]
    names = [WORDS[i] for i in near[0]]
    assert [row["neighbor"].removeprefix("'") for row in of_king] == names
    assert [row["rank"] for row in of_king] == [str(rank) for rank in range(1, 11)]
    assert [row["neighbor_category"] for row in of_king] == [CATEGORIES.get(name, "") for name in names]
    np.testing.assert_allclose([float(row["cosine"]) for row in of_king], 1 - distances[0], atol=1e-5)


def test_the_table_of_coordinates_is_scikit_learns():
    about, rows = table(coordinates_table(EMBEDDINGS, CATEGORIES, {}))
    unit = VECTORS / np.linalg.norm(VECTORS, axis=1, keepdims=True)
    reference = PCA(6).fit(unit)
    found = np.array([[float(row[f"pc{i}"]) for i in range(1, 7)] for row in rows])
    np.testing.assert_allclose(np.abs(found), np.abs(reference.transform(unit)), atol=1e-5)
    shares = [float(share) for share in about[0].removeprefix("# share_of_variance: ").split()]
    np.testing.assert_allclose(shares, reference.explained_variance_ratio_, atol=1e-4)
    assert [(row["count"], row["category"]) for row in rows[:3]] == [
        ("20", "people"),
        ("19", ""),
        ("18", "places"),
    ]


def test_no_cell_is_a_formula():
    for make in (neighbors_table, coordinates_table):
        _, rows = table(make(EMBEDDINGS, CATEGORIES, {}))
        words = {value for row in rows for name, value in row.items() if name in ("word", "neighbor")}
        assert {"'=1+1", "'@home", "'-5"} <= words
        assert not {"=1+1", "@home", "-5"} & words


def test_large_vocabularies_get_the_rows_of_their_most_frequent_words(monkeypatch):
    monkeypatch.setattr(exports, "MOST_WORDS", 4)
    assert len(table(coordinates_table(EMBEDDINGS, {}, {}))[1]) == 4
    assert len(table(neighbors_table(EMBEDDINGS, {}, {}))[1]) == 40
    monkeypatch.setattr(exports, "MOST_COMPARISONS", 40)
    assert len(table(neighbors_table(EMBEDDINGS, {}, {}))[1]) == 20
