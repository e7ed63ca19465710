"""Choices are the session's: what a slow browser still reports takes nothing back, and nothing is lost."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state.safe_session_state import SafeSessionState

from app.files import run_file
from app.samples import samples
from app.session.choices import KEYS
from tests.app.choices import widget
from tests.app.visits import visit, visitor


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
    suited = samples()["tiny_en"].settings
    browser.report(dim=20)
    assert at.session_state["dim"] == 20
    for name, value in suited.items():
        assert at.session_state[name] == value, name


def test_a_change_in_a_widget_of_two_changes_ago_counts():
    at = open_page("train", "world_facts_en")
    browser = SlowBrowser(at)
    for corpus in ("royal_court_en", "tiny_en"):
        browser.report(corpus=samples()[corpus].title["en"])
    browser.report(epochs=7)
    assert at.session_state["corpus"] == "tiny_en"
    assert at.session_state["epochs"] == widget(at, "epochs").value == 7


@pytest.mark.parametrize(("name", "value", "stop"), [("dim", 20, "dim"), ("corpus", "tiny_en", "epochs")])
def test_a_run_that_is_stopped_while_it_takes_a_choice_loses_nothing(name, value, stop, monkeypatch):
    at = open_page()
    whole, stopped = SafeSessionState.__setitem__, []

    def stopping(self, key, new):
        if key == stop and not stopped:
            stopped.append(key)
            raise StopException
        whole(self, key, new)

    monkeypatch.setattr(SafeSessionState, "__setitem__", stopping)
    widget(at, name).set_value(value).run()
    assert stopped
    at.run()
    assert at.session_state[name] == widget(at, name).value == value
    if name == "corpus":
        assert {setting: at.session_state[setting] for setting in samples()[value].settings} == dict(
            samples()[value].settings
        )


def test_a_label_that_is_gone_is_no_choice():
    at = open_page()
    at.button(key="step").click().run()
    saved = run_file.write(
        at.session_state["live"], at.session_state["run_settings"], samples()["royal_court_en"]
    )
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
    assert widget(at, "corpus").value == at.session_state["corpus"] == "royal_court_en"


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
