"""The figures of Side by side hold the runs' numbers, in both languages and themes, and words as they are."""

import html
from types import SimpleNamespace

import numpy as np
import pytest

from app.background.live_comparison import LiveComparison
from app.formatting import Count
from app.formatting import figure as number
from app.lessons.lesson import Guess
from app.live_figure import Style, literal, moved
from app.live_figure.component import encoded
from app.live_figure.style import CATEGORIES
from app.screens.compare import curves, figures
from app.screens.compare.cards import LETTERS, TERMS, WATCHED, explained, notes
from app.screens.compare.ranges import EXPLODED
from app.screens.compare.view import View
from app.settings import VIEWS
from app.text import EN, LANGUAGES, glossary
from app.text.glossary import hover_text
from w2v_core import Corpus, TrainingConfig

HOSTILE = "<b>&%{x}"
SENTENCES = [
    ["king", "queen", "crown"],
    ["sea", "ship", "sail", HOSTILE],
    ["king", "crown", "sea", HOSTILE],
] * 9
CATEGORIES_OF_WORDS = (("king", "queen"), ("sea", HOSTILE))
CONFIG = TrainingConfig(dim=4, negatives=2, window=2, batch_tokens=8, subsample=0)
OBJECTIVES = ("negative_sampling", "softmax", "softmax_with_negatives")
NAMES = ["A  negatives", "B  softmax", f"C  {HOSTILE}"]


def comparison(*changes, steps=5):
    corpus = Corpus.from_sentences(SENTENCES, min_count=1)
    configs = [CONFIG.replace(**change) for change in changes]
    runs = LiveComparison(corpus, configs, CATEGORIES_OF_WORDS)
    for _ in range(steps):
        runs.step()
    return runs


@pytest.fixture(scope="module")
def runs():
    """Return runs in which there is a floor, and none."""
    return comparison(*({"objective": objective} for objective in OBJECTIVES))


@pytest.fixture(scope="module")
def exploded():
    """Return runs of which the second explodes."""
    return comparison({}, {"learning_rate": 1e6, "max_row_update": None}, steps=40)


@pytest.fixture(params=[Style("en"), Style("zh", dark=True), Style("en", large=True)], ids=str)
def style(request):
    return request.param


@pytest.fixture
def text(style):
    return LANGUAGES[style.language]


def traces(figure):
    return {trace.uid: trace for trace in figure.data}


@pytest.mark.parametrize("clock", VIEWS["clock"].options)
@pytest.mark.parametrize("curve", VIEWS["curve"].options)
def test_the_losses_are_the_records(runs, curve, clock, text, style):
    view = View(curve=curve, clock=clock)
    figure = curves.curves_figure(runs, NAMES, view, text, style)
    found = traces(figure)
    for letter, now in zip(LETTERS, runs.progress.members, strict=False):
        of, loss = (
            (now.curve, now.curve.smooth) if curve == "running" else (now.looks, now.looks.metrics["loss"])
        )
        np.testing.assert_allclose(found[f"{letter} loss"].x, getattr(of, clock), rtol=1e-6)
        np.testing.assert_allclose(found[f"{letter} loss"].y, loss, rtol=1e-6)
        batches = now.curve.loss if curve == "running" else []
        np.testing.assert_allclose(found[f"{letter} batches"].y, batches, rtol=1e-6)
    words = text.compare_page
    assert figure.layout.xaxis.title.text == figure.layout.xaxis2.title.text == words.clock_axes[clock]
    assert figure.layout.yaxis.title.text == words.scale_axes["nats"]
    assert figure.layout.xaxis2.matches == "x"
    assert words.options["clock"][clock] in found["A loss"].hovertemplate


@pytest.mark.parametrize("measure", VIEWS["measure"].options)
def test_the_measures_are_the_looks(runs, measure, text, style):
    figure = curves.curves_figure(runs, NAMES, View(measure=measure), text, style)
    found = traces(figure)
    low, high = figure.layout.yaxis2.range
    for letter, now in zip(LETTERS, runs.progress.members, strict=False):
        np.testing.assert_allclose(found[f"{letter} measure"].x, now.looks.pairs, rtol=1e-6)
        np.testing.assert_allclose(found[f"{letter} measure"].y, now.looks.metrics[measure], rtol=1e-6)
        assert low < min(found[f"{letter} measure"].y) <= max(found[f"{letter} measure"].y) < high
    assert figure.layout.yaxis2.title.text == text.compare_page.measure_axes[measure]
    assert {found[f"{letter} measure"].yaxis for letter in "ABC"} == {"y2"}


def test_relative_is_1_at_the_start_and_0_at_the_floor(runs, text, style):
    figure = curves.curves_figure(runs, NAMES, View(scale="relative"), text, style)
    found = traces(figure)
    for letter, member, now in zip("AB", runs.members, runs.progress.members, strict=False):
        start, floor = member.running_scale.start, member.running_scale.floor.value
        expected = (now.curve.smooth - floor) / (start - floor)
        np.testing.assert_allclose(found[f"{letter} loss"].y, expected, rtol=1e-5)
    assert len(found["C loss"].y) == len(found["C loss end"].y) == 0  # it has no floor
    assert [line.y0 for line in figure.layout.shapes] == [1, 0]
    assert [name.text for name in figure.layout.annotations] == list(text.compare_page.levels.values())
    assert "C" in notes(runs.members, False, View(scale="relative"), text)


def test_starts_and_floors_are_lines_with_names_that_do_not_lie_on_each_other(runs, text, style):
    figure = curves.curves_figure(runs, NAMES, View(), text, style)
    scales = [member.running_scale for member in runs.members]
    values = [value for scale in scales for value in (scale.start, scale.floor.value) if value is not None]
    assert sorted(line.y0 for line in figure.layout.shapes) == pytest.approx(sorted(values))
    start, floor = text.compare_page.levels["start"], text.compare_page.levels["floor"]
    names = figure.layout.annotations
    assert [name.text for name in names] == [
        f"{start} A", f"{floor} A", f"{start} B", f"{floor} B", f"{start} C",
    ]  # fmt: skip
    low, high = figure.layout.yaxis.range
    heights = np.sort([name.y for name in names])
    line = curves.PLOT_HEIGHT / style.size(15)
    assert np.diff(heights).min() > 0.999 * (high - low) / max(line, len(names))
    assert low <= heights[0]
    assert heights[-1] <= high
    assert np.all(
        np.argsort([name.y for name in names]) == np.argsort([line.y0 for line in figure.layout.shapes])
    )


def test_a_letter_is_at_each_curves_end(runs, text, style):
    found = traces(curves.curves_figure(runs, NAMES, View(), text, style))
    for what in ("loss", "measure"):
        heights = np.sort([found[f"{letter} {what} end"].y[0] for letter in "ABC"])
        for letter in "ABC":
            end = found[f"{letter} {what} end"]
            assert end.text == (f"<b>{letter}</b>",)
            assert end.x[0] == found[f"{letter} {what}"].x[-1]
        assert np.diff(heights).min() > 0


def test_a_runs_name_in_the_legend_is_its_card(runs, text, style):
    words = text.compare_page
    for curve in VIEWS["curve"].options:
        found = traces(curves.curves_figure(runs, NAMES, View(curve=curve), text, style))
        for letter, name, member, now in zip(
            LETTERS, NAMES, runs.members, runs.progress.members, strict=False
        ):
            card = found[f"{letter} card"].name
            scale = member.running_scale if curve == "running" else member.probe_scale
            losses = now.curve.smooth if curve == "running" else now.looks.metrics["loss"]
            assert card.startswith(f"<b>{literal(name)}</b><br>")
            assert words.loss.format(start=number(scale.start), now=number(losses[-1])) in card
            assert card.count("<br>") == (1 if style.large else 2)
            assert len(found[f"{letter} card"].x) == 1  # else it is not in the legend
            assert style.large or f"{now.seconds:.1f}" in card
        assert style.large or words.no_floor in found["C card"].name


def test_a_guessed_order_is_said_on_lines_of_which_none_is_long(runs, text, style):
    names = ("A: negative sampling, K = 5", "B<b>: 完整的、带负样本的 softmax", "C")
    guess = Guess("order", names=names)
    figure = curves.curves_figure(runs, NAMES, View(), text, style, guess)
    (said,) = (each for each in figure.layout.annotations if text.lessons_page.guess_line in each.text)
    lines = said.text.split("<br>")
    assert "".join(lines).count("&lt;") == len(names)  # one of them of the hostile name
    assert all(sum(1 + (ord(letter) > 0x2E80) for letter in html.unescape(line)) <= 45 for line in lines)
    assert len(lines) > 1
    assert said.bgcolor == style.background
    assert not curves.curves_figure(runs, NAMES, View(), text, style).layout.annotations[-1].bgcolor


def test_an_explosion_is_said_on_its_card_in_any_type_and_leaves_the_chart(exploded, text, style):
    problem = exploded.progress.members[1].problem
    figure = curves.curves_figure(exploded, NAMES[:2], View(), text, style)
    found = traces(figure)
    said = text.compare_page.stopped["diverged"].format(step=problem.details["step"])
    assert said in found["B card"].name
    assert said not in found["A card"].name
    start = exploded.members[0].running_scale.start
    low, high = figure.layout.yaxis.range
    assert start < high <= EXPLODED * start
    assert low <= found["B loss end"].y[0] <= high
    encoded(curves.curves_moves(exploded, NAMES[:2], View(), text, style))


def test_what_moves_brings_an_older_figure_up_to_date(text):
    runs, style = comparison({}, {"dim": 2}, steps=0), Style("en")
    args = (NAMES[:2], View(), text, style)
    drawn, bars = curves.curves_figure(runs, *args), figures.neighbors_figure(runs, "king", style)
    maps = figures.maps_figure(runs, "king", ["Royals", "Water"], text, style)
    for _ in range(5):
        runs.step()
    moved(drawn, curves.curves_moves(runs, *args))
    moved(bars, figures.neighbors_moves(runs, "king"))
    moved(maps, figures.maps_moves(runs, "king", text))
    assert drawn == curves.curves_figure(runs, *args)
    assert bars == figures.neighbors_figure(runs, "king", style)
    assert maps == figures.maps_figure(runs, "king", ["Royals", "Water"], text, style)


def test_ranges_grow_in_jumps(runs):
    before, ranges = comparison({}, steps=0), set()
    before.members[0].progress(like=None)
    for _ in range(30):
        before.step()
        layout = curves.curves_moves(before, NAMES[:1], View(), EN, Style("en"))["layout"]
        assert layout["xaxis.range"] == layout["xaxis2.range"]
        assert layout["xaxis.range"][1] > before.progress.pairs
        ranges.add((*layout["xaxis.range"], *layout["yaxis.range"]))
    assert len(ranges) < 6


def test_the_neighbors_are_a_column_of_bars_for_each_run(runs, style):
    figure = figures.neighbors_figure(runs, "king", style)
    found = traces(figure)
    for i, member in enumerate(runs.members):
        near = member.trainer.snapshot().neighbors("king", figures.NEIGHBORS)
        bars = found[f"column{i}"]
        assert list(bars.customdata) == [word for word, _ in near]
        np.testing.assert_allclose(bars.x, [max(0, cosine) for _, cosine in near], rtol=1e-6)
        colors = dict(zip(bars.customdata, bars.marker.color, strict=True))
        assert colors["queen"] == CATEGORIES[0]
    assert [head.text for head in figure.layout.annotations] == ["<b>A</b>", "<b>B</b>", "<b>C</b>"]


def test_where_there_is_little_room_the_columns_of_neighbors_stand_below_each_other(runs, style):
    narrow = figures.neighbors_figure(runs, "king", style).layout.meta["narrow"]
    slots = [narrow[f"yaxis{place}.domain"][0] for place in ("", 2, 3)]
    assert slots[0][1] == 1
    assert slots[2][0] == pytest.approx(0)
    assert slots[0][0] > slots[1][1]
    assert slots[1][0] > slots[2][1]
    heights = np.diff(slots).ravel()
    np.testing.assert_allclose(heights, heights[0])
    assert narrow["xaxis.domain"] == [narrow["xaxis2.domain"][0], narrow["xaxis.domain"][1]]


def test_the_maps_are_subplots_with_matched_axes_and_one_legend(runs, text, style):
    figure = figures.maps_figure(runs, "sea", ["Royals", "Water"], text, style)
    found = traces(figure)
    for i, now in enumerate(runs.progress.members):
        suffix = f"-in-{i + 1}" if i else ""
        for category in (-1, 0, 1):
            trace = found[f"category{category}{suffix}"]
            chosen = runs.members[i].map.category == category
            np.testing.assert_array_equal(np.c_[trace.x, trace.y], now.frame.xy[chosen])
            assert trace.xaxis in ((None, "x") if i == 0 else (f"x{i + 1}",))
            assert trace.showlegend == (i == 0 and category >= 0)
            assert trace.legendgroup == f"category{category}"
        assert found[f"labels{suffix}"].meta["labels"]["most"] == figures.MOST_LABELS
        assert f"category0{suffix}" in found[f"labels{suffix}"].meta["labels"]["groups"]
        assert f"{now.frame.explained:.0%}" in figure.layout.annotations[i].text
    assert (figure.layout.xaxis3.matches, figure.layout.yaxis3.matches) == ("x", "y")
    assert figure.layout.xaxis.range == figure.layout.xaxis3.range


def test_words_stand_for_themselves(runs, text, style):
    drawn = curves.curves_figure(runs, NAMES, View(), text, style)
    maps = figures.maps_figure(runs, HOSTILE, ["Royals", HOSTILE], text, style)
    bars = figures.neighbors_figure(runs, "sea", style)
    assert literal(HOSTILE) in traces(drawn)["C card"].name
    assert literal(HOSTILE) in traces(maps)["labels-in-2"].text
    assert literal(HOSTILE) in bars.layout.yaxis.ticktext
    shown = [*bars.layout.yaxis.ticktext, *(trace.hovertemplate or "" for trace in drawn.data)]
    shown += [trace.name or "" for trace in (*drawn.data, *maps.data)]
    for trace in maps.data:
        shown += [*(trace.text or ()), *(part for each in trace.customdata or () for part in each[1:])]
    assert not any(HOSTILE in each for each in shown)


def test_colors_follow_the_theme(runs):
    light, dark = (
        curves.curves_figure(runs, NAMES, View(), EN, Style("en", dark=dark)) for dark in (False, True)
    )
    assert light.layout.template.layout.font.color != dark.layout.template.layout.font.color


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_it_is_said_what_cannot_be_compared_and_what_things_are(runs, text):
    words = text.compare_page
    assert notes(runs.members, False, View(), text) == words.unlike
    assert notes(runs.members, True, View(), text) == words.alike
    two_softmaxes = [
        SimpleNamespace(config=TrainingConfig(objective=objective))
        for objective in ("softmax", "hierarchical_softmax")
    ]
    assert notes(two_softmaxes, False, View(), text) == words.both_softmax
    said = explained(View(curve="probe", clock="rows"), 1234, text)
    assert words.probe_size.format(name=words.options["curve"]["probe"], pairs=Count("1,234")) in said
    for term in ("probe", "rows_of_u", "reciprocal_rank", "nat", "start_value", "floor"):
        assert glossary.explained(text, term) in said
    assert TERMS.keys() < {option for view in words.options.values() for option in view}
    assert WATCHED.keys() == words.watch.keys()
    for name, setting in VIEWS.items():
        assert tuple(words.options[name]) == setting.options


def test_starts_and_floors_explain_themselves(runs, text, style):
    drawn = curves.curves_figure(runs, NAMES, View(), text, style)
    said = {hover_text(text, "start_value"), hover_text(text, "floor")}
    assert {note.hovertext for note in drawn.layout.annotations} == said
    maps = figures.maps_figure(runs, "king", ["Royals", "Water"], text, style)
    assert {note.hovertext for note in maps.layout.annotations} == {hover_text(text, "variance_share")}


def test_on_a_telephone_the_charts_stand_below_each_other(runs, text, style):
    figure = curves.curves_figure(runs, NAMES, View(), text, style)
    figure.update_layout(
        {path.replace(".", "_"): value for path, (value, _) in figure.layout.meta["narrow"].items()}
    )
    assert figure.layout.xaxis.domain == figure.layout.xaxis2.domain == (0, 1)
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]
    wide = {path: value for path, (_, value) in figure.layout.meta["narrow"].items()}
    assert wide["xaxis.domain"][1] < wide["xaxis2.domain"][0]  # beside each other
    assert (wide["xaxis.title.text"], wide["yaxis.domain"]) == (text.compare_page.clock_axes["pairs"], None)
