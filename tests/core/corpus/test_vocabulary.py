import numpy as np
import pytest

from w2v_core import UnknownWord, Vocabulary

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
