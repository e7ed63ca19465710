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
from app.views.inside.around import rise, sentence, strip
from app.views.inside.arrows import arrows
from app.views.inside.bars import bars
from app.views.inside.check import check
from app.views.inside.formulas import Formulas
from app.views.inside.halfsteps import FORWARD, SOFTMAX_FORMS, half_steps, rows
from app.views.inside.heat import heat
from app.views.inside.scene import Scene
from w2v_core import Corpus, TrainingConfig
from w2v_core.training.config import OBJECTIVES
from w2v_core.training.forces import forces
from w2v_core.training.gradient_check import check_gradients

CORPUS = Corpus.from_text(
    "\n".join(
        ["the king and the queen rule", "a dog sees the cat", "the queen sees the man", "a <b>w</b> $x$"] * 20
    )
)


def scene_of(objective, steps=8, language="en"):
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
    return Scene(bench, LANGUAGES[language].inside_page)


def values(picture):
    return np.array([row["value"] for row in picture["rows"]])


def unpacked(packed):
    return np.frombuffer(base64.b64decode(packed), "<f4")


@pytest.fixture(params=OBJECTIVES)
def scene(request):
    return scene_of(request.param)


def test_every_half_step_has_its_rows_numbers_and_words(scene):
    for language in LANGUAGES:
        told = Scene(scene.bench, LANGUAGES[language].inside_page)
        for name in half_steps(scene.objective):
            picture = bars(told, name, told.rows[0].column)
            assert picture["axis"]
            assert np.isfinite(values(picture)).all()
            for row in picture["rows"]:
                assert row["text"]
                assert row["word"]
                reached = name == "probabilities" and scene.objective == "hierarchical_softmax"
                if not reached:
                    assert row["text"] == figure(row["value"])
        assert len(strip(told, 0)["names"]) == 10 > FORWARD


def test_scores_and_what_becomes_of_them(scene):
    record = scene.record
    columns = [row.column for row in scene.rows]
    w, u = record.hidden, record.output_vectors
    n = len(columns)
    np.testing.assert_allclose(values(bars(scene, "scores", 0))[:n], u @ w)
    squashed = half_steps(scene.objective)[2]
    found = values(bars(scene, squashed, 0))
    if squashed == "sigmoids":
        np.testing.assert_allclose(found, expit(record.scores[columns]))
    else:
        np.testing.assert_allclose(found[:n], np.exp(record.scores[columns]))
        assert found.sum() == pytest.approx(np.exp(record.scores).sum())
        assert record.partition == pytest.approx(found.sum())


def test_probabilities_of_the_four_losses():
    softly = scene_of("softmax")
    found = values(bars(softly, "probabilities", 0))
    assert found.sum() == pytest.approx(1)
    np.testing.assert_allclose(found[0], softmax(softly.record.scores)[softly.record.target])

    asked = scene_of("negative_sampling")
    s = np.array([asked.record.scores[row.column] for row in asked.rows])
    right = [expit(x if row.role == "context" else -x) for x, row in zip(s, asked.rows, strict=True)]
    np.testing.assert_allclose(values(bars(asked, "probabilities", 0)), right)
    assert [row["wanted"] for row in bars(asked, "sigmoids", 0)["rows"]] == [1] + [0] * (len(right) - 1)

    tree = scene_of("hierarchical_softmax")
    picture = bars(tree, "probabilities", 0)
    record = tree.record
    product = np.cumprod(values(picture))
    assert [row["text"] for row in picture["rows"]] == [figure(x) for x in product]
    assert product[-1] == pytest.approx(record.distribution[record.target])
    assert "1.000000" in picture["note"]

    notes = scene_of("softmax_with_negatives")
    p = values(bars(notes, "probabilities", 0))
    Z = np.exp(notes.record.scores).sum()
    for value, row in zip(p, notes.rows, strict=False):
        sign = -1 if row.role == "noise" else 1
        assert value == pytest.approx(np.exp(sign * notes.record.scores[row.column]) / Z)


def test_the_terms_stand_end_to_end_and_reach_the_loss(scene):
    record = scene.record
    assert values(bars(scene, "terms", 0)).sum() == pytest.approx(record.loss)
    rows_ = bars(scene, "loss", 0)["rows"]
    ends = [row["start"] + row["value"] for row in rows_]
    assert ends[:-2] == pytest.approx([row["start"] for row in rows_[1:-1]])
    assert ends[-2] == pytest.approx(ends[-1]) == pytest.approx(record.loss)


def test_errors_gradients_updates_and_what_comes_after(scene):
    record, columns = scene.record, [row.column for row in scene.rows]
    slopes = values(bars(scene, "slopes", 0))
    np.testing.assert_allclose(slopes[: len(columns)], record.score_gradient[columns])
    assert slopes.sum() == pytest.approx(record.score_gradient.sum())
    vectors = {
        "vectors": (record.input_vectors, record.output_vectors),
        "gradients": (record.input_gradients, record.output_gradients),
        "update": (record.input_updates, record.output_updates),
    }
    for name, (of_w, of_u) in vectors.items():
        picture = bars(scene, name, 0)
        shown = [of_w[0], *(of_u[row.place] for row in scene.rows)]
        np.testing.assert_allclose(values(picture), [np.linalg.norm(vector) for vector in shown])
        for row, vector in zip(picture["rows"], shown, strict=True):
            np.testing.assert_allclose(unpacked(row["strip"]), vector, rtol=1e-6)
    before = values(bars(scene, "probabilities", 0))
    after = bars(scene, "after", 0)["rows"]
    assert [row["before"] for row in after] == pytest.approx(before.tolist())
    expected = dict(zip([row["id"] for row in after], [row["value"] for row in after], strict=True))
    scene.bench.apply(1)
    then = bars(Scene(scene.bench, EN.inside_page), "probabilities", 0)["rows"]
    assert {row["id"]: row["value"] for row in then if row["id"] != "rest"} == pytest.approx(
        {row["id"]: expected.get(row["id"], row["value"]) for row in then if row["id"] != "rest"}, rel=1e-4
    )
    assert len(expected) == len(before)


def test_the_rows_come_in_one_order_and_name_every_role():
    scene = scene_of("softmax_with_negatives")
    roles = [row.role for row in scene.rows]
    assert roles == sorted(roles, key=["context", "noise", "other"].index)
    assert scene.rows[0].symbol == "o"
    assert scene.rows[1].symbol == "n1"
    record = scene.bench.run.examine(scene.bench.center, scene.bench.context, [scene.bench.context] * 2, 0)[0]
    [both] = rows(record, "negative_sampling")
    assert (both.role, both.positive, both.negative) == ("context", 1, 2)


def test_forks_name_the_words_below_them():
    scene = scene_of("hierarchical_softmax")
    tree, words = scene.bench.run.tree, scene.vocabulary.words
    picture = bars(scene, "scores", 0)["rows"]
    nodes, turns = tree.path(scene.bench.context)
    assert [row["turn"] for row in picture] == turns.tolist()
    assert words[scene.bench.context] in picture[-1]["word"]
    for row, node, turn in zip(picture, nodes, turns, strict=True):
        assert words[tree.words_below(node, turn)[0]] in row["word"]
        assert words[tree.words_below(node, 1 - turn)[0]] in row["aside"]


def test_the_heat_map_lights_the_rows_that_the_step_touches(scene):
    bench = scene.bench
    W, U = (part.copy() for part in (bench.embeddings.vectors, bench.embeddings.output_vectors))
    of_w, of_u = heat(scene)["tables"]
    bench.apply(1)
    now = bench.embeddings
    touched = {scene.word(i) for i in np.flatnonzero((now.vectors != W).any(axis=1))}
    assert {row["word"] for row in of_w["rows"] if row["touched"]} == touched == {"king"}
    assert [row["word"] for row in of_w["rows"] if not row["touched"]]
    if scene.objective == "negative_sampling":
        moved = {scene.word(i) for i in np.flatnonzero((now.output_vectors != U).any(axis=1))}
        assert {row["word"] for row in of_u["rows"] if row["touched"]} == moved
    if scene.objective in SOFTMAX_FORMS:
        assert (now.output_vectors != U).any(axis=1).all()
        assert str(len(U) - len(of_u["rows"])) in of_u["more"]
    np.testing.assert_allclose(
        unpacked(of_w["rows"][0]["strips"][2]), now.vectors[bench.center], atol=1e-6
    )  # "after" came true


def test_arrows_are_the_forces(scene):
    found, drawn = forces(scene.record), arrows(scene)
    assert drawn["center"]["at"] == found.input.tolist()
    for row, arrow in zip(scene.rows, drawn["outputs"], strict=True):
        assert arrow["gives"] == found.contributions[row.place].tolist()
        assert arrow["pull"] == (scene.record.score_gradient[row.column] < 0)
    total = np.sum([arrow["gives"] for arrow in drawn["outputs"]], axis=0)
    np.testing.assert_allclose(total + (drawn["rest"] or 0), drawn["center"]["move"], atol=1e-12)
    assert f"{found.explained:.0%}" in drawn["text"]["note"]
    assert str(drawn["magnified"]) in drawn["text"]["note"]


def test_the_check_shows_the_largest_entries_both_ways(scene):
    of_center, of_rows = check_gradients(scene.record)
    for selected, found in [(None, of_center[0])] + [(row.column, of_rows[row.place]) for row in scene.rows]:
        drawn = check(scene, selected)
        first = found.largest[0]
        assert drawn["rows"][0]["value"] == found.analytic[first]
        assert drawn["rows"][0]["before"] == found.numeric[first]
        assert drawn["absolute"] == figure(found.absolute)
        assert drawn["relative"] == figure(found.relative)


def test_the_rise_is_the_benchs_curve():
    scene = scene_of("negative_sampling")
    scene.bench.apply(10)
    probability, sigmoid = rise(scene)["charts"]
    np.testing.assert_allclose(
        unpacked(probability["values"]), np.concatenate(scene.bench.probabilities), rtol=1e-6
    )
    np.testing.assert_allclose(unpacked(sigmoid["values"]), np.concatenate(scene.bench.sigmoids), rtol=1e-6)
    assert probability["last"] == figure(scene.bench.probabilities[-1][-1])
    assert probability["top"] >= unpacked(probability["values"]).max()
    assert len(rise(scene_of("softmax"))["charts"]) == 1


def test_the_formulas_have_the_rows_numbers_and_no_words(scene):
    record = scene.record
    formulas = Formulas(record, scene.objective, scene.rows, TEXT_COLOURS["light"])
    for name in half_steps(scene.objective):
        for row in scene.rows:
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
            if name == "update":
                entry = np.abs(record.output_gradients[row.place]).argmax()
                assert latex_figure(record.outputs_after[row.place][entry]) in numbers
            if name == "after":
                bar = next(bar for bar in bars(scene, name, 0)["rows"] if bar["id"] == row.column)
                assert latex_figure(bar["before"]) in numbers
                assert latex_figure(bar["value"]) in numbers


def test_words_in_the_text_are_only_data():
    scene = scene_of("negative_sampling")
    bench = scene.bench
    bench.find("w")
    bench.refresh()
    assert "w" in sentence(Scene(bench, EN.inside_page))["words"]


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
