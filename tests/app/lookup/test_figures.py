"""The Lookup page's figures hold the answers, in both languages and themes, and words as they are."""

import numpy as np
import pytest

from app.live_figure import Style, literal, moved
from app.live_figure.style import COLORS
from app.screens.lookup import figures
from app.screens.lookup.questions import Question, between, cards
from app.text import LANGUAGES
from w2v_core import Embeddings, Vocabulary

HOSTILE = "<b>&%{x}"
WORDS = ["king", "queen", HOSTILE, "sea", "a-very-long-word-that-does-not-end", "ship", "国王"]
VECTORS = np.random.default_rng(3).normal(size=(len(WORDS), 4)).astype(np.float32)
EMBEDDINGS = Embeddings(Vocabulary(WORDS, np.arange(len(WORDS), 0, -1)), VECTORS)
METRICS = ("cosine", "dot", "euclidean")


@pytest.fixture(params=[Style("en"), Style("zh", dark=True), Style("en", large=True)], ids=str)
def style(request):
    return request.param


@pytest.fixture
def text(style):
    return LANGUAGES[style.language].lookup_page


def traces(figure):
    return {trace.uid: trace for trace in figure.data}


def near(words, text, style, metric="cosine", k=4, alone=True):
    found = cards(EMBEDDINGS, words, Question("", k, metric))
    return found[0], figures.near_figure(found[0], metric, "no. 1", alone, len(WORDS), text, style)


@pytest.mark.parametrize("metric", METRICS)
def test_bars_are_the_neighbors(metric, text, style):
    card, figure = near(["king"], text, style, metric)
    bars = traces(figure)["near"]
    expected = EMBEDDINGS.neighbors("king", 4, metric=metric)
    np.testing.assert_allclose(bars.x, [max(0, value) for _, value in expected])
    assert list(bars.customdata) == [f"ask:{word}" for word, _ in expected]
    assert list(traces(figure)["add"].customdata) == [f"add:{word}" for word, _ in expected]
    assert [float(value.replace("−", "-")) for value in bars.text] == pytest.approx(
        [value for _, value in expected], abs=5e-4
    )
    low, high = figure.layout.xaxis.range
    assert low <= min(bars.x) <= max(bars.x) <= high
    assert figure.layout.title.text.startswith(card.word)
    assert "no. 1" in figure.layout.title.text


@pytest.mark.parametrize("metric", METRICS)
def test_the_hill_counts_all_words_and_the_listed_ones_are_blue(metric, text, style):
    _, figure = near(["king"], text, style, metric)
    hill, listed = traces(figure)["hill"], traces(figure)["listed"]
    assert np.square(hill.y).sum() == pytest.approx(len(WORDS) - 1)
    assert np.square(listed.y).sum() == pytest.approx(4)
    assert np.all(np.square(listed.y) < np.square(hill.y) + 1e-9)
    assert listed.marker.color == COLORS["center"]
    low, high = figure.layout.xaxis2.range
    assert low <= hill.x[0] < hill.x[-1] <= high
    assert figure.layout.xaxis2.title.text == text.axis.format(
        metric=text.metrics[metric], words=len(WORDS) - 1
    )
    assert figure.layout.yaxis2.title.text == text.heights
    assert figure.layout.yaxis2.range[1] >= max(hill.y)


def test_words_of_several_lists_are_marked(text, style):
    _, alone = near(["king"], text, style, k=6)
    _, both = near(["king", "queen"], text, style, k=6, alone=False)
    assert not any("●" in word for word in alone.layout.yaxis.ticktext)
    assert all("●" in word for word in both.layout.yaxis.ticktext)


def test_words_are_shown_as_they_are(text, style):
    card, figure = near(["king"], text, style, k=6)
    place = [word for word, _ in card.near].index(HOSTILE)
    assert figure.layout.yaxis.ticktext[place] == literal(HOSTILE)
    assert traces(figure)["near"].hovertext[place].startswith(literal(HOSTILE))
    assert literal(HOSTILE) in traces(figure)["add"].hovertext[place]
    _, figure = near([HOSTILE], text, style)
    assert figure.layout.title.text.startswith(literal(HOSTILE))
    assert max(map(len, near(["king"], text, style, k=6)[1].layout.yaxis.ticktext)) < 40
    pair = figures.between_figure(
        [HOSTILE, "sea"], between(EMBEDDINGS, [HOSTILE, "sea"], "cosine"), "cosine", style
    )
    assert pair.layout.xaxis.ticktext == (literal(HOSTILE),)


def test_moves_bring_other_vectors(text, style):
    _, figure = near(["king"], text, style)
    other = Embeddings(EMBEDDINGS.vocabulary, VECTORS[::-1].copy())
    [card] = cards(other, ["king"], Question("", 4))
    moved(figure, figures.near_moves(card, "cosine", text))
    assert list(traces(figure)["near"].customdata) == [
        f"ask:{word}" for word, _ in other.neighbors("king", 4)
    ]


def test_the_list_stands_under_the_hill_or_beside_it(text, style):
    _, alone = near(["king"], text, style)
    _, several = near(["king", "queen"], text, style, alone=False)
    assert alone.layout.xaxis.domain[1] < alone.layout.xaxis2.domain[0]
    assert several.layout.yaxis.domain[1] < several.layout.yaxis2.domain[0]


def test_where_there_is_little_room_a_single_words_list_stands_under_its_hill_too(text, style):
    _, figure = near(["king"], text, style)
    layout = {path: value for path, (value, _) in figure.layout.meta["narrow"].items()}
    assert layout["yaxis.domain"][1] < layout["yaxis2.domain"][0]
    assert layout["xaxis.domain"][1] + 0.15 < layout["xaxis3.domain"][0]  # the numbers stand between
    _, several = near(["king", "queen"], text, style, alone=False)
    assert list(several.layout.xaxis3.domain) == layout["xaxis3.domain"]


@pytest.mark.parametrize(
    ("highest", "ticks"), [(1, [1]), (9, [10, 1]), (15, [10, 1]), (150, [100, 10]), (3000, [1000, 100])]
)
def test_ticks_of_the_hill_stand_apart(highest, ticks):
    assert figures._ticks(1.08 * highest**0.5) == ticks


@pytest.mark.parametrize("metric", METRICS)
def test_each_pair_stands_once_below_the_diagonal(metric, style):
    words = ["king", "queen", "sea"]
    values = between(EMBEDDINGS, words, metric)
    cells = traces(figures.between_figure(words, values, metric, style))["cells"]
    assert cells.z[0][0] == pytest.approx(EMBEDDINGS.similarity("queen", "king", metric=metric), abs=1e-6)
    assert cells.z[0][1] is None
    assert cells.text[0][1] == ""
    assert cells.z[1][1] == pytest.approx(EMBEDDINGS.similarity("sea", "queen", metric=metric), abs=1e-6)
    assert bool(cells.reversescale) == (metric == "euclidean")  # a small distance is near


@pytest.mark.parametrize("metric", METRICS)
def test_absurd_vectors_and_a_single_word_have_figures(metric, text, style):
    huge = Embeddings(Vocabulary(["a", "b"], [2, 1]), np.array([[1e15], [-1e15]], dtype=np.float32))
    one = Embeddings(Vocabulary(["a"], [1]), np.ones((1, 2), dtype=np.float32))
    for embeddings in (huge, one):
        [card] = cards(embeddings, ["a"], Question("", 3, metric))
        figure = figures.near_figure(card, metric, "", True, len(embeddings), text, style)
        assert len(traces(figure)["near"].x) == len(embeddings) - 1
