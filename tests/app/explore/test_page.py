"""The Explore page, run without a browser; `at.run()` is the tick of its clock."""

import gc
import json
import time
import weakref
from urllib.parse import parse_qsl

import numpy as np
import pytest

from app.background.layouts import KINDS
from app.live_figure import literal
from app.own_text import OwnText
from app.samples import samples
from app.screens.explore.view import replay_of
from app.text import LANGUAGES
from app.text.literal import escaped
from tests.app.choices import widget
from tests.app.figure_tools import figures_of, sent, traces
from tests.app.visits import explorer_of, session_of, visit, visitor
from w2v_core import Corpus, UnknownWord
from w2v_core.vectors.faithfulness import faithfulness


def open_page(language="en", corpus="royal_court_en", steps=3, **state):
    at = visit(visitor(language, corpus=corpus), "train")
    if steps:
        session_of(at).run.step(steps)
    for name, value in state.items():
        session_of(at).chosen[name] = value
    visit(at, "explore")
    assert not at.exception
    return at


def moved(at):
    """Return the name of the figure of the map, and what moves in it."""
    [(name, moves)] = sent(at)["figures"].items()
    return name, moves


def facts(at):
    return sent(at)["facts"]


def points(at):
    explorer = explorer_of(at)
    return explorer.layout().points


def link(at):
    """Return the page's address."""
    drawn = [json.loads(each.proto.json) for each in at.get("bidi_component") if each.proto.json]
    [query] = [each["query"] for each in drawn if "query" in each]
    return dict(parse_qsl(query))


def table(at, column):
    """Return the first table with a column."""
    return next(each.value for each in at.dataframe if column in each.value)


def choose(at, name, value):
    widget(at, name).set_value(value).run()
    assert not at.exception


def ask(at, verb, value):
    explorer_of(at).ask(verb, value)
    at.run()
    assert not at.exception


def panel(at):
    """Return all that the panel says."""
    return "\n".join(element.value for kind in ("markdown", "caption") for element in at.get(kind))


def open_link(**query):
    at = visit(visitor(**query), "explore")
    assert not at.exception
    return at


def test_a_link_opens_the_map_and_the_words_that_it_was_copied_from():
    query = {
        **{"corpus": "royal_court_en", "word": "queen", "k": "7", "metric": "dot", "map": "axes"},
        **{"map_colour": "cluster", "groups": "6", "x_pairs": "man woman", "tab": "analogies"},
        "analogy": "man,woman,king",
    }
    at = open_link(**query)
    assert link(at) == query
    assert moved(at)[1]["layout"]["xaxis.title.text"] == "← man   ·   woman →"
    assert [widget(at, f"analogy_{letter}").value for letter in "abc"] == ["man", "woman", "king"]
    ask(at, "tab", "neighbors")
    assert "**queen**" in panel(at)
    assert len(table(at, "dot product")) == 7
    assert not at.toast


def test_several_words_of_a_link_are_selected_and_unknown_ones_named():
    at = open_link(corpus="royal_court_en", word="king, queen,zzz", k="90", map="tsne", analogy="a,b")
    assert [pill for each in at.button_group for pill in each.options if pill in ("king", "queen")] == [
        "king",
        "queen",
    ]
    assert facts(at)["kind"] == "tsne"
    assert "`word=zzz`, `k=90`, `analogy=a,b`" in at.toast[0].value
    assert link(at)["word"] == "king,queen"
    assert facts(open_link(corpus="royal_court_en", word=""))["word"] == ""


def test_a_number_of_words_for_one_text_does_for_another():
    at = open_page("en", "tiny_en", steps=0)
    session_of(at).chosen["map_words"] = 223
    visit(at, "train")
    widget(at, "corpus").set_value("world_facts_en").run()
    visit(at, "explore")
    assert not at.exception
    assert facts(at)["words"] == 250


def said(at):
    return "\n".join(element.value for kind in ("info", "error") for element in at.get(kind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_training_the_random_vectors_are_shown_and_the_page_says_so(language):
    at = open_page(language, steps=0)
    assert LANGUAGES[language].explore_page.untrained in said(at)
    assert at.button(key="play").label == LANGUAGES[language].explore_page.train
    assert len(points(at)) == 223
    assert np.ptp(points(at)) > 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_map_in_both_languages(language, kind):
    at, text = open_page(language), LANGUAGES[language].explore_page
    choose(at, "map", kind)
    assert facts(at)["kind"] == kind
    assert points(at).shape == (223, 2)
    assert np.isfinite(points(at)).all()
    titles = [moved(at)[1]["layout"][f"{letter}axis.title.text"] for letter in "xy"]
    assert titles[0] == text.tsne_axis if kind == "tsne" else all(titles)
    assert said(at) == ""
    explorer_of(at).close()


def test_a_map_in_three_dimensions_with_other_components():
    at = open_page(map_dimensions=3, pc_x=2)
    run = session_of(at).run
    assert points(at).shape == (223, 3)
    shares = traces(figures_of(at)["variance"])["variance"]
    assert len(shares["x"]["bdata"] if isinstance(shares["x"], dict) else shares["x"]) >= run.config.dim
    assert shares["text"][1:3] == ["xy", "z"]
    assert moved(at)[0] == "words3d"
    np.testing.assert_array_equal(points(at)[:, 0], points(at)[:, 1])


def test_axes_exchange_their_components():
    at = open_page()
    choose(at, "pc_x", 2)
    assert explorer_of(at).wish.components[:2] == (1, 0)
    choose(at, "pc_y", 5)
    assert explorer_of(at).wish.components[:2] == (1, 4)


def test_the_page_says_how_true_its_map_is():
    at = open_page()
    explorer = explorer_of(at)
    deadline = time.monotonic() + 20
    while explorer.fidelity(explorer.layout()) is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    at.run()
    expected = faithfulness(explorer.embeddings.unit_vectors[explorer.ids], points(at), 10)
    assert f"On average {10 * expected.mean:.1f} of a word's 10 nearest" in panel(at)


def test_neighbours_are_the_cores_with_every_metric_and_vectors():
    at = open_page()
    embeddings, metrics = session_of(at).run.progress.embeddings, LANGUAGES["en"].explore_page.metrics
    ask(at, "word", "king")
    for which in ("input", "output", "sum"):
        choose(at, "map_which", which)
        for metric in ("cosine", "dot", "euclidean"):
            ask(at, "metric", metric)
            ask(at, "k", 5)
            expected = embeddings.neighbors("king", 5, metric=metric, which=which)
            rows = table(at, metrics[metric])
            assert rows["Word"].tolist() == [word for word, _ in expected]
            np.testing.assert_allclose(rows[metrics[metric]], [value for _, value in expected], rtol=1e-5)
    assert session_of(at).chosen["follow"] == "king"


def test_kept_neighbours_are_those_near_on_the_map():
    at = open_page()
    ask(at, "word", "king")
    explorer, xy = explorer_of(at), points(at)
    words = [explorer.vocabulary.words[i] for i in explorer.ids]
    away = np.linalg.norm(xy - xy[words.index("king")], axis=1)
    near = {words[i] for i in np.argsort(away)[1:11]}
    rows = table(at, "cosine")
    assert rows[" "].tolist() == ["●" if word in near else "○" for word in rows["Word"]]
    strangers = near - set(rows["Word"])
    assert strangers == {pill for each in at.button_group for pill in each.options if pill in near}
    traces_moved = moved(at)[1]["traces"]
    ends = {name: traces_moved[name]["x"] for name in ("kept-lines", "lost-lines")}
    kept = sum(sign == "●" for sign in rows[" "])
    assert [len_of(ends[name]) for name in ends] == [3 * kept, 3 * (10 - kept)]


def len_of(array):
    """Return how many numbers an array of a message has."""
    return array["$"][2]


def test_a_selection_is_isolated_on_a_map_of_its_own_and_back():
    at = open_page()
    words = ["king", "queen", "prince", "princess", "duke", "duchess"]
    ask(at, "select", [*words, "nobody"])
    lit = [trace.get("selectedpoints") for trace in moved(at)[1]["traces"].values()]
    assert sum(len(part) for part in lit if part) == len(words)
    whole = points(at)
    ask(at, "isolate", None)
    explorer = explorer_of(at)
    assert [explorer.vocabulary.words[i] for i in explorer.ids] == words
    assert not at.button(key="back").disabled
    assert points(at).shape == (len(words), 2)
    ask(at, "select", words)
    ask(at, "isolate", None)  # the same words again: no further map to come back from
    ask(at, "back", None)
    np.testing.assert_array_equal(points(at), whole)


@pytest.mark.parametrize("mode", ["category", "frequency", "cluster", "similarity", "kept"])
def test_every_colour_has_a_value_for_every_word_and_a_legend(mode):
    at = open_page()
    choose(at, "map_colour", mode)
    drawn = traces(figures_of(at)["words2d"])
    classes = [trace for uid, trace in drawn.items() if uid.startswith("class") and uid != "class-1"]
    assert bool(classes) == (mode in ("category", "cluster"))
    looks = [json.dumps([trace["marker"][part] for part in ("color", "line")]) for trace in classes]
    assert len(set(looks)) == len(looks)
    assert all(trace["showlegend"] and trace["name"] for trace in classes)
    if not classes:
        assert all(drawn["class-1"]["marker"]["colorbar"]["ticktext"])
    assert sum(len(trace["customdata"]) for uid, trace in drawn.items() if uid.startswith("class")) == 223


@pytest.mark.parametrize("language", LANGUAGES)
def test_axes_of_meaning_take_pairs_of_words(language):
    at = open_page(language, map="axes")
    explorer = explorer_of(at)
    widget(at, "x_pairs").set_value("man woman, king queen").run()
    widget(at, "y_pairs").set_value("man king").run()
    layout = moved(at)[1]["layout"]
    assert layout["xaxis.title.text"] == "← man, king   ·   woman, queen →"
    assert layout["yaxis.title.text"] == "← man   ·   king →"
    unit = explorer.embeddings.unit_vectors
    man, king = (explorer.vocabulary.id(word) for word in ("man", "king"))
    difference = unit[king] - unit[man]
    expected = unit[explorer.ids] @ difference / np.linalg.norm(difference)
    np.testing.assert_allclose(points(at)[:, 1], expected, atol=1e-5)
    drawn = points(at)
    for pairs, named in (("man", "`man`"), ("man womann", "`womann`")):
        widget(at, "x_pairs").set_value(pairs).run()
        assert named in said(at)
        np.testing.assert_array_equal(points(at), drawn)  # the last map of the kind stays


def test_a_bracket_in_an_unknown_word_ends_no_markup():
    at = open_page()
    ask(at, "tab", "analogies")
    ask(at, "analogy", ["man", "x]y", "king"])
    [sentence] = [caption.value for caption in at.caption if "x]y" in caption.value]
    assert sentence == LANGUAGES["en"].problem(UnknownWord("x]y", []))


def test_analogies_are_answered_with_and_without_the_questions_own_words():
    at = open_page(steps=60)
    ask(at, "tab", "analogies")
    ask(at, "analogy", ["man", "woman", "king"])
    embeddings = session_of(at).run.progress.embeddings
    expected = embeddings.analogy("man", "woman", "king", 8)
    assert table(at, "Nearness")["Word"].tolist() == [word for word, _ in expected]
    assert moved(at)[1]["traces"]["arrow-cd"]["visible"]
    ask(at, "own", True)
    expected = embeddings.analogy("man", "woman", "king", 8, include_query=True)
    assert table(at, "Nearness")["Word"].tolist() == [word for word, _ in expected]
    assert [right.split()[-1] for right in table(at, "Right")["Right"]] == ["54", "56"]
    ask(at, "analogy", ["man", "woman", "kingg"])
    assert "`kingg`" in panel(at)
    ask(at, "odd", "king queen prince kitchen")
    odd = embeddings.odd_one_out(["king", "queen", "prince", "kitchen"])
    assert f"**{odd}**" in panel(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_by_beginning_part_and_pattern(language):
    at = open_page(language)
    for how, query, found in (
        ("prefix", "prin", {"prince", "princess"}),
        ("pattern", "^(king|queen)$", {"king", "queen"}),
    ):
        ask(at, "how", how)
        ask(at, "query", query)
        pills = next(each for each in at.button_group if each.key.startswith("found_words"))
        assert set(pills.options) == found
        assert len_of(moved(at)[1]["traces"]["found"]["x"]) == len(found)
    ask(at, "query", "(")
    assert at.warning


def test_tsne_forms_pauses_goes_on_and_begins_anew():
    at = open_page(map="tsne")
    run = explorer_of(at).layouts.tsne
    wait_for(lambda: run.frame.iteration > 3)
    at.button(key="hold").click().run()
    stopped = run.frame.iteration
    assert not run.running
    assert facts(at)["iteration"] == stopped
    at.button(key="form").click().run()
    wait_for(lambda: run.frame.iteration > stopped)
    at.button(key="hold").click().run()
    held = run.frame.points
    at.button(key="onward").click().run()
    onward = explorer_of(at).layouts.tsne
    assert onward is not run
    wait_for(lambda: onward.frame.version > 0)
    assert not onward.frame.exaggerated
    onward.pause()
    assert np.corrcoef(onward.frame.points[:, 0], held[:, 0])[0, 1] > 0
    at.button(key="anew").click().run()
    assert explorer_of(at).layouts.tsne.frame.exaggerated
    explorer_of(at).layouts.tsne.pause()


def test_a_changed_perplexity_goes_on_and_a_changed_seed_begins_anew():
    at = open_page(map="tsne")
    layouts = explorer_of(at).layouts
    wait_for(lambda: layouts.tsne.frame.version > 0)
    widget(at, "perplexity").set_value(10).run()
    wait_for(lambda: layouts.tsne.frame.version > 0)
    assert layouts.tsne.frame.perplexity == 10
    assert not layouts.tsne.frame.exaggerated
    widget(at, "tsne_seed").set_value(2).run()
    assert layouts.tsne.frame.exaggerated
    layouts.tsne.pause()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tsne_map_keeps_its_vectors_until_it_is_begun_anew(language):
    at = open_page(language, map="tsne")
    explorer = explorer_of(at)
    explorer.layouts.tsne.pause()
    session_of(at).run.step()
    at.run()
    assert LANGUAGES[language].explore_page.behind in said(at)
    assert explorer.progress.step == 3
    at.button(key="anew").click().run()
    assert explorer.progress.step == 4
    assert said(at) == ""
    session_of(at).run.step()
    widget(at, "perplexity").set_value(10).run()
    assert explorer.progress.step == 4
    widget(at, "tsne_seed").set_value(2).run()
    assert explorer.progress.step == 5
    explorer.layouts.tsne.pause()


@pytest.mark.parametrize(("corpus", "c"), [("world_facts_en", "king"), ("world_facts_zh", "国王")])
def test_the_first_analogy_is_the_one_that_everybody_knows(corpus, c):
    at = open_link(corpus=corpus, tab="analogies")
    assert widget(at, "analogy_c").value == c


def test_outputs_that_are_no_words_leave_the_input_vectors():
    at = open_page()
    session_of(at).chosen["objective"] = "hierarchical_softmax"
    session_of(at).run.close()
    visit(at, "train")
    at.button(key="reset").click().run()
    visit(at, "explore")
    choose(at, "map_which", "output")
    assert LANGUAGES["en"].explore_page.problems["outputs_not_words"] in said(at)
    assert len(points(at)) == 223


def test_the_training_is_replayed_frame_by_frame():
    at = open_page(steps=20)
    ask(at, "tab", "time")
    ask(at, "word", "king")
    explorer = explorer_of(at)
    assert len(explorer.film) == 21
    assert widget(at, "moment").value == 20
    assert facts(at)["moment"] == 20
    cosines = dict(session_of(at).run.progress.embeddings.neighbors("king", 222))
    then = table(at, "cosine")
    for word, cosine in zip(then["Word"], then["cosine"], strict=True):
        assert cosine == pytest.approx(cosines[word], abs=1e-3)
    moves = table(at, "Distance")["Distance"].tolist()
    assert moves == sorted(moves, reverse=True)
    assert len_of(moved(at)[1]["traces"]["trail"]["x"]) == 22  # and where it is now
    choose(at, "moment", 5)
    assert facts(at)["moment"] == 5
    assert "step 5 " in panel(at)
    at.button(key="replay").click().run()
    assert replay_of(explorer).playing
    wait_for(lambda: replay_of(explorer).at > 6)
    at.button(key="replay").click().run()
    at.run()
    assert not replay_of(explorer).playing
    assert 5 < facts(at)["moment"] < 20


def test_the_example_of_an_odd_one_out_is_of_the_texts_own_words():
    at = open_page()
    ask(at, "tab", "analogies")
    *alike, odd = widget(at, "odd").placeholder.split()
    of = {word: group.id for group in samples()["royal_court_en"].categories for word in group.words}
    assert len(alike) == 3
    assert len({of[word] for word in alike}) == 1
    assert of[odd] != of[alike[0]]


def test_another_map_ends_the_replay():
    at = open_page()
    for name, value in (("map", "tsne"), ("map_dimensions", 3)):
        ask(at, "tab", "time")
        choose(at, name, value)
        assert widget(at, "tab").value == "neighbors"
        assert facts(at)["kind"] == "tsne"
    choose(at, "map_colour", "frequency")
    assert link(at)["map_colour"] == "frequency"
    explorer_of(at).layouts.tsne.pause()


def test_before_training_there_is_nothing_to_replay():
    at = open_page(steps=0)
    ask(at, "tab", "time")
    assert LANGUAGES["en"].explore_page.film_empty in panel(at)


def test_two_words_alone_have_a_map_but_no_tsne():
    at = open_page()
    ask(at, "select", ["king", "queen"])
    ask(at, "isolate", None)
    assert points(at).shape == (2, 2)
    assert "trustworthiness" not in panel(at)
    choose(at, "map", "tsne")
    wait_for(lambda: explorer_of(at).layouts.tsne.frame.problem)
    at.run()
    assert LANGUAGES["en"].explore_page.problems["too_few_words"].format(words=2) in said(at)


def test_a_tsne_map_of_older_vectors_is_not_taken_for_one_of_the_newest():
    at = open_page(map="tsne")
    layouts = explorer_of(at).layouts
    first = layouts.tsne
    choose(at, "map", "pca")
    choose(at, "map", "tsne")
    assert layouts.tsne is first
    choose(at, "map", "pca")
    session_of(at).run.step()
    choose(at, "map", "tsne")
    assert layouts.tsne is not first
    assert said(at) == ""
    layouts.tsne.close()


@pytest.mark.parametrize("corpus", ["tiny_en", "control_noise"])
def test_small_corpora_without_analogies(corpus):
    at = open_page(corpus=corpus)
    ask(at, "tab", "analogies")
    assert not any("Right" in each.value for each in at.dataframe)
    choose(at, "map", "axes")
    assert LANGUAGES["en"].explore_page.problems["no_pairs_of_words"] in said(at)


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_a_run_that_was_looked_at_is_let_go_when_there_is_another():
    at = open_page()
    visit(at, "step")
    visit(at, "train")
    old = weakref.ref(session_of(at).run)
    at.button(key="reset").click().run()
    at.run()  # Streamlit keeps what the page before could be asked for
    assert not at.exception
    gc.collect()
    assert old() is None
    visit(at, "explore")
    assert explorer_of(at).run is session_of(at).run


def test_a_word_spelt_so_is_chosen_as_one_types():
    at = open_page(corpus="royal_court_en")
    choose(at, "query", "quee")
    assert facts(at)["word"] == "king"
    choose(at, "query", "queen")
    assert facts(at)["word"] == session_of(at).chosen["follow"] == "queen"
    assert link(at)["word"] == "queen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_run_is_named_with_its_loss(language):
    at = open_page(language, steps=5)
    text, run = LANGUAGES[language], session_of(at).run
    title = escaped(samples()["royal_court_en"].title[language])
    [line] = [each.value for each in at.caption if title in each.value]
    assert text.objectives["negative_sampling"] in line
    assert f"{run.progress.curve.smooth[-1]:.3f}" in line


HOSTILE = "<b>&%{x}**[a](b)`$"


def test_hostile_words_stand_for_themselves():
    corpus = Corpus.from_sentences([["king", HOSTILE, "queen"], ["sea", "ship", HOSTILE]] * 9, min_count=1)
    title = {"en": "# **own**", "zh": "# **own**"}
    about = dict.fromkeys(("notices", "settings"), ())
    own = OwnText("own-1", title, title, title, corpus, language="en", **about | {"settings": {}})
    at = visit(visitor(), "train")
    session_of(at).own_texts = {"own-1": own}
    at.run()
    widget(at, "corpus").set_value("own-1").run()
    visit(at, "explore")
    ask(at, "word", HOSTILE)
    assert f"**{escaped(HOSTILE)}**" in panel(at)
    drawn = traces(figures_of(at)["words2d"])
    assert literal(HOSTILE) in drawn["labels"]["text"]
    assert any(literal(HOSTILE) in said for said in drawn["class-1"]["hovertext"])
    session_of(at).chosen["follow"] = "king"
    at.run()
    assert HOSTILE in table(at, "cosine")["Word"].tolist()
