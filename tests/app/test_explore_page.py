"""The Explore page, run without a browser."""

import base64
import gc
import json
import time
import weakref
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.runs.layouts import KINDS
from app.samples import samples
from app.text import LANGUAGES
from tests.app.choices import widget
from w2v_core.vectors.faithfulness import faithfulness

MAIN = Path(__file__).parents[2] / "app" / "main.py"


def open_page(language="en", corpus="royal_court_en", steps=3, **state):
    at = AppTest.from_file(MAIN, default_timeout=30)
    at.session_state["language"] = language
    at.run()
    widget(at, "corpus").set_value(corpus).run()
    if steps:
        at.session_state["live"].step(steps)
    for name, value in state.items():
        at.session_state[name] = value
    at.switch_page("chapters/explore.py").run()
    assert not at.exception
    return at


def sent(at, part):
    """Return what the browser was sent of a part."""
    data = [element.proto for element in at.get("bidi_component")]
    found = [
        json.loads(proto.mixed.json if proto.WhichOneof("data") == "mixed" else proto.json) for proto in data
    ]
    return next(entry for entry in found if entry["part"] == part)


def numbers(packed, kind="<f4"):
    return np.frombuffer(base64.b64decode(packed), kind)


def points(at):
    places = sent(at, "places")
    return numbers(places["points"]).reshape(-1, places["dimensions"])


def choose(at, name, value):
    widget(at, name).set_value(value).run()
    assert not at.exception


def ask(at, verb, value):
    at.session_state["explorer"].ask(verb, value)
    at.run()
    assert not at.exception


def open_link(**query):
    at = AppTest.from_file(MAIN, default_timeout=30)
    at.session_state["language"] = "en"
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page("chapters/explore.py").run()
    assert not at.exception
    return at


def test_a_link_opens_the_map_and_the_words_that_it_was_copied_from():
    query = {
        **{"corpus": "royal_court_en", "word": "queen", "k": "7", "metric": "dot", "map": "axes"},
        **{"map_colour": "cluster", "groups": "6", "x_pairs": "man woman", "tab": "analogies"},
        "analogy": "man,woman,king",
    }
    at = open_link(**query)
    assert dict(parse_qsl(sent(at, "answer")["link"])) == query
    assert sent(at, "places")["axes"][0] == ["man", "woman"]
    answer = sent(at, "answer")
    assert answer["analogies"]["words"] == ["man", "woman", "king"]
    ask(at, "tab", "neighbors")
    panel = sent(at, "answer")["neighbors"]
    assert (panel["title"], panel["metric"], panel["k"], len(panel["rows"])) == ("queen", "dot", 7, 7)
    assert not at.toast


def test_several_words_of_a_link_are_selected_and_unknown_ones_named():
    at = open_link(corpus="royal_court_en", word="king, queen,zzz", k="90", map="tsne", analogy="a,b")
    assert [entry["word"] for entry in sent(at, "answer")["neighbors"]["group"]] == ["king", "queen"]
    assert sent(at, "places")["kind"] == "tsne"
    assert "`word=zzz`, `k=90`, `analogy=a,b`" in at.toast[0].value
    assert "word=king,queen" in sent(at, "answer")["link"]
    assert sent(open_link(corpus="royal_court_en", word=""), "answer")["at"] == -1


def test_a_number_of_words_for_one_text_does_for_another():
    at = open_page("en", "tiny_en", steps=0)
    at.session_state["map_words"] = 223
    at.switch_page("chapters/train.py").run()
    widget(at, "corpus").set_value("world_facts_en").run()
    at.switch_page("chapters/explore.py").run()
    assert not at.exception
    assert len(sent(at, "words")["words"]) == 250


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
    assert sent(at, "places")["title"] == text.maps[kind]
    assert points(at).shape == (223, 2)
    assert np.isfinite(points(at)).all()
    assert said(at) == ""


def test_a_map_in_three_dimensions_with_other_components():
    at = open_page(map_dimensions=3, pc_x=2)
    run = at.session_state["live"]
    assert points(at).shape == (223, 3)
    places = sent(at, "places")
    assert len(places["shares"]) == run.config.dim
    assert sum(places["shares"]) == pytest.approx(1)
    assert places["chosen"] == [1, 1, 2]
    np.testing.assert_array_equal(points(at)[:, 0], points(at)[:, 1])


def test_axes_exchange_their_components():
    at = open_page()
    choose(at, "pc_x", 2)
    assert sent(at, "places")["chosen"] == [1, 0]
    choose(at, "pc_y", 5)
    assert sent(at, "places")["chosen"] == [1, 4]


def test_the_page_says_how_true_its_map_is():
    at = open_page()
    explorer = at.session_state["explorer"]
    deadline = time.monotonic() + 20
    while explorer.fidelity(explorer.layout()) is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    at.run()
    expected = faithfulness(explorer.embeddings.unit_vectors[explorer.ids], points(at), 10)
    assert f"On average {10 * expected.mean:.1f} of a word's 10 nearest" in sent(at, "places")["truth"]


def test_neighbours_are_the_cores_with_every_metric_and_vectors():
    at = open_page()
    embeddings = at.session_state["live"].progress.embeddings
    ask(at, "word", "king")
    for which in ("input", "output", "sum"):
        choose(at, "map_which", which)
        for metric in ("cosine", "dot", "euclidean"):
            ask(at, "metric", metric)
            ask(at, "k", 5)
            expected = embeddings.neighbors("king", 5, metric=metric, which=which)
            rows = sent(at, "answer")["neighbors"]["rows"]
            assert [(row["word"], row["value"]) for row in rows] == [(w, f"{v:.3f}") for w, v in expected]
    assert at.session_state["follow"] == "king"


def test_kept_neighbours_are_those_near_on_the_map():
    at = open_page()
    ask(at, "word", "king")
    answer, words, xy = sent(at, "answer"), sent(at, "words")["words"], points(at)
    away = np.linalg.norm(xy - xy[words.index("king")], axis=1)
    near = {words[i] for i in np.argsort(away)[1:11]}
    rows = answer["neighbors"]["rows"]
    assert [row["sign"] for row in rows] == ["kept" if row["word"] in near else "lost" for row in rows]
    assert {row["word"] for row in answer["neighbors"]["strangers"]} == near - {row["word"] for row in rows}


def test_a_selection_is_isolated_on_a_map_of_its_own_and_back():
    at = open_page()
    words = ["king", "queen", "prince", "princess", "duke", "duchess"]
    ask(at, "select", [*words, "nobody"])
    assert len(sent(at, "answer")["selected"]) == len(words)
    whole = points(at)
    ask(at, "isolate", None)
    assert sent(at, "words")["words"] == words
    assert sent(at, "words")["isolated"]
    assert points(at).shape == (len(words), 2)
    ask(at, "select", words)
    ask(at, "isolate", None)  # the same words again: no further map to come back from
    ask(at, "back", None)
    np.testing.assert_array_equal(points(at), whole)


@pytest.mark.parametrize("mode", ["category", "frequency", "cluster", "similarity", "kept"])
def test_every_colour_has_a_value_for_every_word_and_a_legend(mode):
    at = open_page()
    choose(at, "map_colour", mode)
    colour = sent(at, "answer")["colour"]
    classes = "classes" in colour
    values = numbers(colour["values"], "<i4" if classes else "<f4")
    assert len(values) == 223
    if classes:
        assert set(values) <= set(range(-1, len(colour["classes"])))
        assert len({entry["colour"] for entry in colour["classes"]}) == len(colour["classes"])
    else:
        assert values.min() >= 0
        assert values.max() <= 1
        assert colour["low"]
        assert colour["high"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axes_of_meaning_take_pairs_of_words(language):
    at = open_page(language, map="axes")
    explorer = at.session_state["explorer"]
    widget(at, "x_pairs").set_value("man woman, king queen").run()
    widget(at, "y_pairs").set_value("man king").run()
    assert sent(at, "places")["axes"] == [["man, king", "woman, queen"], ["man", "king"]]
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


def test_analogies_are_answered_with_and_without_the_questions_own_words():
    at = open_page(steps=60)
    ask(at, "tab", "analogies")
    ask(at, "analogy", ["man", "woman", "king"])
    embeddings = at.session_state["live"].progress.embeddings
    panel = sent(at, "answer")["analogies"]
    expected = embeddings.analogy("man", "woman", "king", 8)
    assert [row["word"] for row in panel["rows"]] == [word for word, _ in expected]
    ask(at, "own", True)
    panel = sent(at, "answer")["analogies"]
    expected = embeddings.analogy("man", "woman", "king", 8, include_query=True)
    assert [row["word"] for row in panel["rows"]] == [word for word, _ in expected]
    assert [section["value"].split()[-1] for section in panel["sections"]] == ["54", "56"]
    ask(at, "analogy", ["man", "woman", "kingg"])
    assert sent(at, "answer")["analogies"]["wrong"]
    ask(at, "odd", "king queen prince kitchen")
    odd = embeddings.odd_one_out(["king", "queen", "prince", "kitchen"])
    assert odd in sent(at, "answer")["analogies"]["odd_answer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_by_beginning_part_and_pattern(language):
    at = open_page(language)
    for how, query, found in (
        ("prefix", "prin", {"prince", "princess"}),
        ("pattern", "^(king|queen)$", {"king", "queen"}),
    ):
        ask(at, "how", how)
        ask(at, "query", query)
        assert {word["word"] for word in sent(at, "answer")["search"]["words"]} == found
    ask(at, "query", "(")
    assert sent(at, "answer")["search"]["wrong"]


def test_tsne_forms_pauses_goes_on_and_begins_anew():
    at = open_page(map="tsne")
    forming = at.session_state["explorer"].layouts.forming
    wait_for(lambda: forming.frame.iteration > 3)
    at.button(key="hold").click().run()
    stopped = forming.frame.iteration
    assert not forming.running
    assert sent(at, "places")["iteration"] == stopped
    at.button(key="form").click().run()
    wait_for(lambda: forming.frame.iteration > stopped)
    at.button(key="hold").click().run()
    held = forming.frame.points
    at.button(key="onward").click().run()
    onward = at.session_state["explorer"].layouts.forming
    assert onward is not forming
    wait_for(lambda: onward.frame.version > 0)
    assert not onward.frame.exaggerated
    onward.pause()
    assert np.corrcoef(onward.frame.points[:, 0], held[:, 0])[0, 1] > 0
    at.button(key="anew").click().run()
    assert at.session_state["explorer"].layouts.forming.frame.exaggerated
    at.session_state["explorer"].layouts.forming.pause()


def test_a_changed_perplexity_goes_on_and_a_changed_seed_begins_anew():
    at = open_page(map="tsne")
    layouts = at.session_state["explorer"].layouts
    wait_for(lambda: layouts.forming.frame.version > 0)
    widget(at, "perplexity").set_value(10).run()
    wait_for(lambda: layouts.forming.frame.version > 0)
    assert layouts.forming.frame.perplexity == 10
    assert not layouts.forming.frame.exaggerated
    widget(at, "tsne_seed").set_value(2).run()
    assert layouts.forming.frame.exaggerated
    layouts.forming.pause()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tsne_map_keeps_its_vectors_until_it_is_begun_anew(language):
    at = open_page(language, map="tsne")
    explorer = at.session_state["explorer"]
    explorer.layouts.forming.pause()
    at.session_state["live"].step()
    at.run()
    assert LANGUAGES[language].explore_page.behind in said(at)
    assert explorer.progress.step == 3
    at.button(key="anew").click().run()
    assert explorer.progress.step == 4
    assert said(at) == ""
    at.session_state["live"].step()
    widget(at, "perplexity").set_value(10).run()
    assert explorer.progress.step == 4
    widget(at, "tsne_seed").set_value(2).run()
    assert explorer.progress.step == 5
    explorer.layouts.forming.pause()


@pytest.mark.parametrize(("corpus", "c"), [("world_facts_en", "king"), ("world_facts_zh", "国王")])
def test_the_first_analogy_is_the_one_that_everybody_knows(corpus, c):
    at = open_link(corpus=corpus, tab="analogies")
    assert sent(at, "answer")["analogies"]["words"][2] == c


def test_outputs_that_are_no_words_leave_the_input_vectors():
    at = open_page()
    at.session_state["objective"] = "hierarchical_softmax"
    at.session_state["live"].close()
    at.switch_page("chapters/train.py").run()
    at.button(key="reset").click().run()
    at.switch_page("chapters/explore.py").run()
    choose(at, "map_which", "output")
    assert LANGUAGES["en"].explore_page.problems["outputs_not_words"] in said(at)
    assert len(points(at)) == 223


def test_the_training_is_replayed_frame_by_frame():
    at = open_page(steps=20)
    ask(at, "tab", "time")
    ask(at, "word", "king")
    frames, history = sent(at, "frames"), sent(at, "answer")["history"]
    film = at.session_state["explorer"].film
    assert len(frames["moments"]) == len(history["neighbors"]) == len(film) == 21
    assert "20" in frames["moments"][-1]
    embeddings = at.session_state["live"].progress.embeddings
    cosines = dict(embeddings.neighbors("king", 222))
    for row in history["neighbors"][-1]:
        assert float(row["value"]) == pytest.approx(cosines[row["word"]], abs=1e-3)
    maps = numbers(frames["points"], "<i2").reshape(21, 223, 2) / frames["unit"]
    jumps = np.linalg.norm(np.diff(maps, axis=0), axis=2).mean(axis=1)
    assert jumps.max() < 0.5 * maps[-1].std()
    assert [row["value"] for row in frames["moved"]] == sorted(
        (r["value"] for r in frames["moved"]), reverse=True
    )


def test_the_example_of_an_odd_one_out_is_of_the_texts_own_words():
    at = open_page()
    ask(at, "tab", "analogies")
    *alike, odd = sent(at, "answer")["analogies"]["odd_example"].split()
    of = {word: group.id for group in samples()["royal_court_en"].categories for word in group.words}
    assert len(alike) == 3
    assert len({of[word] for word in alike}) == 1
    assert of[odd] != of[alike[0]]


def test_another_map_ends_the_replay():
    at = open_page()
    for name, value in (("map", "tsne"), ("map_dimensions", 3)):
        ask(at, "tab", "time")
        choose(at, name, value)
        assert sent(at, "answer")["tab"] == "neighbors"
        assert sent(at, "places")["kind"] == "tsne"
    choose(at, "map_colour", "frequency")
    assert "map_colour=frequency" in sent(at, "answer")["link"]
    at.session_state["explorer"].layouts.forming.pause()


def test_before_training_there_is_nothing_to_replay():
    at = open_page(steps=0)
    ask(at, "tab", "time")
    assert sent(at, "frames")["moments"] == []
    assert sent(at, "frames")["note"] == LANGUAGES["en"].explore_page.film_empty


def test_two_words_alone_have_a_map_but_no_tsne():
    at = open_page()
    ask(at, "select", ["king", "queen"])
    ask(at, "isolate", None)
    assert points(at).shape == (2, 2)
    assert sent(at, "places")["truth"] == ""
    choose(at, "map", "tsne")
    wait_for(lambda: at.session_state["explorer"].layouts.forming.frame.problem)
    at.run()
    assert LANGUAGES["en"].explore_page.problems["too_few_words"].format(words=2) in said(at)


def test_a_tsne_map_of_older_vectors_is_not_taken_for_one_of_the_newest():
    at = open_page(map="tsne")
    layouts = at.session_state["explorer"].layouts
    first = layouts.forming
    choose(at, "map", "pca")
    choose(at, "map", "tsne")
    assert layouts.forming is first
    choose(at, "map", "pca")
    at.session_state["live"].step()
    choose(at, "map", "tsne")
    assert layouts.forming is not first
    assert said(at) == ""
    layouts.forming.close()


@pytest.mark.parametrize("corpus", ["tiny_en", "control_noise"])
def test_small_corpora_without_analogies(corpus):
    at = open_page(corpus=corpus)
    ask(at, "tab", "analogies")
    assert sent(at, "answer")["analogies"]["sections"] == []
    choose(at, "map", "axes")
    assert LANGUAGES["en"].explore_page.problems["no_pairs_of_words"] in said(at)


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_a_run_that_was_looked_at_is_let_go_when_there_is_another():
    at = open_page()
    at.switch_page("chapters/inside.py").run()
    at.switch_page("chapters/train.py").run()
    old = weakref.ref(at.session_state["live"])
    at.button(key="reset").click().run()
    at.run()  # Streamlit keeps what the page before could be asked for
    assert not at.exception
    gc.collect()
    assert old() is None
    at.switch_page("chapters/explore.py").run()
    assert at.session_state["explorer"].run is at.session_state["live"]
