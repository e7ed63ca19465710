import io
import pickle
import zipfile

import numpy as np
import pytest

from w2v_core import Diverged, Embeddings, Problem, UnknownWord, Vocabulary, load_vectors
from w2v_core.sources import TextOptions, read


@pytest.mark.parametrize(
    "problem",
    [
        Problem("no_pairs", "The text yields no pair.", words=3),
        UnknownWord("quen", ["queen", "when"]),
        Diverged(7, 0.5),
    ],
)
def test_a_problem_passes_between_processes_as_it_is(problem):
    passed = pickle.loads(pickle.dumps(problem))
    assert type(passed) is type(problem)
    assert (str(passed), passed.code, passed.details) == (str(problem), problem.code, problem.details)


ONE = Embeddings(Vocabulary(["king"], [1]), np.ones((1, 2), dtype=np.float32))


def member_left_out():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "a b")
        archive.writestr("b.png", "")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("fails", "sentence"),
    [
        (lambda: ONE.odd_one_out(["king"]), "The odd one out of 1 word? It takes three."),
        (
            lambda: load_vectors(io.BytesIO(b"1 2\nking 1 2\nqueen 1 2\n"), name="v.txt"),
            "promises 1 word, but",
        ),
        (
            lambda: load_vectors(io.BytesIO(b"2 2\nking 1 2\nqueen 1\n"), name="v.txt"),
            "1 number where there should be 2",
        ),
    ],
)
def test_a_problem_counts_one_as_one(fails, sentence):
    with pytest.raises(Problem) as problem:
        fails()
    assert sentence in str(problem.value)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("é è ".encode() * 9 + b"\xff", "a.txt", "Left out of a.txt, as not valid utf-8: 1 place."),
        (
            b"n,b c\n1,two words\n1,x y\n1,z\n2\n3\n",
            "a.csv",
            "Left out of a.csv, without a column b c: 2 rows.",
        ),
        (b"n,b c\n1,two words\n2\n", "a.csv", "Left out of a.csv, without a column b c: 1 row."),
        (b"a b " + b"x" * 999, "a.txt", "Left out: 1 word of more than 200 characters."),
        (
            ("a b" + "\u0300" * 31).encode(),
            "a.txt",
            "Left out of a.txt: 1 combining mark, beyond 30 in a row.",
        ),
        (member_left_out(), "a.zip", "Left out of a.zip, as not text: 1 file: b.png"),
    ],
)
def test_a_notice_counts_one_as_one(content, name, sentence):
    [notice] = read(content, TextOptions(min_count=1), name=name).notices
    assert notice.message == sentence
