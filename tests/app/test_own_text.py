"""A text of one's own: what suits it, and what it tells the pages."""

import pytest

from app.own_text import EPOCH_TOKENS, OwnText, suited_settings
from app.samples import Sample
from app.session.session import load_corpus
from app.settings import LIMITS, SUITED
from app.text.literal import escaped, literal, visible
from w2v_core import Corpus, TrainingConfig
from w2v_core.sources import TextOptions, read_pasted

ALL = TextOptions(min_count=1)
LABELS = {"en": "x", "zh": "x"}


def corpus_of(words):
    return Corpus.from_sentences([[f"w{i % 50}" for i in range(20)]] * (words // 20))


@pytest.mark.parametrize("words", [20, 5_000, 50_000, 500_000, 2_000_000])
def test_settings_suit_every_size(words):
    settings = suited_settings(corpus_of(words))
    assert {*settings, "batch_tokens"} == set(SUITED)  # batches suit by themselves
    TrainingConfig(**settings)
    for name, (low, high) in LIMITS.items():
        if name in settings:
            assert low <= settings[name] <= high
    assert settings["epochs"] * words <= 1.5 * EPOCH_TOKENS or settings["epochs"] == 1


@pytest.mark.parametrize(("longest", "window"), [(1, 1), (3, 2), (4, 3), (6, 5), (20, 5)])
def test_the_window_reaches_no_further_than_the_longest_sentence(longest, window):
    corpus = Corpus.from_sentences([["a"], [f"w{i}" for i in range(longest)], ["b"]])
    assert suited_settings(corpus)["window"] == window


def test_an_own_text_tells_the_pages_what_a_sample_does():
    own = OwnText.of("own-1", read_pasted("the king. the queen of the land.", ALL), LABELS, LABELS, LABELS)
    for name in [*Sample.__dataclass_fields__, "follow"]:
        if name not in ("licence", "group", "scores"):
            assert hasattr(own, name), name
    assert own.words == 7
    assert own.sentences == 2


def test_the_followed_word_is_not_one_like_the():
    text = "the bridge " * 3 + ". " + " ".join(f"the w{i} of w{i // 2}." for i in range(2000))
    own = OwnText.of("own-1", read_pasted(text, ALL), LABELS, LABELS, LABELS)
    share = own.corpus.vocabulary.counts[own.corpus.vocabulary.id(own.follow)] / own.words
    assert own.follow not in ("the", "of")
    assert 1e-4 < share < 3e-3


def test_samples_stay_in_one_cache():
    assert load_corpus("royal_court_en") is load_corpus("royal_court_en")


@pytest.mark.parametrize(
    "hostile",
    ["<b>x</b>", "**x**", "$x^2$", "`x`", "``", "a`b``c", ":smile:", "[x](javascript:y)", "\\", " "],
)
def test_a_literal_is_one_code_span(hostile):
    shown = literal(hostile)
    fence = shown[: len(shown) - len(shown.lstrip("`"))]
    inside = shown[len(fence) : -len(fence)]
    assert inside.strip() == hostile.strip()
    assert fence not in inside


def test_a_sentence_of_another_origin_is_no_markup():
    assert escaped("An English sentence (1).") == "An English sentence (1)."
    assert escaped("-") == r"\-"  # a list begins like that
    assert escaped("1.") == r"1\."
    assert escaped("www.example.org") == r"www\.example.org"  # not an address to click
    assert escaped("**a** <b> $x$ :red[y] `z`") == r"\*\*a\*\* \<b\> \$x\$ \:red\[y\] \`z\`"


def test_control_characters_are_seen():
    assert visible("a\nb\x00c\x1b\x7f") == "a␊b␀c␛␡"
    assert "\u202e" not in visible("a\u202eb")
    assert len(literal("x" * 500)) < 100
