"""Evaluation: the same numbers as gensim's, on the same vectors and test sets."""

from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import silhouette_score

from tests.core.vectors.vector_samples import embed, in_gensim, random_embeddings
from w2v_core import Problem
from w2v_core.vectors import space as space_module
from w2v_core.vectors.evaluation import (
    Section,
    WordPair,
    evaluate_analogies,
    evaluate_word_pairs,
    neighbor_purity,
    read_analogies,
    read_word_pairs,
    silhouette,
)

datapath = pytest.importorskip("gensim.test.utils").datapath

PAIR_FILES = ["wordsim353.tsv", "simlex999.txt"]
QUESTIONS = read_analogies(datapath("questions-words.txt"))


def vectors_over(words: list[str], dim: int = 12) -> object:
    """Vectors over some words (each tenth left out), with case variants of a few, and structure in them.

    A word's vector is mostly the sum of those of its letters, so that spelling gives similarities and many
    grammatical questions have the right answer.
    """
    kept = [word.lower() for i, word in enumerate(dict.fromkeys(words)) if i % 10]
    kept = list(dict.fromkeys([*kept, *(word.capitalize() for word in kept[::3])]))
    rng = np.random.default_rng(5)
    letters = rng.normal(size=(128, dim))
    bags = [sum(letters[ord(c) % 128] for c in word.lower()) for word in kept]
    return embed(kept, np.array(bags) + rng.normal(scale=0.5, size=(len(kept), dim)))


@pytest.fixture(scope="module")
def pair_embeddings():
    return vectors_over([w for f in PAIR_FILES for p in read_word_pairs(datapath(f)) for w in (p.a, p.b)])


@pytest.fixture(scope="module")
def question_embeddings():
    return vectors_over([w for section in QUESTIONS for question in section.questions[::5] for w in question])


OPTIONS = [
    {},
    {"restrict_vocab": 300},
    {"ignore_case": False},
    {"count_unknown": True},
    {"restrict_vocab": 200, "ignore_case": False, "count_unknown": True},
]


def gensims(options: dict) -> dict:
    names = {"ignore_case": "case_insensitive", "count_unknown": "dummy4unknown"}
    return {names.get(name, name): value for name, value in options.items()}


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("file", PAIR_FILES)
def test_word_pairs_equal_gensim(pair_embeddings, file, options):
    pairs = read_word_pairs(datapath(file))
    ours = evaluate_word_pairs(pair_embeddings, pairs, **options)
    pearson, spearman, unknown = in_gensim(pair_embeddings).evaluate_word_pairs(
        datapath(file), **gensims(options)
    )
    assert ours.spearman == pytest.approx(spearman[0], abs=1e-6)
    assert ours.p_value == pytest.approx(spearman[1], rel=1e-4)
    assert ours.pearson == pytest.approx(pearson[0], abs=1e-6)
    total = len(ours.pairs) if options.get("count_unknown") else len(ours.pairs) + ours.unknown
    assert total == len(pairs)
    assert 100 * ours.unknown / total == pytest.approx(unknown)
    assert len(ours.cosines) == len(ours.pairs)


def test_word_pairs_by_hand():
    e = embed(["Cat", "dog", "car", "cat"], [[1, 0], [1, 0.2], [0, 1], [-1, 0]])
    pairs = [
        WordPair("cat", "DOG", 9),
        WordPair("cat", "car", 1),
        WordPair("dog", "car", 2),
        WordPair("cat", "x", 5),
    ]
    score = evaluate_word_pairs(e, pairs)
    assert score.spearman == 1.0
    assert (score.pairs, score.unknown) == (tuple(pairs[:3]), 1)
    assert score.cosines[0] == pytest.approx(1 / math.hypot(1, 0.2))  # "Cat", the more frequent spelling
    assert evaluate_word_pairs(e, pairs, ignore_case=False, count_unknown=True).unknown == 2


def test_a_correlation_with_no_spread_is_nan():
    e = embed(["a", "b", "c"], [[0, 0]] * 3)
    assert math.isnan(evaluate_word_pairs(e, [WordPair("a", "b", 1), WordPair("b", "c", 2)]).spearman)


def test_too_few_known_pairs():
    with pytest.raises(Problem) as info:
        evaluate_word_pairs(embed(["a", "b"], np.eye(2)), [WordPair("a", "b", 1), WordPair("a", "c", 2)])
    assert (info.value.code, info.value.details) == ("too_few_known_pairs", {"known": 1, "pairs": 2})


@pytest.mark.parametrize("options", OPTIONS)
def test_analogies_equal_gensim(question_embeddings, tmp_path, options):
    few = [Section(section.name, section.questions[::17]) for section in QUESTIONS]
    path = tmp_path / "questions.txt"
    lines = [[f": {section.name}", *(" ".join(q) for q in section.questions)] for section in few]
    path.write_text("\n".join(line for part in lines for line in part) + "\n")
    assert read_analogies(path) == tuple(few)

    ours = evaluate_analogies(question_embeddings, few, **options)
    accuracy, sections = in_gensim(question_embeddings).evaluate_word_analogies(str(path), **gensims(options))
    for mine, theirs in zip((*ours.sections, ours.total), sections, strict=True):
        assert mine.correct == len(theirs["correct"])
        assert mine.counted == len(theirs["correct"]) + len(theirs["incorrect"])
    assert [score.name for score in ours.sections] == [theirs["section"] for theirs in sections[:-1]]
    assert ours.accuracy == accuracy
    if not options:
        assert ours.total.correct > 20  # so that agreeing is no accident


def test_the_whole_question_file_is_read():
    assert sum(len(section.questions) for section in QUESTIONS) == 19544
    assert len(QUESTIONS) == 14
    assert QUESTIONS[0].name == "capital-common-countries"


@pytest.mark.parametrize("method", ["3cosadd", "3cosmul"])
def test_analogy_answers_are_those_of_the_single_question(question_embeddings, monkeypatch, method):
    monkeypatch.setattr(space_module, "CELLS", 4 * len(question_embeddings))
    questions = [q for s in QUESTIONS for q in s.questions[::101] if all(w in question_embeddings for w in q)]
    assert len(questions) > 5
    score = evaluate_analogies(
        question_embeddings, [Section("", tuple(questions))], method=method, ignore_case=False
    )
    right = [question_embeddings.analogy(*q[:3], 1, method=method)[0][0] == q[3] for q in questions]
    assert score.total.correct == sum(right)


def test_analogies_by_hand():
    e = embed(
        ["man", "woman", "king", "queen", "King"], [[1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 1, 1], [0, 0.1, 1]]
    )
    right, wrong = ("man", "woman", "king", "QUEEN"), ("man", "woman", "king", "woman")
    score = evaluate_analogies(e, [Section("s", (right, wrong, ("man", "x", "y", "z"))), Section("none", ())])
    assert (score.sections[0].correct, score.sections[0].counted, score.sections[0].unknown) == (1, 2, 1)
    assert score.accuracy == 0.5
    assert math.isnan(score.sections[1].accuracy)
    # With case, "King" may answer, and does.
    assert (
        evaluate_analogies(
            e, [Section("s", (("woman", "man", "king", "King"),))], ignore_case=False
        ).total.correct
        == 1
    )


def test_no_questions():
    with pytest.raises(Problem) as info:
        evaluate_analogies(embed(["a", "b"], np.eye(2)), [Section("empty", ())])
    assert info.value.code == "no_questions"


PUBLISHED = {
    "WordSim-353": b"Word 1,Word 2,Human (mean)\nlove,sex,6.77\nold,new,1.58\n",
    "WordSim-353 in sets": b"love\tsex\t6.77\t9\t6\nold\tnew\t1.58\t1\t2\n",
    "SimLex-999": b"word1\tword2\tPOS\tSimLex999\tconc\nlove\tsex\tN\t6.77\t1\nold\tnew\tA\t1.58\t2\n",
    "MEN": b"love sex 6.77\nold new 1.58\n",
    "RG-65": b"love;sex;6.77\r\nold;new;1.58\r\n",
    "numbered": b"no,a,b,score\n1,love,sex,6.77\n2,old,new,1.58\n",
    "quoted": b'"love", "sex", "6.77"\n"old", "new", 1.58\n'.replace(b", ", b","),
    "commented": b"# a\n# b\n\nlove\tsex\t6.77\nold\tnew\t1.58\n",
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_word_pairs_are_read_as_published(name):
    assert read_word_pairs(PUBLISHED[name]) == (WordPair("love", "sex", 6.77), WordPair("old", "new", 1.58))


def test_words_of_pairs_may_hold_blanks_and_be_numbers():
    text = b"New York,Big Apple,9\n1984,Orwell,8\n"
    assert read_word_pairs(text) == (WordPair("New York", "Big Apple", 9), WordPair("1984", "Orwell", 8))


@pytest.mark.parametrize(
    ("read", "text", "code", "line"),
    [
        (read_word_pairs, b"# c\na\tb\t1\na b 2\n", "bad_pair_line", 3),
        (read_word_pairs, b"a\tb\tx\n", "bad_pair_line", 1),
        (read_word_pairs, b"a\tb\tnan\n", "bad_pair_line", 1),
        (read_word_pairs, b"a\t\t1\n", "bad_pair_line", 1),
        (read_word_pairs, b"a b\nc d\na b 1\n", "bad_pair_line", 1),
        (read_word_pairs, b"word,word,score\na,b,1\na,b\n", "bad_pair_line", 3),
        (read_word_pairs, b"a\tb\t1\n\n\xff\tb\t1\n", "not_utf8_line", 3),
        (read_analogies, b": s\na b c d\na b c\n", "bad_question_line", 3),
        (read_analogies, b"a b c d\n", "no_section", 1),
        (read_analogies, b": s\n\xff b c d\n", "not_utf8_line", 2),
    ],
)
def test_malformed_test_sets_name_the_line(read, text, code, line):
    with pytest.raises(Problem) as info:
        read(text, name="set.txt")
    assert info.value.code == code
    assert (info.value.details["name"], info.value.details["line"]) == ("set.txt", line)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet="ab:# \t\n1.", max_size=40), st.sampled_from([read_word_pairs, read_analogies]))
def test_no_test_set_raises_anything_but_a_problem(text, read):
    try:
        found = read(text.encode())
    except Problem:
        return
    assert isinstance(found, tuple)


def test_purity_by_hand():
    vectors = [[1, 0], [1, 0.1], [1, 0.2], [0, 1], [0.1, 1], [1, 0.05], [-1, -1]]
    e = embed(["a1", "a2", "a3", "b1", "b2", "b3", "c1"], vectors)
    categories = {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "b2": "b", "b3": "b", "c1": "c", "x": "a"}
    score = neighbor_purity(e, categories, k=1)
    # b3 lies among the a's: it is the nearest of a1 and of a2 (or ties), and its own nearest is an a.
    nearest = {
        w: next(n for n, _ in e.neighbors(w) if n != "c1")[0] for w in categories if w not in ("c1", "x")
    }
    assert score.purity == pytest.approx(np.mean([w[0] == n for w, n in nearest.items()]))
    assert score.chance == pytest.approx(2 / 5)
    assert (score.words, score.unknown, score.alone) == (6, 1, 1)
    assert [(c.name, c.words) for c in score.categories] == [("a", 3), ("b", 3)]
    # Of its two nearest (k = 10, but only two others are of its kind) b1 has b2 and a3.
    assert neighbor_purity(e, {w: c for w, c in categories.items() if w[0] in "ab"}).categories[1].purity == (
        pytest.approx((1 + 1 + 0) / 6)
    )


def test_purity_is_one_where_categories_are_apart_and_chance_where_they_mean_nothing():
    labels = {f"w{i}": "xyz"[i % 3] for i in range(300)}
    apart = embed(list(labels), [np.eye(3)["xyz".index(c)] for c in labels.values()])
    assert neighbor_purity(apart, labels).purity == 1.0
    assert silhouette(apart, labels) == pytest.approx(1.0)
    nothing = random_embeddings(list(labels))
    score = neighbor_purity(nothing, labels)
    assert score.purity == pytest.approx(score.chance, abs=0.05)
    assert silhouette(nothing, labels) == pytest.approx(0.0, abs=0.05)


def test_silhouette_equals_scikit_learns():
    e = random_embeddings([f"w{i}" for i in range(40)])
    labels = {f"w{i}": str(i % 4) for i in range(40)} | {"unknown": "1", "w39": "alone"}
    kept = list(range(39))
    expected = silhouette_score(e.vectors[kept], [i % 4 for i in kept], metric="cosine")
    assert silhouette(e, labels) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("measure", [neighbor_purity, silhouette])
def test_one_category_is_too_few(measure):
    with pytest.raises(Problem) as info:
        measure(embed(["a", "b", "c"], np.eye(3)), {"a": "x", "b": "x", "c": "y", "d": "y"})
    assert (info.value.code, info.value.details) == ("too_few_categories", {"categories": 1})


def test_purity_needs_a_neighbor():
    with pytest.raises(Problem) as info:
        neighbor_purity(embed(["a", "b"], np.eye(2)), {}, k=0)
    assert info.value.code == "bad_setting"


def test_silhouette_says_that_scikit_learn_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.metrics", None)
    with pytest.raises(Problem) as info:
        silhouette(embed(["a", "b"], np.eye(2)), {})
    assert info.value.code == "needs_scikit_learn"
