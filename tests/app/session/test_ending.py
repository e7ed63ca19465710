"""What goes on in the background of a session, and its end."""

from streamlit.testing.v1 import AppTest


def script():
    import streamlit as st

    from app.session import ending

    ended = st.session_state["ended"] = []
    ending.hold("run", lambda: ended.append("first run"))
    ending.hold("reading", lambda: ended.append("reading"))
    ending.hold("cost", lambda: ended.append("cost"))
    assert ended == []
    ending.hold("run", lambda: ended.append("second run"))  # in its place
    assert ended == ["first run"]
    for _ in range(2):
        ending.let_go("reading")
    ending.let_go("nothing")
    assert ended == ["first run", "reading"]
    ending._held.clear()  # as Streamlit does when the browser tab is gone


def test_each_thing_ends_once_when_replaced_let_go_or_with_the_session():
    at = AppTest.from_function(script).run()
    assert not at.exception
    first, second, *others = at.session_state["ended"]
    assert (first, second) == ("first run", "reading")
    assert sorted(others) == ["cost", "second run"]
