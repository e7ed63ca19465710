"""The session and its address: a link is read once, when the session begins, and written at every run of a page.

The browser writes it (`browser/address.js`): Streamlit's own ``st.query_params`` would put every change, every word
that somebody types, into the browser's history.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any

import streamlit as st

from ..modules import PAGE
from ..own_text import OwnText
from ..samples import samples
from ..settings import DEFAULTS, LIMITS, recommended
from ..text import Text, language_of
from ..text.literal import literal
from . import comparison, costs, link, models, session, texts
from .asking import MOST_NEIGHBORS, Look
from .compare_view import VIEWS
from .lookup import LONGEST_QUESTION, Question
from .map_options import MAP, size_up
from .presets import OWN, PRESETS

MOST_REFUSED = 4  # values named in a sentence
SAID_SECONDS = 10
LOOK = ("word", "k", "metric", "tab", "analogy")  # what the Explore page's link asks about, besides its map

# What means nothing without its text: words of it, and the settings that a text brings with it.
OF_A_TEXT = (
    "corpus",
    "follow",
    "word",
    "analogy",
    "x_pairs",
    "y_pairs",
    *next(iter(samples().values())).settings,
)

_runs = itertools.count(1)


draw_link = PAGE.component("link", "link", "link.css")
_write = PAGE.component("address", "address")


def open_session() -> None:
    """Prepare the session; when it begins, as the link says."""
    state = st.session_state
    if "question" in state:
        session.prepare()
        texts.prepare()
        models.prepare()
        return
    query = st.query_params.to_dict()
    own_gone = query.get("corpus") == link.OWN_TEXT
    if own_gone:
        kept = ("word",) if query.get("model") in samples() else ()
        query = {name: value for name, value in query.items() if name in kept or name not in OF_A_TEXT}
    values, refused = link.read(query)
    state["linked_look"] = {name: values[name] for name in LOOK if name in values}
    for name in ("tab", "analogy"):
        values.pop(name, None)
    word, model = values.pop("word", None), values.pop("model", None)
    asked = {name: values.pop(name) for name in ("k", "metric") if name in values}
    state.update({f"linked_{name}": values.pop(name, None) for name in ("preset", "runs")})
    state.update({f"compare_{name}": values.pop(name) for name in VIEWS if name in values})
    costs.prepare({name: values.pop(name) for name in costs.CHOSEN if name in values})
    session.prepare(values)
    texts.prepare()
    models.prepare(model)
    first = samples()[model].follow if model in samples() else state.get("follow")
    state["question"] = Question(first or "" if word is None else word, **asked)
    text, words = session.text(), session.text().sharing
    follow = values.get("follow")
    if follow is not None and state.get("follow") != follow:
        refused.append(f"follow={follow}")
    _refuse(refused)
    if own_gone:
        _say(words.own_gone)
    if values and (problem := session.problem()):
        session.use_recommended()
        _say(words.unworkable.format(problem=text.problem(problem)))


def open_page(page: str) -> None:
    """Look at what the link asks about, if the page that it opens is Explore."""
    look = st.session_state.pop("linked_look", None)
    if not look or page != "explore" or not (explorer := session.explorer()):
        return
    refused = []
    if "word" in look:
        words = [word for part in re.split("[,，、]", look.pop("word")) if (word := part.strip())]
        known = [word for word in words if word in explorer.vocabulary]
        refused = [f"word={word}" for word in words if word not in known]
        if known or not words:
            session.explore(*(("select", known) if len(known) > 1 else ("word", known[0] if known else None)))
    if look.get("k", 0) > MOST_NEIGHBORS:
        refused.append(f"k={look.pop('k')}")
    if "analogy" in look and len(question := look["analogy"].split(",")) != 3:
        refused.append(f"analogy={look.pop('analogy')}")
    elif "analogy" in look:
        look["analogy"] = question
    for verb, value in look.items():
        session.explore(verb, value)
    _refuse(refused)


def _refuse(refused: Sequence[str]) -> None:
    """Say what a link cannot have."""
    if refused:
        more = " …" if len(refused) > MOST_REFUSED else ""
        text = session.text()
        named = text.comma.join(map(literal, refused[:MOST_REFUSED])) + more
        words = text.sharing
        _say(words.refused.format(values=named))


def _say(sentence: str) -> None:
    st.toast(sentence, icon=":material/link_off:", duration=SAID_SECONDS)


def query(page: str) -> str:
    """Return the query of the link to what a page shows now."""
    state, source = st.session_state, session.source()
    values: dict[str, Any] = {name: state.get(name) for name in ("language", "follow", *DEFAULTS)}
    for name, (low, high) in LIMITS.items():
        if not low <= values[name] <= high:  # what cannot work is no part of a link: the value in use is
            values[name] = getattr(session.last_valid(), name)
    usual = recommended(source) | {
        "language": language_of(st.context.locale),
        "follow": source.follow,
    }
    if session.live() and session.run_source() != source:
        values["follow"] = None  # a word of the run's text: the chosen one may not have it
    own = isinstance(source, OwnText)
    values["corpus"] = link.OWN_TEXT if own else source.id
    if page == "compare":
        if "compare_preset" not in state:  # not drawn yet: the link's
            values |= {name: state[f"linked_{name}"] for name in ("preset", "runs")}
        elif comparison.preset_id() == OWN:
            values["runs"] = comparison.setting(), comparison.values()
        else:
            values["preset"] = comparison.preset_id()
        first = {name: options[0] for name, options in VIEWS.items()}
        values |= {name: state.get(f"compare_{name}", first[name]) for name in VIEWS}
        usual |= first | {"preset": next(iter(PRESETS))}
    if page == "cost":
        values |= {name: state[name] for name in costs.CHOSEN}
        usual |= costs.CHOSEN
    if page == "lookup":
        question, model = state["question"], models.chosen()
        values |= {"word": question.words.strip(), "k": question.k, "metric": question.metric}
        values["model"] = None if model == models.FILE or (own and model == models.RUN) else model
        usual |= {"word": "", "k": Question.k, "metric": Question.metric, "model": source.id}
    if page == "explore" and (explorer := session.explorer()):
        look = explorer.look
        chosen = ",".join(explorer.vocabulary.words[id] for id in look.selected) or look.word or ""
        values |= {name: state[name] for name in MAP} | {"map_words": size_up(state["map_words"])}
        values |= {"word": chosen if len(chosen) <= LONGEST_QUESTION else None, "follow": None}
        values |= {name: getattr(look, name) for name in ("k", "metric", "tab")}
        values["analogy"] = ",".join(look.analogy) if look.tab == "analogies" else None
        usual |= MAP | {name: getattr(Look, name) for name in ("k", "metric", "tab")}
        usual |= dict(zip(("x_pairs", "y_pairs"), explorer.suggested_pairs, strict=True)) | {
            "word": source.follow
        }
    return link.write(values, usual)


def write(page: str) -> None:
    """Bring the address up to date from a fragment, which changes what is shown without a run of the page."""
    _write(key="address_writer", data=query(page))


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
