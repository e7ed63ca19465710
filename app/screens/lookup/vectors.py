"""The vectors that are asked: the choice of them, what they are called, and how far they are trained."""

from __future__ import annotations

import streamlit as st

from ...formatting import Count, percent
from ...samples import samples
from ...session import session
from ...session.link import RUN
from ...session.record import current
from ...text import Text, Words
from ...text.literal import escaped
from ...widgets.choice import choice
from . import models
from .models import FILE, Model
from .vectors_file import uploader


def choose_vectors(text: Text) -> None:
    """Draw the choice of vectors, and the way to bring a file of them."""
    words = text.lookup_page
    labels = {id: name_of(id) for id in [*([RUN] if current().run else []), *samples()]}
    labels[FILE] = words.file_option
    choice(
        st.selectbox,
        "vectors",
        words.vectors,
        list(labels),
        value=models.chosen(),
        format_func=labels.__getitem__,
        help=words.vectors_help,
        take=lambda _, id: models.choose(id),
    )
    if models.chosen() == FILE:
        st.caption(words.about_file.format(limit_mb=models.UPLOAD_MB))
        uploader(text, words)
    else:
        st.caption(words.about_run if models.chosen() == RUN else words.about_sample)


def standing(model: Model, text: Words) -> None:
    """Say which vectors are asked, and how far they are trained; a button stops that, or goes on."""
    with st.container(horizontal=True, vertical_alignment="center", key="standing"):
        if model.embeddings is None:
            st.caption(text.no_file if model.id == FILE else text.no_vectors, width="content")
            return
        V, dim = model.embeddings.vectors.shape
        what = text.what.format(name=name_of(model.id), words=Count(f"{V:,}"), dim=Count(dim))
        st.caption(escaped(what), width="content")
        if model.id == FILE:
            return
        if model.share == 1:
            st.caption(text.states["trained"], width="content")
            return
        if model.running:
            verb, state = "stop", text.training if model.formed else text.forming
        elif model.begun:
            verb, state = "go_on", text.stopped
        else:
            verb, state = "train", text.states["random"]
        st.progress(model.share, width=160)
        st.caption(state.format(share=percent(model.share)), width="content")
        act = models.stop if verb == "stop" else models.go_on
        st.button(text.verbs[verb], key=f"vectors_{verb}", on_click=act)


def identity(model: Model) -> tuple[str, int]:
    """Return the description that identifies the vectors."""
    return model.id, {RUN: current().run_number, FILE: models.kept().uploads}.get(model.id, 0)


def name_of(id: str) -> str:
    """Return what some vectors are called."""
    text, language = session.text().lookup_page, session.language()
    if id == FILE:
        uploaded = models.kept().uploaded
        return uploaded.name if uploaded else text.file_option
    if id == RUN:
        return text.run_option.format(corpus=session.run_source().title[language])
    return samples()[id].title[language]


def categories(id: str) -> list[tuple[str, ...]]:
    """Return words that belong together, where that is known."""
    source = session.run_source() if id == RUN else samples().get(id)
    return [category.words for category in source.categories] if source else []
