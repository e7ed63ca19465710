"""The frame around every page: language, navigation, style. No lesson content."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app import saving, session
from app.text import LANGUAGES

BROWSER = Path(__file__).parent / "browser"
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}

session.prepare()
text = session.text()
st.set_page_config(page_title=text.app_name, page_icon=str(BROWSER / "icon.svg"), layout="wide")
st.html(BROWSER / "frame.css")

with st.sidebar.container(horizontal=True, horizontal_alignment="distribute", key="brand"):
    st.markdown(f"**{text.app_name}**", width="content")
    st.segmented_control(
        text.language,
        LANGUAGES,
        format_func=LANGUAGE_NAMES.__getitem__,
        key="language",
        required=True,
        label_visibility="collapsed",
    )
pages = {
    "train": st.Page("chapters/train.py", title=text.train_page, default=True),
    "corpus": st.Page("chapters/corpus.py", title=text.corpus_page.title, url_path="corpus"),
    "inside": st.Page("chapters/inside.py", title=text.inside_page.title, url_path="inside"),
}
page = st.navigation(list(pages.values()), position="top")
if wish := session.destination():
    st.switch_page(pages[wish])
if seconds := session.watch_seconds():  # training and reading go on as long as any page is open
    st.fragment(session.watch, run_every=seconds)()
saving.menu(text)
page.run()
