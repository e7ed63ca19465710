"""The page about what a step costs, run without a browser."""

import csv
import io
import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.runs import cost_run
from app.text import LANGUAGES
from app.views import cost_view
from app.views.cost_view import cost_csv, cost_data, duration
from tests.app.choices import widget
from w2v_core.training.config import OBJECTIVES
from w2v_core.training.cost import price_per_score

MAIN = Path(__file__).parents[2] / "app" / "main.py"
SIZES = (20, 40)


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Measure tiny vocabularies for no time, and start with nothing measured."""
    for module in (cost_run, cost_view):
        monkeypatch.setattr(module, "VOCABULARY_SIZES", SIZES)
    monkeypatch.setattr(cost_run, "POINT_SECONDS", 0)
    monkeypatch.setattr(cost_run, "_latest", {})
    cost_run.theory.cache_clear()
    yield
    cost_run.theory.cache_clear()


@pytest.fixture
def endless(monkeypatch):
    """No point is ever done."""
    monkeypatch.setattr(cost_run.CostMeter, "enough", lambda self, seconds: False)


def open_page(language="en"):
    at = AppTest.from_file(MAIN, default_timeout=30)
    at.session_state["language"] = language
    at.run()
    at.switch_page("chapters/cost.py").run()
    assert not at.exception
    return at


def press(at, button):
    at.button(key=button).click().run()
    assert not at.exception


def run_of(at):
    return at.session_state["cost"]


def measured(at):
    """Measure to the end."""
    press(at, "measure")
    run_of(at).join()
    at.run()
    return run_of(at)


def said(at):
    return "\n".join(element.value for element in at.markdown)


def drawn(at):
    """Return what the component in the browser was given."""
    [chart] = at.main.get("bidi_component")
    return json.loads(chart.proto.json)


def test_at_first_the_page_shows_theory_and_what_to_press(language):
    at, cost_page = open_page(language), LANGUAGES[language].cost_page
    assert cost_page.predict in said(at)
    assert at.button(key="measure").label == cost_page.measure
    assert at.button(key="cancel").disabled
    data = drawn(at)
    assert not data["measured"]
    assert data["text"]["y"] == cost_page.scores_axis
    shown = {one["id"]: one["theory"] for one in data["series"]}
    theory = cost_run.theory(cost_run.cost_config(dim=50, window=5, negatives=5, noise="shared"))
    assert shown == {objective: list(scores) for objective, scores in theory.items()}
    assert all(one["y"] == [] for one in data["series"])


def test_a_measurement_from_press_to_result(language):
    at, text = open_page(language), LANGUAGES[language]
    run = measured(at)
    assert at.button(key="measure").label == text.cost_page.again
    data = drawn(at)
    assert data["text"]["y"] == text.cost_page.time_axis
    for one in data["series"]:
        own = [record for record in run.records if record.objective == one["id"]]
        assert one["x"] == [record.vocabulary_size for record in own] == list(SIZES)
        assert one["y"] == [record.seconds for record in own]
        price = price_per_score(own)
        assert one["theory"] == pytest.approx([record.scores * price for record in own])
        assert duration(price) in one["lines"][-1]
    slow, fast = (
        next(r for r in run.records if (r.objective, r.vocabulary_size) == (objective, 40))
        for objective in ("softmax", "negative_sampling")
    )
    for shown in (duration(slow.seconds), duration(fast.seconds), f"{slow.seconds / fast.seconds:,.0f}"):
        assert shown in said(at)


def test_settings_are_taken_and_wait_while_it_measures(endless, language):
    at = open_page(language)
    widget(at, "cost_dim").set_value(10).run()
    widget(at, "cost_negatives").set_value(2).run()
    widget(at, "cost_noise").set_value("per_pair").run()
    press(at, "measure")
    config = run_of(at).config
    assert (config.dim, config.negatives, config.noise) == (10, 2, "per_pair")
    assert widget(at, "cost_dim").disabled
    assert not at.button(key="cancel").disabled
    text = LANGUAGES[language]
    assert text.objectives["softmax"] in said(at)
    press(at, "cancel")
    run_of(at).join()
    at.run()
    assert not run_of(at).running
    assert text.cost_page.cancelled.format(done=0, total=8) in said(at)
    assert not widget(at, "cost_dim").disabled


def test_the_next_visitor_sees_the_results_at_once():
    first = open_page()
    run = measured(first)
    second = open_page("zh")
    assert second.session_state["cost"] is None
    assert drawn(second)["measured"]
    assert second.button(key="measure").label == LANGUAGES["zh"].cost_page.again
    widget(second, "cost_dim").set_value(100).run()
    assert not drawn(second)["measured"]  # other settings are another question
    widget(second, "cost_dim").set_value(50).run()
    assert drawn(second)["version"] == run.done
    press(second, "measure")
    assert run_of(second) is not run
    run_of(second).join()


def test_who_only_looks_on_can_look_elsewhere_and_stops_nobody(endless):
    first = open_page()
    press(first, "measure")
    second = open_page()
    assert drawn(second)["running"]
    assert second.button(key="measure").disabled
    assert second.button(key="cancel").disabled
    widget(second, "cost_dim").set_value(100).run()
    assert not drawn(second)["running"]
    assert run_of(first).running
    press(first, "cancel")
    run_of(first).join()


def test_a_measurement_given_up_gives_way_to_somebody_elses(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(cost_run.CostMeter, "enough", lambda self, seconds: False)
        first = open_page()
        press(first, "measure")
        press(first, "cancel")
        run_of(first).join()
    run = measured(open_page())
    first.run()
    assert drawn(first)["version"] == run.done


def test_settings_outlast_another_page():
    at = open_page()
    widget(at, "cost_dim").set_value(200).run()
    at.switch_page("chapters/train.py").run()
    assert widget(at, "dim").value == 50  # the run's own
    widget(at, "dim").set_value(12).run()
    at.switch_page("chapters/cost.py").run()
    assert widget(at, "cost_dim").value == 200
    widget(at, "cost_window").set_value(2).run()
    at.switch_page("chapters/train.py").run()
    assert widget(at, "dim").value == 12


def test_an_error_is_told(monkeypatch, language):
    def fail(meter):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(cost_run.CostMeter, "step", fail)
    at = open_page(language)
    measured(at)
    assert LANGUAGES[language].cost_page.failed in said(at)
    assert not at.button(key="measure").disabled


def test_csv_has_the_settings_and_all_points():
    run = measured(open_page())
    lines = cost_csv(run).decode("utf-8-sig").splitlines()
    about = [line for line in lines if line.startswith("# ")]
    assert "# dim: 50" in about
    assert f"# centers per step: {run.config.batch_tokens}" in about
    rows = list(csv.DictReader(io.StringIO("\n".join(lines[len(about) :]))))
    assert {row["objective"] for row in rows} == set(OBJECTIVES)
    assert [(row["objective"], float(row["seconds_per_pair"]), int(row["steps"])) for row in rows] == [
        (record.objective, record.seconds, record.steps) for record in run.records
    ]


def test_every_loss_looks_different_and_none_like_another_meaning():
    looks = cost_view.LOOKS
    assert set(looks) == set(OBJECTIVES)
    colours, symbols = zip(*looks.values(), strict=True)
    assert len(set(colours)) == len(set(symbols)) == len(OBJECTIVES)
    assert not {"#0072B2", "#009E73", "#D55E00", "#CC79A7"} & set(colours)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(2.41e-5, "24.1 µs"), (1e-5, "10 µs"), (9.999e-7, "1.00 µs"), (5.49e-7, "549 ns"), (9.9e-10, "0.99 ns"),
     (0.0123, "12.3 ms"), (2.0, "2 s")],
)  # fmt: skip
def test_durations(seconds, shown):
    assert duration(seconds) == shown


def test_nothing_measured_nothing_drawn_but_theory():
    config = cost_run.cost_config(dim=50, window=5, negatives=5, noise="shared")
    data = cost_data(config, None, LANGUAGES["en"])
    assert data["version"] == 0
    assert data["range"][1] == max(SIZES)
