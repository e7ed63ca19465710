"""The only owner of the session's state: the chosen settings and the run that was made from them.

Settings live under language-free keys that the widgets share; the run remembers what it was made from, so the
page can tell which settings would need a new one. Nothing here draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import streamlit as st

from w2v_core import Corpus, Problem, TrainingConfig

from .live import LiveTraining
from .samples import Sample, samples
from .text import LANGUAGES, Text, language_of

DEFAULT_CORPUS = {"en": "world_facts_en", "zh": "royal_court_zh"}
# Settings with a widget of their own. Choosing a sample corpus brings its values for those of SUITED, and for
# whatever else it or the one before recommends.
DEFAULTS: dict[str, Any] = {
    "objective": "negative_sampling",
    "dim": 50,
    "window": 5,
    "negatives": 5,
    "batch_tokens": 256,
    "learning_rate": 0.05,
    "subsample": 1e-3,
    "epochs": 20,
    "seed": 1,
    "bounded": True,
}
SUITED = ("window", "batch_tokens", "learning_rate", "subsample", "epochs")
LIMITS = {  # of what can be typed: beyond them a run would be senseless or take for ever
    "dim": (2, 300),
    "window": (1, 20),
    "negatives": (1, 50),
    "epochs": (1, 10_000),
    "seed": (0, 2**31 - 1),
}
STEP_BOUND = 0.5  # max_row_update where "bounded" is on

_numbers = itertools.count(1)


@st.cache_resource(show_spinner=False)
def load_corpus(sample_id: str) -> Corpus:
    """Read a sample corpus, once for all sessions."""
    return Corpus.from_file(samples()[sample_id].path, min_count=1)


@st.cache_resource(scope="session", on_release=lambda live: live.close(), show_spinner=False)
def _close_with_session(_live: LiveTraining, number: int) -> LiveTraining:
    """Hold the run in a cache whose release, when the browser tab is gone, stops its thread."""
    return _live


def prepare() -> None:
    """Give every setting a value and the session a run, on its first page."""
    state = st.session_state
    state.setdefault("language", language_of(st.context.locale))
    state.setdefault("speed", "full")
    if "corpus" not in state:
        state["corpus"] = DEFAULT_CORPUS[state["language"]]
        state.update(recommended(sample()))
    state.setdefault("problem", (None, None))
    state.setdefault("live", None)
    refresh()


def text() -> Text:
    """Return the visible strings in the session's language."""
    return LANGUAGES[language()]


def language() -> str:
    """Return the id of the session's language."""
    return st.session_state["language"]


def sample() -> Sample:
    """Return the sample corpus that is chosen."""
    return samples()[st.session_state["corpus"]]


def choose(name: str, widget: str) -> None:
    """Take over a choice from a widget whose labels depend on the language."""
    state = st.session_state
    if state[name] == state[widget]:
        return
    before = sample()
    state[name] = state[widget]
    if name == "corpus":
        values = recommended(sample())
        suited = {*SUITED, *before.settings, *sample().settings}
        state.update({setting: values[setting] for setting in suited})
        st.toast(text().suited, icon=":material/tune:")
    if name == "speed" and (run := live()):
        run.set_speed(state[name])


def recommended(sample: Sample) -> dict[str, Any]:
    """Return the settings that suit a sample corpus: its own, and the app's where it names none."""
    return DEFAULTS | sample.settings


def configured(values: Mapping[str, Any]) -> TrainingConfig:
    """Return the run that some values of all settings make; raise `Problem` where they cannot work."""
    bound = STEP_BOUND if values["bounded"] else None
    return TrainingConfig(
        max_row_update=bound, **{name: values[name] for name in values if name != "bounded"}
    )


def wanted() -> TrainingConfig:
    """Return the settings as chosen now; raise `Problem` where they cannot work."""
    for name, (low, high) in LIMITS.items():
        value = st.session_state[name]
        if value is None or not low <= value <= high:
            raise Problem(
                "out_of_range",
                f"{name} must be between {low} and {high}.",
                name=name,
                low=low,
                high=high,
            )
    return configured({name: st.session_state[name] for name in DEFAULTS})


def _chosen() -> dict[str, Any]:
    """Return all settings as chosen now, the corpus included."""
    return {name: st.session_state[name] for name in ("corpus", *DEFAULTS)}


def live() -> LiveTraining | None:
    """Return the session's run, if its settings ever made one."""
    return st.session_state["live"]


def run_number() -> int:
    """Return a number that changes with every new run."""
    return st.session_state["run_number"]


def run_sample() -> Sample:
    """Return the sample corpus of the present run (the chosen one may differ)."""
    return samples()[st.session_state["run_settings"]["corpus"]]


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


def refresh() -> None:
    """Bring the run up to the chosen settings where that loses nothing."""
    run = live()
    try:
        wanted()
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


def set_learning_rate() -> None:
    """Pass the chosen rate to the run, which takes it over at once."""
    if run := live():
        run.set_learning_rate(st.session_state["learning_rate"])


def reset() -> None:
    """Start over with the chosen settings. If they cannot work, the old run stays and `problem` says why."""
    state = st.session_state
    try:
        categories = [category.words for category in sample().categories]
        run = LiveTraining(load_corpus(state["corpus"]), wanted(), categories)
    except Problem as problem:
        state["problem"] = _chosen(), problem
        return
    if old := live():
        old.close()
        _close_with_session.clear()
    run.set_speed(state["speed"])
    if state.get("follow") not in run.corpus.vocabulary:
        state["follow"] = sample().follow or run.corpus.vocabulary.words[0]
    state.update(live=run, run_settings=_chosen(), run_number=next(_numbers))
    _close_with_session(run, state["run_number"])
