"""The Train page's figures hold the run's numbers, in both languages and themes, and words as they are."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from app.background.curve import CurvePoints
from app.background.live import LiveTraining
from app.lessons.lesson import Guess
from app.live_figure import Style, literal
from app.live_figure.style import CATEGORIES
from app.screens.train import figures
from app.text import LANGUAGES
from app.text.glossary import hover_text
from w2v_core import Corpus, TrainingConfig
from w2v_core.training.config import OBJECTIVES

HOSTILE = "<b>&%{x}"
SENTENCES = [
    ["king", "queen", "crown"],
    ["sea", "ship", "sail", HOSTILE],
    ["king", "crown", "sea", HOSTILE],
] * 9
CATEGORIES_OF_WORDS = (("king", "queen"), ("sea", HOSTILE))


@pytest.fixture(scope="module")
def run():
    run = LiveTraining(
        Corpus.from_sentences(SENTENCES, min_count=1),
        TrainingConfig(dim=4, negatives=2, window=2, batch_tokens=8, subsample=0),
        CATEGORIES_OF_WORDS,
    )
    run.step(5)
    return run


@pytest.fixture(params=[Style("en"), Style("zh", dark=True), Style("en", large=True)], ids=str)
def style(request):
    return request.param


@pytest.fixture
def text(style):
    return LANGUAGES[style.language]


def traces(figure):
    return {trace.uid: trace for trace in figure.data}


def test_the_loss_is_the_records(run, text, style):
    figure = figures.loss_figure(run, text, style)
    curve, found = run.progress.curve, traces(figure)
    np.testing.assert_array_equal(found["raw"].x, curve.pairs)
    np.testing.assert_allclose(found["raw"].y, curve.loss, rtol=1e-6)
    np.testing.assert_allclose(found["smooth"].y, curve.smooth, rtol=1e-6)
    assert figure.layout.title.text == text.train_page.loss_title
    assert figure.layout.xaxis.title.text == text.train_page.pairs_axis
    assert figure.layout.yaxis.title.text == text.train_page.loss_axis
    assert text.train_page.hover_pairs in found["smooth"].hovertemplate


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_start_value_is_a_line_with_its_formula(objective, text, style):
    run = LiveTraining(
        Corpus.from_sentences(SENTENCES, min_count=1),
        TrainingConfig(objective=objective, dim=4, negatives=2, window=2, batch_tokens=8, subsample=0),
    )
    figure = figures.loss_figure(run, text, style)
    [line] = figure.layout.shapes
    assert line.y0 == line.y1 == run.start_value
    [name] = figure.layout.annotations
    assert text.train_page.start_formulas[objective] in name.text
    assert f"{run.start_value:.2f}" in name.text
    low, high = figure.layout.yaxis.range
    assert low < run.start_value < high


def test_beside_a_guess_of_the_start_the_first_batchs_loss_is_a_dot(run, text, style):
    guess = Guess("start", (2.5,))
    dot = traces(figures.loss_figure(run, text, style, guess))["first"]
    assert (dot.x.tolist(), dot.y.tolist()) == ([run.progress.curve.pairs[0]], [run.progress.first_loss])
    before = LiveTraining(run.corpus, run.config)
    assert len(traces(figures.loss_figure(before, text, style, guess))["first"].x) == 0
    for other in (None, Guess("start"), Guess("curve", (1.0, 0.5))):
        assert "first" not in traces(figures.loss_figure(run, text, style, other))


def test_the_start_and_the_variance_explain_themselves(run, text, style):
    [start] = figures.loss_figure(run, text, style).layout.annotations
    assert start.hovertext == hover_text(text, "start_value", "start_negative_sampling")
    [share] = figures.map_figure(run, "king", ["Royals", "Water"], text, style).layout.annotations
    assert share.hovertext == hover_text(text, "variance_share")


@pytest.mark.parametrize("losses", [[4.0, 2.0, 0.1], [4.0, 300.0], [4.0, -900.0], [4.0]])
def test_ranges_hold_the_curve_and_grow_in_jumps(losses, run):
    def moves(n):
        loss = np.array(losses)[np.arange(n) * len(losses) // n]
        pairs, empty = np.cumsum(np.full(n, 700.0)), np.zeros(n)
        points = CurvePoints(empty, pairs, empty, empty, loss, loss, 1)
        return loss, figures.loss_moves(replace(run.progress, curve=points), 4.0)["layout"]

    for n in (1, 2, 10, 500):
        loss, layout = moves(n)
        assert layout["xaxis.range"][1] >= 700 * n
        low, high = layout["yaxis.range"]
        assert 0 <= low < min(loss) or low < min(loss) <= 0
        assert high >= min(max(loss), figures.EXPLODED * 4.0)
    assert moves(500)[1] == moves(501)[1]  # not with every record


def test_the_map_has_a_trace_for_each_category_at_the_words_places(run, text, style):
    figure = figures.map_figure(run, "king", ["Royals", "Water"], text, style)
    found, shown, xy = traces(figure), run.map, run.progress.frame.xy
    for category in (-1, 0, 1):
        chosen = shown.category == category
        trace = found[f"category{category}"]
        np.testing.assert_array_equal(trace.x, xy[chosen, 0])
        np.testing.assert_array_equal(trace.y, xy[chosen, 1])
        words = [run.corpus.vocabulary.words[i] for i in shown.ids[chosen]]
        assert [each[0] for each in trace.customdata] == words
    assert [found["category0"].name, found["category1"].marker.color] == ["Royals", CATEGORIES[1]]
    assert figure.layout.yaxis.scaleanchor == "x"
    assert f"{run.progress.frame.explained:.0%}" in figure.layout.annotations[0].text


def test_the_followed_word_and_its_nearest_are_ringed_and_labeled_first(run, text, style):
    figure = figures.map_figure(run, "sea", ["Royals", "Water"], text, style)
    found, vocabulary = traces(figure), run.corpus.vocabulary
    place = list(run.map.ids).index(vocabulary.id("sea"))
    np.testing.assert_array_equal(found["followed"].x, run.progress.frame.xy[[place], 0])
    near = [word for word, _ in run.progress.embeddings.neighbors("sea", figures.RINGED)]
    leading = found["labels"].meta["labels"]["leading"]
    assert [vocabulary.words[run.map.ids[i]] for i in leading] == ["sea", *near]
    assert len(found["friends"].x) == len(near)


def test_the_map_says_who_is_nearest(run, text, style):
    figure = figures.map_figure(run, "king", ["Royals", "Water"], text, style)
    trace = traces(figure)["category0"]
    word, about, near = trace.customdata[0]
    assert word in about
    nearest = run.progress.frame.nearest[list(run.map.ids).index(run.corpus.vocabulary.id(word))]
    assert all(literal(run.corpus.vocabulary.words[i]) in near for i in nearest)
    assert text.train_page.hover_near in near


def test_words_stand_for_themselves(run, text, style):
    figure = figures.map_figure(run, HOSTILE, ["Royals", HOSTILE], text, style)
    found = traces(figure)
    assert literal(HOSTILE) == "&lt;b&gt;&amp;%&#123;x}"
    assert literal(HOSTILE) in found["labels"].text
    assert found["category1"].name == literal(HOSTILE)
    for trace in found.values():
        shown = [*(trace.text or ()), *[part for each in trace.customdata or () for part in each[1:]]]
        assert not any(HOSTILE in each for each in shown)
    bars = figures.neighbors_figure(run, HOSTILE, text, style)
    assert HOSTILE not in bars.layout.title.text
    ticks = [tick for axis in (bars.layout.yaxis, bars.layout.yaxis2) for tick in axis.ticktext]
    assert HOSTILE not in ticks


def test_the_neighbors_are_bars_of_their_cosines_in_their_categories_colors(run, text, style):
    figure = figures.neighbors_figure(run, "king", text, style)
    near = run.progress.embeddings.neighbors("king", figures.NEIGHBORS)
    bars = traces(figure)
    words = [*bars["column0"].customdata, *bars["column1"].customdata]
    assert words == [word for word, _ in near]
    drawn = [*bars["column0"].x, *bars["column1"].x]
    np.testing.assert_allclose(drawn, [max(0, cosine) for _, cosine in near], rtol=1e-6)
    colors = dict(zip(words, [*bars["column0"].marker.color, *bars["column1"].marker.color], strict=True))
    assert colors["queen"] == CATEGORIES[0]
    assert text.train_page.neighbors_title.format(word="king") == figure.layout.title.text


def test_what_moves_brings_an_older_figure_up_to_date(run, text):
    style = Style("en")
    fresh = LiveTraining(run.corpus, run.config, CATEGORIES_OF_WORDS)
    before = figures.map_figure(fresh, "king", ["Royals", "Water"], text, style)
    fresh.step(5)
    figures.moved(before, figures.map_moves(fresh, "king", text, hover=True))
    assert before == go.Figure(figures.map_figure(fresh, "king", ["Royals", "Water"], text, style))
