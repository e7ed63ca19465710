"""The Train page, run without a browser; `at.run()` is the tick of its clock."""

import json
import time

import numpy as np
import pytest

from app.background import playing
from app.background.convergence import CONVERGED
from app.samples import samples
from app.session import session
from app.settings import DEFAULT_CORPUS, DEFAULTS, LIMITS, SUITED, configured, recommended
from app.text import EN, LANGUAGES
from tests.app.choices import widget
from tests.app.visits import session_of, visit, visitor


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def link_of(at):
    """Return the query of the address that the page asks the browser for."""
    [drawn] = [each.proto for each in at.get("bidi_component") if "link" in each.proto.component_name]
    return json.loads(drawn.json)["query"]


def open_page(language="en", corpus="royal_court_en"):
    at = visit(visitor(language, corpus=corpus), "train")
    assert not at.exception
    return at


def figures_of(at):
    """Return the figures on the page as JSON, by name."""
    drawn = [json.loads(each.proto.json) for each in at.get("bidi_component") if each.proto.json]
    return {each["name"]: each["figure"] for each in drawn if "figure" in each}


def sent_to_figures(at):
    """Return the message that moves them, without its arrays."""
    [drawn] = [each.proto for each in at.get("bidi_component") if each.proto.component_name.endswith("_move")]
    length = int.from_bytes(drawn.bytes[:4], "little")
    return json.loads(drawn.bytes[4 : 4 + length])


def run_of(at):
    return session_of(at).run


def said(at):
    return "\n".join(element.value for kind in ("markdown", "warning", "error") for element in at.get(kind))


def press(at, button):
    at.button(key=button).click().run()
    assert not at.exception


def wait_until_it_stands(at):
    deadline = time.monotonic() + 30
    while run_of(at).running:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    at.run()


def test_a_newcomer_sees_what_to_press(language):
    at = visit(visitor(language), "train")
    text = LANGUAGES[language]
    assert session_of(at).chosen["corpus"] == DEFAULT_CORPUS[language]
    assert at.button(key="play").label == text.play
    assert not at.button(key="play").disabled
    assert at.button(key="pause").disabled
    assert text.play in said(at)
    assert run_of(at).progress.step == 0


def test_step_play_pause_and_reset(language):
    at, text = open_page(language), LANGUAGES[language]
    press(at, "step")
    assert run_of(at).progress.step == 1
    assert text.states["paused"] in said(at)

    widget(at, "corpus").set_value("world_facts_en").run()  # long enough not to end meanwhile
    press(at, "reset")
    press(at, "play")
    assert run_of(at).running
    assert at.button(key="play").disabled
    assert at.button(key="step").disabled
    assert text.states["running"] in said(at)
    press(at, "pause")
    assert not run_of(at).running
    assert text.states["paused"] in said(at)

    before = run_of(at)
    press(at, "reset")
    assert run_of(at) is not before
    assert run_of(at).progress.step == 0


def test_the_end_of_the_run_is_told(language):
    at, text = open_page(language), LANGUAGES[language]
    widget(at, "epochs").set_value(1).run()
    press(at, "play")
    wait_until_it_stands(at)
    assert run_of(at).progress.finished
    assert text.states["finished"] in said(at)
    assert at.button(key="play").disabled
    assert not at.button(key="reset").disabled


@pytest.mark.parametrize(
    ("name", "value"),
    [("dim", 20), ("window", 7), ("negatives", 9), ("epochs", 3), ("seed", 5)],
)
def test_a_setting_that_needs_a_new_model_never_discards_a_run(language, name, value):
    at, text = open_page(language), LANGUAGES[language]
    press(at, "step")
    before = run_of(at)
    widget(at, name).set_value(value).run()
    assert run_of(at) is before
    assert before.progress.step == 1
    [warning] = at.warning
    assert text.settings[name] in warning.value
    assert text.reset in warning.value
    press(at, "step")  # the old run still goes on
    assert before.progress.step == 2
    press(at, "reset")
    assert getattr(run_of(at).config, name) == value
    assert not at.warning


def test_other_settings_ask_for_reset_too(language):
    at, text = open_page(language), LANGUAGES[language]
    press(at, "step")
    before = run_of(at)
    widget(at, "objective").set_value("softmax").run()
    widget(at, "batch_tokens").set_value(64).run()
    widget(at, "bounded").uncheck().run()
    [warning] = at.warning
    for shown in (text.objectives["softmax"], text.settings["batch_tokens"], text.switch["off"]):
        assert shown in warning.value
    assert run_of(at) is before
    press(at, "reset")
    assert run_of(at).config.objective == "softmax"
    assert run_of(at).config.max_row_update is None


def test_reset_suggests_itself_once_the_settings_are_others():
    at = open_page()

    def kinds():
        return {key: at.button(key=key).proto.type for key in ("play", "reset")}

    press(at, "step")
    assert kinds() == {"play": "primary", "reset": "secondary"}
    widget(at, "dim").set_value(20).run()
    assert kinds() == {"play": "secondary", "reset": "primary"}
    press(at, "reset")
    assert kinds() == {"play": "primary", "reset": "secondary"}


def test_another_corpus_keeps_the_run_until_reset():
    at = open_page()
    press(at, "step")
    before = run_of(at)
    widget(at, "corpus").set_value("royal_court_zh").run()
    assert run_of(at) is before
    assert at.warning
    press(at, "reset")
    assert "国王" in run_of(at).corpus.vocabulary


def test_another_corpus_brings_what_suits_it_and_leaves_the_rest():
    at = open_page()
    widget(at, "dim").set_value(12).run()
    widget(at, "seed").set_value(9).run()
    widget(at, "objective").set_value("softmax").run()
    widget(at, "corpus").set_value("world_facts_en").run()
    settings = recommended(samples()["world_facts_en"], "softmax")
    assert {name: session_of(at).chosen[name] for name in SUITED} == {name: settings[name] for name in SUITED}
    assert [session_of(at).chosen[name] for name in ("dim", "seed", "objective")] == [12, 9, "softmax"]
    assert at.toast[0].value == EN.suited.format(title="World of facts")


def test_another_loss_brings_what_it_needs_on_this_corpus_and_says_so(language):
    at, text = visit(visitor(language, corpus="tiny_en"), "train"), LANGUAGES[language]
    widget(at, "dim").set_value(12).run()
    before = session_of(at).chosen["learning_rate"]
    widget(at, "objective").set_value("hierarchical_softmax").run()
    suited = samples()["tiny_en"].settings_of["hierarchical_softmax"]["learning_rate"]
    assert session_of(at).chosen["learning_rate"] == widget(at, "learning_rate").value == suited != before
    assert session_of(at).chosen["dim"] == 12
    assert [text.settings["learning_rate"] in toast.value for toast in at.toast] == [True]
    assert run_of(at).config.learning_rate == suited


def test_another_loss_leaves_a_corpus_alone_that_suits_all_alike():
    at = open_page()
    widget(at, "learning_rate").set_value(0.25).run()
    widget(at, "objective").set_value("softmax").run()
    assert session_of(at).chosen["learning_rate"] == 0.25
    assert not at.toast


def test_a_link_without_a_rate_keeps_the_rate_that_it_was_made_with():
    at = visit(visitor(corpus="tiny_en", objective="softmax"), "train")
    assert run_of(at).config.learning_rate == samples()["tiny_en"].settings["learning_rate"]
    assert "learning_rate" not in link_of(at)
    widget(at, "objective").set_value("hierarchical_softmax").run()
    link = dict(part.split("=") for part in link_of(at).split("&"))
    again = visit(visitor(**link), "train")
    assert run_of(again).config == run_of(at).config


@pytest.mark.parametrize("epochs", [1, 200])
def test_a_run_that_ends_far_above_its_floor_says_so(language, epochs):
    at, text = visit(visitor(language, corpus="tiny_en", epochs=epochs), "train"), LANGUAGES[language]
    press(at, "play")
    wait_until_it_stands(at)
    come = run_of(at).come()
    assert (come < CONVERGED) == (epochs == 1)
    told = text.not_converged.format(percent=int(100 * come))
    assert (told in said(at)) == (epochs == 1)


def test_what_a_corpus_brings_beyond_the_usual_goes_with_it(monkeypatch):
    at = open_page()
    monkeypatch.setitem(samples()["royal_court_zh"].settings, "dim", 8)
    widget(at, "corpus").set_value("royal_court_zh").run()
    assert session_of(at).chosen["dim"] == 8
    widget(at, "corpus").set_value("royal_court_en").run()
    assert session_of(at).chosen["dim"] == DEFAULTS["dim"]


def test_every_corpus_can_be_chosen_with_the_settings_it_recommends():
    at = open_page()
    for id, sample in samples().items():
        widget(at, "corpus").set_value(id).run()
        assert not at.exception
        assert not at.error
        expected = recommended(sample, "negative_sampling")
        assert {name: session_of(at).chosen[name] for name in DEFAULTS} == expected
        assert run_of(at).config == configured(expected)
        assert widget(at, "batch_tokens").value == expected["batch_tokens"]
        assert widget(at, "subsample").value == expected["subsample"]
        assert widget(at, "learning_rate").value == expected["learning_rate"]


def test_all_numbers_beyond_their_limits_are_named(language):
    at, text = open_page(language), LANGUAGES[language]
    for name, value in (("dim", 1), ("window", 99), ("epochs", -3)):
        widget(at, name).set_value(value).run()
    [error] = at.error
    for name in ("dim", "window", "epochs"):
        low, high = LIMITS[name]
        assert text.range.format(name=text.settings[name], low=low, high=f"{high:,}") in error.value


@pytest.mark.parametrize(
    ("name", "value"),
    [("dim", 0), ("dim", 10**9), ("window", 999), ("epochs", 0), ("seed", -3), ("negatives", 500)],
)
def test_a_number_beyond_its_limits_gets_a_sentence(language, name, value):
    at, text = open_page(language), LANGUAGES[language]
    press(at, "step")
    before = run_of(at)
    widget(at, name).set_value(value).run()
    [error] = at.error
    assert error.value == text.problems["out_of_range"].format(limits=text.limits({name: LIMITS[name]}))
    assert str(value) not in link_of(at)  # which goes on to name the value in use
    press(at, "reset")
    assert run_of(at) is before
    widget(at, name).set_value(DEFAULTS[name] if name != "window" else 3).run()
    assert not at.error


def test_a_fresh_run_takes_new_settings_at_once():
    at = open_page()
    widget(at, "dim").set_value(12).run()
    assert run_of(at).config.dim == 12
    assert not at.warning


def test_another_corpus_leaves_the_present_runs_rate_alone():
    at = open_page()
    widget(at, "learning_rate").set_value(0.25).run()
    press(at, "step")
    widget(at, "corpus").set_value("world_facts_en").run()
    assert run_of(at).learning_rate == 0.25


def test_the_notes_loss_says_that_it_has_no_floor(language):
    at, text = open_page(language), LANGUAGES[language]
    widget(at, "objective").set_value("softmax_with_negatives").run()
    widget(at, "bounded").uncheck().run()
    widget(at, "learning_rate").set_value(10.0).run()
    press(at, "play")
    wait_until_it_stands(at)
    [error] = at.error
    assert error.value == text.problem(run_of(at).progress.problem)
    assert run_of(at).progress.problem.code == "diverged_unbounded"


def test_rate_and_speed_act_on_the_present_run():
    at = open_page()
    press(at, "step")
    before = run_of(at)
    widget(at, "learning_rate").set_value(0.25).run()
    widget(at, "speed").set_value("medium").run()
    assert run_of(at) is before
    assert not at.warning
    assert before.learning_rate == 0.25
    assert before._steps_per_second == playing.SPEEDS["medium"]


def test_switching_the_language_loses_no_setting_and_no_run():
    at = open_page("en")
    widget(at, "dim").set_value(12).run()
    widget(at, "learning_rate").set_value(0.1).run()
    widget(at, "follow").set_value("queen").run()
    press(at, "step")
    before, settings = run_of(at), {name: session_of(at).chosen[name] for name in DEFAULTS}
    at.segmented_control(key="language").set_value("zh").run()
    assert at.button(key="play").label == LANGUAGES["zh"].play
    assert run_of(at) is before
    assert {name: session_of(at).chosen[name] for name in DEFAULTS} == settings
    assert session_of(at).chosen["follow"] == "queen"
    assert not at.warning


def test_more_negatives_than_words_get_a_sentence_and_the_run_stays(language, monkeypatch):
    monkeypatch.setitem(LIMITS, "negatives", (1, 1000))
    at, text = open_page(language), LANGUAGES[language]
    press(at, "step")
    before = run_of(at)
    widget(at, "negatives").set_value(500).run()
    press(at, "reset")
    [error] = at.error
    assert error.value == text.problems["too_many_negatives"].format(negatives=500, words=223)
    assert run_of(at) is before
    assert before.progress.step == 1
    widget(at, "negatives").set_value(5).run()
    assert not at.error
    assert not at.warning


def test_an_exploding_rate_is_told_and_the_page_lives_on(language):
    at = open_page(language)
    widget(at, "bounded").uncheck().run()
    widget(at, "learning_rate").set_value(100.0).run()
    press(at, "play")
    wait_until_it_stands(at)
    [error] = at.error
    problem = run_of(at).progress.problem
    assert problem.code == "diverged"
    assert problem.details["learning_rate"] == pytest.approx(100, rel=0.01)
    assert error.value == LANGUAGES[language].problem(problem)
    assert not at.button(key="play").disabled
    widget(at, "learning_rate").set_value(0.001).run()
    press(at, "step")
    assert not at.error


def test_the_page_sends_where_the_words_are_and_the_followed_words_neighbors():
    at = open_page()
    for _ in range(3):
        press(at, "step")
    widget(at, "follow").set_value("queen").run()
    run = run_of(at)
    sent = sent_to_figures(at)
    assert set(sent["figures"]) == {"loss", "map", "neighbors"}
    assert sent["facts"] == {"version": run.progress.version, "step": 3, "running": False}
    bars = sent["figures"]["neighbors"]["traces"]
    listed = [word for column in ("column0", "column1") for word in bars[column]["customdata"]]
    assert listed == [word for word, _ in run.progress.embeddings.neighbors("queen", 10)]


def test_a_figure_travels_again_only_when_something_else_is_to_be_seen():
    at = open_page()
    before = figures_of(at)
    press(at, "step")
    assert figures_of(at) == before
    at.segmented_control(key="language").set_value("zh").run()
    assert all(figures_of(at)[name] != before[name] for name in before)
    assert (
        json.loads(figures_of(at)["loss"])["layout"]["title"]["text"] == LANGUAGES["zh"].train_page.loss_title
    )


def test_a_click_on_a_word_follows_it():
    at = open_page()
    figure = [each.proto for each in at.get("bidi_component") if '"name": "map"' in each.proto.json]
    assert json.loads(figure[0].json)["events"] == ["click"]


def test_a_new_corpus_brings_a_word_of_its_own_to_follow():
    at = open_page()
    press(at, "step")
    widget(at, "corpus").set_value("royal_court_zh").run()
    assert session_of(at).chosen["follow"] == "king"
    press(at, "reset")
    assert session_of(at).chosen["follow"] == "国王"


@pytest.mark.parametrize("button", ["play", "step"])
def test_a_button_pressed_right_after_a_change_acts_on_the_changed_run(button):
    at = open_page()
    before = run_of(at)
    widget(at, "dim").set_value(12)  # the page is not drawn again before the press
    at.button(key=button).click().run()
    assert run_of(at).config.dim == 12
    assert run_of(at).running or run_of(at).progress.step > 0
    assert not before.running
    assert before.progress.step == 0
    assert not at.warning
    run_of(at).pause()


def test_a_window_beyond_the_longest_sentence_is_said_to_make_no_difference(language):
    corpus = f"tiny_{language}"
    longest = int(np.diff(session.load_corpus(corpus).starts).max())
    for window, said in ((longest - 1, []), (longest, [LANGUAGES[language].window_clipped])):
        at = visit(visitor(language, corpus=corpus, window=window), "train")
        assert [info.value for info in at.info] == [
            sentence.format(words=longest, reach=longest - 1) for sentence in said
        ]
