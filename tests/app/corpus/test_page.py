"""The Corpus page, run without a browser."""

import json
import re
from collections import Counter

import pytest

from app.own_text import OwnText
from app.samples import samples
from app.screens.corpus.window import Stepping
from app.session import session
from app.text import EN, LANGUAGES
from app.text.literal import literal
from tests.app.choices import widget
from tests.app.visits import session_of, visit, visitor
from w2v_core import Corpus

PAGE = "screens/corpus/page.py"


def open_page(language="en", corpus="royal_court_en"):
    at = visit(visitor(language, corpus=corpus), "corpus")
    assert not at.exception
    return at


def components(at):
    return [each.proto for each in at.main.get("bidi_component")]


def figures_of(at):
    """Return what the figures get, by name."""
    drawn = [json.loads(each.json) for each in components(at) if each.json]
    return {each["name"]: each for each in drawn if "figure" in each}


def marks_of(at):
    """Return the message that moves the marks, without its arrays."""
    [drawn] = [each for each in components(at) if each.component_name.endswith("_move")]
    length = int.from_bytes(drawn.bytes[:4], "little")
    return json.loads(drawn.bytes[4 : 4 + length])


def place(at):
    position = session_of(at).part(Stepping).position
    return position.sentence, position.place


def words(at):
    """Return the buttons that are the words of the sentence, in order."""
    return [each for each in at.main.button if (each.key or "").startswith("word-")]


def of_kind(at, kind):
    """Return the places of the words of a kind: primary is the center, secondary a context."""
    return [i for i, each in enumerate(words(at)) if each.proto.type == kind]


def table(at):
    return at.main.dataframe[0].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_chosen_corpus_in_either_language(language):
    at = open_page(language)
    text = LANGUAGES[language].corpus_page
    said = [element.value for element in at.main.markdown]
    assert f"#### {text.heading}" in said
    assert {f"**{title}**" for title in (text.zipf, text.subsampling, text.noise, text.lengths)} <= set(said)
    assert set(figures_of(at)) == {"zipf", "subsampling", "noise", "lengths"}
    assert figures_of(at)["zipf"]["alt"].startswith(f"{text.zipf}. ")
    found = Counter(re.findall(r"[\w'-]+", samples()["royal_court_en"].path.read_text("utf-8").lower()))
    word, count = found.most_common(1)[0]
    weights = sum(n**0.75 for n in found.values())
    row = table(at).iloc[0]
    assert (row["word"], row["count"]) == (word, count)
    assert row["noise"] == pytest.approx(count**0.75 / weights / (count / found.total()))
    assert [
        each.value
        for each in at.main.text
        if each.value == text.table_note.format(shown=200, found=len(found))
    ]


def test_window_and_subsampling_act_at_once():
    at = open_page(corpus="world_facts_en")
    figure = figures_of(at)["subsampling"]["figure"]
    widget(at, "window").set_value(2).run()
    widget(at, "subsample").set_value(1e-5).run()
    assert any("~~" in each.label for each in words(at))
    assert len(of_kind(at, "secondary")) <= 4
    kept = 100 * session.load_corpus("world_facts_en").vocabulary.keep_probability(1e-5)
    assert table(at)["kept"].iloc[0] == pytest.approx(kept[0])
    assert figures_of(at)["subsampling"]["figure"] != figure


def test_a_setting_that_cannot_work_gets_its_sentence():
    at = open_page()
    widget(at, "window").set_value(99).run()
    [error] = at.error
    assert EN.settings["window"] in error.value


def test_settings_survive_a_change_of_pages():
    at = open_page()
    widget(at, "window").set_value(7).run()
    visit(at, "train")
    assert widget(at, "window").value == 7
    assert session_of(at).run.config.window == 7
    before = place(at)
    visit(at, "corpus")
    assert place(at) == before


def test_a_run_that_trains_is_watched_from_this_page():
    at = visit(visitor(), "train")
    run = session_of(at).run
    at.button(key="play").click().run()
    before = run._seen
    visit(at, "corpus")
    assert run._seen > before
    run.pause()


def test_the_center_its_contexts_and_the_pairs_agree():
    at = open_page()
    [center] = of_kind(at, "primary")
    contexts = of_kind(at, "secondary")
    assert contexts
    shown = session.load_corpus("royal_court_en")
    start = shown.starts[place(at)[0]]
    names = [shown.vocabulary.words[i] for i in shown.ids[start : start + len(words(at))]]
    assert all(literal(name) in each.label for name, each in zip(names, words(at), strict=True))
    pairs = " ".join(f"{literal(names[center])}→{literal(names[i])}" for i in contexts)
    assert pairs in [each.value for each in at.main.markdown]
    assert marks_of(at)["facts"] == {"center": names[center]}
    mark = marks_of(at)["figures"]["zipf"]["traces"]["chosen"]
    assert mark["x"] == [shown.vocabulary.id(names[center]) + 1]


def test_a_word_that_is_clicked_becomes_the_center_and_the_figures_stay():
    at = open_page()
    before = figures_of(at)
    words(at)[0].click().run()
    assert of_kind(at, "primary") == [0]
    at.button(key="forward").click().run()
    assert of_kind(at, "primary") == [next(i for i in range(1, 99) if "~~" not in words(at)[i].label)]
    at.button(key="back").click().run()
    at.button(key="back").click().run()
    assert place(at)[0] == int(words(at)[0].key.split("-")[1])
    assert figures_of(at) == before


def test_sentences_are_turned_over_and_drawn_again():
    at = open_page()
    sentence, _ = place(at)
    at.button(key="next").click().run()
    assert place(at)[0] == sentence + 1
    at.button(key="previous").click().run()
    assert place(at)[0] == sentence
    at.button(key="again").click().run()
    assert place(at)[0] == sentence
    assert session_of(at).part(Stepping).position.seed == 2


def test_it_steps_along_until_stopped():
    at = open_page()
    places = [place(at)]
    at.button(key="step_along").click().run()
    for _ in range(3):
        places.append(place(at))
        at.run()
    assert len(set(places)) == 4
    at.button(key="step_along").click().run()
    stopped = place(at)
    at.run()
    assert place(at) == stopped


def test_the_table_is_searched_and_turned():
    at = open_page()
    at.text_input(key="words_query").set_value("QUEEN").run()
    assert all("queen" in word for word in table(at)["word"])
    at.text_input(key="words_query").set_value("nobody at all").run()
    assert table(at).empty
    at.text_input(key="words_query").set_value("").run()
    at.segmented_control(key="words_order").set_value("least").run()
    vocabulary = session.load_corpus("royal_court_en").vocabulary
    assert table(at)["word"].iloc[0] == vocabulary.words[-1]


def test_markup_in_words_is_shown_as_it_is():
    """Each word stands in a code span of its own, whatever it is made of."""
    hostile = ("`**<b>", "[x](u)", "$x$", ":red[x]", "~~", "1.", "-", "#", "]")
    title = dict.fromkeys(LANGUAGES, "own")
    own = OwnText("own1", title, title, title, Corpus.from_sentences([hostile]), (), {}, "en")
    at = open_page()
    session_of(at).own_texts = {"own1": own}
    at.run()
    widget(at, "corpus").set_value("own1").run()
    widget(at, "subsample").set_value(0).run()
    for word, button in zip(hostile, words(at), strict=True):
        label = button.label.partition(" :small[")[0]
        assert label == literal(word)
    [caption] = [each.value for each in at.main.text if each.value.startswith("“")]
    assert any(f"“{word}”" in caption for word in hostile)  # as text, not Markdown
    assert not at.exception
