"""Words in a table, and what is found of them."""

import numpy as np
import pytest

from app.screens.corpus.word_table import found_words, word_table
from w2v_core import Vocabulary

VOCABULARY = Vocabulary(["cooking", "King", "looking", "kings", "queen"], [9, 7, 5, 3, 1])


@pytest.mark.parametrize(
    ("query", "rarest", "words"),
    [
        ("", False, ["cooking", "King", "looking", "kings", "queen"]),
        ("", True, ["queen", "kings", "looking", "King", "cooking"]),
        ("king", False, ["King", "cooking", "looking", "kings"]),
        ("king", True, ["King", "kings", "looking", "cooking"]),
        ("ee", False, ["queen"]),
        ("zebra", False, []),
    ],
)
def test_the_word_that_is_meant_comes_first(query, rarest, words):
    assert [VOCABULARY.words[i] for i in found_words(VOCABULARY, query, rarest)] == words


def test_a_word_shows_what_cannot_be_seen():
    table = word_table(Vocabulary(["a\u202eb", "**c**"], [2, 1]), np.arange(2), 0)
    assert table["word"].tolist() == ["a�b", "**c**"]
