"""The costs' figure holds the records, and theory beside them."""

import numpy as np
import pytest

from app.background import cost_run
from app.live_figure import Style
from app.screens.cost import figures
from app.text import LANGUAGES
from tests.app.figure_tools import traces
from w2v_core.diagnostics.cost import VOCABULARY_SIZES, CostRecord, price_per_score
from w2v_core.training.config import OBJECTIVES

CONFIG = cost_run.cost_config(dim=50, window=5, negatives=5, noise="shared")


class Measured:
    """A measurement whose every point is known."""

    records = tuple(
        CostRecord(objective, size, scores, 1e-8 * scores + 1e-7, (1e-8 * scores, 2e-7 * scores), 12, 192)
        for objective, counts in cost_run.theory(CONFIG).items()
        for size, scores in zip(VOCABULARY_SIZES, counts, strict=True)
    )


@pytest.fixture(params=[Style("en"), Style("zh", dark=True), Style("en", large=True)], ids=str)
def style(request):
    return request.param


@pytest.fixture
def text(style):
    return LANGUAGES[style.language]


def test_before_anything_is_measured_it_shows_the_scores_of_theory(text, style):
    figure = figures.cost_figure(CONFIG, None, text, style)
    found = traces(figure)
    for objective, scores in cost_run.theory(CONFIG).items():
        assert list(found[f"theory-{objective}"].y) == list(scores)
        assert list(found[f"measured-{objective}"].y) == []
    assert figure.layout.yaxis.title.text == text.cost_page.scores_axis
    assert figure.layout.xaxis.title.text == text.cost_page.vocabulary_axis
    assert figure.layout.title.text == text.cost_page.scores_chart
    low, high = figure.layout.yaxis.range
    assert 10**low < 6 < max(VOCABULARY_SIZES) < 10**high


def test_measured_points_are_the_records_and_theory_is_fitted_to_them(text, style):
    figure = figures.cost_figure(CONFIG, Measured(), text, style)
    found = traces(figure)
    for objective in OBJECTIVES:
        own = [record for record in Measured.records if record.objective == objective]
        assert list(found[f"measured-{objective}"].y) == [record.seconds for record in own]
        fitted = [record.scores * price_per_score(own) for record in own]
        np.testing.assert_allclose(found[f"theory-{objective}"].y, fitted)
        assert text.objectives[objective] in found[f"measured-{objective}"].hovertext[0]
    assert figure.layout.yaxis.title.text == text.cost_page.time_axis
    assert text.cost_page.legend in figure.layout.title.subtitle.text


def test_every_loss_is_named_where_its_line_ends_and_no_names_overlap(text, style):
    figure = figures.cost_figure(CONFIG, Measured(), text, style)
    names = [annotation.text for annotation in figure.layout.annotations]
    assert all(any(text.objectives[objective] in name for name in names) for objective in OBJECTIVES)
    heights = sorted(annotation.y for annotation in figure.layout.annotations)
    assert min(np.diff(heights)) >= figures.LINE * style.scale - 1e-9


def test_every_loss_looks_different_and_none_like_another_meaning():
    assert set(figures.LOOKS) == set(OBJECTIVES)
    colors, symbols = zip(*figures.LOOKS.values(), strict=True)
    assert len(set(colors)) == len(set(symbols)) == len(OBJECTIVES)
    assert not {"#0072B2", "#009E73", "#D55E00", "#CC79A7"} & set(colors)
