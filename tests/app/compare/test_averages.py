"""Side by side with several seeds a run: means with bands, said to be so; and with one seed nothing of it."""

import csv
import io

import numpy as np
import pytest

from app.background.seeds import compare
from app.formatting import Count, figure
from app.live_figure import Style, moved
from app.live_figure.component import encoded
from app.samples import samples
from app.screens.compare import cards, curves
from app.screens.compare.bands import EXTREMES
from app.screens.compare.cards import LETTERS, RUN_COLORS
from app.screens.compare.comparison import Compared
from app.screens.compare.table import COLUMNS, comparison_csv
from app.screens.compare.view import View
from app.settings import VIEWS
from app.text import EN, LANGUAGES
from tests.app.choices import widget
from tests.app.compare.test_figures import CATEGORIES_OF_WORDS, CONFIG, HOSTILE, SENTENCES, comparison, traces
from tests.app.compare.test_page import choice, link_of, open_page, press, runs_of, said, sent
from tests.app.visits import session_of, visit, visitor
from w2v_core import Corpus

NAMES = ["A  negatives", f"B  {HOSTILE}"]
CONFIGS = [CONFIG, CONFIG.replace(objective="softmax_with_negatives")]
CORPUS = Corpus.from_sentences(SENTENCES, min_count=1)


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(params=LANGUAGES.values(), ids=LANGUAGES)
def text(request):
    return request.param


def averaged(*configs, steps=6):
    runs = compare(CORPUS, configs, CATEGORIES_OF_WORDS, seeds=3)
    for _ in range(steps):
        runs.step()
    return runs


@pytest.fixture(scope="module")
def runs():
    return averaged(*CONFIGS)


def losses(of, looks, view):
    return (of, of.smooth) if view.curve == "running" else (looks, looks.metrics["loss"])


@pytest.mark.parametrize("curve", VIEWS["curve"].options)
@pytest.mark.parametrize("clock", VIEWS["clock"].options)
def test_curves_are_means_and_bands_go_from_the_least_to_the_most(runs, curve, clock, text):
    view = View(curve=curve, clock=clock, measure="top_10")
    found = traces(curves.curves_figure(runs, NAMES, view, text, Style(text.language)))
    for letter, now in zip(LETTERS, runs.progress.members, strict=False):
        band = list(zip(EXTREMES, now.band.curves, now.band.looks, strict=True))
        for end, curve_of, looks in (("", now.curve, now.looks), *band):
            of, loss = losses(curve_of, looks, view)
            drawn = found[f"{letter} loss {end}".strip()]
            np.testing.assert_allclose(drawn.x, getattr(of, clock), rtol=1e-6)
            np.testing.assert_allclose(drawn.y, loss, rtol=1e-6)
            drawn = found[f"{letter} measure {end}".strip()]
            np.testing.assert_allclose(drawn.y, looks.metrics["top_10"], rtol=1e-6)
        each = [losses(seed.curve, seed.looks, view) for seed in now.seeds.values()]
        values = [np.interp(now.curve.pairs[-1], of.pairs, loss) for of, loss in each]
        ends = [found[f"{letter} loss{end}"].y[-1] for end in ("", " least", " most")]
        assert ends == pytest.approx([np.mean(values), min(values), max(values)], rel=1e-3)
        assert ends[1] < ends[0] < ends[2]
        assert len(found[f"{letter} batches"].y) == 0


def test_a_band_lies_below_all_lines_in_the_color_of_its_run_and_not_in_the_legend(runs):
    drawn = curves.curves_figure(runs, NAMES, View(), EN, Style("en"))
    uids = [trace.uid for trace in drawn.data]
    bands = [f"{letter} {what} {end}" for letter in "AB" for what in ("loss", "measure") for end in EXTREMES]
    assert uids[: len(bands)] == bands
    for uid in bands:
        trace = traces(drawn)[uid]
        assert trace.showlegend is False
        assert trace.legendgroup == uid[0]
        assert trace.fill == ("tonexty" if uid.endswith("most") else None)
        color = RUN_COLORS[LETTERS.index(uid[0])]
        assert trace.fillcolor.startswith("rgba({},{},{},".format(*bytes.fromhex(color[1:])))
    low, high = drawn.layout.yaxis.range
    assert low < min(traces(drawn)["A loss least"].y) < max(traces(drawn)["A loss most"].y) < high


def test_a_hover_says_what_of_the_seeds_a_curve_is(runs, text):
    words = text.compare_page
    found = traces(curves.curves_figure(runs, NAMES, View(), text, Style(text.language)))
    for uid, what in (
        ("B loss", words.mean_of),
        ("B measure", words.mean_of),
        ("B loss least", words.extremes["least"]),
        ("B measure most", words.extremes["most"]),
    ):
        assert f"({what.format(seeds=3)})" in found[uid].hovertemplate
        assert HOSTILE not in found[uid].hovertemplate


def test_a_relative_band_is_between_start_and_floor_and_there_is_none_without_a_floor(runs):
    found = traces(curves.curves_figure(runs, NAMES, View(scale="relative"), EN, Style("en")))
    scale = runs.members[0].running_scale
    for end, of in zip(EXTREMES, runs.progress.members[0].band.curves, strict=True):
        np.testing.assert_allclose(found[f"A loss {end}"].y, scale.relative(of.smooth), rtol=1e-5)
        assert len(found[f"B loss {end}"].y) == 0


def test_bands_move_with_their_runs():
    runs = averaged(*CONFIGS, steps=0)
    args = (NAMES, View(), EN, Style("en"))
    drawn = curves.curves_figure(runs, *args)
    for _ in range(4):
        runs.step()
    moves = curves.curves_moves(runs, *args)
    encoded(moves)
    assert moved(drawn, moves) == curves.curves_figure(runs, *args)


def test_a_card_says_mean_and_spread(runs, text):
    found = traces(curves.curves_figure(runs, NAMES, View(), text, Style(text.language)))
    for letter, now in zip(LETTERS, runs.progress.members, strict=False):
        mean, least, most = (figure(of.smooth[-1]) for of in (now.curve, *now.band.curves))
        loss = text.compare_page.mean_loss.format(mean=mean, least=least, most=most)
        assert loss in found[f"{letter} card"].name


def test_a_card_says_how_many_seeds_exploded(text):
    runs = averaged(CONFIG, CONFIG.replace(learning_rate=1e6, max_row_update=None), steps=40)
    now = runs.progress.members[1]
    first = min((seed.problem for seed in now.seeds.values()), key=lambda problem: problem.details["step"])
    why = text.compare_page.stopped["diverged"].format(step=first.details["step"])
    whole = text.compare_page.stopped_seeds.format(why=why, count=3, seeds=3)
    assert cards.stopped(now, text) == whole
    drawn = curves.curves_figure(runs, NAMES, View(), text, Style(text.language))
    assert whole in traces(drawn)["B card"].name
    assert cards.stopped(runs.progress.members[0], text) == ""


def test_with_one_seed_there_is_no_band_and_no_word_of_seeds(text):
    runs = comparison({}, {"dim": 2})
    words = text.compare_page
    drawn = curves.curves_figure(runs, NAMES, View(), text, Style(text.language))
    assert not any(trace.uid.endswith(EXTREMES) or trace.fill for trace in drawn.data)
    assert not any(words.mean_of.format(seeds=0) in (trace.hovertemplate or "") for trace in drawn.data)
    assert len(traces(drawn)["A batches"].y) > 0
    assert cards.averaged(runs.progress.members[0], text) == ""


def test_seeds_are_chosen_with_any_preset_and_stay_as_it_changes(language):
    at, words = visit(visitor(language), "compare"), LANGUAGES[language].compare_page
    choice(at, "seeds").set_value(3).run()
    assert not at.exception
    assert session_of(at).part(Compared).preset == "objectives"
    assert words.brought.format(seconds=60, epochs=Count("2")) in said(at)
    press(at, "step")
    for now in runs_of(at).progress.members:
        assert {seed: one.last.step for seed, one in now.seeds.items()} == {1: 1, 2: 1, 3: 1}
    assert words.mean_of.format(seeds=3) in said(at)
    captions = "\n".join(each.value for each in at.caption)
    assert words.averaged.format(first=1, last=3) in captions
    assert "A loss most" in [trace["uid"] for trace in sent(at)["compare_curves"]["data"]]
    choice(at, "preset").set_value("rates").run()
    assert list(runs_of(at).progress.members[2].seeds) == [1, 2, 3]


def test_other_seeds_never_discard_runs(language):
    at, words = open_page(language, "tiny_en"), LANGUAGES[language].compare_page
    choice(at, "setting").set_value("dim").run()
    press(at, "step")
    before = runs_of(at)
    choice(at, "seeds").set_value(3).run()
    assert runs_of(at) is before
    [warning] = at.warning
    assert warning.value == words.changed.format(names=words.seeds)
    press(at, "reset")
    assert not at.warning
    assert len(runs_of(at).progress.members[0].seeds) == 3
    choice(at, "seeds").set_value(1).run()
    assert not at.exception
    assert not runs_of(at).progress.members[0].seeds


@pytest.mark.parametrize("what", [{"preset": "notes"}, {"runs": "dim:2,10", "corpus": "tiny_en"}])
def test_a_link_holds_the_seeds(what):
    at = visit(visitor(**what, seeds="3"), "compare")
    assert not at.exception
    assert choice(at, "seeds").value == 3
    assert len(runs_of(at).progress.members[0].seeds) == 3
    query = dict(part.split("=") for part in link_of(at).split("&"))
    assert query["seeds"] == "3"
    again = visit(visitor(**query), "compare")
    assert list(runs_of(again).progress.members[0].seeds) == [1, 2, 3]
    choice(again, "seeds").set_value(1).run()
    again.run()
    assert "seeds" not in link_of(again)


def test_the_table_has_each_seeds_own_numbers(runs):
    lines = comparison_csv(runs, samples()["royal_court_en"], "en").decode("utf-8-sig").splitlines()
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert tuple(rows[0]) == COLUMNS
    assert "# seed: 1 2 3" in lines
    for letter, now in zip(LETTERS, runs.progress.members, strict=False):
        for seed, of_seed in now.seeds.items():
            mine = [row for row in rows if (row["run"], row["seed"]) == (letter, str(seed))]
            points = [float(row["running_loss"]) for row in mine if row["running_loss"]]
            assert points == of_seed.curve.loss.tolist()
            looks = [float(row["probe_loss"]) for row in mine if row["probe_loss"]]
            assert looks == of_seed.looks.metrics["loss"].tolist()
    assert len({(row["run"], row["seed"]) for row in rows}) == 6


def test_too_many_for_the_server_get_its_sentence_and_the_old_ones_stay(monkeypatch):
    at = open_page(corpus="tiny_en")
    choice(at, "setting").set_value("dim").run()
    before = runs_of(at)
    with monkeypatch.context() as full:
        full.setattr("w2v_core.limits.APP_ALL_RUN_BYTES", 0)
        choice(at, "seeds").set_value(10).run()
        press(at, "reset")
        assert at.error
        assert runs_of(at) is before
    widget(at, "compare_seeds").set_value(3).run()
    assert not at.error
