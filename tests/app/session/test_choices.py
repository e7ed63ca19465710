"""Choices are the session's: what a slow browser still reports takes nothing back, and nothing is lost."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state.safe_session_state import SafeSessionState

from app.files import run_file
from app.samples import samples
from app.session.choices import KEYS
from app.settings import SUITED, recommended
from tests.app.choices import widget
from tests.app.visits import session_of, visit, visitor


def open_page(page="train", corpus="royal_court_en"):
    return visit(visitor(corpus=corpus), page)


class SlowBrowser:
    """A browser that has not heard of anything since it was made, and reports its own widgets only."""

    def __init__(self, at):
        self.at = at
        self.states = at._tree.get_widget_states()

    def report(self, **changed):
        """Change some widgets, by their choices' names, and report all, the changed ones first or last."""
        for state in self.states.widgets:
            for name, value in changed.items():
                if f"-{name}:" in state.id:
                    setattr(state, "string_value" if isinstance(value, str) else "int_value", value)
        reported = WidgetStates()
        reported.CopyFrom(self.states)
        self.at._run(reported)
        assert not self.at.exception


def test_what_a_slow_browser_reports_unchanged_takes_nothing_back():
    at = open_page()
    browser = SlowBrowser(at)
    browser.report(corpus=samples()["tiny_en"].title["en"])
    suited = recommended(samples()["tiny_en"], "negative_sampling")
    browser.report(dim=20)
    assert session_of(at).chosen["dim"] == 20
    for name in SUITED:
        value = suited[name]
        assert session_of(at).chosen[name] == value, name


def test_a_change_in_a_widget_of_two_changes_ago_counts():
    at = open_page("train", "world_facts_en")
    browser = SlowBrowser(at)
    for corpus in ("royal_court_en", "tiny_en"):
        browser.report(corpus=samples()[corpus].title["en"])
    browser.report(epochs=7)
    assert session_of(at).chosen["corpus"] == "tiny_en"
    assert session_of(at).chosen["epochs"] == widget(at, "epochs").value == 7


@pytest.mark.parametrize(("name", "value"), [("dim", 20), ("corpus", "tiny_en")])
@pytest.mark.parametrize("look", [1, 2, 3, 4, 6, 8])
def test_a_run_that_is_stopped_while_it_takes_a_choice_loses_nothing(name, value, look, monkeypatch):
    at = open_page()
    whole, looks = SafeSessionState.__getitem__, []

    def stopping(self, key):
        looks.append(key)
        if looks.count("session") == look and key == "session":
            looks.append("session")  # once
            raise StopException
        return whole(self, key)

    monkeypatch.setattr(SafeSessionState, "__getitem__", stopping)
    widget(at, name).set_value(value).run()
    assert looks.count("session") > look
    at.run()
    assert session_of(at).chosen[name] == widget(at, name).value == value
    if name == "corpus":
        suited = recommended(samples()[value], "negative_sampling")
        assert {setting: session_of(at).chosen[setting] for setting in SUITED} == {
            setting: suited[setting] for setting in SUITED
        }


def test_a_label_that_is_gone_is_no_choice():
    at = open_page()
    at.button(key="step").click().run()
    saved = run_file.write(session_of(at).run, session_of(at).run_settings, samples()["royal_court_en"])
    widget(at, "corpus").set_value("tiny_en").run()
    at.button(key="reset").click().run()
    at.button(key="step").click().run()
    visit(at, "lookup")
    browser = SlowBrowser(at)  # it shows "Your run" of another text than the run that is opened now
    [opening] = [each for each in at.get("file_uploader") if each.key.startswith("open-run")]
    opening.set_value(("a.w2vlab", saved, "application/octet-stream")).run()
    browser.report()
    assert widget(at, "vectors").value == "run"


def test_a_refused_choice_shows_the_old_one_again():
    at = open_page()
    widget(at, "corpus").set_value("bring").run()
    assert widget(at, "corpus").value == session_of(at).chosen["corpus"] == "royal_court_en"


def test_many_changes_leave_few_traces():
    at = open_page("step")

    def remembered():
        widgets = at.session_state._state._state._new_widget_state.widget_metadata
        # A button a word, as many as the longest sentence has.
        return sum("-token_" not in name for name in widgets)

    for _ in range(KEYS):
        at.button(key="surprise").click().run()
    before = remembered()
    for _ in range(KEYS):
        at.button(key="surprise").click().run()
    assert remembered() == before
