"""Every row of docs/from_gensim.md does the same in gensim and here."""

import re
from pathlib import Path

import numpy as np
import pytest

from w2v_core import Corpus, Trainer, TrainingConfig, load_vectors, save_vectors
from w2v_core.vectors import evaluation

gensim = pytest.importorskip("gensim", reason="gensim has no wheels here")

PAGE = (Path(__file__).parents[1] / "docs" / "from_gensim.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([a-z][^|]*) \| `(.+)` \| `(.+)` \|$", PAGE, re.M)
WORDS = ("king", "queen", "man", "woman", "dog")
SENTENCES = [["the", a, "and", "the", b] for a in WORDS for b in WORDS if a != b] * 5
MADE = ("corpus", "config", "trainer", "embeddings", "loss", "model", "kv")


def result(code, names):
    """Run the statements of a cell; return the last one's value if it is an expression."""
    *before, last = code.split("; ")
    exec("\n".join(before), names)
    try:
        compiled = compile(last, "cell", "eval")
    except SyntaxError:
        return exec(last, names)
    return eval(compiled, names)


def assert_same(theirs, ours):
    if isinstance(theirs, list) and theirs and isinstance(theirs[0], tuple):
        assert [word for word, _ in ours] == [word for word, _ in theirs]
        theirs, ours = ([value for _, value in answers] for answers in (theirs, ours))
    if (
        theirs is None
        or isinstance(theirs, (bool, str))
        or (isinstance(theirs, list) and isinstance(theirs[0], str))
    ):
        assert theirs == ours
    else:
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gensim")
    (folder / "pairs.tsv").write_text("king\tqueen\t9\nman\twoman\t8\nking\tdog\t1\n", encoding="utf-8")
    (folder / "questions.txt").write_text(
        ": royal\nman king woman queen\nking man queen woman\n", encoding="utf-8"
    )
    here = {
        "Corpus": Corpus,
        "Trainer": Trainer,
        "TrainingConfig": TrainingConfig,
        "load_vectors": load_vectors,
    }
    here |= {"save_vectors": save_vectors} | {name: getattr(evaluation, name) for name in evaluation.__all__}
    there = {"Word2Vec": gensim.models.Word2Vec, "KeyedVectors": gensim.models.KeyedVectors}
    return folder, {"sentences": SENTENCES} | here | there


def test_every_row_is_read():
    assert len(ROWS) == PAGE.count("\n| ") - 1
    assert len(ROWS) > 20


@pytest.mark.filterwarnings("ignore")  # gensim leaves files open, and finds so small a text too small
def test_every_row_does_the_same(names, monkeypatch):
    folder, names = names
    monkeypatch.chdir(folder)
    compared = 0
    for what, theirs, ours in ROWS:
        if what.startswith("load") or what.startswith("list the words"):
            # From here on both have the same vectors: those that gensim has saved.
            names["kv"] = names["model"].wv
            names["kv"].save_word2vec_format("v.txt")
            names["kv"].save_word2vec_format("v.bin", binary=True)
            names["kv"].save_word2vec_format("v.glove", write_header=False)
        there, here = result(theirs, names), result(ours, names)
        if what.startswith("load"):
            assert list(names["embeddings"].vocabulary.words) == names["kv"].index_to_key, what
            np.testing.assert_array_equal(names["embeddings"].vectors, names["kv"].vectors)
        elif what.startswith("list the words"):
            names["kv"], names["embeddings"] = names["model"].wv, load_vectors("v.bin")
            there, here = result(theirs, names), result(ours, names)
        elif what.startswith("save"):
            for file in re.findall(r'"(v\.\w+)"', ours):
                assert tuple(
                    gensim.models.KeyedVectors.load_word2vec_format(file, binary="bin" in file).index_to_key
                ) == (names["embeddings"].vocabulary.words)
        if here is not None:  # a statement has nothing to compare, but what the rows after it show
            assert_same(there, here)
            compared += 1
    assert compared >= 15
    assert len(names["corpus"].vocabulary) == len(names["model"].wv)
    assert names["trainer"].snapshot().vectors.shape == names["model"].wv.vectors.shape


def test_of_words_that_are_not_in_utf_8_both_do_as_the_page_says(tmp_path):
    path = tmp_path / "v.txt"
    path.write_bytes(b"3 1\nking 1\nna\xefve 2\nqueen 3\n")
    theirs = gensim.models.KeyedVectors.load_word2vec_format(str(path), unicode_errors="replace")
    assert theirs.index_to_key == ["king", "na\ufffdve", "queen"]
    ours = load_vectors(path, errors="skip")
    assert (ours.vocabulary.words, ours.faults.count) == (("king", "queen"), 1)
