"""The page "Inside a step", run without a browser."""

import csv
import json
from urllib.parse import parse_qs

import numpy as np
import pytest

from app.formatting import figure
from app.screens.step.half_steps import half_steps, rows
from app.screens.step.on_bench import Looked
from app.screens.step.pair_file import pair_csv
from app.text import LANGUAGES
from tests.app.choices import widget
from tests.app.visits import session_of, visit, visitor
from w2v_core.training.config import OBJECTIVES


def open_page(language="en", objective="negative_sampling", steps=5):
    at = visit(visitor(language, corpus="royal_court_en", objective=objective), "train")
    if steps:
        session_of(at).run.step(steps)
    visit(at, "step")
    assert not at.exception
    return at


def press(at, button):
    at.button(key=button).click().run()
    assert not at.exception


def bench(at):
    return session_of(at).part(Looked).bench


def sent(at, name):
    """Return the figure that a place of the page was sent."""
    found = [
        json.loads(element.proto.json) for element in at.main.get("bidi_component") if element.proto.json
    ]
    return json.loads(next(entry["figure"] for entry in found if entry["name"] == name))


def trace(at, name, uid):
    return next(trace for trace in sent(at, name)["data"] if trace["uid"] == uid)


def half_step(at):
    """Return what the strip and the formula say is shown; they agree."""
    names = half_steps(session_of(at).run.config.objective)
    name = names[widget(at, "half_step").value]
    titles = LANGUAGES[at.session_state["language"]].step_page.half_steps
    title = titles.get(f"{name}.{session_of(at).run.config.objective}", titles[name])
    assert any(title in h.value for h in at.markdown)
    return name


def said(at):
    return "\n".join(
        str(element.value)
        for kind in ("markdown", "text", "latex", "info", "warning")
        for element in at.get(kind)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_next_leads_through_every_half_step_and_back(language, objective):
    at, page = open_page(language, objective), LANGUAGES[language].step_page
    names = half_steps(objective)
    for i, name in enumerate(names):
        assert half_step(at) == name
        assert (
            page.axes.get(f"{name}.{objective}", page.axes[name])
            in sent(at, "picture")["layout"]["title"]["text"]
        )
        assert len(at.get("latex")) == 2
        if i < len(names) - 1:
            press(at, "half_next")
    assert at.button(key="half_next").disabled
    press(at, "half_back")
    assert half_step(at) == names[-2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untrained_page_says_what_p_is_while_scores_are_zero(language):
    at = open_page(language, steps=0)
    record, page = bench(at).record, LANGUAGES[language].step_page
    words = len(session_of(at).run.corpus.vocabulary)
    p = figure(float(record.distribution[record.target]))
    assert page.at_zero.format(noise=p, uniform=figure(1 / words)) in said(at)
    at = open_page(language, "softmax", steps=0)
    assert page.fresh in said(at)
    assert page.at_zero[:8] not in said(at)


def test_what_is_shown_is_the_record():
    at = open_page()
    record = bench(at).record
    press(at, "half_next")
    columns = [row[0] for row in trace(at, "picture", "rows")["customdata"]]
    assert columns == [row.column for row in rows(record, "negative_sampling")]
    assert trace(at, "picture", "bars")["x"] == pytest.approx(record.scores[columns].tolist())
    assert trace(at, "picture", "values")["text"] == [f"<b>{figure(record.scores[i])}</b>" for i in columns]


def test_a_row_chosen_from_the_list_fills_the_formula_and_is_lit():
    at = open_page()
    press(at, "half_next")
    row = rows(bench(at).record, "negative_sampling")[2]
    widget(at, "inside_row").set_value(row.column).run()
    assert "s_{n_{2}}" in at.get("latex")[1].value
    back = trace(at, "picture", "rows")
    lit = [i for i, color in enumerate(back["marker"]["color"]) if color != "rgba(0,0,0,0)"]
    assert [back["customdata"][i][0] for i in lit] == [row.column]
    press(at, "surprise")
    assert session_of(at).part(Looked).row is None


def test_words_of_the_sentence_are_clicked():
    at = open_page()
    start = bench(at).excerpt.start
    other = next(i for i in bench(at).contexts() if i != bench(at).context_at)
    press(at, f"token_{other - start}")
    assert bench(at).context_at == other
    far = [button for button in at.button if button.key.startswith("token_") and button.disabled]
    at.radio(key="inside_as").set_value("center").run()
    assert not any(button.disabled for button in at.button if button.key.startswith("token_"))
    press(at, f"token_{other - start}")
    assert bench(at).center_at == other
    assert at.radio(key="inside_as").value == "context"
    assert far or len(bench(at).contexts()) + 1 == len(bench(at).excerpt.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_apply_a_hundred_times_and_undo(language):
    at = open_page(language)
    first = bench(at).record.distribution[bench(at).context]
    assert at.button(key="undo").disabled
    press(at, "apply")
    press(at, "apply_many")
    assert sent(at, "rise")["layout"]["xaxis"]["range"] == [0, 101]
    assert bench(at).record.distribution[bench(at).context] > first
    press(at, "undo")
    press(at, "undo")
    assert sent(at, "rise")["layout"]["xaxis"]["tickvals"] == [0]
    assert bench(at).record.distribution[bench(at).context] == first
    assert at.button(key="undo").disabled


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untrained_run_says_that_all_scores_are_zero_and_offers_to_train(language):
    at, page = open_page(language, steps=0), LANGUAGES[language].step_page
    assert page.fresh in said(at)
    press(at, "half_next")
    assert page.all_zero in said(at)
    press(at, "train_a_little")
    run = session_of(at).run
    run._thread.join()
    at.run()
    assert run.progress.step > 0
    assert not run.progress.finished
    assert page.fresh not in said(at)
    assert page.all_zero not in said(at)
    assert bench(at).step == run.progress.step


def test_a_little_of_a_loss_without_floor_shows_a_probability_above_one_and_no_astronomical_number():
    at = open_page(steps=0)
    widget(at, "objective").set_value("softmax_with_negatives").run()
    press(at, "train_a_little")
    run = session_of(at).run
    run._thread.join()
    at.run()
    assert run.progress.curve.smooth[-1] < 0.5 * run.start_value
    above = [term.probability for term in bench(at).record.terms if not term.positive]
    assert 1 < max(above) < 1e6


def test_while_the_run_plays_the_page_says_that_its_numbers_stand_still():
    at, text = open_page(), LANGUAGES["en"]
    run = session_of(at).run
    run.set_speed("slow")
    run.start()
    at.run()
    assert text.step_page.frozen.format(step="5") in said(at)
    assert at.button(key="apply").disabled
    press(at, "inside_pause")
    assert not run.running
    assert not at.button(key="apply").disabled


def test_another_loss_is_a_new_run_on_the_same_pair():
    at, text = open_page(), LANGUAGES["en"]
    before = bench(at)
    widget(at, "objective").set_value("softmax").run()
    assert text.step_page.changed.format(changes=text.settings["objective"]) in said(at)
    assert bench(at) is before
    press(at, "train_a_little")
    session_of(at).run._thread.join()
    at.run()
    assert bench(at).run.config.objective == "softmax"
    assert (bench(at).center_at, bench(at).context_at) == (before.center_at, before.context_at)
    assert [button for button in at.button if button.key == "redraw"] == []  # a softmax has no noise


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["heat", "arrows", "check"])
def test_the_other_views(language, view):
    at, page = open_page(language), LANGUAGES[language].step_page
    widget(at, "inside_view").set_value(view).run()
    assert not at.exception
    assert sent(at, {"check": "picture"}.get(view, view))["data"]
    assert page.views[view] in said(at)
    press(at, "half_next")  # leads back to the half-steps
    assert half_step(at) == "scores"


def test_a_word_from_the_list_a_surprise_and_new_noise():
    at = open_page()
    widget(at, "inside_word").set_value("queen").run()
    assert bench(at).run.corpus.vocabulary.words[bench(at).center] == "queen"
    noise = list(bench(at).noise)
    press(at, "redraw")
    assert bench(at).noise != noise
    before = bench(at).center_at, bench(at).context_at
    press(at, "surprise")
    assert (bench(at).center_at, bench(at).context_at) != before
    words = [button for button in at.button if button.key.startswith("token_")]
    assert len(words) == len(bench(at).excerpt.words)


def test_the_pair_and_the_half_step_are_kept_while_another_page_is_visited():
    at = open_page()
    widget(at, "inside_word").set_value("queen").run()
    press(at, "half_next")
    visit(at, "train")
    visit(at, "step")
    assert half_step(at) == "scores"
    assert bench(at).run.corpus.vocabulary.words[bench(at).center] == "queen"
    at.segmented_control(key="language").set_value("zh").run()
    assert half_step(at) == "scores"


def test_the_limit_on_steps_is_told_where_it_acts():
    at, page = open_page(steps=300), LANGUAGES["en"].step_page
    widget(at, "learning_rate").set_value(10.0).run()
    for _ in range(8):
        press(at, "half_next")
    assert bench(at).record.bounded_inputs.all()
    assert page.limited.format(bound="0.5") in said(at)


def test_a_step_that_explodes_gets_a_sentence():
    at = open_page(objective="softmax", steps=0)
    widget(at, "bounded").uncheck().run()
    session_of(at).run.step(5)
    session_of(at).run.set_learning_rate(1e30)
    press(at, "apply_many")
    [error] = at.error
    assert error.value == LANGUAGES["en"].problem(session_of(at).part(Looked).problem)
    press(at, "surprise")
    assert not at.error


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_table_holds_the_numbers_of_the_record(objective):
    at = open_page(objective=objective)
    press(at, "apply")
    lying, words = bench(at), session_of(at).run.corpus.vocabulary.words
    record, config = lying.record, lying.run.config
    lines = pair_csv(lying, "Royal court").decode("utf-8-sig").splitlines()
    about = dict(line[2:].split(": ", 1) for line in lines if line.startswith("#"))
    assert about["objective"] == objective
    assert about["corpus"] == "Royal court"
    assert (about["center"], about["context"]) == (words[lying.center], words[lying.context])
    assert float(about["loss"]) == record.loss
    assert float(about["p(context | center)"]) == record.distribution[record.target]
    assert about["times applied"] == "1"
    assert len(about["p(context | center) before and after each time"].split()) == 2
    assert ("sigmoid(s) before and after each time" in about) == (objective == "negative_sampling")

    center, *table = csv.DictReader(line for line in lines if not line.startswith("#"))

    def vectors(line, name):
        return [float(line[f"{name}_{i}"]) for i in range(1, config.dim + 1)]

    assert center["word"] == words[lying.center]
    assert vectors(center, "gradient") == record.input_gradients[0].tolist()
    for line, row in zip(table, rows(record, objective), strict=True):
        assert line["word"] == ("" if row.role == "node" else words[record.columns[row.column]])
        assert float(line["score"]) == record.scores[row.column]
        assert float(line["probability"]) == record.probabilities[row.column]
        assert float(line["dL_ds"]) == record.score_gradient[row.column]
        assert float(line["probability_after"]) == record.probabilities_after[row.column]
        assert vectors(line, "numeric_gradient") == record.numeric_output_gradients[row.place].tolist()
        assert vectors(line, "update") == record.output_updates[row.place].tolist()
        # The table agrees with itself: a score is the product of two vectors in it.
        assert np.dot(vectors(line, "vector"), vectors(center, "vector")) == pytest.approx(
            float(line["score"])
        )


def link_of(at):
    """Return the query of the address that the page asks the browser for."""
    return next(
        data["query"]
        for each in at.get("bidi_component")
        if isinstance(data := json.loads(each.proto.json or "null"), dict) and "copy" in data
    )


def test_a_link_opens_the_same_pair_half_step_and_picture():
    at = open_page()
    bench(at).surprise()
    at.run()
    press(at, "half_next")
    widget(at, "inside_view").set_value("heat").run()
    pair = bench(at).center_at, bench(at).context_at
    link = {name: values[0] for name, values in parse_qs(link_of(visit(at, "step"))).items()}
    assert (link["half_step"], link["picture"], link["pair"]) == ("2", "heat", f"{pair[0]}-{pair[1]}")
    again = visit(visitor(**link), "step")
    assert (bench(again).center_at, bench(again).context_at) == pair
    assert widget(again, "inside_view").value == "heat"
    assert not again.toast
    widget(again, "inside_view").set_value("steps").run()
    assert half_step(again) == "scores"


@pytest.mark.parametrize("pair", ["0-9999999999", "7", "x", "3-3", "-1--2", "999999999999999999-0"])
def test_a_pair_that_the_text_does_not_have_is_named(pair):
    at = visit(visitor(corpus="royal_court_en", pair=pair), "step")
    assert not at.exception
    assert f"pair={pair}" in at.toast[0].value


def test_a_link_opens_in_large_type():
    assert "large=on" in link_of(visit(visitor(large="on"), "step"))
    assert "large" not in link_of(visit(visitor(), "step"))


def test_a_refused_pair_changes_nothing():
    usual = visit(visitor(corpus="royal_court_en"), "step")
    refused = visit(visitor(corpus="royal_court_en", pair="5-4000"), "step")
    of_no_text = visit(visitor(corpus="gone", pair="5-6"), "step")
    assert bench(refused).center_at == bench(usual).center_at
    assert bench(of_no_text).center_at == bench(visit(visitor(), "step")).center_at
