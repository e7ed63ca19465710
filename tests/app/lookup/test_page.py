"""The Lookup page and links, run without a browser; `at.run()` is the tick of its clock."""

import io
import json
import time

import numpy as np
import pytest

from app.files.exports import vectors_file
from app.formatting import Count
from app.samples import samples
from app.screens.compare.comparison import Compared
from app.screens.lookup.models import FILE, RUN, Chosen
from app.screens.lookup.question import Asked
from app.screens.lookup.questions import Question
from app.text import EN, LANGUAGES
from tests.app.choices import widget
from tests.app.visits import session_of, visit, visitor
from w2v_core import Embeddings, Vocabulary, save_vectors


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def open_link(query="", page="lookup", language="en"):
    at = visit(visitor(language, **dict(part.split("=", 1) for part in query.split("&") if part)), page)
    assert not at.exception
    return at


def drawn(at, kind):
    return [each.proto for each in at.get("bidi_component") if each.proto.component_name.endswith(kind)]


def near(at):
    """Return the neighbors in the figures as they are made, by word."""
    shown = [json.loads(each.json) for each in drawn(at, "_show")]
    found = {}
    for each in shown:
        if each["name"].startswith("near"):
            figure = json.loads(each["figure"])
            [bars] = [trace for trace in figure["data"] if trace["uid"] == "near"]
            word = figure["layout"]["title"]["text"].partition("  <span")[0]
            found[word] = [value.removeprefix("ask:") for value in bars["customdata"]]
    return found


def moving(at):
    """Return what is sent to the figures, without its arrays."""
    [sent] = drawn(at, "_move")
    length = int.from_bytes(sent.bytes[:4], "little")
    return json.loads(sent.bytes[4 : 4 + length])


def said(at):
    return "\n".join(each.value for kind in ("caption", "markdown") for each in at.get(kind))


def containers(at):
    """Return the keys of the page's containers."""

    def keys(block):
        yield getattr(block.proto, "id", "").rpartition("-")[2]
        for child in block.children.values():
            if hasattr(child, "children"):
                yield from keys(child)

    return set(keys(at.main))


def hints(at):
    return [button.label for button in at.button if (button.key or "").startswith("hint ")]


def link(at):
    [drawn] = [json.loads(each.proto.json) for each in at.sidebar.get("bidi_component")]
    return drawn


def address(at):
    """Return the query that the fragment writes."""
    [written] = drawn(at, "w2v_address")
    return json.loads(written.json)


def until(at, condition):
    deadline = time.monotonic() + 30
    while not condition(at):
        assert time.monotonic() < deadline
        time.sleep(0.05)
        at.run()
    assert not at.exception


def trained(at):
    return {text.lookup_page.states["trained"] for text in LANGUAGES.values()} & set(said(at).split("\n"))


def test_a_link_asks_a_sample_corpus_at_once(language):
    at = open_link("word=king&k=5&model=royal_court_en", language=language)
    assert len(near(at)["king"]) == 5
    until(at, trained)
    visit(at, "corpus")
    visit(at, "lookup")  # figures are made of what there is by then
    facts = moving(at)["facts"]
    assert (facts["words"], facts["share"], facts["running"]) == ("king", 1, False)
    widget(at, "question_k").set_value(6).run()
    assert near(at)["king"][0] == "queen"
    assert samples()["royal_court_en"].title[language] in said(at)
    assert link(at)["query"] == address(at)
    assert {"model=royal_court_en", "word=king", "k=6"} <= set(address(at).split("&"))


def test_a_newcomer_finds_a_word_asked_that_the_text_is_about(language):
    at = open_link("model=tiny_en", language=language)
    assert list(near(at)) == [samples()["tiny_en"].follow]
    at = open_link("model=tiny_en&word=")
    assert near(at) == {}
    assert hints(at)


def test_what_is_typed_is_answered_and_words_are_put_and_removed():
    at = open_link("model=tiny_en&word=cats")
    widget(at, "question_words").set_value("cats, dgos").run()
    assert list(near(at)) == ["cats"]
    assert hints(at) == ["dogs"]
    at.button(key="hint 1 dogs").click().run()
    assert list(near(at)) == ["cats", "dogs"]
    assert "word=cats,%20dogs" in address(at)
    assert widget(at, "question_words").value == "cats, dogs"
    at.button(key="remove cats").click().run()
    assert list(near(at)) == ["dogs"]
    widget(at, "question_metric").set_value("dot").run()
    assert "metric=dot" in address(at)
    assert session_of(at).part(Asked).question == Question("dogs", 10, "dot")


def test_the_last_answer_stays_while_a_word_may_go_on():
    at = open_link("model=tiny_en&word=cats")
    widget(at, "question_words").set_value("do").run()
    assert list(near(at)) == ["cats"]
    assert "faint" in containers(at)
    widget(at, "question_words").set_value("zzzzz").run()
    assert near(at) == {}


def test_vectors_that_are_hardly_trained_give_no_plain_answer(language):
    at = open_link("corpus=tiny_en&model=run&word=cats", language=language)
    assert "faint" in containers(at)
    session_of(at).run.start()
    until(at, lambda at: session_of(at).run.progress.finished)
    at.run()
    assert "answer" in containers(at)
    assert "faint" not in containers(at)


def test_the_same_training_serves_every_session():
    first = open_link("model=tiny_en&word=cats")
    until(first, trained)
    second = open_link("model=tiny_en&word=cats")
    assert trained(second)


def test_without_a_choice_the_run_is_asked_once_it_has_begun():
    at = open_link("corpus=tiny_en&word=cats")
    assert widget(at, "vectors").value == "tiny_en"
    visit(at, "train")
    at.button(key="step").click().run()
    visit(at, "lookup")
    assert widget(at, "vectors").value == RUN
    run = session_of(at).run
    assert near(at)["cats"] == [word for word, _ in run.progress.embeddings.neighbors("cats", 10)]
    assert "model=run" in address(at)


def test_a_question_that_other_vectors_know_nothing_of_is_taken_back():
    at = open_link("model=royal_court_en&word=king")
    widget(at, "vectors").set_value("tiny_en").run()
    assert session_of(at).part(Asked).question.words == ""
    assert EN.lookup_page.begin in said(at)
    assert "“king”" not in said(at)


def test_a_run_without_training_says_that_its_answers_are_random(language):
    at = open_link("corpus=tiny_en&model=run&word=cats&epochs=3", language=language)
    text = LANGUAGES[language].lookup_page
    assert text.states["random"] in said(at)
    assert at.button(key="vectors_train").label == text.verbs["train"]
    assert session_of(at).chosen["epochs"] == 3


def test_a_link_restores_settings_and_words_on_any_page():
    query = (
        "corpus=royal_court_en&objective=softmax&dim=20&seed=7&learning_rate=0.25&bounded=off&follow=queen"
    )
    at = open_link(query, page="train")
    run = session_of(at).run
    config = run.config
    assert (config.objective, config.dim, config.seed, config.learning_rate) == ("softmax", 20, 7, 0.25)
    assert config.max_row_update is None
    assert session_of(at).chosen["follow"] == "queen"
    assert sorted(link(at)["query"].split("&")) == sorted(query.split("&"))
    assert not at.toast


def test_a_link_chooses_what_is_compared():
    at = open_link("corpus=tiny_en&preset=negatives", page="compare")
    assert session_of(at).part(Compared).preset == "negatives"
    assert link(at)["query"] == "corpus=tiny_en&preset=negatives"


@pytest.mark.parametrize("runs", ["negatives:1,3,5", "learning_rate:0.01,5", "bounded:off,on,off,on"])
def test_a_link_opens_a_comparison_of_ones_own(runs):
    query = f"corpus=tiny_en&dim=20&runs={runs}"
    at = open_link(query, page="compare")
    setting, _, values = runs.partition(":")
    assert session_of(at).part(Compared).preset == "own"
    assert session_of(at).part(Compared).setting == setting
    members = session_of(at).part(Compared).runs.members
    assert len(members) == len(values.split(","))
    assert {member.config.dim for member in members} == {20}
    assert link(at)["query"] == query
    widget(at, "compare_preset").set_value("noise").run()
    assert link(at)["query"] == "corpus=world_facts_en&dim=20&epochs=6&preset=noise"


def test_a_link_chooses_what_costs_are_measured():
    at = open_link("corpus=tiny_en&cost_dim=100&cost_noise=per_pair", page="cost")
    assert widget(at, "cost_dim").value == 100
    assert widget(at, "cost_noise").value == "per_pair"
    assert link(at)["query"] == "corpus=tiny_en&cost_dim=100&cost_noise=per_pair"
    assert not at.toast


def test_the_link_follows_what_is_changed_and_is_read_only_once():
    at = open_link("corpus=tiny_en&window=3", page="train")
    widget(at, "window").set_value(4).run()
    assert link(at)["query"].split("&")[1:] == ["window=4"]
    visit(at, "corpus")
    assert widget(at, "window").value == 4


def test_a_link_to_a_text_that_is_chosen_but_not_yet_trained_on_has_no_word_of_the_other():
    at = open_link("corpus=tiny_en&follow=dogs", page="train")
    session_of(at).run.step(3)
    widget(at, "corpus").set_value("royal_court_en").run()
    assert link(at)["query"] == "corpus=royal_court_en"
    at.button(key="reset").click().run()
    widget(at, "follow").set_value("prince").run()
    assert link(at)["query"] == "corpus=royal_court_en&follow=prince"


def test_what_cannot_be_falls_back_with_one_sentence(language):
    at = open_link(
        "model=tiny_en&corpus=nix&k=-5&word=<script>&follow=nobodyknows&seed=99999999999", language=language
    )
    [toast] = at.toast
    for value in ("corpus=nix", "k=-5", "follow=nobodyknows", "seed=99999999999"):
        assert f"`{value}`" in toast.value
    assert session_of(at).part(Asked).question == Question("<script>")
    assert widget(at, "question_words").value == "<script>"
    assert near(at) == {}
    at.run()
    assert not at.toast


def test_a_text_of_ones_own_that_is_gone_is_told_of(language):
    at = open_link(
        "corpus=own&follow=nobodyknows&word=nobodyknows&window=9&dim=30", page="explore", language=language
    )
    [toast] = at.toast
    assert toast.value == LANGUAGES[language].sharing.own_gone
    assert session_of(at).chosen["corpus"] in samples()
    assert session_of(at).chosen["dim"] == 30
    assert session_of(at).chosen["window"] != 9  # which suited that text
    at.run()
    assert not at.toast


def test_a_word_of_a_samples_model_stays_when_ones_own_text_is_gone():
    at = open_link("corpus=own&model=tiny_en&word=king")
    assert session_of(at).part(Asked).question.words == "king"
    assert [toast.value for toast in at.toast] == [EN.sharing.own_gone]


def test_settings_that_cannot_work_together_fall_back_to_those_that_suit(language):
    at = open_link("corpus=tiny_en&negatives=50", page="train", language=language)
    [toast] = at.toast
    assert "50" in toast.value
    assert session_of(at).chosen["negatives"] == 5
    assert session_of(at).run.progress.step == 0
    assert not at.error


def upload(at, name, data):
    widget(at, "vectors").set_value(FILE).run()
    [uploader] = [found for found in at.get("file_uploader") if found.key.startswith("vectors-")]
    uploader.set_value((name, data, "application/octet-stream")).run()
    until(at, lambda at: (loading := session_of(at).part(Chosen).loading) is None or not loading.running)
    at.run()


def vectors(format):
    file = io.BytesIO()
    words = ["king", "queen", "<b>", "国王"]
    save_vectors(Embeddings(Vocabulary(words, [4, 3, 2, 1]), np.eye(4, dtype=np.float32)), file, format)
    return file.getvalue()


@pytest.mark.parametrize("format", ["word2vec_text", "word2vec_binary", "glove", "npz"])
def test_a_file_of_vectors_can_be_asked(format):
    # To Streamlit the sessions of all tests are one, which keeps its figures: each format asks something else.
    at = open_link(f"model=tiny_en&word=<b>&k={len(format)}")
    name = {"word2vec_text": "a.txt", "word2vec_binary": "a.bin", "glove": "a.glove", "npz": "a.npz"}[format]
    upload(at, name, vectors(format))
    assert f"{name} · 4 words × 4" in said(at)
    assert list(near(at)) == ["&lt;b&gt;"]
    assert "model" not in address(at)
    assert link(at)["note"]
    # Only an archive has counts.
    ranked = EN.lookup_page.rank if format == "npz" else EN.lookup_page.place
    assert ranked.format(rank=3) in drawn(at, "_show")[0].json


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", b"2 2\na 1 2\nb 3\n"), ("a.bin", b""), ("a.npz", b"PK\x03\x04"), ("a.kv", b"\x80")],
)
def test_a_damaged_file_gets_one_sentence(language, name, data):
    at = open_link("model=tiny_en", language=language)
    upload(at, name, data)
    [error] = at.error
    assert f"`{name}`" in error.value
    assert LANGUAGES[language].lookup_page.no_file in said(at)
    upload(at, "good.txt", vectors("word2vec_text"))
    assert not at.error


def test_a_file_is_opened_despite_its_faults_and_they_are_told(language):
    at = open_link("model=tiny_en", language=language)
    upload(at, "faulty.txt", b"3 1\nking 1\nbr\xffken 2\nqueen 3\n")
    assert at.error
    widget(at, "vectors_skip").set_value(True).run()  # the file is still there, and read again
    until(at, lambda at: session_of(at).part(Chosen).uploaded)
    at.run()
    assert not at.error
    [warning] = at.warning
    text = LANGUAGES[language]
    first = session_of(at).part(Chosen).uploaded.embeddings.faults.first[0]
    assert warning.value == text.lookup_page.faults.format(count="1", first=text.problem(first))
    assert "3" in text.problem(first)
    upload(at, "good.txt", vectors("word2vec_text"))
    assert not at.warning


def test_only_the_first_words_of_a_file_are_read():
    at = open_link("model=tiny_en")
    widget(at, "vectors").set_value(FILE).run()
    widget(at, "vectors_first").set_value(2).run()
    upload(at, "a.npz", vectors("npz"))
    assert "a.npz · 2 words × 4" in said(at)
    widget(at, "vectors_first").set_value(0).run()
    assert EN.lookup_page.read_again.format(words=Count("2")) in said(at)
    upload(at, "a.npz", vectors("npz"))
    assert EN.lookup_page.read_again.format(words=Count("2")) not in said(at)


def test_of_a_file_that_is_open_the_first_words_are_asked_and_again_all():
    at = open_link("model=tiny_en")
    upload(at, "a.npz", vectors("npz"))
    every = session_of(at).part(Chosen).uploaded.embeddings
    for first, words in ((2, 2), (1, 1), (0, len(every))):
        widget(at, "vectors_first").set_value(first).run()
        until(at, lambda at, words=words: f"a.npz · {words} word" in said(at))
        assert (
            session_of(at).part(Chosen).uploaded.embeddings.vocabulary.words == every.vocabulary.words[:words]
        )


def test_the_two_tables_that_the_app_saves_can_be_asked():
    words = Vocabulary(["king", "queen"], [2, 1])
    saved = vectors_file(Embeddings(words, np.eye(2, dtype=np.float32)), "projector")
    at = open_link("model=tiny_en")
    upload(at, "vectors.zip", saved)
    assert "vectors.zip · 2 words × 2" in said(at)


def test_case_matters_where_it_is_to():
    at = open_link("model=tiny_en&word=CATS")
    assert list(near(at)) == ["cats"]
    widget(at, "question_exact_case").set_value(True).run()
    assert hints(at) == ["cats"]
    assert "faint" in containers(at)
    assert "exact_case=on" in address(at)
    at = open_link("model=tiny_en&word=CATS&exact_case=on")
    assert near(at) == {}
    assert hints(at) == ["cats"]
    at.button(key="hint 0 cats").click().run()
    assert list(near(at)) == ["cats"]
