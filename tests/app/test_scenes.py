"""What is sent to the browser is what the core's record says, for each loss and half-step."""

import base64

import numpy as np
import pytest
from scipy.special import expit, softmax

from app.numbers import axis_end, figure, latex_figure
from app.runs.bench import PairBench
from app.runs.live import LiveTraining
from app.text import EN, LANGUAGES
from app.views.colours import TEXT_COLOURS
from app.views.formulas import Formulas
from app.views.halfsteps import FORWARD, half_steps, rows
from app.views.scenes import Scenes
from w2v_core import Corpus, TrainingConfig
from w2v_core.training.config import OBJECTIVES
from w2v_core.training.forces import forces
from w2v_core.training.gradient_check import check_gradients

CORPUS = Corpus.from_text(
    "\n".join(
        ["the king and the queen rule", "a dog sees the cat", "the queen sees the man", "a <b>w</b> $x$"] * 20
    )
)


def scenes_of(objective, steps=8, language="en"):
    config = TrainingConfig(
        objective=objective,
        dim=6,
        window=2,
        negatives=3,
        batch_tokens=16,
        epochs=9,
        subsample=0.0,
        learning_rate=0.1,
    )
    run = LiveTraining(CORPUS, config)
    run.step(steps)
    bench = PairBench(run, "king")
    bench.refresh()
    return Scenes(bench, LANGUAGES[language].inside_page)


def values(picture):
    return np.array([row["value"] for row in picture["rows"]])


def unpacked(packed):
    return np.frombuffer(base64.b64decode(packed), "<f4")


@pytest.fixture(params=OBJECTIVES)
def scenes(request):
    return scenes_of(request.param)


def test_every_half_step_has_its_rows_numbers_and_words(scenes):
    for language in LANGUAGES:
        told = Scenes(scenes.bench, LANGUAGES[language].inside_page)
        for name in half_steps(scenes.objective):
            picture = told.bars(name, told.rows[0].column)
            assert picture["axis"]
            assert np.isfinite(values(picture)).all()
            for row in picture["rows"]:
                assert row["text"]
                assert row["word"]
                reached = name == "probabilities" and scenes.objective == "hierarchical_softmax"
                if not reached:
                    assert row["text"] == figure(row["value"])
        assert len(told.strip(0)["names"]) == 10 > FORWARD


def test_scores_and_what_becomes_of_them(scenes):
    record = scenes.record
    columns = [row.column for row in scenes.rows]
    w, u = record.hidden, record.output_vectors
    n = len(columns)
    np.testing.assert_allclose(values(scenes.bars("scores", 0))[:n], u @ w)
    squashed = half_steps(scenes.objective)[2]
    found = values(scenes.bars(squashed, 0))
    if squashed == "sigmoids":
        np.testing.assert_allclose(found, expit(record.scores[columns]))
    else:
        np.testing.assert_allclose(found[:n], np.exp(record.scores[columns]))
        assert found.sum() == pytest.approx(np.exp(record.scores).sum())
        assert record.partition == pytest.approx(found.sum())


def test_probabilities_of_the_four_losses():
    softly = scenes_of("softmax")
    found = values(softly.bars("probabilities", 0))
    assert found.sum() == pytest.approx(1)
    np.testing.assert_allclose(found[0], softmax(softly.record.scores)[softly.record.target])

    asked = scenes_of("negative_sampling")
    s = np.array([asked.record.scores[row.column] for row in asked.rows])
    right = [expit(x if row.role == "context" else -x) for x, row in zip(s, asked.rows, strict=True)]
    np.testing.assert_allclose(values(asked.bars("probabilities", 0)), right)
    assert [row["wanted"] for row in asked.bars("sigmoids", 0)["rows"]] == [1] + [0] * (len(right) - 1)

    tree = scenes_of("hierarchical_softmax")
    picture = tree.bars("probabilities", 0)
    record = tree.record
    product = np.cumprod(values(picture))
    assert [row["text"] for row in picture["rows"]] == [figure(x) for x in product]
    assert product[-1] == pytest.approx(record.distribution[record.target])
    assert "1.000000" in picture["note"]

    notes = scenes_of("softmax_with_negatives")
    p = values(notes.bars("probabilities", 0))
    Z = np.exp(notes.record.scores).sum()
    for value, row in zip(p, notes.rows, strict=False):
        sign = -1 if row.role == "noise" else 1
        assert value == pytest.approx(np.exp(sign * notes.record.scores[row.column]) / Z)


def test_the_terms_stand_end_to_end_and_reach_the_loss(scenes):
    record = scenes.record
    assert values(scenes.bars("terms", 0)).sum() == pytest.approx(record.loss)
    rows_ = scenes.bars("loss", 0)["rows"]
    ends = [row["start"] + row["value"] for row in rows_]
    assert ends[:-2] == pytest.approx([row["start"] for row in rows_[1:-1]])
    assert ends[-2] == pytest.approx(ends[-1]) == pytest.approx(record.loss)


def test_errors_gradients_updates_and_what_comes_after(scenes):
    record, columns = scenes.record, [row.column for row in scenes.rows]
    slopes = values(scenes.bars("slopes", 0))
    np.testing.assert_allclose(slopes[: len(columns)], record.score_gradient[columns])
    assert slopes.sum() == pytest.approx(record.score_gradient.sum())
    vectors = {
        "vectors": (record.input_vectors, record.output_vectors),
        "gradients": (record.input_gradients, record.output_gradients),
        "update": (record.input_updates, record.output_updates),
    }
    for name, (of_w, of_u) in vectors.items():
        picture = scenes.bars(name, 0)
        shown = [of_w[0], *(of_u[row.place] for row in scenes.rows)]
        np.testing.assert_allclose(values(picture), [np.linalg.norm(vector) for vector in shown])
        for row, vector in zip(picture["rows"], shown, strict=True):
            np.testing.assert_allclose(unpacked(row["strip"]), vector, rtol=1e-6)
    before = values(scenes.bars("probabilities", 0))
    after = scenes.bars("after", 0)["rows"]
    assert [row["before"] for row in after] == pytest.approx(before.tolist())
    expected = dict(zip([row["id"] for row in after], [row["value"] for row in after], strict=True))
    scenes.bench.apply(1)
    then = Scenes(scenes.bench, EN.inside_page).bars("probabilities", 0)["rows"]
    assert {row["id"]: row["value"] for row in then if row["id"] != "rest"} == pytest.approx(
        {row["id"]: expected.get(row["id"], row["value"]) for row in then if row["id"] != "rest"}, rel=1e-4
    )
    assert len(expected) == len(before)


def test_the_rows_come_in_one_order_and_name_every_role():
    scenes = scenes_of("softmax_with_negatives")
    roles = [row.role for row in scenes.rows]
    assert roles == sorted(roles, key=["context", "noise", "other"].index)
    assert scenes.rows[0].symbol == "o"
    assert scenes.rows[1].symbol == "n1"
    record = scenes.bench.run.examine(
        scenes.bench.center, scenes.bench.context, [scenes.bench.context] * 2, 0
    )[0]
    [both] = rows(record, "negative_sampling")
    assert (both.role, both.positive, both.negative) == ("context", 1, 2)


def test_forks_name_the_words_below_them():
    scenes = scenes_of("hierarchical_softmax")
    tree, words = scenes.bench.run.tree, scenes.vocabulary.words
    picture = scenes.bars("scores", 0)["rows"]
    nodes, turns = tree.path(scenes.bench.context)
    assert [row["turn"] for row in picture] == turns.tolist()
    assert words[scenes.bench.context] in picture[-1]["word"]
    for row, node, turn in zip(picture, nodes, turns, strict=True):
        assert words[tree.words_below(node, turn)[0]] in row["word"]
        assert words[tree.words_below(node, 1 - turn)[0]] in row["aside"]


def test_the_heat_map_lights_the_rows_that_the_step_touches(scenes):
    bench = scenes.bench
    W, U = (part.copy() for part in (bench.embeddings.vectors, bench.embeddings.output_vectors))
    of_w, of_u = scenes.heat()["tables"]
    bench.apply(1)
    now = bench.embeddings
    touched = {scenes.word(i) for i in np.flatnonzero((now.vectors != W).any(axis=1))}
    assert {row["word"] for row in of_w["rows"] if row["touched"]} == touched == {"king"}
    assert [row["word"] for row in of_w["rows"] if not row["touched"]]
    if scenes.objective == "negative_sampling":
        moved = {scenes.word(i) for i in np.flatnonzero((now.output_vectors != U).any(axis=1))}
        assert {row["word"] for row in of_u["rows"] if row["touched"]} == moved
    if scenes.softmax:
        assert (now.output_vectors != U).any(axis=1).all()
        assert str(len(U) - len(of_u["rows"])) in of_u["more"]
    np.testing.assert_allclose(
        unpacked(of_w["rows"][0]["strips"][2]), now.vectors[bench.center], atol=1e-6
    )  # "after" came true


def test_arrows_are_the_forces(scenes):
    found, drawn = forces(scenes.record), scenes.arrows()
    assert drawn["center"]["at"] == found.input.tolist()
    for row, arrow in zip(scenes.rows, drawn["outputs"], strict=True):
        assert arrow["gives"] == found.contributions[row.place].tolist()
        assert arrow["pull"] == (scenes.record.score_gradient[row.column] < 0)
    total = np.sum([arrow["gives"] for arrow in drawn["outputs"]], axis=0)
    np.testing.assert_allclose(total + (drawn["rest"] or 0), drawn["center"]["move"], atol=1e-12)
    assert f"{found.explained:.0%}" in drawn["text"]["note"]
    assert str(drawn["magnified"]) in drawn["text"]["note"]


def test_the_check_shows_the_largest_entries_both_ways(scenes):
    of_center, of_rows = check_gradients(scenes.record)
    for selected, check in [(None, of_center[0])] + [(row.column, of_rows[row.place]) for row in scenes.rows]:
        drawn = scenes.check(selected)
        first = check.largest[0]
        assert drawn["rows"][0]["value"] == check.analytic[first]
        assert drawn["rows"][0]["before"] == check.numeric[first]
        assert drawn["absolute"] == figure(check.absolute)
        assert drawn["relative"] == figure(check.relative)


def test_the_rise_is_the_benchs_curve():
    scenes = scenes_of("negative_sampling")
    scenes.bench.apply(10)
    probability, sigmoid = scenes.rise()["charts"]
    np.testing.assert_allclose(
        unpacked(probability["values"]), np.concatenate(scenes.bench.probabilities), rtol=1e-6
    )
    np.testing.assert_allclose(unpacked(sigmoid["values"]), np.concatenate(scenes.bench.sigmoids), rtol=1e-6)
    assert probability["last"] == figure(scenes.bench.probabilities[-1][-1])
    assert probability["top"] >= unpacked(probability["values"]).max()
    assert len(scenes_of("softmax").rise()["charts"]) == 1


def test_the_formulas_have_the_rows_numbers_and_no_words(scenes):
    record = scenes.record
    formulas = Formulas(record, scenes.objective, scenes.rows, TEXT_COLOURS["light"])
    for name in half_steps(scenes.objective):
        for row in scenes.rows:
            symbols, numbers = formulas.both(name, row)
            for latex in (symbols, numbers):
                assert latex.count("{") == latex.count("}")
                assert latex.count(r"\begin") == latex.count(r"\end")
                assert "king" not in latex
            expected = {
                "scores": record.scores[row.column],
                "exponentials": record.exponentials[row.column],
                "sigmoids": record.probabilities[row.column],
                "loss": record.loss,
                "slopes": record.score_gradient[row.column],
                "after": record.distribution_after[record.target],
            }.get(name)
            if expected is not None:
                assert latex_figure(expected) in numbers


def test_words_in_the_text_are_only_data():
    scenes = scenes_of("negative_sampling")
    bench = scenes.bench
    bench.find("w")
    bench.refresh()
    assert "w" in Scenes(bench, EN.inside_page).sentence()["words"]


@pytest.mark.parametrize(
    ("value", "text", "latex"),
    [
        (0.0, "0", "0"),
        (-0.03124, "−0.0312", "-0.0312"),
        (12.345, "12.35", "12.35"),
        (-38426.2, "−38,426", "-38{,}426"),
        (2.314e-5, "2.31×10⁻⁵", r"2.31\cdot 10^{-5}"),
        (-4e9, "−4.00×10⁹", r"-4.00\cdot 10^{9}"),
        (float("inf"), "∞", r"\infty"),
    ],
)
def test_figures(value, text, latex):
    assert figure(value) == text
    assert latex_figure(value) == latex


def test_ends_of_axes():
    assert [axis_end(x) for x in (1.0, 0.005, 2e-7, 5e-118)] == ["1", "0.005", "2×10⁻⁷", "5×10⁻¹¹⁸"]
