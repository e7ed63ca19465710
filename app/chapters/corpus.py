"""Corpus: what the text looks like before any training, and the window that makes pairs of it."""

from __future__ import annotations

import streamlit as st

from app.own_text import OwnText
from app.state import session
from app.text import Text
from app.views.corpus_view import asked, corpus_component, corpus_data
from app.widgets import bring, controls
from app.widgets.choice import choice

draw_corpus = corpus_component()


def picture() -> None:
    """Draw the window, the charts and the words."""
    wanted = session.last_valid()
    draw_corpus(
        key="corpus_view",
        data=corpus_data(
            session.corpus(),
            st.session_state["corpus"],
            session.look(),
            window=wanted.window,
            subsample=wanted.subsample,
            text=session.text(),
        ),
        on_ask_change=ask,
    )


def ask() -> None:
    """Do what was asked for in the browser."""
    verb, value = st.session_state["corpus_view"].ask
    session.set_look(asked(session.corpus(), session.look(), verb, value))


def messages(text: Text) -> None:
    """Say what settings cannot work (the picture keeps the last that could), or how the user's own text was read."""
    source = session.source()
    if problem := session.problem():
        st.error(text.problem(problem), icon=":material/error:")
    elif isinstance(source, OwnText) and source.notices:
        st.warning("  \n".join(map(text.notice, source.notices)), icon=":material/info:")


def page() -> None:
    """Draw the page."""
    text = session.text()
    with st.sidebar:
        controls.settings(text)
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {text.corpus_page.heading}", width="content")
        with st.container(key="messages"):
            messages(text)
        choice(
            st.segmented_control,
            "view",
            text.bring_page.view,
            list(text.bring_page.views),
            format_func=text.bring_page.views.__getitem__,
            help=text.bring_page.view_help,
            required=True,
            label_visibility="collapsed",
            width="content",
        )
    if st.session_state["view"] == "own":
        bring.own(text)
    elif st.session_state["view"] == "web":
        bring.web(text)
    else:
        st.fragment(picture)()


page()
