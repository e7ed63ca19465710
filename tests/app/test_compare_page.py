"""The Side by side page, run without a browser; `at.run()` is the tick of its clock."""

import base64
import csv
import io
import json
import time
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.files.compare_csv import COLUMNS, comparison_csv
from app.numbers import figure
from app.runs.lane import METRICS
from app.samples import samples
from app.state.presets import OWN, PRESETS
from app.text import EN, LANGUAGES
from app.views.compare_charts import LETTERS, SHOWN_METRICS, compare_data
from tests.app.choices import widget

MAIN = Path(__file__).parents[2] / "app" / "main.py"


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def open_page(language="en", corpus="royal_court_en"):
    at = AppTest.from_file(MAIN, default_timeout=30)
    at.session_state["language"] = language
    at.run()
    widget(at, "corpus").set_value(corpus).run()
    at.switch_page("chapters/compare.py").run()
    assert not at.exception
    return at


def runs_of(at):
    return at.session_state["compare_runs"]


def choice(at, name):
    return widget(at, f"compare_{name}")


def press(at, button):
    at.button(key=f"compare_{button}").click().run()
    assert not at.exception


def said(at):
    return "\n".join(element.value for kind in ("markdown", "warning", "error") for element in at.get(kind))


def numbers(packed, kind="<f4"):
    return np.frombuffer(base64.b64decode(packed), kind)


def sent(at):
    """Return what the browser is given, as the page itself gives it."""
    [component] = at.main.get("bidi_component")
    return json.loads(component.proto.json) if component.proto.json else component.proto


def test_the_page_begins_with_softmax_against_negative_sampling(language):
    at, text = open_page(language), LANGUAGES[language]
    assert [lane.config.objective for lane in runs_of(at).lanes] == ["negative_sampling", "softmax"]
    assert text.compare_page.watch["objectives"] in said(at)
    assert text.compare_page.press_play in said(at)
    assert not at.button(key="compare_play").disabled
    assert at.button(key="compare_pause").disabled


def test_step_play_pause_and_reset(language):
    at, text = open_page(language), LANGUAGES[language]
    press(at, "step")
    assert [lane.last.step for lane in runs_of(at).progress.lanes] == [1, 1]
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
    configs = [lane.config for lane in runs_of(at).lanes]
    assert [getattr(config, preset.setting) for config in configs] == list(preset.values)
    if "bounded" in preset.fixed:
        assert all(config.max_row_update is None for config in configs)
    same = [config.replace(**{preset.setting: preset.values[0]}) for config in configs]
    assert same.count(same[0]) == len(same)
    assert at.session_state["bounded"]  # the shared settings stay as they were


def test_a_comparison_of_ones_own():
    at = open_page()
    choice(at, "setting").set_value("dim").run()
    assert at.session_state["compare_preset"] == OWN
    widget(at, "compare_count").set_value(4).run()
    choice(at, "dim_3").set_value(200).run()
    assert not at.exception
    assert [lane.config.dim for lane in runs_of(at).lanes] == [2, 10, 50, 200]
    assert all(lane.config.objective == "negative_sampling" for lane in runs_of(at).lanes)
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
    assert [lane.config.objective for lane in runs_of(at).lanes] == [
        "negative_sampling",
        "hierarchical_softmax",
    ]
    assert {(lane.config.dim, lane.config.learning_rate) for lane in runs_of(at).lanes} == {(20, 0.25)}


def test_a_setting_that_differs_asks_for_no_reset_when_it_changes_elsewhere():
    at = open_page()
    press(at, "step")
    at.session_state["objective"] = "softmax"
    at.run()
    assert not at.warning


def test_a_run_taken_away_is_the_one_change(language):
    at, text = open_page(language), LANGUAGES[language]
    choice(at, "preset").set_value("negatives").run()
    press(at, "step")
    widget(at, "compare_count").set_value(2).run()
    assert len(runs_of(at).lanes) == 3
    [warning] = at.warning
    assert warning.value == text.compare_page.changed.format(names=text.compare_page.what_runs_are)
    press(at, "reset")
    assert [lane.config.negatives for lane in runs_of(at).lanes] == [1, 5]


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


def test_the_train_page_keeps_its_settings_and_its_run():
    at = open_page()
    choice(at, "preset").set_value("rates").run()
    press(at, "step")
    at.switch_page("chapters/train.py").run()
    assert not at.exception
    assert not at.warning
    assert widget(at, "bounded").value
    at.switch_page("chapters/compare.py").run()
    assert choice(at, "preset").value == "rates"
    assert runs_of(at).progress.pairs > 0


def test_runs_that_train_are_watched_from_every_page():
    at = open_page()
    press(at, "play")
    at.switch_page("chapters/corpus.py").run()
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


def data_of(runs, text=EN, alike=False):
    labels = [f"run {letter}" for letter in LETTERS[: len(runs.lanes)]]
    return compare_data(runs, "runs-1", text, labels, alike, ["x"] * 8, "king")


def test_every_number_sent_is_the_cores(played):
    data = data_of(played)
    for lane, now, shown in zip(played.lanes, played.progress.lanes, data["lanes"], strict=True):
        curve, looks = now.curve, now.looks
        running, probe = shown["running"], shown["probe"]
        for part, of in ((running, curve), (probe, looks)):
            np.testing.assert_array_equal(numbers(part["pairs"], "<f8"), of.pairs)
            np.testing.assert_array_equal(numbers(part["rows"], "<f8"), of.rows)
            np.testing.assert_allclose(numbers(part["seconds"]), of.seconds, rtol=1e-6)
        np.testing.assert_allclose(numbers(running["raw"]), curve.loss, rtol=1e-6)
        np.testing.assert_allclose(numbers(running["nats"]), curve.smooth, rtol=1e-6)
        np.testing.assert_allclose(numbers(probe["nats"]), looks.metrics["loss"], rtol=1e-6)
        for name in SHOWN_METRICS:
            np.testing.assert_allclose(numbers(probe[name]), looks.metrics[name], rtol=1e-6)
        for part, scale, loss in (
            (running, lane.running_scale, curve.smooth),
            (probe, lane.probe_scale, looks.metrics["loss"]),
        ):
            assert (part["start"], part["floor"]) == (scale.start, scale.floor.value)
            if scale.floor.value is None:
                assert part["relative"] is None
            else:
                expected = (loss - scale.floor.value) / (scale.start - scale.floor.value)
                np.testing.assert_allclose(numbers(part["relative"]), expected, rtol=1e-5, atol=1e-6)
        np.testing.assert_array_equal(numbers(shown["xy"]).reshape(-1, 2), now.frame.xy)
        near = now.embeddings.neighbors("king", len(shown["neighbors"]))
        assert shown["neighbors"] == [[word, round(cosine, 3)] for word, cosine in near]
        assert figure(curve.smooth[-1]) in shown["card"]["running"]
        assert figure(looks.metrics["loss"][-1]) in shown["card"]["probe"]
        assert f"{now.seconds:.1f} s" in shown["card"]["cost"]


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_it_is_said_what_cannot_be_compared_and_what_has_no_floor(played, text):
    words = text.compare_page
    notes = data_of(played, text)["notes"]
    assert notes["nats"] == words.unlike
    assert words.without_floor["unbounded"].format(runs="C") in notes["relative"]
    assert data_of(played, text, alike=True)["notes"]["nats"] == words.alike
    assert words.no_floor in data_of(played, text)["lanes"][2]["card"]["running"]


def test_an_explosion_is_said_on_its_card():
    at = open_page()
    choice(at, "preset").set_value("rates").run()
    for _ in range(40):
        runs_of(at).step()
    cost = data_of(runs_of(at))["lanes"][2]["card"]["cost"]
    problem = runs_of(at).progress.lanes[2].problem
    assert cost == EN.compare_page.stopped["diverged"].format(step=problem.details["step"])
    json.dumps(data_of(runs_of(at)), allow_nan=False)


def test_the_table_holds_the_runs_under_their_settings(played):
    lines = comparison_csv(played, samples()["royal_court_en"], "en").decode("utf-8-sig").splitlines()
    header = [line for line in lines if line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert lines[: len(header)] == header
    assert tuple(rows[0]) == COLUMNS
    for said_so in ("# corpus: The royal court", "# seed: 1", "# objective of B: softmax", "# dim: 50"):
        assert said_so in header
    assert "# floor of running_loss of C: unbounded" in header
    for letter, now in zip(LETTERS, played.progress.lanes, strict=False):
        of_run = [row for row in rows if row["run"] == letter]
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
