"""Questions about words and their answers."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.state.lookup import MOST_WORDS, Question, answers, answers_csv, words_of
from app.text import EN, LANGUAGES
from w2v_core import Embeddings, Vocabulary

WORDS = ["the", "king", "queen", "kingdom", "New York", "，", "King", "=1+1", "国王", "<b>"]
VECTORS = np.random.default_rng(1).normal(size=(len(WORDS), 4)).astype(np.float32)
EMBEDDINGS = Embeddings(Vocabulary(WORDS, np.arange(len(WORDS), 0, -1)), VECTORS)


def ask(words, k=3, metric="cosine", categories=(), text=EN):
    return answers(EMBEDDINGS, Question(words, k, metric), categories, text.lookup_page)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("king", ["king"]),
        ("  king  ", ["king"]),
        ("king queen", ["king", "queen"]),
        ("king, queen，国王;the", ["king", "queen", "国王", "the"]),
        ("New York", ["New York"]),
        ("new york", ["New York"]),
        ('king "New York"', ["king", "New York"]),
        ("，", ["，"]),
        ("KING", ["king"]),
        ("King", ["King"]),
        ("king KING king", ["king"]),
        ("", []),
        (" ,,; ", []),
    ],
)
def test_words_are_taken_apart(typed, words):
    found = words_of(typed, EMBEDDINGS.vocabulary)
    assert list(dict.fromkeys(word.known for word in found)) == words


def test_a_question_has_so_many_words_at_most():
    assert len(words_of(" ".join(f"w{i}" for i in range(50)), EMBEDDINGS.vocabulary)) == MOST_WORDS


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
def test_a_word_gets_its_neighbours(metric):
    [card] = ask("king", metric=metric)["cards"]
    expected = EMBEDDINGS.neighbors("king", 3, metric=metric)
    assert [near["word"] for near in card["near"]] == [word for word, _ in expected]
    values = [float(near["value"].replace("−", "-")) for near in card["near"]]
    assert values == pytest.approx([value for _, value in expected], abs=5e-4)
    assert all(0 <= near["size"] <= 1 for near in card["near"])
    assert sum(card["spread"]["counts"]) == len(WORDS) - 1
    assert 0 <= card["spread"]["last"] <= 1


def test_several_words_are_compared_with_each_other():
    found = ask("king, queen")
    assert [card["word"] for card in found["cards"]] == ["king", "queen"]
    similarity = EMBEDDINGS.similarity("king", "queen")
    assert float(found["between"][0][1]["value"].replace("−", "-")) == pytest.approx(similarity, abs=5e-4)
    assert found["between"][0][1] == found["between"][1][0]
    assert found["between"][0][0]["value"] == "1.000"
    assert ask("king")["between"] == []


def test_a_small_distance_is_near():
    cells = ask("king, queen, the", metric="euclidean")["between"]
    distances = {
        (a, b): EMBEDDINGS.similarity(a, b, metric="euclidean") for a in WORDS[:3] for b in WORDS[:3]
    }
    words = ["king", "queen", "the"]
    order = sorted(distances, key=distances.get)
    assert (
        sorted(distances, key=lambda pair: -cells[words.index(pair[0])][words.index(pair[1])]["near"])
        == order
    )


def test_words_in_more_than_one_list_are_marked():
    cards = ask("king, queen", k=9)["cards"]
    assert all(near["shared"] for card in cards for near in card["near"])
    assert not any(near["shared"] for near in ask("king", k=9)["cards"][0]["near"])


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_a_word_that_is_not_finished_can_go_on(text):
    [first] = ask("kin", text=text)["hints"]
    assert first == {"at": 0, "label": text.lookup_page.go_on, "options": ["king", "kingdom", "King"]}
    [hint] = ask("queen, king", text=text)["hints"]
    assert (hint["at"], hint["options"]) == (1, ["kingdom", "King"])
    assert ask("king ")["hints"] == []


def test_a_word_that_could_go_on_may_also_be_spelt_wrong():
    words = Vocabulary(["tiger", "tigrinya", "ring"], [3, 2, 1])
    found = answers(Embeddings(words, VECTORS[:3]), Question("tigr"), (), EN.lookup_page)
    go_on, alike = found["hints"]
    assert go_on["options"] == ["tigrinya"]
    assert alike["options"] == ["tiger"]


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_unknown_words_are_named_with_close_spellings(text):
    found = ask("quene zzz king ", text=text)
    first, second = found["hints"]
    assert (first["at"], first["options"]) == (0, ["queen"])
    assert first["label"] == text.lookup_page.did_you_mean.format(word="quene")
    assert (second["at"], second["options"]) == (1, [])
    assert second["label"] == text.lookup_page.unknown.format(word="zzz")
    assert found["tokens"] == ["quene", "zzz", "king"]
    assert [(card["word"], card["at"]) for card in found["cards"]] == [("king", 2)]


def test_without_a_question_there_are_words_to_begin_with():
    [hint] = ask("", categories=[("nobody",), ("queen", "king")])["hints"]
    assert hint["options"] == ["queen"]
    [hint] = ask("")["hints"]
    assert hint["options"]
    assert set(hint["options"]) <= set(WORDS)


def test_the_table_holds_the_answer_and_no_formulas():
    content = answers_csv(EMBEDDINGS, Question("king quene 国王", 9, "dot"), {"vectors": "a, b"})
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == "# vectors: a b"
    rows = list(csv.DictReader(io.StringIO("\n".join(lines[1:]))))
    assert [row["word"] for row in rows] == ["king"] * 9 + ["国王"] * 9
    expected = EMBEDDINGS.neighbors("king", 9, metric="dot")
    assert [float(row["dot"]) for row in rows[:9]] == pytest.approx([value for _, value in expected])
    assert [row["neighbor"].removeprefix("'") for row in rows[:9]] == [word for word, _ in expected]
    assert "'=1+1" in [row["neighbor"] for row in rows]


@given(st.text(max_size=40), st.integers(1, 100), st.sampled_from(["cosine", "dot", "euclidean"]))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_question_has_an_answer(typed, k, metric):
    found = ask(typed, k, metric)
    assert all(len(card["near"]) == min(k, len(WORDS) - 1) for card in found["cards"])
    assert len(found["tokens"]) <= MOST_WORDS


def test_absurd_vectors_have_an_answer():
    huge = Embeddings(
        Vocabulary(["a", "b", "c"], [3, 2, 1]), np.array([[1e15], [-1e15], [0]], dtype=np.float32)
    )
    for metric in ("cosine", "dot", "euclidean"):
        assert len(answers(huge, Question("a b c", 5, metric), (), EN.lookup_page)["cards"]) == 3
