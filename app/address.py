"""The session and its address: a link is read once, when the session begins, and written at every run of a page.

The browser writes it (`browser/address.js`): Streamlit's own ``st.query_params`` would put every change, every word
that somebody types, into the browser's history.
"""

from __future__ import annotations

import itertools
from typing import Any

import streamlit as st

from app import link, models, session, texts
from app.component import component
from app.lookup import Question
from app.own_text import OwnText
from app.presets import OWN, PRESETS
from app.samples import samples
from app.text import Text, language_of
from app.text.literal import literal

MOST_REFUSED = 4  # values named in a sentence
SAID_SECONDS = 15

_runs = itertools.count(1)


draw_link = component("w2v_link", ("chart.js", "address.js", "link.js"), ("link.css",))


def open_session() -> None:
    """Prepare the session; when it begins, as the link says."""
    state = st.session_state
    if "question" in state:
        session.prepare()
        texts.prepare()
        models.prepare()
        return
    values, refused = link.read(st.query_params)
    word, model = values.pop("word", None), values.pop("model", None)
    asked = {name: values.pop(name) for name in ("k", "metric") if name in values}
    state["linked_preset"] = values.pop("preset", None)
    session.prepare(values)
    texts.prepare()
    models.prepare(model)
    first = samples()[model].follow if model in samples() else state.get("follow")
    state["question"] = Question(first or "" if word is None else word, **asked)
    text, words = session.text(), session.text().sharing
    follow = values.get("follow")
    if follow is not None and state.get("follow") != follow:
        refused.append(f"follow={follow}")
    if refused:
        more = " …" if len(refused) > MOST_REFUSED else ""
        named = ", ".join(map(literal, refused[:MOST_REFUSED])) + more
        _say(words.refused.format(values=named))
    if values and (problem := session.problem()):
        session.use_recommended()
        _say(words.unworkable.format(problem=text.problem(problem)))


def _say(sentence: str) -> None:
    st.toast(sentence, icon=":material/link_off:", duration=SAID_SECONDS)


def query(page: str) -> str:
    """Return the query of the link to what a page shows now."""
    state, source = st.session_state, session.source()
    values: dict[str, Any] = {name: state.get(name) for name in ("language", "follow", *session.DEFAULTS)}
    usual = session.recommended(source) | {
        "language": language_of(st.context.locale),
        "follow": source.follow,
    }
    own = isinstance(source, OwnText)
    if not own:
        values["corpus"] = source.id
    if page == "compare":
        preset = state.get("compare_preset") or state["linked_preset"]  # not drawn yet: the link's
        values["preset"] = None if preset == OWN else preset
        usual["preset"] = next(iter(PRESETS))
    if page == "lookup":
        question, model = state["question"], models.chosen()
        values |= {"word": question.words.strip(), "k": question.k, "metric": question.metric}
        values["model"] = None if model == models.FILE or (own and model == models.RUN) else model
        usual |= {"word": "", "k": Question.k, "metric": Question.metric, "model": source.id}
    return link.write(values, usual)


def draw(text: Text, page: str) -> None:
    """Draw the button that copies the link, and bring the address up to date."""
    own = isinstance(session.source(), OwnText) or (page == "lookup" and models.chosen() == models.FILE)
    words = text.sharing
    draw_link(
        key="link",
        data={
            "query": query(page),
            "run": next(_runs),
            "copy": words.copy_link,
            "copied": words.copied,
            "note": words.not_in_link if own else "",
        },
    )
