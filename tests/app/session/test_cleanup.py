"""What goes on in the background of a session, and its end."""

from streamlit.testing.v1 import AppTest


def script():
    import streamlit as st

    from app.session import cleanup

    ended = st.session_state["ended"] = []
    cleanup.hold("run", lambda: ended.append("first run"))
    cleanup.hold("reading", lambda: ended.append("reading"))
    cleanup.hold("cost", lambda: ended.append("cost"))
    assert ended == []
    cleanup.hold("run", lambda: ended.append("second run"))  # in its place
    assert ended == ["first run"]
    for _ in range(2):
        cleanup.let_go("reading")
    cleanup.let_go("nothing")
    assert ended == ["first run", "reading"]
    cleanup._held.clear()  # as Streamlit does when the browser tab is gone


def test_each_thing_ends_once_when_replaced_let_go_or_with_the_session():
    at = AppTest.from_function(script).run()
    assert not at.exception
    first, second, *others = at.session_state["ended"]
    assert (first, second) == ("first run", "reading")
    assert sorted(others) == ["cost", "second run"]
