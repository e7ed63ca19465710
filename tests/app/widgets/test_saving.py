"""The menu that saves and opens, on every page, without a browser."""

import threading

import numpy as np
import pytest

from app.background import memory_quota
from app.background.live import LiveTraining
from app.files import run_file
from app.files.exports import VECTOR_FILES
from app.own_text import OwnText
from app.samples import samples
from app.settings import DEFAULTS, configured, recommended
from app.text import LANGUAGES
from tests.app.choices import widget
from tests.app.run_files import rewritten
from tests.app.visits import session_of, visit, visitor
from w2v_core import limits
from w2v_core.sources import TextOptions, read_pasted

NAMES = {"en": "Mine", "zh": "我的"}
PROSE = "\n".join(f"w{i % 9} w{i % 7} 北京 {i % 5} w{i % 4}." for i in range(200))


def open_page(language="en", page="train"):
    at = visit(visitor(language, corpus="royal_court_en"), page)
    assert not at.exception
    return at


def give(at, content, name="a*b*.w2vlab"):
    """Give the menu a file to open."""
    key = f"open-run-{session_of(at).runs_opened}"
    at.file_uploader(key=key).set_value((name, content, "application/octet-stream")).run()
    if reading := session_of(at).opening:
        reading.wait()
        at.run()
    assert not at.exception


def save(at):
    """Return the file of the session's run."""
    now = session_of(at)
    sources = {**samples(), **now.own_texts}
    return run_file.write(now.run, now.run_settings, sources[now.run_settings["corpus"]])


def with_settings(content, **changes):
    """Return a run file with other settings."""
    return rewritten(content, lambda facts, _: facts["settings"].update(changes))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["train", "corpus", "step", "cost", "pmi"])
def test_every_page_offers_to_save_and_to_open(page, language):
    at = open_page(language, page)
    words = LANGUAGES[language].saving
    labels = [button.label for button in at.get("download_button")]
    for label in [*words.formats.values(), *words.tables.values(), words.save_run]:
        assert label in labels
    assert set(words.formats) == set(VECTOR_FILES)
    assert at.file_uploader(key="open-run-0").label == words.open_run


@pytest.mark.parametrize("page", ["train", "step"])
def test_a_run_is_opened_on_any_page_with_its_settings_and_goes_on(page):
    first = open_page()
    widget(first, "dim").set_value(12).run()
    first.button(key="step").click().run()
    widget(first, "learning_rate").set_value(0.01).run()
    first.button(key="step").click().run()
    content = save(first)

    second = open_page(page=page)
    widget(second, "corpus").set_value("world_facts_en").run()
    give(second, content)
    assert not second.error
    chosen = session_of(second).chosen
    assert (chosen["corpus"], chosen["dim"], chosen["learning_rate"]) == ("royal_court_en", 12, 0.01)
    assert session_of(second).run.progress.step == 2
    visit(second, "train")
    assert widget(second, "dim").value == 12
    assert not second.warning  # nothing has changed since
    for at in (first, second):
        at.button(key="step").click().run()
    a, b = (session_of(at).run.progress for at in (first, second))
    assert a.last == b.last
    np.testing.assert_array_equal(a.embeddings.vectors, b.embeddings.vectors)
    second.button(key="reset").click().run()
    assert session_of(second).run.progress.step == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_own_text_comes_with_its_run(language):
    own = OwnText.of("own-1", read_pasted(PROSE, TextOptions(min_count=1)), NAMES, NAMES, NAMES)
    settings = {"corpus": own.id} | recommended(own) | {"dim": 8}
    run = LiveTraining(own.corpus, configured({name: settings[name] for name in DEFAULTS}))
    run.step(2)
    content = run_file.write(run, settings, own)
    at = open_page(language)
    for number in range(4):  # the oldest must go, never the one in use
        give(at, content)
        assert session_of(at).run.progress.step == 2
        names = [text.title[language] for text in session_of(at).own_texts.values()]
        assert len(set(names)) == len(names) <= 3
        assert len(names) == min(number + 1, 3)
    assert widget(at, "corpus").value == session_of(at).chosen["corpus"]
    at.button(key="step").click().run()
    assert session_of(at).run.progress.step == 3
    assert session_of(at).run.corpus.fingerprint == own.corpus.fingerprint


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_no_run_gets_one_sentence_and_all_stays(language):
    at = open_page(language)
    run = session_of(at).run
    give(at, b"hello")
    [error] = at.error
    assert error.value == LANGUAGES[language].problems["checkpoint_damaged"].format(name="`a*b*.w2vlab`")
    assert session_of(at).run is run
    content = save(at)
    give(at, with_settings(content, corpus="no_such_corpus"))
    [error] = at.error
    sentence = LANGUAGES[language].saving.problems["checkpoint_unknown_corpus"]
    assert error.value == sentence.format(name="`a*b*.w2vlab`")
    give(at, with_settings(content, corpus="royal_court_zh"))
    [error] = at.error
    assert error.value == LANGUAGES[language].problems["checkpoint_corpus"].format(name="`a*b*.w2vlab`")
    give(at, content)  # and a sound one is taken
    assert not at.error
    assert session_of(at).run is not run


@pytest.mark.parametrize(
    "changes",
    [
        {"dim": 10**9},
        {"window": 10**9},
        {"negatives": "many"},
        {"seed": -1},
        {"learning_rate": 0.07},
        {"batch_tokens": 3},
        {"subsample": 0.5},
        {"objective": "guessing"},
        {"bounded": None, "epochs": None},
        {"colour": "red"},
        {"corpus": ["royal_court_en"]},
    ],
)
def test_settings_that_no_widget_has_are_damage(changes):
    at = open_page()
    run = session_of(at).run
    give(at, with_settings(save(at), **changes))
    [error] = at.error
    assert error.value == LANGUAGES["en"].problems["checkpoint_damaged"].format(name="`a*b*.w2vlab`")
    assert session_of(at).run is run


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_that_is_too_big_for_the_server_is_refused_wherever_it_comes_from(language, monkeypatch):
    at = open_page(language)
    run, content = session_of(at).run, save(at)
    monkeypatch.setattr(
        limits, "APP_RUN_BYTES", memory_quota.run_bytes(len(run.corpus.vocabulary), run.config.dim) - 1
    )
    give(at, content)
    [error] = at.error
    assert "python -m w2v_core train" in error.value
    assert session_of(at).run is run
    at.button(key="reset").click().run()
    assert session_of(at).run is run
    assert at.error[0].value == error.value
    monkeypatch.undo()
    monkeypatch.setattr(limits, "APP_ALL_RUN_BYTES", memory_quota.taken())
    at.button(key="reset").click().run()
    assert session_of(at).run is run
    assert any("python -m w2v_core train" in error.value for error in at.error)


def test_opening_can_be_given_up(monkeypatch):
    at = open_page()
    run, content = session_of(at).run, save(at)
    begun, go_on = threading.Event(), threading.Event()

    def slow(self, corpus, categories, told):
        begun.set()
        go_on.wait(30)
        told(1)
        raise AssertionError("it was to be stopped")

    monkeypatch.setattr(run_file.SavedRun, "load", slow)
    at.file_uploader(key="open-run-0").set_value(("a.w2vlab", content, "application/octet-stream")).run()
    assert begun.wait(30)
    at.button(key="cancel_opening").click().run()
    go_on.set()
    session_of(at).opening.wait()
    assert session_of(at).opening.problem.code == "cancelled"
    at.run()
    assert not at.exception
    assert session_of(at).run is run
    monkeypatch.undo()
    at.file_uploader(key="open-run-0").set_value([]).run()
    assert not at.error
