"""The frame around every page: language, navigation, style. No lesson content."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from .own_text import OwnText
from .screens.compare import comparison
from .screens.compare.page import page as compare
from .screens.corpus.page import page as corpus
from .screens.cost import costs
from .screens.cost.page import page as cost
from .screens.explore import explored
from .screens.explore.page import page as explore
from .screens.lookup import question
from .screens.lookup.page import page as lookup
from .screens.pmi.page import page as pmi
from .screens.step import on_bench
from .screens.step.page import page as step
from .screens.train.page import page as train
from .session import address, keepalive, session
from .session.record import current
from .text import LANGUAGES
from .widgets import saving

BROWSER = Path(__file__).parent / "browser"
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
# What a link says of each page, and what it need not say; of the others, what it says of all.
LINKS = {
    "explore": explored.link,
    "inside": on_bench.link,
    "compare": comparison.link,
    "cost": costs.link,
    "lookup": question.link,
}


def draw() -> None:
    """Draw the frame and the page that is asked for."""
    address.open_session()
    text = session.text()
    st.set_page_config(page_title=text.app_name, page_icon=str(BROWSER / "icon.svg"), layout="wide")
    styles = ("frame.css", "large.css") if st.session_state.get("large") else ("frame.css",)
    menu = f':root {{ --w2v-menu: "{text.menu}"; }}'  # on narrow screens, where Streamlit shows an arrow only
    sheets = ((BROWSER / name).read_text(encoding="utf-8") for name in styles)
    st.html(f"<style>{menu}{''.join(sheets)}</style>")

    with st.sidebar.container(horizontal=True, horizontal_alignment="distribute", key="brand"):
        st.markdown(f"**{text.app_name}**", width="content")
        st.segmented_control(
            text.language,
            LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            key="language",
            persist_state="session",  # a change of pages before the browser knows it would drop the link's
            required=True,
            label_visibility="collapsed",
        )
        link_place = st.container(key="link_place", width="content")
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="corner"):
        saving.menu(text)
        # See large.css.
        st.toggle(text.large_type, key="large", persist_state="session", help=text.large_type_help)
    pages = {
        "train": st.Page(train, title=text.train_page.title, url_path="train", default=True),
        "corpus": st.Page(corpus, title=text.corpus_page.title, url_path="corpus"),
        "explore": st.Page(explore, title=text.explore_page.title, url_path="explore"),
        "inside": st.Page(step, title=text.step_page.title, url_path="inside"),
        "compare": st.Page(compare, title=text.compare_page.title, url_path="compare"),
        "cost": st.Page(cost, title=text.cost_page.title, url_path="cost"),
        "pmi": st.Page(pmi, title=text.pmi_page.title, url_path="pmi"),
        "lookup": st.Page(lookup, title=text.lookup_page.title, url_path="lookup"),
    }
    page = st.navigation(list(pages.values()), position="top")
    if wish := current().destination:
        current().destination = None
        st.switch_page(pages[wish])
    with link_place:
        of_page, usual = LINKS.get(page.url_path, lambda: ({}, {}))()
        no_link = isinstance(session.source(), OwnText) or of_page.get("model", "") is None
        address.draw(text, of_page, usual, note=no_link)
    current().page = page.url_path
    page.run()
    # Training and reading continue while any page is open. Last: an element that appears and disappears would move
    # those below it, and Streamlit would recreate them, charts included.
    if seconds := keepalive.watch_seconds():
        st.fragment(keepalive.watch, run_every=seconds)()
