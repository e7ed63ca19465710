"""The Corpus page's figures hold the text's numbers, in both languages and themes, and words as they are."""

from collections import Counter

import numpy as np
import pytest

from app.formatting import decimal
from app.live_figure import Style, literal, moved
from app.live_figure.style import COLORS
from app.screens.corpus import figures
from app.text import LANGUAGES
from w2v_core import Corpus, Vocabulary
from w2v_core.corpus import statistics

HOSTILE = "<b>&%{x}"
CORPUS = Corpus.from_sentences(
    [["a", "b", "a", HOSTILE], ["a", "c"], ["b", "a", "d", "a", "a", "e"]] * 5, min_count=1
)
WORDS = CORPUS.vocabulary
LENGTHS = statistics.sentence_lengths(CORPUS)
RANKED = ("zipf", "subsampling", "noise")


@pytest.fixture(params=[Style("en"), Style("zh", dark=True), Style("en", large=True)], ids=str)
def style(request):
    return request.param


@pytest.fixture
def text(style):
    return LANGUAGES[style.language].corpus_page


def made(name, text, style, vocabulary=WORDS, threshold=0.01):
    return {
        "zipf": lambda: figures.zipf_figure(vocabulary, text, style),
        "subsampling": lambda: figures.subsampling_figure(vocabulary, threshold, text, style),
        "noise": lambda: figures.noise_figure(vocabulary, text, style),
        "lengths": lambda: figures.lengths_figure(LENGTHS, text, style),
    }[name]()


def traces(figure):
    return {trace.uid: trace for trace in figure.data}


def test_zipf_shows_the_counts_over_the_ranks_and_the_fitted_line(text, style):
    figure = made("zipf", text, style)
    drawn = traces(figure)
    counts = sorted(Counter(WORDS.words[i] for i in CORPUS.ids).values(), reverse=True)
    np.testing.assert_array_equal(drawn["counts"].x, 1 + np.arange(len(counts)))
    np.testing.assert_array_equal(drawn["counts"].y, counts)
    slopes = np.diff(np.log(drawn["fitted"].y)) / np.diff(np.log(drawn["fitted"].x))
    np.testing.assert_allclose(slopes, statistics.zipf_line(WORDS).slope)
    assert drawn["fitted"].name == text.fitted
    assert drawn["fitted"].line.dash == "dash"
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == (text.rank, text.count)
    assert text.hover_rank in drawn["counts"].hovertemplate
    assert drawn["counts"].line.color == style.text


def test_subsampling_shows_what_there_is_and_what_stays(text, style):
    figure = made("subsampling", text, style)
    drawn = traces(figure)
    np.testing.assert_array_equal(drawn["before"].y, WORDS.counts)
    np.testing.assert_allclose(drawn["after"].y, WORDS.counts * WORDS.keep_probability(0.01))
    assert (drawn["before"].name, drawn["after"].name) == (text.before, text.after)
    assert figure.layout.yaxis.title.text == text.count
    off = traces(made("subsampling", text, style, threshold=0))
    np.testing.assert_array_equal(off["after"].y, WORDS.counts)


def test_noise_shows_each_power(text, style):
    figure = made("noise", text, style)
    drawn = traces(figure)
    for i, power in enumerate((0, 0.75, 1)):
        curve = drawn[f"power{i}"]
        np.testing.assert_allclose(curve.y, WORDS.counts**power / (WORDS.counts**power).sum())
        assert curve.line.color == COLORS["noise"]
        assert text.power.format(power=decimal(power)) in curve.hovertemplate
    assert len({drawn[f"power{i}"].line.dash for i in range(3)}) == 3
    assert figure.layout.yaxis.title.text == text.noise_share


def test_lengths_are_bars_with_their_counts(text, style):
    figure = made("lengths", text, style)
    [bars] = figure.data
    assert dict(zip(bars.customdata, bars.y, strict=True)) == {"1": 0, "2": 5, "3": 0, "4": 5, "5": 0, "6": 5}
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == (
        text.length,
        text.hover_sentences,
    )
    first = {f"{int(name.partition('–')[0]):,}" for name in bars.customdata}
    assert set(figure.layout.xaxis.ticktext) <= first


def test_long_sentences_share_bars():
    style, text = Style("en"), LANGUAGES["en"].corpus_page
    lengths = statistics.sentence_lengths(
        Corpus.from_sentences([["a", "b"] * (n // 2) + ["a"] * (n % 2) for n in range(1, 200)])
    )
    [bars] = figures.lengths_figure(lengths, text, style).data
    assert bars.customdata[0] == "1–5"
    assert sum(bars.y) == 199
    assert len(figures.lengths_figure(lengths, text, style).layout.xaxis.tickvals) <= figures.LENGTH_TICKS


@pytest.mark.parametrize("counts", [(1,), (7,), (3, 2), (2, 1), (10**6, 1000, 1), (90, 89, 88)])
def test_a_logarithmic_axis_has_two_numbers_at_least(counts):
    style, text = Style("en"), LANGUAGES["en"].corpus_page
    vocabulary = Vocabulary(tuple(f"w{i}" for i in range(len(counts))), np.array(counts))
    for name in ("zipf", "subsampling", "noise") if len(counts) > 1 else ("subsampling", "noise"):
        axis = made(name, text, style, vocabulary).layout.yaxis
        low, high = axis.range
        decades = np.arange(np.ceil(low), high)
        if axis.dtick == "D2":
            numbers = np.log10(np.outer(10.0 ** np.arange(np.floor(low), high), [1, 2, 5]))
            assert ((low <= numbers) & (numbers <= high)).sum() >= 2, name
        else:
            assert len(decades) / axis.dtick >= 2, name


@pytest.mark.parametrize("word", ["a", "b", HOSTILE, "e"])
def test_the_center_word_is_marked_on_each_curve(word, text, style):
    id = WORDS.id(word)
    marks = figures.mark(WORDS, LENGTHS, 0.01, id, 4, style)
    curves = {"zipf": "counts", "subsampling": "after", "noise": "power1"}
    for name, curve in curves.items():
        drawn = traces(moved(made(name, text, style), marks[name]))
        assert list(drawn["chosen"].x) == [id + 1]
        assert list(drawn["chosen"].y) == pytest.approx([drawn[curve].y[id]])
        assert list(drawn["chosen"].text) == [f"<b>{literal(word)}</b>"]
        assert drawn["chosen"].marker.color == COLORS["center"]


@pytest.mark.parametrize("name", ["subsampling", "noise"])
def test_above_flat_curves_a_word_has_room_below_the_legend(name, text, style):
    flat = Vocabulary(["a", "b", "c", "d", "e"], [2, 2, 2, 2, 1])
    figure = made(name, text, style, flat, threshold=0)
    low, high = figure.layout.yaxis.range
    top = max(np.log10(trace.y).max() for trace in figure.data if trace.y is not None)
    assert (high - top) / (high - low) >= 1 / 3


def test_the_length_of_the_sentence_is_marked(text, style):
    for length in (2, 4, 6):
        marks = figures.mark(WORDS, LENGTHS, 0.01, 0, length, style)
        [bars] = moved(made("lengths", text, style), marks["lengths"]).data
        blue = [
            name
            for name, color in zip(bars.customdata, bars.marker.color, strict=True)
            if color != style.text
        ]
        assert blue == [str(length)]
        assert bars.marker.color[length - 1] == COLORS["center"]


def test_the_longest_sentence_is_marked_in_the_last_bar():
    lengths = statistics.sentence_lengths(Corpus.from_sentences([["a", "b", "a"]] * 200 + [["a", "b"] * 45]))
    assert lengths.counts[-1] > 0
    marks = figures.mark(WORDS, lengths, 0.01, 0, 90, Style("en"))
    assert marks["lengths"]["traces"]["lengths"]["marker.color"][-1] == COLORS["center"]


@pytest.mark.parametrize("name", RANKED)
def test_words_stand_for_themselves(name, text, style):
    figure = made(name, text, style)
    moved(figure, figures.mark(WORDS, LENGTHS, 0.01, WORDS.id(HOSTILE), 4, style)[name])
    assert literal(HOSTILE) in figure.to_json().encode().decode("unicode_escape")
    assert HOSTILE not in figure.to_json().encode().decode("unicode_escape")
