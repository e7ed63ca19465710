"""The panel beside the map: the search, the chosen words and their neighbors."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from w2v_core import Problem
from w2v_core.vectors.space import METRICS
from w2v_core.vectors.word_search import MODES

from ...background.layouts import Ids, Layout
from ...text import Text
from ...text.glossary import explained
from ...text.literal import escaped
from ...widgets.choice import choice
from . import answers
from .explored import ask, explorer_now
from .explorer import Explorer
from .lists import pills, words_table

COUNTS = (5, 10, 15, 20, 30, 50)  # of neighbors
MOST_GROUP = 60
MOST_STRANGERS = 10
KEPT, LOST, OFF = "●○–"


def search(explorer: Explorer, text: Text) -> None:
    """Draw the field in which words are searched at each letter typed, and the results."""
    words, panel = text.explore_page, explorer.panel
    left, right = st.columns([5, 4], gap="small")
    with left:
        choice(
            st.text_input,
            "query",
            words.search,
            value=panel.query,
            take=find,
            live=True,
            type="search",
            placeholder=words.search,
            label_visibility="collapsed",
            max_chars=200,
        )
    with right:
        choice(
            st.selectbox,
            "how",
            words.how,
            list(MODES),
            value=panel.how,
            take=ask,
            format_func=words.search_modes.__getitem__,
            label_visibility="collapsed",
        )
    if not panel.query:
        return
    try:
        found = answers.found_words(explorer)
    except Problem as problem:
        st.warning(text.problem(problem))
        return
    most = len(found) == answers.MOST_FOUND
    note = words.found_most if most else words.found if len(found) else words.found_none
    with st.container(key="explore_found"):
        st.caption(note.format(count=len(found)))
        named = [explorer.vocabulary.words[i] for i in found]
        if len(named) > 1:
            st.button(
                words.select_all, key="select_all", on_click=ask, args=("select", named), type="tertiary"
            )
        pills("found_words", words.search, named)


def find(name: str, query: str) -> None:
    """Search; a word that is spelt just so is chosen at once."""
    ask("query", query)
    explorer = explorer_now()
    if explorer and explorer.panel.how != "pattern" and query in explorer.vocabulary:
        ask("word", query)


def neighbors(explorer: Explorer, layout: Layout, category: Ids, titles: Sequence[str], text: Text) -> None:
    """Draw what there is to know about the chosen word, or about words chosen together."""
    page, panel, vocabulary = text.explore_page, explorer.panel, explorer.vocabulary
    near = None if panel.selected else explorer.neighborhood(layout)
    if panel.selected:
        st.markdown(f"**{page.selected.format(count=f'{len(panel.selected):,}')}**")
    elif near is None or panel.word is None:
        st.markdown(f"**{page.nothing_chosen}**")
        st.caption(page.nothing_chosen_help)
        if not explorer.isolated:
            return
    else:
        [id] = vocabulary.ids([panel.word])
        of = titles[category[id]] if category[id] >= 0 else page.no_category
        facts = page.facts.format(count=f"{vocabulary.counts[id]:,}", category=escaped(of))
        st.markdown(f"**{escaped(panel.word)}** · {facts}")
    tools(explorer, text, measures=near is not None)
    if panel.selected:
        group(explorer, text)
        return
    if near is None:
        return
    st.caption(page.kept.format(k=near.near, kept=near.kept_near) if near.near else page.not_on_map)
    on_map = explorer.places(near.ids) >= 0
    signs = [OFF if not on else KEPT if kept else LOST for on, kept in zip(on_map, near.kept, strict=True)]
    words_table(
        f"near {panel.word} {panel.metric} {panel.k}",
        explorer,
        near.ids,
        near.values,
        page.metrics[panel.metric],
        text,
        near=signs,
        value_help=explained(text, panel.metric),
        still=not explorer.run.running,
    )
    if len(near.strangers):
        st.caption(page.strangers)
        pills("strangers", page.strangers, [vocabulary.words[i] for i in near.strangers[:MOST_STRANGERS]])


def tools(explorer: Explorer, text: Text, measures: bool) -> None:
    """Draw how nearness is measured, and the buttons about what is chosen."""
    page, panel = text.explore_page, explorer.panel
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="explore_tools"):
        if measures:
            choice(
                st.selectbox,
                "metric",
                page.metric,
                list(METRICS),
                value=panel.metric,
                take=ask,
                format_func=page.metrics.__getitem__,
                label_visibility="collapsed",
            )
            choice(
                st.selectbox,
                "k",
                page.k,
                sorted({*COUNTS, panel.k}),
                value=panel.k,
                take=ask,
                format_func=lambda k: f"k = {k}",
                label_visibility="collapsed",
            )
        chosen = bool(panel.word or panel.selected)
        for verb, icon, help, on in (
            ("isolate", "filter_center_focus", page.isolate, chosen),
            ("back", "undo", page.back, explorer.isolated),
            ("clear", "close", page.clear, chosen),
        ):
            st.button(
                "",
                key=verb,
                icon=f":material/{icon}:",
                help=help,
                disabled=not on,
                on_click=ask,
                args=("word", None) if verb == "clear" else (verb, None),
            )


def group(explorer: Explorer, text: Text) -> None:
    """Draw the words that were chosen together, and which of them is typical."""
    page, panel, vocabulary = text.explore_page, explorer.panel, explorer.vocabulary
    if len(panel.selected) > 2:
        named = (vocabulary.words[i] for i in panel.selected)
        ranked = explorer.embeddings.centrality(named, which=explorer.wish.which)
        st.caption(page.typical.format(typical=escaped(ranked[0][0]), odd=escaped(ranked[-1][0])))
    pills("group", page.search, [vocabulary.words[i] for i in panel.selected[:MOST_GROUP]])
