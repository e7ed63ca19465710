"""The pairs' figure holds the core's numbers, and words as they are."""

import numpy as np
import pytest

from app.background.live import LiveTraining
from app.live_figure import Style, literal, moved
from app.screens.pmi import figures
from app.screens.pmi.model import frequency_classes, learned, pairs_of
from app.text import LANGUAGES
from app.text.glossary import hover_text
from tests.app.figure_tools import traces
from w2v_core import Corpus, TrainingConfig

HOSTILE = "<b>&%{x}"
SENTENCES = [
    ["king", "queen", "crown", HOSTILE],
    ["sea", "ship", "sail"],
    ["king", "crown", "sea", HOSTILE],
] * 9


@pytest.fixture(scope="module", params=["negative_sampling", "softmax"])
def run(request):
    config = TrainingConfig(
        objective=request.param, dim=4, negatives=2, window=1, batch_tokens=8, subsample=0
    )
    run = LiveTraining(Corpus.from_sentences(SENTENCES, min_count=1), config)
    run.step(5)
    return run


@pytest.fixture(params=[Style("en"), Style("zh", dark=True), Style("en", large=True)], ids=str)
def style(request):
    return request.param


@pytest.fixture
def text(style):
    return LANGUAGES[style.language]


@pytest.fixture
def figure(run, text, style):
    pairs = pairs_of(run.corpus, run.config)
    return figures.pairs_figure(run, pairs, learned(run, pairs), text, style)


def test_the_points_are_the_cores(run, figure):
    pairs = pairs_of(run.corpus, run.config)
    found, drawn = learned(run, pairs), traces(figure)
    limits = frequency_classes(pairs.times)
    for number in range(len(limits) + 1):
        chosen = np.searchsorted(limits, pairs.times, side="right") == number
        trace = drawn[f"class{number}"]
        np.testing.assert_allclose(trace.x, pairs.sample.optimum[chosen], rtol=1e-6)
        np.testing.assert_allclose(trace.y, found.values[chosen], rtol=1e-6)
    np.testing.assert_allclose(drawn["strange"].y, found.strange_values, rtol=1e-6)
    assert len(drawn["strange"].y) > 0


def test_a_point_tells_its_pair(run, figure, text):
    pairs = pairs_of(run.corpus, run.config)
    words = run.corpus.vocabulary.words
    said = [
        sentence for uid, trace in traces(figure).items() if uid != "strange" for sentence in trace.customdata
    ]
    for center, context in zip(pairs.sample.centers, pairs.sample.contexts, strict=True):
        name = f"<b>{literal(words[center])} → {literal(words[context])}</b>"
        assert sum(sentence.startswith(name) for sentence in said) == 1
    assert all(text.pmi_page.hover_pmi in sentence for sentence in said)
    assert not any(HOSTILE in sentence for sentence in said)


def test_axes_classes_and_the_diagonal_are_named(run, figure, text):
    what = "scores" if run.config.objective == "negative_sampling" else "probabilities"
    assert figure.layout.xaxis.title.text == text.pmi_page.optimum_axis[what]
    assert figure.layout.yaxis.title.text == text.pmi_page.value_axis[what]
    said = figure.layout.annotations[0].text  # on two lines in large type
    assert said.replace("<br>", "").replace(" ", "") == text.pmi_page.diagonal.replace(" ", "")
    term = {"scores": "shifted_pmi", "probabilities": "probability"}[what]
    assert figure.layout.annotations[0].hovertext == hover_text(text, term)
    line = figure.layout.shapes[0]
    assert (line.x0, line.x1) == (line.y0, line.y1) == figure.layout.xaxis.range
    classes = frequency_classes(pairs_of(run.corpus, run.config).times)
    names = [trace.name for uid, trace in traces(figure).items() if uid != "strange"]
    assert names[0] == text.pmi_page.count_below.format(high=classes[0])
    assert names[-1] == text.pmi_page.count_above.format(low=classes[-1])
    assert figure.layout.xaxis2.ticktext == (text.pmi_page.never,)


def test_the_vectors_side_holds_the_points_and_changes_in_jumps(run, figure):
    pairs = pairs_of(run.corpus, run.config)
    found = learned(run, pairs)
    low, high = figure.layout.yaxis.range
    assert low <= found.values.min()
    assert found.values.max() <= high
    text, style = LANGUAGES["en"], Style("en")
    fresh = LiveTraining(run.corpus, run.config)
    older = figures.pairs_figure(fresh, pairs, learned(fresh, pairs), text, style)
    fresh.step(5)
    moved(older, figures.pairs_moves(fresh, pairs, learned(fresh, pairs), text, hover=True))
    assert older == figures.pairs_figure(fresh, pairs, learned(fresh, pairs), text, style)
