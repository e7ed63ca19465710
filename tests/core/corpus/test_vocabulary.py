import numpy as np
import pytest

from tests.core.vectors.vector_samples import embed
from w2v_core import Corpus, UnknownWord, Vocabulary
from w2v_core.vectors.evaluation import Section, WordPair, evaluate_analogies, evaluate_word_pairs
from w2v_core.vectors.word_search import search_words

VOCABULARY = Vocabulary(["the", "king", "queen"], [90, 6, 4])


def test_ids_follow_the_given_order():
    assert [VOCABULARY.id(word) for word in ("the", "king", "queen")] == [0, 1, 2]
    assert "king" in VOCABULARY
    assert "prince" not in VOCABULARY


def test_an_unknown_word_is_a_key_error_that_names_close_spellings():
    with pytest.raises(KeyError, match="did you mean king") as unknown:
        VOCABULARY.id("kinng")
    assert isinstance(unknown.value, UnknownWord)
    assert unknown.value.details == {"word": "kinng", "close": "king"}


def test_keep_probability_is_the_formula_of_the_c_code():
    # the: f = 0.9, t = 0.09: sqrt(0.1) + 0.1; the others are rare enough to stay
    keep = VOCABULARY.keep_probability(0.09)
    np.testing.assert_allclose(keep, [np.sqrt(0.1) + 0.1, 1, 1])
    np.testing.assert_array_equal(VOCABULARY.keep_probability(0), 1)


@pytest.mark.parametrize("power", [0, 0.75, 1])
def test_noise_follows_the_powered_counts(power):
    expected = np.array([90**power, 6**power, 4**power])
    np.testing.assert_allclose(VOCABULARY.noise_distribution(power), expected / expected.sum())


def test_words_must_be_distinct():
    with pytest.raises(ValueError, match="distinct"):
        Vocabulary(["a", "a"], [1, 1])


COMPOSED, DECOMPOSED, HYPHENATED = "k\u00f6nigin", "ko\u0308nigin", "k\u00f6\xadnigin"


def test_a_word_pasted_with_soft_hyphens_is_found_in_a_text_that_has_lost_them():
    corpus = Corpus.from_text(f"Die {HYPHENATED} und die Magd. " * 5)
    assert corpus.vocabulary.own(HYPHENATED) == COMPOSED


@pytest.mark.parametrize("held", [COMPOSED, DECOMPOSED, HYPHENATED])
@pytest.mark.parametrize("asked", [COMPOSED, DECOMPOSED, HYPHENATED])
def test_a_word_is_found_in_whatever_form_of_unicode_it_is_written(held, asked):
    vocabulary = Vocabulary(["the", held], [2, 1])
    assert asked in vocabulary
    assert vocabulary.id(asked) == 1
    assert vocabulary.own(asked) == held
    assert vocabulary.own("prince") is None
    assert vocabulary.containing(asked.upper()).tolist() == [1]
    assert vocabulary.spellings.same(asked.upper()) == held
    assert vocabulary.spellings.completions(asked[:4], 9) == [held]
    assert vocabulary.close_spellings(asked + "x") == [held]
    for mode in ("prefix", "part", "pattern"):
        assert search_words(vocabulary, asked[:4], mode).tolist() == [1]


def test_of_two_forms_each_is_found_by_itself_and_a_third_finds_the_more_frequent():
    mixed = "\u00e9\u00e9", "e\u0301\u00e9", "e\u0301e\u0301"
    vocabulary = Vocabulary(mixed, [3, 2, 1])
    assert [vocabulary.id(word) for word in mixed] == [0, 1, 2]
    assert Vocabulary(mixed[1:], [2, 1]).id(mixed[0]) == 0


@pytest.mark.parametrize("held", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("asked", [COMPOSED, DECOMPOSED, DECOMPOSED.upper()])
def test_evaluation_files_may_be_in_another_form(held, asked):
    vectors = embed(["a", "b", held, "c"], np.eye(4))
    pairs = [WordPair("a", asked, 1), WordPair("a", "b", 2)]
    assert evaluate_word_pairs(vectors, pairs).unknown == 0
    questions = [Section("", (("a", "b", "c", asked),))]
    assert evaluate_analogies(vectors, questions).total.unknown == 0
    exact = evaluate_word_pairs(vectors, pairs, ignore_case=False, count_unknown=True)
    assert exact.unknown == (asked == DECOMPOSED.upper())


def test_a_word_of_marks_without_end_is_not_composed():
    word = "a" + "\u0300\u0316" * 2000
    assert word in Vocabulary([word], [1])
    assert word + "\u0316" not in Vocabulary([word], [1])
