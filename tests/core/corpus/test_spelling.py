"""Words by how they are spelt, against difflib's own answer over all words."""

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.samples import samples
from w2v_core import Corpus
from w2v_core.corpus.spelling import Spellings

SPELLINGS = Spellings(["the", "King", "queen", "king", "kingdom", "viking", "kind", "国王", "王后"])


def test_case_is_no_difference_and_the_most_frequent_word_is_meant():
    assert SPELLINGS.same("KING") == "King"
    assert SPELLINGS.same("The") == "the"
    assert SPELLINGS.same("kin") is None


def test_completions_begin_with_the_part_and_then_contain_it():
    assert SPELLINGS.completions("KIN", 9) == ["King", "king", "kingdom", "kind", "viking"]
    assert SPELLINGS.completions("kin", 2) == ["King", "king"]
    assert SPELLINGS.completions("王", 9) == ["王后", "国王"]
    assert SPELLINGS.completions("xyz", 9) == []


def test_close_spellings_are_the_closest_first_whatever_the_case():
    assert SPELLINGS.close("KINGDON", 1) == ["kingdom"]
    assert SPELLINGS.close("qeuen", 3) == ["queen"]
    assert SPELLINGS.close("zzzzz", 3) == []
    assert Spellings([]).close("king", 3) == []


def test_letters_that_changed_places_are_one_error():
    spellings = Spellings(["skin", "sign", "King", "kin", "king"])
    assert spellings.close("kign", 2)[0] == "King"
    assert spellings.close("ikng", 1) == ["King"]
    assert spellings.close("kign", 1, least_alike=0.99) == ["King"]
    assert len(spellings.close("kign", 9)) == len(set(spellings.close("kign", 9)))


@pytest.mark.parametrize("word", ["londom", "elefant", "beautifull", "colour", "musican", "tyger", "o"])
def test_looking_at_few_words_finds_what_looking_at_all_does(word):
    words = Corpus.from_file(samples()["world_facts_en"].path, min_count=1).vocabulary.words
    found = Spellings(words).close(word, 3)

    def alike(other):
        return difflib.SequenceMatcher(None, other, word).ratio()

    exact = difflib.get_close_matches(word, words, 3)
    assert [alike(other) for other in found] == [alike(other) for other in exact]


@given(st.lists(st.text(max_size=9), unique=True, max_size=20), st.text(max_size=12))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_text_can_be_asked(words, asked):
    spellings = Spellings(words)
    assert set(spellings.close(asked, 3)) <= set(words)
    assert set(spellings.completions(asked, 3)) <= set(words)
    assert spellings.same(asked) in {None, *words}
    for word in words:
        assert spellings.same(word).casefold() == word.casefold()
