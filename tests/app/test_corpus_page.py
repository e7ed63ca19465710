"""The Corpus page, run without a browser."""

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.samples import samples
from app.state import session
from app.text import EN, LANGUAGES
from app.views.corpus_view import MOST_WORDS, Look, asked, corpus_data, first_look
from tests.app.choices import widget
from w2v_core import Corpus
from w2v_core.corpus.windows import SLAB

MAIN = Path(__file__).parents[2] / "app" / "main.py"
CORPUS = Corpus.from_sentences([["a", "b", "c"], ["d", "a"], ["b", "a", "e", "a"], ["f", "g"]])


def open_page(language="en", corpus="royal_court_en"):
    at = AppTest.from_file(MAIN, default_timeout=30)
    at.session_state["language"] = language
    at.switch_page("chapters/corpus.py")
    at.run()
    widget(at, "corpus").set_value(corpus).run()
    assert not at.exception
    return at


def shown(at):
    """Return what the component in the browser gets."""
    [component] = at.main.get("bidi_component")
    return json.loads(component.proto.json)


def data(corpus=CORPUS, look=None, window=5, subsample=0.0, text=EN):
    look = look or first_look(corpus)
    return corpus_data(corpus, "c", look, window=window, subsample=subsample, text=text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_chosen_corpus_in_either_language(language):
    at = open_page(language)
    text = LANGUAGES[language].corpus_page
    assert f"#### {text.heading}" in [element.value for element in at.main.markdown]
    page = shown(at)
    assert page["text"]["zipf"] == text.in_browser["zipf"]
    words = Counter(re.findall(r"[\w'-]+", samples()["royal_court_en"].path.read_text("utf-8").lower()))
    word, count = words.most_common(1)[0]
    weights = sum(n**0.75 for n in words.values())
    ratio = count**0.75 / weights / (count / words.total())
    assert page["table"]["rows"][0]["word"] == word
    assert page["table"]["rows"][0]["count"] == f"{count:,}"
    assert float(page["table"]["rows"][0]["noise"].rstrip("×")) == pytest.approx(ratio, rel=0.01)
    assert page["curve"]["size"] == len(words)


def test_window_and_subsampling_act_at_once():
    at = open_page(corpus="world_facts_en")
    assert shown(at)["window"]["window"] == 5
    widget(at, "window").set_value(2).run()
    widget(at, "subsample").set_value(1e-5).run()
    page = shown(at)
    assert page["window"]["window"] == 2
    assert max(page["window"]["reach"]) <= 2
    assert not all(page["window"]["kept"])
    kept = float(page["table"]["rows"][0]["keep"].rstrip("%"))
    vocabulary = session.load_corpus("world_facts_en").vocabulary
    assert kept == pytest.approx(100 * vocabulary.keep_probability(1e-5)[0], rel=0.05)


def test_a_setting_that_cannot_work_gets_its_sentence():
    at = open_page()
    widget(at, "window").set_value(99).run()
    [error] = at.error
    assert EN.settings["window"] in error.value


def test_settings_survive_a_change_of_pages():
    at = open_page()
    widget(at, "window").set_value(7).run()
    at.switch_page("chapters/train.py").run()
    assert widget(at, "window").value == 7
    assert at.session_state["live"].config.window == 7
    at.switch_page("chapters/corpus.py").run()
    assert shown(at)["window"]["window"] == 7


def test_a_run_that_trains_is_watched_from_this_page():
    at = AppTest.from_file(MAIN, default_timeout=30).run()
    run = at.session_state["live"]
    at.button(key="play").click().run()
    before = run._seen
    at.switch_page("chapters/corpus.py").run()
    assert run._seen > before
    run.pause()


def test_moving_wraps_around_and_begins_a_sentence_anew():
    look = Look(sentence=3, place=1)
    assert asked(CORPUS, look, "move", 1) == Look(0, 0, version=1)
    assert asked(CORPUS, Look(0, 2), "move", -1) == Look(3, 0, version=1)


def test_moving_walks_the_passages_of_a_long_sentence_first():
    n = MOST_WORDS
    corpus = Corpus.from_sentences([["a", "b"], [f"w{i}" for i in range(2 * n + 5)], ["c"]])
    ways = {}
    for step in (1, -1):
        look, ways[step] = Look(0, 1), []
        for _ in range(5):
            look = asked(corpus, look, "move", step)
            ways[step].append((look.sentence, look.place))
    assert ways[1] == [(1, 0), (1, n), (1, 2 * n), (2, 0), (0, 0)]
    assert ways[-1] == [(2, 0), (1, 2 * n), (1, n), (1, 0), (0, 0)]
    assert asked(corpus, Look(1, n + 7), "move", -1).place == 0


@pytest.mark.parametrize("subsample", [0.0, 1e-3])
def test_every_word_of_an_endless_sentence_can_be_shown(subsample):
    """Beyond a slab of training, too; the passages between are as long as the others."""
    length = 2 * SLAB + 100
    corpus = Corpus.from_sentences([[f"w{i % 1000}" for i in range(length - 1)] + ["rare"]])
    look = asked(corpus, Look(0, 0), "word", "rare")
    assert look.place == length - 1
    for place in (look.place, SLAB - 1, SLAB, SLAB + MOST_WORDS):
        window = data(corpus, Look(0, place), subsample=subsample)["window"]
        word = window["words"][window["place"]]
        assert word == ("rare" if place == look.place else f"w{place % 1000}")
        assert window["length"] == length
        assert len(window["words"]) == (MOST_WORDS if place < look.place else length % MOST_WORDS)
        assert np.array(window["pairs"]).min() >= 0
        assert np.array(window["pairs"]).max() < len(window["words"])


def test_a_word_of_a_long_sentence_leads_to_its_next_passage():
    corpus = Corpus.from_sentences([[f"w{i % 100}" for i in range(3 * MOST_WORDS)]])
    places = []
    look = Look(0, 0)
    for _ in range(3):
        look = asked(corpus, look, "word", "w5")
        places.append(look.place)
    assert places == [105, 5, 105]


def test_drawing_again_changes_the_draw_alone():
    assert asked(CORPUS, Look(2, 1, seed=4), "again", None) == Look(2, 1, seed=5, version=1)


def test_a_word_leads_to_its_next_sentence_and_back_to_the_first():
    look = asked(CORPUS, Look(0, 0), "word", "a")
    assert (look.sentence, look.place) == (1, 1)
    look = asked(CORPUS, look, "word", "a")
    assert (look.sentence, look.place) == (2, 1)
    look = asked(CORPUS, look, "word", "a")
    assert (look.sentence, look.place) == (0, 0)
    assert asked(CORPUS, look, "word", "nobody").sentence == 0


def test_the_table_is_searched_and_turned():
    found = data(look=asked(CORPUS, Look(0, 0), "query", "A"))["table"]
    assert [row["word"] for row in found["rows"]] == ["a"]
    turned = data(look=asked(CORPUS, Look(0, 0), "rarest", True))["table"]
    assert [row["word"] for row in turned["rows"]] == list(CORPUS.vocabulary.words)[::-1]
    assert not data(look=Look(0, 0, query="nobody"))["table"]["rows"]


def test_a_long_sentence_comes_in_passages_around_the_place():
    corpus = Corpus.from_sentences([[f"w{i}" for i in range(2 * MOST_WORDS + 5)]])
    window = data(corpus, Look(0, MOST_WORDS + 3))["window"]
    assert window["words"] == [f"w{i}" for i in range(MOST_WORDS, 2 * MOST_WORDS)]
    assert window["place"] == 3
    assert window["more"] == [True, True]
    assert np.array(window["pairs"]).min() == 0
    assert np.array(window["pairs"]).max() == MOST_WORDS - 1
    assert data(corpus, Look(0, 2 * MOST_WORDS))["window"]["more"] == [True, False]


def test_marks_are_the_words_of_the_sentence():
    window = data(look=Look(2, 0))["window"]
    assert window["words"] == ["b", "a", "e", "a"]
    assert [CORPUS.vocabulary.words[rank - 1] for rank in window["ranks"]] == window["words"]
    assert [fact["count"] for fact in window["facts"]] == [2, 4, 1, 4]
