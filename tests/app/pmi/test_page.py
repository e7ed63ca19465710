"""The page about what is learned, run without a browser."""

import csv
import io
import time

import numpy as np
import pytest

from app.screens.pmi import model
from app.screens.pmi.model import frequency_classes, kind, learned, pairs_of, pmi_csv
from app.settings import configured, recommended
from app.text import EN, LANGUAGES
from tests.app.choices import widget
from tests.app.figure_tools import figures_of, sent
from tests.app.visits import session_of, visit, visitor
from w2v_core import Corpus, TrainingConfig
from w2v_core.diagnostics import Probe
from w2v_core.diagnostics.pmi import compare, sample_pairs
from w2v_core.training.objectives import make_objective


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def open_page(language="en", objective="negative_sampling", corpus="royal_court_en"):
    at = visit(visitor(language, corpus=corpus, objective=objective), "pmi")
    assert not at.exception
    return at


def run_of(at):
    return session_of(at).run


def press(at, button):
    at.button(key=button).click().run()
    assert not at.exception


def said(at):
    return "\n".join(element.value for kind in ("markdown", "info", "caption") for element in at.get(kind))


def expected(run):
    """Return the core's own answer for a run."""
    passes = model.MOST_PASSES  # the text is small
    probe = Probe.from_corpus(run.corpus, run.config, passes=passes)
    sample = sample_pairs(probe, run.config, most=model.MOST_PAIRS, most_strange=model.MOST_STRANGE)
    embeddings = run.progress.embeddings
    objective = make_objective(run.corpus.vocabulary, run.config)
    return sample, compare(sample, embeddings.vectors, embeddings.output_vectors, objective)


def test_at_the_start_all_scores_are_zero_and_the_page_says_what_to_press(language):
    at, pmi_page = open_page(language), LANGUAGES[language].pmi_page
    assert pmi_page.lead["scores"] in said(at)
    assert pmi_page.headings["scores"] in said(at)
    assert at.metric[0].value == "–"
    assert at.metric[0].label == pmi_page.pearson


@pytest.mark.parametrize("objective", ["negative_sampling", "softmax", "hierarchical_softmax"])
def test_the_page_shows_the_cores_numbers(objective):
    at = open_page(objective=objective)
    for _ in range(3):
        press(at, "step")
    run = run_of(at)
    _, found = expected(run)
    assert sent(at)["facts"] == {"version": run.progress.version, "step": 3, "running": False}
    values = [metric.value.replace("−", "-") for metric in at.metric]
    # In two columns, each from above.
    assert values == [
        f"{found.pearson:.3f}",
        f"{found.distance:.2f}",
        f"{found.spearman:.3f}",
        f"{found.strange_mean:.2f}",
    ]


def test_it_tightens_while_the_run_plays():
    at = open_page()
    press(at, "step")
    before = learned(run_of(at), pairs_of(run_of(at).corpus, run_of(at).config))
    press(at, "play")
    deadline = time.monotonic() + 60
    while run_of(at).running:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    at.run()
    found = learned(run_of(at), pairs_of(run_of(at).corpus, run_of(at).config))
    assert found.pearson > 0.9
    assert found.distance < 0.4 < before.distance
    assert found.strange_mean < -5
    assert at.metric[0].value == f"{found.pearson:.3f}"


def test_the_notes_loss_has_no_place_to_go_and_another_can_be_chosen(language):
    at, pmi_page = open_page(language, "softmax_with_negatives"), LANGUAGES[language].pmi_page
    assert pmi_page.no_optimum in said(at)
    assert not figures_of(at)
    before = run_of(at)
    press(at, "choose_negative_sampling")
    assert run_of(at) is not before
    assert run_of(at).config.objective == "negative_sampling"
    assert widget(at, "objective").value == "negative_sampling"
    assert figures_of(at)["pairs"]["layout"]["title"]["text"] == pmi_page.chart["scores"]


def test_softmax_is_shown_as_probabilities(language):
    at, pmi_page = open_page(language, "softmax"), LANGUAGES[language].pmi_page
    assert pmi_page.headings["probabilities"] in said(at)
    assert figures_of(at)["pairs"]["layout"]["yaxis"]["title"]["text"] == pmi_page.value_axis["probabilities"]
    assert at.button(key="choose_negative_sampling").label == pmi_page.choose


def test_what_is_compared():
    config = TrainingConfig()
    kinds = {name: kind(config.replace(objective=name)) for name in EN.objectives}
    assert kinds == {
        "negative_sampling": "scores",
        "softmax": "probabilities",
        "hierarchical_softmax": "probabilities",
        "softmax_with_negatives": "none",
    }
    assert kind(config.replace(architecture="cbow")) == "none"


def test_every_sample_corpus_can_be_looked_at():
    from app.samples import samples
    from app.session.session import load_corpus

    for id, sample in samples().items():
        corpus = load_corpus(id)
        pairs = pairs_of(corpus, configured(recommended(sample)))
        assert 0 < len(pairs.times) <= model.MOST_PAIRS
        assert np.isfinite(pairs.sample.optimum).all()


def test_a_large_text_is_sampled(monkeypatch):
    monkeypatch.setattr(model, "PAIRS_TO_COUNT", 600)
    corpus = Corpus.from_text("\n".join(f"w{i % 9} w{i % 7} w{i % 5} w{i % 11}" for i in range(300)))
    pairs = pairs_of(corpus, TrainingConfig(window=2, subsample=0))
    assert pairs.tokens == 200
    assert pairs.times.sum() < 4 * 200 * 1.2


def test_csv_has_every_point_and_the_settings():
    at = open_page()
    press(at, "step")
    run = run_of(at)
    pairs = pairs_of(run.corpus, run.config)
    sample, found = expected(run)
    lines = pmi_csv(run, "A, \n=title", pairs).decode("utf-8-sig").splitlines()
    about = [line for line in lines if line.startswith("# ")]
    assert "# corpus: A =title" in about
    assert "# objective: negative_sampling" in about
    assert "# step: 1" in about
    assert f"# pearson: {found.pearson}" in about
    rows = list(csv.DictReader(io.StringIO("\n".join(lines[len(about) :]))))
    assert len(rows) == len(sample.centers) + len(sample.strange_centers)
    words = run.corpus.vocabulary.words
    first, last = rows[0], rows[-1]
    assert (first["center"], first["context"]) == (words[sample.centers[0]], words[sample.contexts[0]])
    assert float(first["optimum"]) == sample.optimum[0]
    assert float(first["pmi"]) == sample.pmi[0]
    assert float(first["value"]) == found.values[0]
    assert float(first["times_in_text"]) == sample.counts[0] / pairs.passes
    assert (last["times_in_text"], last["pmi"], float(last["optimum"])) == ("0", "", -np.inf)


@pytest.mark.parametrize(
    ("times", "limits"), [([1, 1, 1, 1], [2]), (list(range(1, 101)), [20, 50, 100]), ([0.1] * 10, [2])]
)
def test_frequency_classes_are_round_and_distinct(times, limits):
    assert frequency_classes(np.array(times, dtype=float)) == limits
