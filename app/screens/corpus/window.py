"""A sentence with the window on it: the center, its contexts, the words that subsampling drops, the pairs.

Every word is a button that makes it the center, so that keyboard and large type work as everywhere. The style sheet
tells them apart by Streamlit's kinds of button: primary is the center, secondary a context, tertiary any other word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from w2v_core import Corpus, Vocabulary
from w2v_core.corpus.statistics import SentenceLengths

from ...formatting import percent
from ...live_figure import move
from ...session import session
from ...session.record import current
from ...text import Words
from ...text.glossary import explained
from ...text.literal import literal
from . import captions, figures, model
from .model import Passage, Position

STEP_SECONDS = 0.9
KEY = "window"  # of the fragment, for callbacks outside it that move the window


@dataclass(eq=False)
class Stepping:
    """What the session remembers of the window: where it stands in which corpus, and whether it steps by itself.

    `drawn` is where it stood when it was drawn last.
    """

    corpus: str = ""
    position: Position | None = None
    drawn: Position | None = None
    playing: bool = False


def position() -> Position:
    """Return the position in the chosen corpus."""
    mine = current().part(Stepping)
    if mine.position and mine.corpus == current().chosen["corpus"]:
        return mine.position
    return model.first_position(session.corpus(), session.last_valid())


def go_to(position: Position) -> None:
    """Go somewhere else in the chosen corpus."""
    mine = current().part(Stepping)
    mine.corpus, mine.position = current().chosen["corpus"], position


def window(lengths: SentenceLengths) -> None:
    """Draw the window, and mark its center in the figures."""
    words, style, config, corpus = (
        session.text().corpus_page,
        session.style(),
        session.last_valid(),
        session.corpus(),
    )
    vocabulary, here = corpus.vocabulary, position()
    if playing() and current().part(Stepping).drawn == here:  # not moved by the user: by the clock
        here = model.stepped(corpus, here, config, 1)
    go_to(here)
    current().part(Stepping).drawn = here
    shown = model.passage(corpus, here, config)
    with st.container(horizontal=True, vertical_alignment="center", key="window_head"):
        _heading(corpus, here, shown, words)
        with st.container(horizontal=True, gap="xxsmall", width="content", key="window_buttons"):
            _buttons(shown, words)
    with st.container(horizontal=True, gap=None, key="sentence"):
        _sentence(vocabulary, here, shown, config.subsample, words)
    with st.container(key="reach"):
        st.text(captions.reach(vocabulary, shown, config.subsample, config.window, words))
    with st.container(key="pairs"):
        st.markdown(_pairs(vocabulary, shown) or "&nbsp;")  # what is below must stay where it is
    st.text(captions.draw(shown, words))
    center = int(shown.ids[shown.center])
    move(
        figures.mark(vocabulary, lengths, config.subsample, center, shown.length, style),
        key="marks",
        center=vocabulary.words[center],
    )


def playing() -> bool:
    """Tell whether the window steps along by itself."""
    return current().part(Stepping).playing


def _play(on: bool) -> None:
    mine = current().part(Stepping)
    mine.playing, mine.drawn = on, position()
    st.rerun()  # how often a fragment is drawn changes only in a full run


def _step(step: int) -> None:
    go_to(model.stepped(session.corpus(), position(), session.last_valid(), step))


def _move(step: int) -> None:
    go_to(model.moved(session.corpus(), position(), session.last_valid(), step))


def _draw_again() -> None:
    go_to(model.drawn_again(session.corpus(), position(), session.last_valid()))


def _heading(corpus: Corpus, here: Position, shown: Passage, words: Words) -> None:
    terms = explained(session.text(), "window", "context")
    st.markdown(f"**{words.window}**", width="content", help=terms)
    st.text(captions.place(corpus, here, shown, words), width="content")
    with st.container(key="window_legend"):
        st.markdown(f"`{words.legend_center}` `{words.legend_context}` ~~`{words.legend_dropped}`~~")


def _buttons(shown: Passage, words: Words) -> None:
    before, after = shown.more
    st.button(
        "",
        key="previous",
        icon=":material/skip_previous:",
        help=words.previous_passage if before else words.previous,
        on_click=_move,
        args=(-1,),
    )
    st.button(
        "",
        key="back",
        icon=":material/chevron_left:",
        help=words.back,
        shortcut="Left",
        on_click=_step,
        args=(-1,),
    )
    st.button(
        "",
        key="step_along",
        icon=":material/pause:" if playing() else ":material/play_arrow:",
        help=words.pause if playing() else words.play,
        shortcut="Space",
        on_click=_play,
        args=(not playing(),),
    )
    st.button(
        "",
        key="forward",
        icon=":material/chevron_right:",
        help=words.forward,
        shortcut="Right",
        on_click=_step,
        args=(1,),
    )
    st.button(
        "",
        key="next",
        icon=":material/skip_next:",
        help=words.next_passage if after else words.next,
        on_click=_move,
        args=(1,),
    )
    st.button(words.again, key="again", help=words.again_help, on_click=_draw_again)


def _sentence(vocabulary: Vocabulary, here: Position, shown: Passage, threshold: float, words: Words) -> None:
    keep, contexts = vocabulary.keep_probability(threshold)[shown.ids], set(shown.contexts)
    before, after = shown.more
    if before:
        st.text("…", width="content")
    for i, id in enumerate(shown.ids):
        word = literal(vocabulary.words[id])
        label = word if shown.kept[i] else f"~~{word}~~"
        kind: Literal["primary", "secondary", "tertiary"] = "tertiary"
        if i == shown.center:
            label, kind = f"{label} :small[{words.center}]", "primary"
        elif i in contexts:
            label, kind = f"{label} :small[{shown.distance(i):+}]".replace("-", "−"), "secondary"
        place = shown.first + i
        st.button(
            label,
            key=f"word-{here.sentence}-{place}",
            type=kind,
            help=words.stays.format(keep=percent(float(keep[i]))),
            on_click=go_to,
            args=(Position(here.sentence, place, here.seed),),
        )
    if after:
        st.text("…", width="content")


def _pairs(vocabulary: Vocabulary, shown: Passage) -> str:
    """Return the center's pairs as Markdown: words by turns center and context, as the style sheet colors them."""
    center = literal(vocabulary.words[shown.ids[shown.center]])
    return " ".join(f"{center}→{literal(vocabulary.words[shown.ids[i]])}" for i in shown.contexts)
