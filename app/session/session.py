"""The session's state: the chosen settings, and the run that was made from them.

The widgets show what is chosen here (see `choices`); the run remembers what it was made from, so the page
can tell which settings would need a new one. `texts`, `comparison`, `costs` and `models` own the rest of the
session, each under keys of its own. Nothing here draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import streamlit as st

from w2v_core import Corpus, Problem, TrainingConfig

from ..background.live import LiveTraining
from ..live_figure import Style
from ..own_text import OwnText, Source
from ..samples import samples
from ..settings import DEFAULT_CORPUS, DEFAULTS, SUITED, configured, recommended
from ..text import LANGUAGES, Text, language_of
from ..text.literal import escaped
from . import choices
from .ending import hold
from .exploring import Explorer
from .map_options import MAP

START = {
    "speed": "full",
    "view": "look",
    "runs_opened": 0,
    "opening_problem": None,
}
BRING = "bring"  # in the list of corpora: not a corpus, but the way to one's own

_numbers = itertools.count(1)


@st.cache_resource(show_spinner=False)
def load_corpus(sample_id: str) -> Corpus:
    """Read a sample corpus, once for all sessions."""
    return Corpus.from_file(samples()[sample_id].path, min_count=1)


def prepare(given: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Give every setting a value and the session a run, on its first page.

    `given` are values that a link wants to begin with: of the language, the corpus, its settings, the word to follow.
    """
    state = st.session_state
    state.setdefault("language", given.get("language") or language_of(st.context.locale))
    for name, value in {**START, **MAP}.items():
        state.setdefault(name, value)
    state.setdefault("own_texts", {})
    if "corpus" not in state:
        state["corpus"] = given.get("corpus", DEFAULT_CORPUS[state["language"]])
        state.update({**recommended(source()), **given})
    state.setdefault("problem", (None, None))
    state.setdefault("live", None)
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
    return {**samples(), **st.session_state["own_texts"]}


def source() -> Source:
    """Return the chosen corpus with its title, categories and settings."""
    return sources()[st.session_state["corpus"]]


def corpus_of(source: Source) -> Corpus:
    """Return the words of a source."""
    return source.corpus if isinstance(source, OwnText) else load_corpus(source.id)


def choose(name: str, value: Any) -> None:
    """Take over a choice."""
    state, run = st.session_state, live()
    if name == "corpus" and value == BRING:
        state.update(view="own", go="corpus")
    elif name == "corpus":
        if value in sources():  # a text of one's own may have had to go
            choose_corpus(value)
    elif name != "follow" or knows(run, value):
        state[name] = value
    if name == "speed" and run:
        run.set_speed(value)
    if name == "learning_rate" and run:
        run.set_learning_rate(value)


def knows(run: LiveTraining | None, word: str) -> bool:
    """Tell whether a word is one of a run's: what was clicked may have stood in a list or map that is gone."""
    return run is not None and word in run.corpus.vocabulary


def choose_corpus(id: str) -> None:
    """Choose a corpus, and the settings that suit it."""
    before, chosen = source(), sources()[id]
    values = recommended(chosen)
    suited = {*SUITED, *before.settings, *chosen.settings}
    # The corpus last: a run that is stopped in between does all of it again.
    st.session_state.update({setting: values[setting] for setting in suited} | {"corpus": id})
    st.toast(text().suited.format(title=escaped(chosen.title[language()])), icon=":material/tune:")


def destination() -> str | None:
    """Return, once, the page that somebody asked for from another one."""
    return st.session_state.pop("go", None)


def use_recommended() -> None:
    """Choose the settings that suit the corpus."""
    st.session_state.update(recommended(source()))
    refresh()


def wanted() -> TrainingConfig:
    """Return the settings as chosen now; raise `Problem` where they cannot work."""
    return configured({name: st.session_state[name] for name in DEFAULTS})


def last_valid() -> TrainingConfig:
    """Return the settings as chosen when they last could work."""
    return st.session_state["last_valid"]


def _chosen() -> dict[str, Any]:
    """Return all settings as chosen now, the corpus included."""
    return {name: st.session_state[name] for name in ("corpus", *DEFAULTS)}


def live() -> LiveTraining | None:
    """Return the session's run, if its settings ever made one."""
    return st.session_state["live"]


def explorer() -> Explorer | None:
    """Return what the Explore page looks at in the present run."""
    state, run = st.session_state, live()
    present: Explorer | None = state.get("explorer")
    if run is None:
        return None
    if present is None or present.run is not run:
        before = present
        present = state["explorer"] = Explorer.of(run, run_source(), state["follow"], before)
        if before is None or before.run.corpus is not run.corpus:
            for name, pairs in zip(("x_pairs", "y_pairs"), present.suggested_pairs, strict=True):
                state[name] = pairs if before else state[name] or pairs  # at first, those that a link brought
    elif present.look.word is not None:
        present.choose(state["follow"])
    hold("explorer", present.close)
    return present


def explore(verb: str, value: Any) -> None:
    """Do what was asked for on the Explore page; its word is also the one that the Train page follows."""
    if present := explorer():
        present.ask(verb, value)
        if present.look.word:
            st.session_state["follow"] = present.look.word


def run_number() -> int:
    """Return a number that changes with every new run."""
    return st.session_state["run_number"]


def run_source() -> Source:
    """Return the corpus of the present run (the chosen one may differ)."""
    return sources()[st.session_state["run_settings"]["corpus"]]


def problem() -> Problem | None:
    """Return why the chosen settings cannot make a run, if that was tried."""
    settings, problem = st.session_state["problem"]
    return problem if settings == _chosen() else None


def changes() -> list[tuple[str, Any, Any]]:
    """Return (setting, value in the run, chosen value) for all that the run cannot take over."""
    run = live()
    if run is None:
        return []
    made_from = st.session_state["run_settings"]
    chosen = _chosen()
    return [
        (name, made_from[name], chosen[name])
        for name in chosen
        if made_from[name] != chosen[name] and name != "learning_rate"
    ]


def corpus() -> Corpus:
    """Return the words of the chosen corpus."""
    return corpus_of(source())


def refresh() -> None:
    """Bring the run up to the chosen settings where that loses nothing."""
    choices.take()
    run = live()
    try:
        st.session_state["last_valid"] = wanted()
    except Problem as problem:
        st.session_state["problem"] = _chosen(), problem
        return
    if run is None or (changes() and not run.running and run.progress.step == 0):
        reset()


# The verbs below ask for the run when they are called: between drawing a button and pressing it, a setting may
# have changed.


def play() -> None:
    """Start the session's run, or go on with it."""
    refresh()
    if run := live():
        hold("run", run.close)
        run.start()


def pause() -> None:
    """Pause the session's run."""
    if run := live():
        run.pause()


def step() -> None:
    """Train the session's run on one batch."""
    refresh()
    if run := live():
        run.step()


def reset() -> None:
    """Start over with the chosen settings. If they cannot work, the old run stays and `problem` says why."""
    choices.take()
    state = st.session_state
    try:
        categories = [category.words for category in source().categories]
        run = LiveTraining(corpus(), wanted(), categories)
    except Problem as problem:
        state["problem"] = _chosen(), problem
        return
    _take_over(run, _chosen())


def run_settings() -> dict[str, Any]:
    """Return what the present run was made from, the corpus included."""
    return st.session_state["run_settings"]


def open_run(run: LiveTraining, settings: Mapping[str, Any]) -> None:
    """Go on with a run that was saved, in place of the present one; the settings become its own."""
    choices.take()
    state = st.session_state
    state.update(settings, learning_rate=run.learning_rate, view="look", runs_opened=state["runs_opened"] + 1)
    _take_over(run, settings)


def runs_opened() -> int:
    """Return how many saved runs have been opened."""
    return st.session_state["runs_opened"]


def opening_problem() -> Problem | None:
    """Return why the run that was to be opened last could not be."""
    return st.session_state["opening_problem"]


def set_opening_problem(problem: Problem | None) -> None:
    """Remember why a run could not be opened, or that there is nothing to say."""
    st.session_state["opening_problem"] = problem


def _take_over(run: LiveTraining, settings: Mapping[str, Any]) -> None:
    """Make this the session's run."""
    state = st.session_state
    hold("run", run.close)
    run.set_speed(state["speed"])
    if state.get("follow") not in run.corpus.vocabulary:
        state["follow"] = source().follow or run.corpus.vocabulary.words[0]
    state.update(live=run, run_settings=dict(settings), run_number=next(_numbers))
    # Pages that looked at the old run go over to this one now, not when they are next opened: meanwhile its vectors,
    # its text and its timeline would stay in memory, up to some hundred MB.
    for look in state.get("onlookers", {}).values():
        look()
    if state.get("explorer"):
        explorer()


def look_on(name: str, look: Callable[[], object]) -> None:
    """Have something called whenever the session takes over another run: it looks at the present one."""
    st.session_state.setdefault("onlookers", {})[name] = look


def train_with(objective: str) -> None:
    """Start a new run with another loss."""
    choices.take()
    st.session_state["objective"] = objective
    reset()
