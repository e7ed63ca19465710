"""The Explore page's figures hold the map, its marks and its meaning, in both languages and themes."""

import numpy as np
import pytest

from app.background.layouts import MapWish
from app.background.live import LiveTraining
from app.live_figure import Style, literal, moved
from app.samples import Category
from app.screens.explore import figures
from app.screens.explore.coloring import category_numbers, coloring, look_of
from app.screens.explore.explorer import Explorer
from app.screens.explore.marks import Marks, marks_of
from app.screens.explore.panel_state import PanelState
from app.screens.explore.replay import Replay
from app.text import LANGUAGES
from tests.app.figure_tools import traces
from w2v_core import Corpus, TrainingConfig

HOSTILE = "<b>&%{x}"
SENTENCES = [
    ["king", "queen", "crown", "man", "woman"],
    ["sea", "ship", "sail", HOSTILE],
    ["king", "crown", "sea", HOSTILE],
]
CATEGORIES = (
    Category("court", {"en": "Court & <i>crown</i>", "zh": "宫廷"}, ("king", "queen", "crown")),
    Category("sea", {"en": "Sea", "zh": "海"}, ("sea", "ship", HOSTILE)),
)


@pytest.fixture(scope="module")
def run():
    config = TrainingConfig(dim=6, negatives=2, window=2, batch_tokens=8, subsample=0)
    run = LiveTraining(Corpus.from_sentences(SENTENCES * 9, min_count=1), config)
    run.step(8)
    return run


@pytest.fixture(params=[Style("en"), Style("zh", dark=True), Style("en", large=True)], ids=str)
def style(request):
    return request.param


class Made:
    """A map as the page has it made."""

    def __init__(self, run, style, look=None, wish=None, mode="category"):
        self.explorer = Explorer(run, [], look or PanelState())
        self.explorer.want(wish or MapWish(), len(run.corpus.vocabulary))
        self.text = LANGUAGES[style.language].explore_page
        self.words = run.corpus.vocabulary.words
        self.replay = Replay(self.explorer)
        self.layout = self.replay.layout() if look and look.tab == "time" else self.explorer.layout()
        titles = [category.title[style.language] for category in CATEGORIES]
        category = category_numbers(run.corpus.vocabulary, CATEGORIES)
        self.colors = coloring(self.explorer, self.layout, mode, 2, category, titles, self.text)
        self.marks = marks_of(self.explorer, self.layout, self.replay)
        named = [titles[n] if n >= 0 else "" for n in category[self.explorer.ids]]
        self.given = self.explorer, self.layout, self.colors, self.marks
        self.figure = figures.map_figure(*self.given, named, "r", self.text, style)
        self.traces = traces(self.figure)

    def at(self, word):
        return self.layout.points[self.words.index(word)]

    def labels(self):
        return self.traces["labels"].meta["labels"]


def points_of(trace):
    return np.column_stack(
        [trace[letter] for letter in "xyz" if letter in trace and trace[letter] is not None]
    )


@pytest.mark.parametrize("dimensions", [2, 3])
def test_each_word_is_where_the_map_has_it_in_the_color_of_its_category(run, style, dimensions):
    made = Made(run, style, wish=MapWish(dimensions=dimensions))
    kind = {2: "scattergl", 3: "scatter3d"}[dimensions]
    for number, category in enumerate(CATEGORIES):
        trace = made.traces[f"class{number}"]
        assert trace.type == kind
        assert trace.name == literal(category.title[style.language])
        assert trace.marker.color == look_of(number, True, style)["color"]
        assert set(trace.customdata) == set(category.words)
        np.testing.assert_allclose(points_of(trace), [made.at(word) for word in trace.customdata], rtol=1e-6)
    assert set(made.traces["class-1"].customdata) == {"man", "woman", "sail"}
    assert not made.traces["class-1"].showlegend
    assert made.figure.layout.showlegend


@pytest.mark.parametrize("dimensions", [2, 3])
def test_axes_say_what_they_mean(run, style, dimensions):
    made = Made(run, style, wish=MapWish(dimensions=dimensions))
    axes = made.figure.layout if dimensions == 2 else made.figure.layout.scene
    titles = [axes[f"{letter}axis"].title.text for letter in "xyz"[:dimensions]]
    component = made.text.axis_short if dimensions == 3 else made.text.axis.partition("{share}")[0]
    for number, title in enumerate(titles, 1):
        assert title.startswith(component.format(number=number))
    axes = Made(run, style, wish=MapWish("axes", pairs=((("man", "woman"),), (("king", HOSTILE),))))
    assert axes.figure.layout.xaxis.title.text == "← man   ·   woman →"
    assert axes.figure.layout.yaxis.title.text == f"← king   ·   {literal(HOSTILE)} →"


def test_a_word_and_its_neighbors_are_marked_with_lines(run, style):
    made = Made(run, style, PanelState(word="king", k=3))
    near = [word for word, _ in made.explorer.embeddings.neighbors("king", 3)]
    np.testing.assert_allclose(points_of(made.traces["chosen"]), [made.at("king")], rtol=1e-6)
    ends = []
    for uid in ("kept-lines", "lost-lines"):
        lines = points_of(made.traces[uid]).reshape(-1, 3, 2)
        assert np.isnan(lines[:, 2]).all()
        ends += [tuple(end) for end in lines[:, 1]]
        assert made.traces[uid].visible == (len(lines) > 0)
    assert sorted(ends) == sorted(tuple(made.at(word)) for word in near)
    leading = [made.words[i] for i in made.labels()["leading"]]
    assert leading[0] == "king"
    assert set(leading[1:]) == set(near)
    assert made.traces["kept-lines"].line.dash != made.traces["lost-lines"].line.dash


def test_selected_words_stay_lit_and_all_others_fade(run, style):
    words = ("queen", "ship", "man")
    ids = tuple(run.corpus.vocabulary.id(word) for word in words)
    made = Made(run, style, PanelState(selected=ids))
    lit = [
        trace.customdata[i]
        for uid, trace in made.traces.items()
        if uid.startswith("class")
        for i in trace.selectedpoints
    ]
    assert set(lit) == set(words)
    assert all(
        trace.selectedpoints is None
        for uid, trace in Made(run, style).traces.items()
        if uid.startswith("class")
    )


def test_an_analogy_is_a_parallelogram(run, style):
    made = Made(run, style, PanelState(analogy=("man", "woman", "king"), tab="analogies"))
    d = made.explorer.embeddings.analogy("man", "woman", "king", 1)[0][0]
    for uid, ends in (("arrow-ab", ("man", "woman")), ("arrow-cd", ("king", d))):
        np.testing.assert_allclose(points_of(made.traces[uid]), [made.at(word) for word in ends], rtol=1e-6)
    aim = made.at("woman") - made.at("man") + made.at("king")
    np.testing.assert_allclose(points_of(made.traces["target"])[0], aim, rtol=1e-5)
    other = Made(run, style, PanelState(analogy=("man", "woman", ""), tab="analogies"))
    assert other.marks.corners is None
    assert not other.traces["arrow-ab"].visible


@pytest.mark.parametrize("mode", ["frequency", "similarity", "kept"])
def test_a_scale_says_what_its_ends_are(run, style, mode):
    made = Made(run, style, PanelState(word=HOSTILE), mode=mode)
    marker = made.traces["class-1"].marker
    assert list(marker.colorbar.ticktext) == [literal(end) for end in made.colors.ends]
    np.testing.assert_array_equal(marker.color, made.colors.share)
    assert (marker.cmin, marker.cmax) == (0, 1)
    assert not made.figure.layout.showlegend


def test_the_replay_is_a_map_between_two_moments_and_the_words_way(run, style):
    made = Made(run, style, PanelState(word="king", tab="time"))
    maps = made.explorer.replay()
    np.testing.assert_array_equal(made.layout.points, maps[-1])
    assert len(made.traces["trail"].x) == len(maps) + 1
    made.replay.show(3)
    np.testing.assert_array_equal(made.replay.layout().points, maps[3])
    assert made.figure.layout.xaxis.title.text == made.text.replay_axis.format(number=1)


def test_moves_bring_a_figure_to_where_a_new_one_would_be(run, style):
    first = Made(run, style, PanelState(word="king"))
    after = Made(run, style, PanelState(word="sea", k=2), MapWish(components=(1, 2, 0)))
    moves = figures.map_moves(*after.given, "r", after.text)
    assert moved(first.figure, moves).to_json() == after.figure.to_json()


def test_ranges_hold_the_words_and_grow_in_jumps(run, style):
    made = Made(run, style)
    for axis, values in zip(
        (made.figure.layout.xaxis, made.figure.layout.yaxis), made.layout.points.T, strict=True
    ):
        low, high = axis.range
        assert low < values.min()
        assert values.max() < high
    nearly = type(made.layout)(made.layout.key, made.layout.points * 1.001, made.layout.components)
    moves = figures.map_moves(made.explorer, nearly, made.colors, Marks(), "r", made.text)
    assert moves["layout"]["xaxis.range"] == list(made.figure.layout.xaxis.range)


def test_words_and_categories_stand_for_themselves(run, style):
    made = Made(run, style)
    assert literal(HOSTILE) in made.traces["labels"].text
    [said] = [said for trace in made.traces.values() for said in trace.hovertext or () if "%" in said]
    assert literal(HOSTILE) in said
    assert HOSTILE in made.traces["class1"].customdata
    assert all("%{x}" not in (trace.hovertemplate or "") for trace in made.traces.values())


def test_classes_beyond_the_eight_colors_look_different(style):
    for flat in (True, False):
        looks = [str(look_of(number, flat, style)) for number in range(32)]
        assert len(set(looks)) == 32


def test_each_component_has_a_bar_and_those_on_the_axes_their_letters(run, style):
    layout = Explorer(run, [], PanelState()).layout()
    text = LANGUAGES[style.language].explore_page
    [bars] = figures.variance_figure(layout, (1, 1, 3), text, style).data
    np.testing.assert_allclose(bars.y, 100 * layout.components.shares)
    assert [bars.text[n] for n in range(4)] == ["", "xy", "", "z"]
    assert bars.marker.color[1] == bars.marker.color[3] == style.text_colors["center"]
    figure = figures.variance_figure(layout, (0, 1), text, style)
    assert figure.layout.xaxis.title.text == text.variance_axis
    assert bars.customdata[0].startswith(text.component.partition("{share}")[0].format(number=1))


def test_on_a_telephone_the_legend_stands_below_the_map(run, style):
    figure = Made(run, style).figure
    figure.update_layout(
        {path.replace(".", "_"): value for path, (value, _) in figure.layout.meta["narrow"].items()}
    )
    assert (figure.layout.legend.orientation, figure.layout.legend.yanchor) == ("h", "bottom")
    assert Made(run, style, mode="frequency").figure.layout.meta.get("narrow") is None  # no legend to move
