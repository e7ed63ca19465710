"""The page about what a step costs, run without a browser."""

import csv
import io

import pytest

from app.background import cost_run
from app.screens.cost import figures, report
from app.screens.cost.costs import Measured
from app.screens.cost.report import cost_csv, duration
from app.text import LANGUAGES
from tests.app.choices import widget
from tests.app.figure_tools import figures_of, sent
from tests.app.visits import session_of, visit, visitor
from w2v_core.diagnostics.cost import price_per_score
from w2v_core.training.config import OBJECTIVES

SIZES = (20, 40)


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Measure tiny vocabularies for no time, and start with nothing measured."""
    for module in (cost_run, figures, report):
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
    at = visit(visitor(language), "cost")
    assert not at.exception
    return at


def press(at, button):
    at.button(key=button).click().run()
    assert not at.exception


def run_of(at):
    return session_of(at).part(Measured).run


def measured(at):
    """Measure to the end."""
    press(at, "measure")
    run_of(at).join()
    at.run()
    return run_of(at)


def said(at):
    return "\n".join(element.value for element in at.markdown)


def axis(at):
    """Return the title of the chart's vertical axis."""
    return figures_of(at)["cost"]["layout"]["yaxis"]["title"]["text"]


def test_at_first_the_page_shows_theory_and_what_to_press(language):
    at, cost_page = open_page(language), LANGUAGES[language].cost_page
    assert cost_page.predict in said(at)
    assert at.button(key="measure").label == cost_page.measure
    assert at.button(key="cancel").disabled
    assert axis(at) == cost_page.scores_axis
    assert sent(at)["facts"] == {"step": 0, "running": False}


def test_a_measurement_from_press_to_result(language):
    at, text = open_page(language), LANGUAGES[language]
    run = measured(at)
    assert at.button(key="measure").label == text.cost_page.again
    assert axis(at) == text.cost_page.time_axis
    assert sent(at)["facts"] == {"step": 8, "running": False}
    cards = "\n".join(caption.value for caption in at.caption)
    for objective in OBJECTIVES:
        own = [record for record in run.records if record.objective == objective]
        assert [record.vocabulary_size for record in own] == list(SIZES)
        assert text.cost_page.price.format(price=duration(price_per_score(own))) in cards
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
    assert session_of(second).part(Measured).run is None
    assert axis(second) == LANGUAGES["zh"].cost_page.time_axis
    assert second.button(key="measure").label == LANGUAGES["zh"].cost_page.again
    widget(second, "cost_dim").set_value(100).run()
    assert axis(second) == LANGUAGES["zh"].cost_page.scores_axis  # other settings are another question
    widget(second, "cost_dim").set_value(50).run()
    assert sent(second)["facts"]["step"] == len(run.records)
    press(second, "measure")
    assert run_of(second) is not run
    run_of(second).join()


def test_who_only_looks_on_can_look_elsewhere_and_stops_nobody(endless):
    first = open_page()
    press(first, "measure")
    second = open_page()
    assert sent(second)["facts"]["running"]
    assert second.button(key="measure").disabled
    assert second.button(key="cancel").disabled
    widget(second, "cost_dim").set_value(100).run()
    assert not sent(second)["facts"]["running"]
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
    assert sent(first)["facts"]["step"] == len(run.records)


def test_settings_outlast_another_page():
    at = open_page()
    widget(at, "cost_dim").set_value(200).run()
    visit(at, "train")
    assert widget(at, "dim").value == 50  # the run's own
    widget(at, "dim").set_value(12).run()
    visit(at, "cost")
    assert widget(at, "cost_dim").value == 200
    widget(at, "cost_window").set_value(2).run()
    visit(at, "train")
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


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(2.41e-5, "24.1 µs"), (1e-5, "10 µs"), (9.999e-7, "1.00 µs"), (5.49e-7, "549 ns"), (9.9e-10, "0.99 ns"),
     (0.0123, "12.3 ms"), (2.0, "2 s")],
)  # fmt: skip
def test_durations(seconds, shown):
    assert duration(seconds) == shown
