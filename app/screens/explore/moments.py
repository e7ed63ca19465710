"""The panel's replay: a button, a slider, the neighbors at each moment, and the words that moved farthest."""

from __future__ import annotations

import streamlit as st

from ...formatting import Count, compact
from ...text import Text
from ...text.literal import escaped
from ...widgets.choice import choice
from . import answers
from .explored import explored
from .explorer import Explorer
from .lists import words_table
from .replay import Replay


def moments(explorer: Explorer, replay: Replay, text: Text) -> None:
    """Draw the replay's button and slider, the neighbors at its moment, and the words that moved farthest."""
    page, film = text.explore_page, explorer.film
    if len(film) < 2:
        st.caption(page.film_empty)
        return
    playing, frame = replay.playing, replay.frame

    def shown(_: str, chosen: int) -> None:
        replay.show(chosen)
        explored().asked = True

    with st.container(horizontal=True, vertical_alignment="center", key="explore_replay"):
        st.button(
            "",
            key="replay",
            icon=f":material/{'pause' if playing else 'play_arrow'}:",
            help=page.stop if playing else page.replay,
            on_click=toggle,
            args=(replay,),
        )
        # A slider that the server moves would be told by the browser where it was a moment ago.
        if playing:
            with st.container(key="playing"):
                st.progress(frame / (len(film) - 1))
        else:
            choice(
                st.slider,
                "moment",
                page.moment,
                value=frame,
                take=shown,
                min_value=0,
                max_value=len(film) - 1,
                label_visibility="collapsed",
            )
    moment = film[frame]
    said = page.film_moment.format(step=f"{moment.step:,}", pairs=Count(compact(moment.pairs, text.units)))
    with st.container(key="explore_moment"):
        st.markdown(said)
    if history := answers.history(explorer):
        st.caption(page.history.format(word=f"**{escaped(explorer.panel.word or '')}**"))
        words_table("then", explorer, *history[frame], page.metrics["cosine"], text, still=False, most=8)
    st.caption(page.moved)
    words_table("moved", explorer, *answers.moved(explorer), page.distance, text, most=4)


def toggle(replay: Replay) -> None:
    """Play or stop the replay; how often the page looks after it changes only in a full run."""
    replay.stop() if replay.playing else replay.play()
    explored().asked = True
