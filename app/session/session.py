"""The chosen settings, and the run that was made from them: what changes them.

The widgets show what is chosen (see `choices`); the run remembers what it was made from, so the page can tell which
settings would need a new one. Nothing here draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import streamlit as st

from w2v_core import Corpus, Problem, TrainingConfig

from ..background.engine import engine
from ..background.run import Run
from ..live_figure import Style
from ..own_text import OwnText, Source
from ..samples import samples
from ..settings import (
    COSTS,
    DEFAULT_CORPUS,
    DEFAULTS,
    HERE,
    MAP,
    READING,
    SUITED,
    configured,
    defaults,
    recommended,
    varying,
)
from ..text import LANGUAGES, Text, language_of
from ..text.literal import escaped
from . import choices
from .cleanup import hold
from .record import Session, current

BRING = "bring"  # in the list of corpora: not a corpus, but the way to one's own

_numbers = itertools.count(1)


@st.cache_resource(show_spinner=False)
def load_corpus(sample_id: str) -> Corpus:
    """Read a sample corpus, once for all sessions."""
    return Corpus.from_file(samples()[sample_id].path, min_count=1)


def prepare(given: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Give every setting a value and the session a run, on its first page.

    `given` are initial values from a link: of the language, the corpus, its settings, the word to follow.
    """
    chosen = current().chosen
    st.session_state.setdefault("language", given.get("language") or language_of(st.context.locale))
    if "corpus" not in chosen:
        chosen |= defaults(HERE | MAP | READING | COSTS)
        chosen["corpus"] = given.get("corpus", DEFAULT_CORPUS[language()])
        chosen |= recommended(source()) | {name: given[name] for name in given if name != "language"}
    refresh()


def text() -> Text:
    """Return the visible strings in the session's language."""
    return LANGUAGES[language()]


def language() -> str:
    """Return the id of the session's language."""
    return st.session_state["language"]


def style() -> Style:
    """Return how figures look on the session's pages."""
    return Style(language(), st.context.theme.type == "dark", bool(st.session_state.get("large")))


def sources() -> dict[str, Source]:
    """Return all corpora that can be chosen, by id: the samples, then the texts that the user brought."""
    return {**samples(), **current().own_texts}


def source() -> Source:
    """Return the chosen corpus with its title, categories and settings."""
    return sources()[current().chosen["corpus"]]


def run_source() -> Source:
    """Return the corpus of the present run (the chosen one may differ)."""
    return sources()[current().run_settings["corpus"]]


def corpus_of(source: Source) -> Corpus:
    """Return the words of a source."""
    return source.corpus if isinstance(source, OwnText) else load_corpus(source.id)


def corpus() -> Corpus:
    """Return the words of the chosen corpus."""
    return corpus_of(source())


def choose(name: str, value: Any) -> None:
    """Take over a choice."""
    session = current()
    if name == "corpus" and value == BRING:
        session.chosen["view"] = "own"
        session.destination = "corpus"
    elif name == "corpus":
        if value in sources():  # a text of one's own may have had to go
            choose_corpus(value)
    elif name == "objective":
        choose_objective(value)
    elif name != "follow" or knows(session.run, value):
        session.chosen[name] = value
    if name == "speed" and session.run:
        session.run.set_speed(value)
    if name == "learning_rate" and session.run:
        session.run.set_learning_rate(value)


def knows(run: Run | None, word: str) -> bool:
    """Tell whether a word is one of a run's: what was clicked may have stood in a list or map that is gone."""
    return run is not None and word in run.corpus.vocabulary


def choose_corpus(id: str) -> None:
    """Choose a corpus, and the settings that suit it under the chosen loss."""
    before, chosen = source(), sources()[id]
    values = recommended(chosen, current().chosen["objective"])
    suited = {*SUITED, *before.settings, *chosen.settings, *varying(before), *varying(chosen)}
    current().chosen.update({setting: values[setting] for setting in suited} | {"corpus": id})
    st.toast(text().suited.format(title=escaped(chosen.title[language()])), icon=":material/tune:")


def choose_objective(objective: str) -> None:
    """Choose a loss, and the settings that suit it on the chosen corpus, where they depend on the loss."""
    values, chosen = recommended(source(), objective), current().chosen
    suited = {name: values[name] for name in sorted(varying(source())) if chosen[name] != values[name]}
    chosen.update(suited, objective=objective)
    if suited:
        words = text()
        names = words.comma.join(words.settings[name] for name in suited)
        sentence = words.suited_loss.format(
            names=names, objective=words.objectives[objective], title=escaped(source().title[language()])
        )
        st.toast(sentence, icon=":material/tune:")


def use_recommended() -> None:
    """Choose the settings that suit the corpus."""
    current().chosen.update(recommended(source()))
    refresh()


def training_settings() -> dict[str, Any]:
    """Return all that decides a run as chosen now, the corpus included."""
    chosen = current().chosen
    return {name: chosen[name] for name in ("corpus", *DEFAULTS)}


def wanted() -> TrainingConfig:
    """Return the run's settings as chosen now; raise `Problem` where they cannot work."""
    return configured({name: current().chosen[name] for name in DEFAULTS})


def last_valid() -> TrainingConfig:
    """Return the run's settings as chosen when they last could work."""
    config = current().last_valid
    assert config is not None, "a session begins with settings that can work"
    return config


def problem() -> Problem | None:
    """Return why the chosen settings cannot make a run, if that was tried."""
    tried = current().problem
    return tried[1] if tried and tried[0] == training_settings() else None


def changes() -> list[tuple[str, Any, Any]]:
    """Return (setting, value in the run, chosen value) for all that the run cannot take over."""
    session = current()
    if session.run is None:
        return []
    return [
        (name, session.run_settings[name], value)
        for name, value in training_settings().items()
        if session.run_settings[name] != value and name != "learning_rate"
    ]


def refresh() -> None:
    """Bring the run up to the chosen settings where that loses nothing."""
    choices.take()
    session = current()
    try:
        session.last_valid = wanted()
    except Problem as problem:
        session.problem = training_settings(), problem
        return
    run = session.run
    if run is None or (changes() and not run.running and run.progress.step == 0):
        reset()


# The verbs below ask for the run when they are called: between drawing a button and pressing it, a setting may
# have changed.


def play() -> None:
    """Start the session's run, or go on with it."""
    refresh()
    session = current()
    if run := session.run:
        hold("run", _Closing(session, run))
        run.start()


def pause() -> None:
    """Pause the session's run."""
    if run := current().run:
        run.pause()


def step() -> None:
    """Train the session's run on one batch."""
    refresh()
    if run := current().run:
        run.step()


def reset() -> None:
    """Start over with the chosen settings. If they cannot work, the old run stays and `problem` says why."""
    choices.take()
    session = current()
    try:
        categories = [category.words for category in source().categories]
        run = engine().run(corpus(), wanted(), categories)
    except Problem as problem:
        session.problem = training_settings(), problem
        return
    take_over(session, run, training_settings())


def train_with(objective: str) -> None:
    """Start a new run with another loss."""
    choices.take()
    choose_objective(objective)
    reset()


def open_run(run: Run, settings: Mapping[str, Any]) -> None:
    """Go on with a run that was saved, in place of the present one; the settings become its own."""
    choices.take()
    session = current()
    session.chosen |= {**settings, "learning_rate": run.learning_rate, "view": "look"}
    session.runs_opened += 1
    take_over(session, run, settings)


@dataclass(frozen=True)
class _Closing:
    """Stops a run at the end of its session, which a reload begins with, unless another session has taken it over."""

    session: Session
    run: Run

    def __call__(self) -> None:
        if self.session.run is self.run:
            self.session.interrupted = self.run.running
            self.run.close()


def take_over(session: Session, run: Run, settings: Mapping[str, Any]) -> None:
    """Make this the session's run."""
    hold("run", _Closing(session, run))
    run.set_speed(session.chosen["speed"])
    vocabulary = run.corpus.vocabulary
    followed = vocabulary.own(session.chosen.get("follow") or "")
    session.chosen["follow"] = followed or source().follow or vocabulary.words[0]
    session.run, session.run_settings, session.run_number = run, dict(settings), next(_numbers)
    session.players["run"], session.problem = run, None
    # Pages that looked at the old run go over to this one now, not when they are next opened: meanwhile its vectors,
    # its text and its timeline would stay in memory, up to some hundred MB.
    for look in list(session.onlookers.values()):
        look()
