"""Lookup: words and their nearest neighbours, as one types, from any vectors at hand."""

from __future__ import annotations

import base64
import itertools
from typing import Any

import streamlit as st

from app.numbers import percent
from app.samples import samples
from app.state import address, models, session
from app.state.lookup import LONGEST_QUESTION, MOST_NEIGHBORS, Question, answers, answers_csv
from app.state.models import FILE, RUN, Model
from app.text import Text
from app.text.lookup_page import LookupText
from app.views.component import component
from app.widgets import bring
from app.widgets.choice import choice
from w2v_core.vectors.space import METRICS

SCRIPTS = ("chart.js", "address.js", "lookup_card.js", "lookup.js")  # one module, in order
POLL_SECONDS = 0.5

_saves = itertools.count(1)


draw_lookup = component("w2v_lookup", SCRIPTS, ("charts.css", "lookup.css"))


def ask() -> None:
    """Do what was asked for in the browser."""
    verb, value = st.session_state["lookup"].ask
    if verb == "question":
        st.session_state["question"] = _question(value)
    elif verb == "save":
        st.session_state["save"] = True
    elif verb == "stop":
        models.stop()
    else:
        models.go_on()


def _question(value: dict[str, Any]) -> Question:
    """Return the question that the browser sent, within what can be."""
    before = st.session_state["question"]
    k, metric = value["k"], value["metric"]
    return Question(
        str(value["words"])[:LONGEST_QUESTION],
        min(max(int(k), 1), MOST_NEIGHBORS) if k else before.k,
        metric if metric in METRICS else before.metric,
    )


def picture(was_running: bool) -> None:
    """Draw the question and its answer; polled while the vectors are trained."""
    model, text = models.present(), session.text()
    words = text.lookup_page
    question = st.session_state["question"]
    data = {
        "question": {"words": question.words, "k": question.k, "metric": question.metric},
        "standing": standing(model, text),
        "link": address.query("lookup"),
        "text": {**words.in_browser, "metrics": words.metrics, "metrics_help": words.metrics_help},
    }
    if model.embeddings:
        data |= answers(model.embeddings, question, _categories(model.id), words)
        if st.session_state.pop("save", False):
            data["file"] = _file(model, question)
    draw_lookup(key="lookup", data=data, on_ask_change=ask)
    if was_running != model.running:
        st.rerun()  # polling begins and ends in a full run only


def standing(model: Model, text: Text) -> dict[str, Any]:
    """Return the line that says which vectors are asked, and how far they are trained."""
    words = text.lookup_page
    if model.embeddings is None:
        return {"what": words.no_file if model.id == FILE else words.no_vectors, "state": "", "share": None}
    V, dim = model.embeddings.vectors.shape
    line = {
        "what": words.what.format(name=_name(model.id), words=f"{V:,}", dim=dim),
        "state": "",
        "share": None,
    }
    if model.id == FILE:
        return line
    if model.share == 1:
        return line | {"state": words.states["trained"]}
    if model.running:
        verb, state = "stop", words.training
    elif model.begun:
        verb, state = "go_on", words.stopped
    else:
        verb, state = "train", words.states["random"]
    return line | {
        "state": state.format(share=percent(model.share)),
        "share": model.share,
        "verb": verb,
        "label": words.verbs[verb],
    }


def _name(id: str) -> str:
    """Return what some vectors are called."""
    text, language = session.text().lookup_page, session.language()
    if id == FILE:
        uploaded = models.uploaded()
        return uploaded.name if uploaded else text.file_option
    if id == RUN:
        return text.run_option.format(corpus=session.run_source().title[language])
    return samples()[id].title[language]


def _categories(id: str) -> list[tuple[str, ...]]:
    """Return words that belong together, where that is known."""
    source = session.run_source() if id == RUN else samples().get(id)
    return [category.words for category in source.categories] if source else []


def _file(model: Model, question: Question) -> dict[str, Any]:
    """Return the answer as a file for the browser to save."""
    V, dim = model.embeddings.vectors.shape
    about = {"vectors": _name(model.id), "words": V, "dimensions": dim}
    content = answers_csv(model.embeddings, question, about)
    return {
        "number": next(_saves),
        "name": "neighbors.csv",
        "content": base64.b64encode(content).decode(),
    }


def choose_vectors(text: Text) -> None:
    """Draw the choice of vectors, and the way to bring a file of them."""
    words = text.lookup_page
    labels = {id: _name(id) for id in [*([RUN] if session.live() else []), *samples()]}
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
        _uploader(text, words)
    else:
        st.caption(words.about_run if models.chosen() == RUN else words.about_sample)


def _uploader(text: Text, words: LookupText) -> None:
    """Draw the field for a file, and how far the reading is."""
    bring.localized_uploader(
        text.bring_page.upload_button, words.upload_hint.format(limit_mb=models.UPLOAD_MB)
    )
    key = f"vectors-{models.uploads()}"  # after each file another widget: the old upload is freed
    st.file_uploader(
        words.upload,
        key=key,
        max_upload_size=models.UPLOAD_MB,
        on_change=_load,
        args=(key,),
        label_visibility="collapsed",
    )
    reading = models.loading()
    running = reading is not None and (reading.running or reading.result is not None)
    st.fragment(_poll, run_every=POLL_SECONDS if running else None)(running)
    if reading and not running and reading.problem:
        st.error(text.problem(reading.problem), icon=":material/error:")


def _load(key: str) -> None:
    if file := st.session_state[key]:
        models.load(file.name, file.getvalue())
    else:
        models.forget_loading()


def _poll(was_running: bool) -> None:
    """Draw how far the file is read; polled while it is."""
    text, reading = session.text(), models.loading()
    if reading and reading.running:
        total = reading.total or 1
        said = text.lookup_page.reading.format(
            done=f"{reading.done / 2**20:.0f}", total=f"{total / 2**20:.0f}"
        )
        st.progress(min(1.0, reading.done / total), text=said)
        st.button(
            text.bring_page.cancel, key="cancel_loading", icon=":material/close:", on_click=reading.cancel
        )
    elif was_running:
        st.rerun()  # the session takes the vectors, or the page says why there are none


def page() -> None:
    """Draw the page."""
    text = session.text()
    with st.sidebar:
        choose_vectors(text)
    model = models.present()
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {text.lookup_page.heading}", width="content")
        with st.container(key="messages"):
            if model.problem and not model.running:
                st.error(text.problem(model.problem), icon=":material/error:")
    st.fragment(picture, run_every=POLL_SECONDS if model.running else None)(model.running)


page()
