import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Problem, Vocabulary
from w2v_core.vectors.word_search import LONGEST_PATTERN, search_words

WORDS = ["The", "cat", "cattle", "北京", "北方", "scat", "Straße", "a.c", "abc", "naïve", "東北"]
VOCABULARY = Vocabulary(WORDS, range(len(WORDS), 0, -1))


def found(query, mode, most=50):
    return [WORDS[i] for i in search_words(VOCABULARY, query, mode, most)]


@pytest.mark.parametrize(
    ("query", "mode", "expected"),
    [
        ("cat", "prefix", ["cat", "cattle"]),
        ("CAT", "part", ["cat", "cattle", "scat"]),
        ("strasse", "prefix", ["Straße"]),
        ("北", "prefix", ["北京", "北方"]),
        ("北", "part", ["北京", "北方", "東北"]),
        ("a.c", "part", ["a.c"]),
        ("a.c", "pattern", ["a.c", "abc"]),
        ("^.at", "pattern", ["cat", "cattle"]),
        (r"^\p{Han}+$", "pattern", ["北京", "北方", "東北"]),
        ("ï", "pattern", ["naïve"]),
        ("", "prefix", []),
        ("", "pattern", []),
        ("zebra", "part", []),
    ],
)
def test_words_are_found_the_most_frequent_first(query, mode, expected):
    assert found(query, mode) == expected


def test_the_word_that_is_spelt_just_so_comes_first():
    vocabulary = Vocabulary(["and", "banana", "A", "a"], [9, 8, 7, 6])
    assert search_words(vocabulary, "a", "prefix").tolist() == [3, 0, 2]
    assert search_words(vocabulary, "a", "part", most=2).tolist() == [3, 0]
    assert search_words(vocabulary, "a", "pattern").tolist() == [0, 1, 2, 3]


def test_at_most_so_many():
    assert found("cat", "part", 2) == ["cat", "cattle"]


@pytest.mark.parametrize("pattern", ["(", "a**", "[z-a]", r"(a)\1", "(?=a)", "a{1001}", "\ud800"])
def test_a_pattern_that_is_none_is_refused(pattern):
    with pytest.raises(Problem) as refused:
        found(pattern, "pattern")
    assert refused.value.code == "bad_pattern"
    assert refused.value.details["reason"]


def test_a_long_pattern_is_refused():
    with pytest.raises(Problem) as refused:
        found("a" * (LONGEST_PATTERN + 1), "pattern")
    assert refused.value.details == {"length": 201, "most": 200}
    with pytest.raises(Problem) as refused:
        found("a", "sounds_like")
    assert refused.value.code == "bad_setting"


@pytest.mark.parametrize(
    "pattern", ["(a+)+$b", "(a|a)*b", "(.*)*(.*)*x", "(?:a?){500}a{500}", "(" * 99 + ")" * 99]
)
def test_no_pattern_takes_long(pattern):
    vocabulary = Vocabulary(["a" * 40 + str(i) for i in range(200)], [1] * 200)
    began = time.process_time()
    search_words(vocabulary, pattern, "pattern")
    assert time.process_time() - began < 1


@given(st.text(alphabet="abc^$|()*+?", max_size=8))
def test_simple_patterns_match_as_in_pythons_re(pattern):
    words = ["a", "b", "ab", "abc", "cab", "bca", "ccc", "abab"]
    try:
        expected = [i for i, word in enumerate(words) if re.search(pattern, word)]
    except re.error:
        return
    try:
        ids = search_words(Vocabulary(words, [1] * 8), pattern, "pattern")
    except Problem:  # what Python takes and RE2 does not: possessive repeats, a repeated anchor
        return
    assert ids.tolist() == (expected if pattern else [])
