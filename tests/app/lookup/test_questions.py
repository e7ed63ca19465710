"""Questions about words and their answers."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.screens.lookup.questions import (
    MOST_WORDS,
    Hint,
    Question,
    all_known,
    answers_csv,
    between,
    cards,
    hints,
    replaced,
    without,
    words_of,
)
from app.text import EN, LANGUAGES
from w2v_core import Embeddings, Vocabulary

WORDS = ["the", "king", "queen", "kingdom", "New York", "，", "King", "=1+1", "国王", "<b>"]
VECTORS = np.random.default_rng(1).normal(size=(len(WORDS), 4)).astype(np.float32)
EMBEDDINGS = Embeddings(Vocabulary(WORDS, np.arange(len(WORDS), 0, -1)), VECTORS)


def hints_of(words, categories=(), text=EN, vocabulary=EMBEDDINGS.vocabulary):
    return hints(words, words_of(words, vocabulary), vocabulary, categories, text.lookup_page)


def cards_of(words, k=3, metric="cosine", embeddings=EMBEDDINGS):
    return cards(embeddings, all_known(words_of(words, embeddings.vocabulary)), Question(words, k, metric))


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


def test_words_are_known_in_every_form_of_unicode_and_shown_as_the_vectors_write_them():
    vocabulary = Vocabulary(["ko\u0308nigin", "caf\u00e9"], [2, 1])
    typed = "k\u00f6nigin, cafe\u0301, KO\u0308NIGIN"
    assert all_known(words_of(typed, vocabulary)) == list(vocabulary.words)


def test_case_matters_where_it_is_to():
    vocabulary = Vocabulary(["kız", "Ilık", "ilik"], [3, 2, 1])
    asked = "KIZ, kız, Ilık, ILIK"
    assert [word.known for word in words_of("KIz, ILIK", vocabulary)] == [None, "ilik"]
    assert [word.known for word in words_of(asked, vocabulary, exact_case=True)] == [
        None,
        "kız",
        "Ilık",
        None,
    ]
    assert replaced("ILIK", vocabulary, 1, "kız", exact_case=True) == "ILIK, kız"
    assert without("Ilık, ilik", vocabulary, "ilik", exact_case=True) == "Ilık"


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_words_beyond_those_that_fit_are_counted_and_the_first_is_named(text):
    vocabulary = Vocabulary([f"w{i}" for i in range(9)], range(9, 0, -1))
    asked = " ".join(vocabulary.words)
    label = text.lookup_page.beyond.format(most=MOST_WORDS, count=3, first="w6")
    assert hints_of(asked, text=text, vocabulary=vocabulary) == [Hint(MOST_WORDS, label)]
    assert without(asked, vocabulary, "w0") == ", ".join(vocabulary.words[1:])
    of_nine = Embeddings(vocabulary, np.eye(9, dtype=np.float32))
    saved = answers_csv(of_nine, Question(asked, 1), {}).decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in saved[-MOST_WORDS:]] == list(vocabulary.words[:MOST_WORDS])
    assert len(saved) == MOST_WORDS + 1


def test_what_only_contains_a_known_word_does_not_go_on_with_it():
    vocabulary = Vocabulary(["king", "cooking", "packing", "kings"], [4, 3, 2, 1])
    [hint] = hints_of("cooking, king", vocabulary=vocabulary)
    assert hint.options == ("kings",)
    assert hints_of("king, cooking", vocabulary=vocabulary) == []
    [hint] = hints_of("kin", vocabulary=vocabulary)
    assert hint.options == ("king", "kings", "cooking", "packing")


@pytest.mark.parametrize(
    ("typed", "at", "word", "asked"),
    [
        ("king, quene", 1, "queen", "king, queen"),
        ("king quene the", 1, "New York", 'king, "New York", the'),
        ("king", 9, "the", "king, the"),
        ("king, the", 0, "the", "the"),
        ("", 0, "king", "king"),
    ],
)
def test_a_word_takes_the_place_of_another_or_is_added(typed, at, word, asked):
    assert replaced(typed, EMBEDDINGS.vocabulary, at, word) == asked


def test_a_word_can_be_taken_away():
    assert without("KING, quene, the", EMBEDDINGS.vocabulary, "king") == "quene, the"


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
def test_a_word_gets_its_neighbors(metric):
    [card] = cards_of("king", metric=metric)
    assert card.near == EMBEDDINGS.neighbors("king", 3, metric=metric)
    assert card.counts.sum() == len(WORDS) - 1


def test_several_words_are_compared_with_each_other():
    assert [card.word for card in cards_of("king, queen")] == ["king", "queen"]
    values = between(EMBEDDINGS, ["king", "queen", "the"], "cosine")
    assert values[0, 1] == values[1, 0] == pytest.approx(EMBEDDINGS.similarity("king", "queen"))
    assert values[2, 1] == pytest.approx(EMBEDDINGS.similarity("the", "queen"))


def test_words_in_more_than_one_list_are_marked():
    found = cards_of("king, queen", k=9)
    assert all(card.shared == {word for word, _ in card.near} for card in found)
    assert not cards_of("king", k=9)[0].shared


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_a_word_that_is_not_finished_can_go_on(text):
    [first] = hints_of("kin", text=text)
    assert first == Hint(0, text.lookup_page.go_on, ("king", "kingdom", "King"))
    [hint] = hints_of("queen, king", text=text)
    assert (hint.at, hint.options) == (1, ("kingdom", "King"))
    assert hints_of("king ") == []


def test_a_word_that_could_go_on_may_also_be_spelt_wrong():
    go_on, alike = hints_of("tigr", vocabulary=Vocabulary(["tiger", "tigrinya", "ring"], [3, 2, 1]))
    assert go_on.options == ("tigrinya",)
    assert alike.options == ("tiger",)


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_unknown_words_are_named_with_close_spellings(text):
    first, second = hints_of("quene zzz king ", text=text)
    words = text.lookup_page
    assert first == Hint(0, words.did_you_mean.format(word="quene"), ("queen",))
    assert second == Hint(1, words.unknown.format(word="zzz"))
    assert [card.word for card in cards_of("quene zzz king ")] == ["king"]


def test_without_a_question_there_are_words_to_begin_with():
    [hint] = hints_of("", categories=[("nobody",), ("queen", "king")])
    assert hint.options == ("queen",)
    [hint] = hints_of("")
    assert hint.options
    assert set(hint.options) <= set(WORDS)


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
    assert all(len(card.near) == min(k, len(WORDS) - 1) for card in cards_of(typed, k, metric))
    assert all(hint.label for hint in hints_of(typed))


def test_absurd_vectors_have_an_answer():
    huge = Embeddings(
        Vocabulary(["a", "b", "c"], [3, 2, 1]), np.array([[1e15], [-1e15], [0]], dtype=np.float32)
    )
    for metric in ("cosine", "dot", "euclidean"):
        assert len(cards_of("a b c", 5, metric, huge)) == 3
