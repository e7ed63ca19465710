"""The page's figures say what the core's record says, for each loss and half-step."""

import re

import numpy as np
import pytest
from scipy.special import expit, softmax

from app.background.live import LiveTraining
from app.formatting import figure, latex_figure
from app.live_figure import Style, broken
from app.live_figure.style import COLORS
from app.screens.step.bars import round_end
from app.screens.step.bench import PairBench
from app.screens.step.figures import HOVER, arrows_figure, heat_figure, rise_figure, rows_figure
from app.screens.step.formulas import Formulas
from app.screens.step.half_steps import FORWARD, SOFTMAX_FORMS, half_steps, rows
from app.screens.step.row_names import fitted
from app.screens.step.rows import check, half_step
from app.screens.step.scene import Scene
from app.text import EN, LANGUAGES
from app.text.glossary import hover_text
from w2v_core import Corpus, TrainingConfig
from w2v_core.diagnostics.forces import forces
from w2v_core.diagnostics.gradient_check import check_gradients
from w2v_core.training.config import OBJECTIVES

HOSTILE = "<b>&%{x}"
CORPUS = Corpus.from_sentences(
    [line.split() for line in ("the king and the queen rule", "a dog sees the cat", "the queen sees the man")]
    * 20
    + [["a", HOSTILE, "dog"]] * 20
)
STYLE = Style()


def scene_of(objective, steps=8, language="en", word="king"):
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
    bench = PairBench(run, word)
    bench.refresh()
    return Scene(bench, LANGUAGES[language].step_page)


def entries(scene, name):
    return half_step(scene, name).entries


def values(scene, name):
    return np.array([entry.value for entry in entries(scene, name)])


def drawn(scene, name, selected=None, style=STYLE):
    return rows_figure(half_step(scene, name), "title", selected, style)


def traces(figure):
    return {trace.uid: trace for trace in figure.data}


@pytest.fixture(params=OBJECTIVES)
def scene(request):
    return scene_of(request.param)


# Half-steps


def test_every_half_step_has_its_rows_numbers_and_words(scene):
    names = half_steps(scene.objective)
    assert len(names) == 10 > FORWARD
    for language in LANGUAGES:
        told = Scene(scene.bench, LANGUAGES[language].step_page)
        for name in names:
            assert told.by_objective(told.text.axes, name)
            for entry in entries(told, name):
                assert np.isfinite(entry.value)
                assert entry.word
                reached = name == "probabilities" and scene.objective == "hierarchical_softmax"
                assert reached or entry.text == figure(entry.value)


def test_a_half_steps_figure_has_its_rows_words_bars_and_numbers(scene):
    for name in half_steps(scene.objective):
        for style in (Style(), Style("zh", dark=True, large=True)):
            table = half_step(scene, name)
            drawn_ = rows_figure(table, "what it is", None, style)
            shown = traces(drawn_)
            assert drawn_.layout.title.text == "what it is"
            assert len(drawn_.layout.yaxis.ticktext) == len(table.entries)
            for entry, label, value in zip(
                table.entries, drawn_.layout.yaxis.ticktext, shown["values"].text, strict=True
            ):
                assert entry.word[:3] in label.replace("&lt;", "<")
                assert f"<b>{entry.text}</b>" in value
                if entry.symbol:
                    assert f"<sub><i>{entry.symbol}</i></sub>" in label
            assert shown["values"].textfont.color[0] in style.text_colors.values()
            if table.layout == "strips":
                strips = np.array(shown["strips"].text)[::2]
                np.testing.assert_array_equal(strips, [entry.vector for entry in table.entries])
                assert np.isnan(np.array(shown["strips"].text)[1::2]).all()
                assert np.abs(np.array(shown["strips"].z)[::2]).max() == pytest.approx(1)
            else:
                low, high = drawn_.layout.xaxis2.range
                assert list(shown["bars"].base) == [entry.start for entry in table.entries]
                for length, entry in zip(shown["bars"].x, table.entries, strict=True):
                    assert length == pytest.approx(entry.value) or abs(entry.value) > max(-low, high)
            assert ("forks" in shown) == any(entry.turn is not None for entry in table.entries)


def test_a_click_chooses_a_row_and_the_chosen_one_is_lit(scene):
    first = scene.rows[0].column
    drawn_ = drawn(scene, "vectors", selected=first)
    back = traces(drawn_)["rows"]
    assert [row[0] for row in back.customdata] == [None, *(row.column for row in scene.rows)]
    lit = [color != "rgba(0,0,0,0)" for color in back.marker.color]
    assert lit == [False, True] + [False] * (len(scene.rows) - 1)
    [mark] = drawn_.layout.shapes
    assert (mark.y0, mark.y1) == (0.5, 1.5)
    exact = f"{scene.record.scores[first]:.7g}".replace("-", "−")
    assert exact in traces(drawn(scene, "scores"))["rows"].customdata[0][1]


def test_a_color_means_the_same_everywhere():
    scene = scene_of("negative_sampling")
    assert list(traces(drawn(scene, "scores"))["bars"].marker.color) == [
        COLORS[row.role] for row in scene.rows
    ]
    assert set(traces(drawn(scene, "loss"))["bars"].marker.color) == {COLORS["loss"]}


def test_scores_and_what_becomes_of_them(scene):
    record = scene.record
    columns = [row.column for row in scene.rows]
    w, u = record.hidden, record.output_vectors
    n = len(columns)
    np.testing.assert_allclose(values(scene, "scores")[:n], u @ w)
    squashed = half_steps(scene.objective)[2]
    found = values(scene, squashed)
    if squashed == "sigmoids":
        np.testing.assert_allclose(found, expit(record.scores[columns]))
    else:
        np.testing.assert_allclose(found[:n], np.exp(record.scores[columns]))
        assert found.sum() == pytest.approx(np.exp(record.scores).sum())
        assert record.partition == pytest.approx(found.sum())


def test_probabilities_of_the_four_losses():
    softly = scene_of("softmax")
    found = values(softly, "probabilities")
    assert found.sum() == pytest.approx(1)
    np.testing.assert_allclose(found[0], softmax(softly.record.scores)[softly.record.target])

    asked = scene_of("negative_sampling")
    s = np.array([asked.record.scores[row.column] for row in asked.rows])
    right = [expit(x if row.role == "context" else -x) for x, row in zip(s, asked.rows, strict=True)]
    np.testing.assert_allclose(values(asked, "probabilities"), right)
    assert list(traces(drawn(asked, "sigmoids"))["wanted"].x) == [1] + [0] * (len(right) - 1)

    tree = scene_of("hierarchical_softmax")
    record = tree.record
    product = np.cumprod(values(tree, "probabilities"))
    assert [entry.text for entry in entries(tree, "probabilities")] == [figure(x) for x in product]
    assert product[-1] == pytest.approx(record.distribution[record.target])
    assert "1.000000" in half_step(tree, "probabilities").note

    notes = scene_of("softmax_with_negatives")
    p = values(notes, "probabilities")
    Z = np.exp(notes.record.scores).sum()
    for value, row in zip(p, notes.rows, strict=False):
        sign = -1 if row.role == "noise" else 1
        assert value == pytest.approx(np.exp(sign * notes.record.scores[row.column]) / Z)


def test_the_terms_stand_end_to_end_and_reach_the_loss(scene):
    record = scene.record
    assert values(scene, "terms").sum() == pytest.approx(record.loss)
    bars = traces(drawn(scene, "loss"))["bars"]
    ends = np.array(bars.base) + np.array(bars.x)
    assert ends[:-2] == pytest.approx(bars.base[1:-1])
    assert ends[-2] == pytest.approx(ends[-1]) == pytest.approx(record.loss)


def test_errors_gradients_updates_and_what_comes_after(scene):
    record, columns = scene.record, [row.column for row in scene.rows]
    slopes = values(scene, "slopes")
    np.testing.assert_allclose(slopes[: len(columns)], record.score_gradient[columns])
    assert slopes.sum() == pytest.approx(record.score_gradient.sum())
    vectors = {
        "vectors": (record.input_vectors, record.output_vectors),
        "gradients": (record.input_gradients, record.output_gradients),
        "update": (record.input_updates, record.output_updates),
    }
    for name, (of_w, of_u) in vectors.items():
        shown = [of_w[0], *(of_u[row.place] for row in scene.rows)]
        np.testing.assert_allclose(values(scene, name), [np.linalg.norm(vector) for vector in shown])
        for entry, vector in zip(entries(scene, name), shown, strict=True):
            np.testing.assert_array_equal(entry.vector, vector)
    before = values(scene, "probabilities")
    after = entries(scene, "after")
    assert [entry.before for entry in after] == pytest.approx(before.tolist())
    np.testing.assert_allclose(traces(drawn(scene, "after"))["ghosts"].x, before)
    expected = {entry.id: entry.value for entry in after}
    scene.bench.apply(1)
    then = entries(Scene(scene.bench, EN.step_page), "probabilities")
    assert {entry.id: entry.value for entry in then if entry.id != "rest"} == pytest.approx(
        {entry.id: expected.get(entry.id, entry.value) for entry in then if entry.id != "rest"}, rel=1e-4
    )
    assert len(expected) == len(before)


def test_a_bar_that_leaves_the_picture_is_marked():
    scene = scene_of("softmax")
    scene.bench.run.draw_noise(0)
    scene.bench.record, scene.bench.embeddings = scene.bench.run.examine(
        scene.bench.center, scene.bench.context, [], 1
    )
    scene = Scene(scene.bench, EN.step_page)
    table = half_step(scene, "probabilities")
    assert table.entries[-1].id == "rest"
    assert table.entries[-1].value > table.high
    beyond = traces(rows_figure(table, "", None, STYLE))["beyond"]
    assert list(beyond.y) == [len(table.entries) - 1]


def test_the_rows_come_in_one_order_and_name_every_role():
    scene = scene_of("softmax_with_negatives")
    roles = [row.role for row in scene.rows]
    assert roles == sorted(roles, key=["context", "noise", "other"].index)
    assert scene.rows[0].symbol == "o"
    assert scene.rows[1].symbol == "n1"
    record = scene.bench.run.examine(scene.bench.center, scene.bench.context, [scene.bench.context] * 2, 0)[0]
    [both] = rows(record, "negative_sampling")
    assert (both.role, both.positive, both.negative) == ("context", 1, 2)


def test_forks_name_the_words_below_them_and_the_tree_walks_their_turns():
    scene = scene_of("hierarchical_softmax")
    tree, words = scene.bench.run.tree, scene.vocabulary.words
    found = entries(scene, "scores")
    nodes, turns = tree.path(scene.bench.context)
    assert [entry.turn for entry in found] == turns.tolist()
    assert words[scene.bench.context] in found[-1].word
    for entry, node, turn in zip(found, nodes, turns, strict=True):
        assert words[tree.words_below(node, turn)[0]] in entry.word
        assert words[tree.words_below(node, 1 - turn)[0]] in entry.aside
    x = np.array(traces(drawn(scene, "scores"))["forks"].x)
    assert np.sign(np.diff(x)).tolist() == [1 if turn else -1 for turn in turns[:-1]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", [STYLE, Style(large=True)], ids=["usual", "large"])
def test_how_many_words_lie_below_a_fork_is_never_cut(language, style):
    scene = scene_of("hierarchical_softmax", language=language)
    nodes, turns = scene.bench.run.tree.path(scene.bench.context)
    labels = drawn(scene, "scores", style=style).layout.yaxis.ticktext
    assert len(scene.bench.run.tree.words_below(nodes[0], turns[0])) > 3
    for node, turn, label in zip(nodes, turns, labels, strict=True):
        below = len(scene.bench.run.tree.words_below(node, turn))
        assert (scene.text.below.format(count=below) in label) == (below > 3)


# The other views


def test_the_heat_map_lights_the_rows_that_the_step_touches(scene):
    bench = scene.bench
    W, U = (part.copy() for part in (bench.embeddings.vectors, bench.embeddings.output_vectors))
    figure_ = heat_figure(scene, STYLE)
    labels, shown = list(figure_.layout.yaxis.ticktext), traces(figure_)
    titles = [i for i, label in enumerate(labels) if label.startswith(("<b>W:", "<b>U:"))]
    lit = [i for i, label in enumerate(labels) if "▌" in label]
    bench.apply(1)
    now = bench.embeddings
    touched = {scene.word(i) for i in np.flatnonzero((now.vectors != W).any(axis=1))}
    assert touched == {"king"}
    assert [i for i in lit if i < titles[1]] == [1]
    assert "king" in labels[1]
    assert titles[1] > 2  # rows of W that stay as they are
    of_u = [i for i in lit if i > titles[1]]
    if scene.objective == "negative_sampling":
        assert len(of_u) == (now.output_vectors != U).any(axis=1).sum()
    else:
        assert len(of_u) == len(scene.rows)
    if scene.objective in SOFTMAX_FORMS:
        assert (now.output_vectors != U).any(axis=1).all()
        assert len(of_u) == len(U) or f"{len(U) - len(of_u)}" in shown["more"].text[0]
    after = np.array(shown["after"].text)
    np.testing.assert_allclose(after[2], now.vectors[bench.center], atol=1e-6)  # it came true
    assert [figure_.layout[f"xaxis{k}"].title.text.split(" ")[0] for k in ("", 2, 3)] == list(
        EN.step_page.heat_columns.values()
    )


def test_arrows_are_the_forces(scene):
    found, figure_ = forces(scene.record), arrows_figure(scene, STYLE)
    shown, title = traces(figure_), figure_.layout.title.text
    assert f"{found.explained:.0%}" in title
    times = int(re.search(r"drawn (\d+) times", title)[1])

    def arrows(kind):
        x, y = np.array(shown[kind].x, dtype=float), np.array(shown[kind].y, dtype=float)
        return np.stack([x[1::3] - x[::3], y[1::3] - y[::3]], axis=1) / times

    pulls = scene.record.score_gradient[[row.column for row in scene.rows]] < 0
    given = found.contributions[[row.place for row in scene.rows]]
    for kind, which in (("pull", pulls), ("push", ~pulls)):
        if which.any():
            np.testing.assert_allclose(arrows(kind), given[which], atol=1e-12)
        else:
            assert kind not in shown
    total = sum(arrows(kind).sum(axis=0) for kind in ("pull", "push", "rest") if kind in shown)
    np.testing.assert_allclose(total, arrows("move")[0], atol=1e-12)
    np.testing.assert_allclose(np.stack([shown["points"].x, shown["points"].y], axis=1)[0], found.input)
    assert shown["pull"].name == EN.step_page.arrows["pull"]
    assert figure_.layout.yaxis.scaleanchor == "x"


def test_the_check_shows_the_largest_entries_both_ways(scene):
    of_center, of_rows = check_gradients(scene.record)
    both = [("center", of_center[0])] + [(row.column, of_rows[row.place]) for row in scene.rows]
    for selected, found in both:
        table, absolute, relative = check(scene, selected)
        shown = traces(rows_figure(table, "", None, STYLE))
        np.testing.assert_array_equal(shown["bars"].x, found.analytic[found.largest[: len(table.entries)]])
        np.testing.assert_array_equal(shown["ghosts"].x, found.numeric[found.largest[: len(table.entries)]])
        assert (absolute, relative) == (figure(found.absolute), figure(found.relative))
        assert {row[0] for row in shown["rows"].customdata} == {None}  # there is nothing to choose


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rise_is_the_benchs_curve(language):
    scene = scene_of("negative_sampling", language=language)
    scene.bench.apply(10)
    figure_ = rise_figure(scene, LANGUAGES[language], STYLE)
    shown = traces(figure_)
    for uid, of_bench in (("probability", scene.bench.probabilities), ("sigmoid", scene.bench.sigmoids)):
        np.testing.assert_array_equal(shown[uid].y, np.concatenate(of_bench))
        assert list(shown[uid].x) == list(range(11))
    said = [note.text for note in figure_.layout.annotations]
    assert f"<b>{figure(scene.bench.probabilities[-1][-1])}</b>" in said
    assert scene.text.rise["probability.negative_sampling"] in said  # another p than the softmax's
    assert figure_.layout.yaxis.range[1] >= shown["probability"].y.max()
    assert figure_.layout.xaxis.title.text == scene.text.rise_axis
    hovers = [note.hovertext for note in figure_.layout.annotations if note.hovertext]
    assert hovers[0].startswith(hover_text(LANGUAGES[language], "probability", columns=HOVER))
    assert scene.at_zero().split(" = ")[-1] in hovers[0]
    assert hovers[1] == hover_text(LANGUAGES[language], "sigma", columns=HOVER)
    alone = rise_figure(scene_of("softmax", language=language), LANGUAGES[language], STYLE)
    assert [trace.uid for trace in alone.data] == ["probability"]
    assert scene.text.rise["probability"] in [note.text for note in alone.layout.annotations]


def test_before_training_the_two_losses_disagree_as_it_is_said():
    noise, uniform = re.findall(r"= (\d\.\d+)", scene_of("negative_sampling", steps=0).at_zero())
    for objective, said in (("negative_sampling", noise), ("softmax", uniform)):
        record = scene_of(objective, steps=0).record
        assert figure(record.distribution[record.target]) == said
    assert noise != uniform


def test_only_the_p_of_all_words_is_written_p():
    for objective in OBJECTIVES:
        scene = scene_of(objective)
        formulas = Formulas(scene.record, objective, scene.rows, STYLE.text_colors)
        written = [formulas.both(name, row) for name in half_steps(objective) for row in scene.rows]
        latex = " ".join(part for both in written for part in both)
        assert not re.search(r"P\(|[pP]\((?:n|\\textcolor{[^}]*}{n)", latex.replace("P_n(", ""))
        assert ("r_n" in latex) == (objective == "softmax_with_negatives")


# Words and formulas


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_word_like_markup_is_only_a_word(objective):
    scene = scene_of(objective, word=HOSTILE)
    safe = "&lt;b&gt;&amp;%&#123;x}"
    pictures = [drawn(scene, name) for name in half_steps(objective)]
    pictures += [heat_figure(scene, STYLE), arrows_figure(scene, STYLE)]
    for picture in pictures:
        assert HOSTILE not in picture.to_json().encode().decode("unicode_escape")
    assert safe in pictures[0].layout.yaxis.ticktext[0]
    assert safe in traces(pictures[0])["rows"].customdata[0][1]
    assert any(safe in label for label in pictures[-2].layout.yaxis.ticktext)
    assert safe in traces(pictures[-1])["labels"].text


def test_long_words_are_cut_by_their_width():
    assert fitted("king", 4) == "king"
    assert fitted("kingdoms", 5) == "king…"
    assert fitted("国王与王后", 5) == "国王…"


def test_the_formulas_have_the_rows_numbers_and_no_words(scene):
    record = scene.record
    formulas = Formulas(record, scene.objective, scene.rows, STYLE.text_colors)
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
                bar = next(bar for bar in entries(scene, name) if bar.id == row.column)
                assert latex_figure(bar.before) in numbers
                assert latex_figure(bar.value) in numbers


def test_ends_of_axes_are_round_and_never_below():
    assert [round_end(x) for x in (1.0, 1.2, 0.0031, 6e-7, 0.75)] == pytest.approx([1, 1.5, 0.005, 7e-7, 1])


def test_a_sentence_of_ours_is_broken_near_its_middle():
    assert broken("the vectors' entries; at the right") == "the vectors' entries;<br>at the right"
    assert broken("各向量的分量，右侧是长度") == "各向量的分量，<br>右侧是长度"
    assert broken("title") == "title"


def test_on_a_telephone_names_are_short_and_the_sentence_takes_two_lines():
    table = half_step(scene_of("negative_sampling"), "scores")
    figure = rows_figure(table, "one; two", None, Style("en"))
    meta = figure.layout.meta
    assert meta["below"] < 420  # beside the formula on a projector
    short, whole = meta["narrow"]["yaxis.ticktext"]
    tag = table.entries[0].tag
    assert f">{tag}<" in whole[0]
    assert f">{tag}<" not in short[0]
    assert meta["narrow"]["title.text"] == ["one;<br>two", "one; two"]
