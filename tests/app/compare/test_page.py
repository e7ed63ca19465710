"""The Side by side page, run without a browser; `at.run()` is the tick of its clock."""

import csv
import io
import json
import time

import pytest

from app.background.comparison import METRICS
from app.formatting import Count
from app.samples import samples
from app.screens.compare.cards import LETTERS
from app.screens.compare.comparison import Compared
from app.screens.compare.table import COLUMNS, comparison_csv
from app.session import session
from app.session.presets import OWN, PRESETS
from app.settings import DEFAULT_CORPUS, VIEWS
from app.text import EN, LANGUAGES
from tests.app.choices import widget
from tests.app.visits import session_of, visit, visitor
from w2v_core import limits


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def open_page(language="en", corpus="royal_court_en"):
    at = visit(visitor(language, corpus=corpus), "compare")
    assert not at.exception
    return at


def runs_of(at):
    return session_of(at).part(Compared).runs


def choice(at, name):
    return widget(at, f"compare_{name}")


def press(at, button):
    at.button(key=f"compare_{button}").click().run()
    assert not at.exception


def said(at):
    return "\n".join(element.value for kind in ("markdown", "warning", "error") for element in at.get(kind))


def sent(at):
    """Return the figures on the page as JSON, by name."""
    drawn = [json.loads(each.proto.json) for each in at.get("bidi_component") if each.proto.json]
    return {each["name"]: json.loads(each["figure"]) for each in drawn if "figure" in each}


def test_the_page_begins_with_softmax_against_negative_sampling(language):
    at, text = open_page(language), LANGUAGES[language]
    assert [member.config.objective for member in runs_of(at).members] == ["negative_sampling", "softmax"]
    assert text.compare_page.watch["objectives"] in said(at)
    assert text.compare_page.press_play in said(at)
    assert not at.button(key="compare_play").disabled
    assert at.button(key="compare_pause").disabled


def test_step_play_pause_and_reset(language):
    at, text = open_page(language), LANGUAGES[language]
    press(at, "step")
    assert [member.last.step for member in runs_of(at).progress.members] == [1, 1]
    assert text.states["paused"] in said(at)
    press(at, "play")
    assert runs_of(at).running
    assert at.button(key="compare_play").disabled
    press(at, "pause")
    assert not runs_of(at).running
    before = runs_of(at)
    press(at, "reset")
    assert runs_of(at) is not before
    assert runs_of(at).progress.pairs == 0


@pytest.mark.parametrize("preset_id", PRESETS)
def test_a_preset_starts_over_at_once_and_decides_its_settings(preset_id, language):
    at, text, preset = open_page(language), LANGUAGES[language], PRESETS[preset_id]
    press(at, "step")
    choice(at, "preset").set_value(preset_id).run()
    assert not at.exception
    assert not at.warning
    if preset_id != "objectives":
        assert runs_of(at).progress.pairs == 0
        assert text.compare_page.watch[preset_id] in said(at)
    configs = [member.config for member in runs_of(at).members]
    assert [getattr(config, preset.setting) for config in configs] == list(preset.values)
    if "bounded" in preset.fixed:
        assert all(config.max_row_update is None for config in configs)
    same = [config.replace(**{preset.setting: preset.values[0]}) for config in configs]
    assert same.count(same[0]) == len(same)
    assert session_of(at).chosen["bounded"]  # the shared settings stay as they were


def test_a_comparison_of_ones_own():
    at = open_page()
    choice(at, "setting").set_value("dim").run()
    assert session_of(at).part(Compared).preset == OWN
    widget(at, "compare_count").set_value(4).run()
    choice(at, "dim_3").set_value(200).run()
    assert not at.exception
    assert [member.config.dim for member in runs_of(at).members] == [2, 10, 50, 200]
    assert all(member.config.objective == "negative_sampling" for member in runs_of(at).members)
    assert [field.value for field in at.text_input] == ["2 · 10 · 50 · 200"]


def test_changes_never_discard_runs(language):
    at, text = open_page(language), LANGUAGES[language]
    press(at, "step")
    before = runs_of(at)
    widget(at, "dim").set_value(20).run()
    widget(at, "learning_rate").set_value(0.25).run()
    choice(at, "objective_1").set_value("hierarchical_softmax").run()
    assert runs_of(at) is before
    [warning] = at.warning
    for name in (text.settings["dim"], text.settings["learning_rate"], text.compare_page.what_runs_are):
        assert name in warning.value
    press(at, "reset")
    assert not at.warning
    assert [member.config.objective for member in runs_of(at).members] == [
        "negative_sampling",
        "hierarchical_softmax",
    ]
    assert {(member.config.dim, member.config.learning_rate) for member in runs_of(at).members} == {
        (20, 0.25)
    }


def test_a_setting_that_differs_asks_for_no_reset_when_it_changes_elsewhere():
    at = open_page()
    press(at, "step")
    session_of(at).chosen["objective"] = "softmax"
    at.run()
    assert not at.warning


def test_a_run_taken_away_is_the_one_change(language):
    given = visitor(language, corpus="royal_court_en", preset="negatives")
    at, text = visit(given, "compare"), LANGUAGES[language]
    press(at, "step")
    widget(at, "compare_count").set_value(2).run()
    assert len(runs_of(at).members) == 3
    [warning] = at.warning
    assert warning.value == text.compare_page.changed.format(names=text.compare_page.what_runs_are)
    press(at, "reset")
    assert [member.config.negatives for member in runs_of(at).members] == [1, 5]


def test_impossible_runs_get_a_sentence_and_the_old_ones_stay(language):
    at, text = open_page(language, "tiny_en"), LANGUAGES[language]
    before = runs_of(at)
    press(at, "step")
    choice(at, "setting").set_value("negatives").run()
    choice(at, "negatives_1").set_value(50).run()
    press(at, "reset")
    [error] = at.error
    assert error.value == text.problems["too_many_negatives"].format(negatives=50, words=21)
    assert runs_of(at) is before


def test_switching_the_language_loses_no_run():
    at = open_page("en")
    press(at, "step")
    before = runs_of(at)
    choice(at, "preset").set_value("zero").run()
    press(at, "step")
    before = runs_of(at)
    at.segmented_control(key="language").set_value("zh").run()
    assert runs_of(at) is before
    assert not at.warning
    assert choice(at, "preset").value == "zero"


def test_a_preset_brings_its_text_and_length_and_the_train_page_keeps_its_own(language):
    at, text = open_page(language), LANGUAGES[language]
    choice(at, "preset").set_value("negatives").run()
    runs, preset = runs_of(at), PRESETS["negatives"]
    brought = samples()[DEFAULT_CORPUS[language]]
    assert runs.corpus is session.load_corpus(brought.id)
    assert {member.config.epochs for member in runs.members} == {preset.epochs}
    assert text.compare_page.brought.format(seconds=20, epochs=Count(str(preset.epochs))) in said(at)
    shown = {field.label: field.value for field in at.text_input}
    assert shown[text.corpus] == brought.title[language]
    assert shown[text.settings["epochs"]] == str(preset.epochs)
    query = dict(part.split("=") for part in link_of(at).split("&"))
    assert query["corpus"] == brought.id
    again = visit(visitor(**{"language": language, **query}), "compare")
    assert [member.config for member in runs_of(again).members] == [member.config for member in runs.members]
    choice(at, "preset").set_value(OWN).run()
    assert session_of(at).chosen["corpus"] == "royal_court_en"
    press(at, "reset")
    assert runs_of(at).corpus is session.load_corpus("royal_court_en")


def test_what_is_changed_of_a_preset_is_ones_own_on_the_text_of_the_session(language):
    at, text = open_page(language), LANGUAGES[language]
    choice(at, "preset").set_value("negatives").run()
    press(at, "step")
    before = runs_of(at)
    widget(at, "compare_count").set_value(2).run()
    assert runs_of(at) is before
    [warning] = at.warning
    for name in (text.settings["corpus"], text.settings["epochs"], text.compare_page.what_runs_are):
        assert name in warning.value
    press(at, "reset")
    assert runs_of(at).corpus is session.load_corpus("royal_court_en")


def test_a_link_with_a_preset_alone_brings_its_text_and_with_a_corpus_keeps_that():
    at = visit(visitor(preset="rates"), "compare")
    assert {member.config.epochs for member in runs_of(at).members} == {PRESETS["rates"].epochs}
    kept = visit(visitor(preset="rates", corpus="tiny_en"), "compare")
    assert runs_of(kept).corpus is session.load_corpus("tiny_en")
    assert {member.config.epochs for member in runs_of(kept).members} == {
        samples()["tiny_en"].settings["epochs"]
    }


def test_the_train_page_keeps_its_settings_and_its_run():
    at = open_page()
    choice(at, "preset").set_value("rates").run()
    press(at, "step")
    visit(at, "train")
    assert not at.exception
    assert not at.warning
    assert widget(at, "bounded").value
    visit(at, "compare")
    assert choice(at, "preset").value == "rates"
    assert runs_of(at).progress.pairs > 0


def test_runs_that_train_are_watched_from_every_page():
    at = open_page()
    press(at, "play")
    visit(at, "corpus")
    seen = runs_of(at)._seen
    at.run()
    assert runs_of(at)._seen > seen
    runs_of(at).pause()


@pytest.fixture(scope="module")
def played():
    """Return runs in which everything occurs: a floor, none, an explosion."""
    at = open_page()
    choice(at, "setting").set_value("objective").run()
    widget(at, "compare_count").set_value(3).run()
    choice(at, "objective_2").set_value("softmax_with_negatives").run()
    for _ in range(25):
        runs_of(at).step()
    return runs_of(at)


def test_the_table_holds_the_runs_under_their_settings(played):
    lines = comparison_csv(played, samples()["royal_court_en"], "en").decode("utf-8-sig").splitlines()
    header = [line for line in lines if line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert lines[: len(header)] == header
    assert tuple(rows[0]) == COLUMNS
    for said_so in ("# corpus: The royal court", "# seed: 1", "# objective of B: softmax", "# dim: 50"):
        assert said_so in header
    assert "# floor of running_loss of C: unbounded" in header
    for letter, now in zip(LETTERS, played.progress.members, strict=False):
        of_run = [row for row in rows if row["run"] == letter]
        assert {row["seed"] for row in of_run} == {"1"}
        steps = [int(row["step"]) for row in of_run]
        assert steps == sorted(set(steps))
        points = [row for row in of_run if row["running_loss"]]
        assert [float(row["running_loss"]) for row in points] == now.curve.loss.tolist()
        assert [int(row["pairs"]) for row in points] == now.curve.pairs.tolist()
        assert [float(row["seconds"]) for row in points] == now.curve.seconds.tolist()
        looks = [row for row in of_run if row["probe_loss"]]
        for name in METRICS:
            assert [float(row[f"probe_{name}"]) for row in looks] == now.looks.metrics[name].tolist()


def test_the_end_is_told():
    at = open_page(corpus="tiny_en")
    widget(at, "epochs").set_value(1).run()
    press(at, "play")
    deadline = time.monotonic() + 30
    while runs_of(at).running:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    at.run()
    assert EN.states["finished"] in said(at)
    assert at.button(key="compare_play").disabled


def test_a_run_that_stops_by_itself_is_named_in_the_status(language):
    at, text = open_page(language), LANGUAGES[language]
    choice(at, "preset").set_value("rates").run()
    for _ in range(40):
        runs_of(at).step()
    at.run()
    problem = runs_of(at).progress.members[2].problem
    assert f"**C {text.compare_page.stopped['diverged'].format(step=problem.details['step'])}**" in said(at)


@pytest.mark.parametrize("name", VIEWS)
def test_switches_change_the_figures_and_the_link_and_no_run(name, language):
    at, words = open_page(language), LANGUAGES[language].compare_page
    press(at, "step")
    before = runs_of(at)
    for option in (*VIEWS[name].options[1:], VIEWS[name].options[0]):
        choice(at, name).set_value(option).run()
        assert not at.exception
        layout = sent(at)["compare_curves"]["layout"]
        view = {each: getattr(session_of(at).part(Compared).view, each) for each in VIEWS}
        assert layout["xaxis"]["title"]["text"] == words.clock_axes[view["clock"]]
        assert layout["yaxis"]["title"]["text"] == words.scale_axes[view["scale"]]
        assert layout["yaxis2"]["title"]["text"] == words.measure_axes[view["measure"]]
        assert ("compare_maps" in sent(at)) == (view["below"] == "maps")
        at.run()
        assert (f"{name}={option}" in link_of(at)) == (option != VIEWS[name].options[0])
    assert runs_of(at) is before
    assert session_of(at).part(Compared).preset == "objectives"


def link_of(at):
    """Return the query of the address that the page asks the browser for."""
    [drawn] = [each.proto for each in at.get("bidi_component") if "link" in each.proto.component_name]
    return json.loads(drawn.json)["query"]


def test_a_link_opens_the_same_view():
    at = visit(visitor(clock="rows", scale="relative", measure="top_10", below="maps"), "compare")
    assert not at.exception
    assert choice(at, "clock").value == "rows"
    assert {"clock=rows", "scale=relative", "measure=top_10", "below=maps"} <= set(link_of(at).split("&"))


def test_a_word_of_the_runs_can_be_followed():
    at = open_page()
    choice(at, "follow").set_value("queen").run()
    assert session_of(at).part(Compared).follow == "queen"
    words = sent(at)["compare_neighbors"]["data"][0]["customdata"]
    assert words == [word for word, _ in runs_of(at).members[0].trainer.snapshot().neighbors("queen", 8)]


def test_an_error_is_over_once_the_runs_can_be_made(monkeypatch):
    at = visit(visitor(corpus="tiny_en"), "compare")
    with monkeypatch.context() as full:
        full.setattr(limits, "APP_ALL_RUN_BYTES", 0)
        at.button(key="compare_reset").click().run()
        assert at.error
    at.button(key="compare_reset").click().run()
    assert not at.error
