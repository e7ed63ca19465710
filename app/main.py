"""The frame around every page: language, navigation, style. No lesson content."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.state import address, session, watching
from app.text import LANGUAGES
from app.widgets import saving

BROWSER = Path(__file__).parent / "browser"
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}

address.open_session()
text = session.text()
st.set_page_config(page_title=text.app_name, page_icon=str(BROWSER / "icon.svg"), layout="wide")
styles = ("frame.css", "large.css") if st.session_state.get("large") else ("frame.css",)
st.html(f"<style>{''.join((BROWSER / name).read_text(encoding='utf-8') for name in styles)}</style>")

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
    "train": st.Page("chapters/train.py", title=text.train_page, default=True),
    "corpus": st.Page("chapters/corpus.py", title=text.corpus_page.title, url_path="corpus"),
    "explore": st.Page("chapters/explore.py", title=text.explore_page.title, url_path="explore"),
    "inside": st.Page("chapters/inside.py", title=text.inside_page.title, url_path="inside"),
    "compare": st.Page("chapters/compare.py", title=text.compare_page.title, url_path="compare"),
    "cost": st.Page("chapters/cost.py", title=text.cost_page.title, url_path="cost"),
    "pmi": st.Page("chapters/pmi.py", title=text.pmi_page.title, url_path="pmi"),
    "lookup": st.Page("chapters/lookup.py", title=text.lookup_page.title, url_path="lookup"),
}
page = st.navigation(list(pages.values()), position="top")
if wish := session.destination():
    st.switch_page(pages[wish])
address.open_page(page.url_path)
with link_place:
    address.draw(text, page.url_path)
st.session_state["page"] = page.url_path
page.run()
# Training and reading go on as long as any page is open. Last: what comes and goes would move what stands below it,
# and Streamlit would make that anew, charts included.
if seconds := watching.watch_seconds():
    st.fragment(watching.watch, run_every=seconds)()
