"""What the Side by side page compares: the chosen preset or setting, and the runs made from it.

Keeps its share of the session's state, under keys that begin with "compare_"; the shared settings stay
`session`'s. Nothing here draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import streamlit as st

from w2v_core import Problem

from ..background.kept import KeptWithCorpus
from ..background.lane import Probes
from ..background.live_comparison import LiveComparison, make_probes
from ..own_text import Source
from ..settings import DEFAULTS, configured
from . import choices, session
from .compare_view import VIEWS, View
from .ending import hold
from .presets import FEWEST, FIRST, OWN, PRESETS

_numbers = itertools.count(1)


_probes: KeptWithCorpus[Probes] = KeptWithCorpus(most=4)


def prepare() -> None:
    """Give every choice a value and the page its runs."""
    state = st.session_state
    for name, options in VIEWS.items():
        state.setdefault(f"compare_{name}", options[0])
    if "compare_preset" not in state:
        for setting, values in FIRST.items():
            state.update({f"compare_{setting}_{place}": value for place, value in enumerate(values)})
        state.update(compare_runs=None, compare_problem=(None, None), compare_speed="full")
        if linked := state.get("linked_runs"):
            _differ(OWN, *linked)
        else:
            _take(state.get("linked_preset") or next(iter(PRESETS)))
    _refresh()


def _take(preset_id: str) -> None:
    """Choose a preset, with all it sets."""
    if preset := PRESETS.get(preset_id):
        _differ(preset_id, preset.setting, preset.values)
    else:
        st.session_state["compare_preset"] = preset_id


def _differ(preset_id: str, setting: str, values: Sequence[Any]) -> None:
    """Let the runs differ in a setting, by these values."""
    state = st.session_state
    state.update(compare_preset=preset_id, compare_setting=setting, compare_count=len(values))
    for place, value in enumerate(values):
        state[f"compare_{setting}_{place}"] = value


def choose(name: str, value: Any) -> None:
    """Take over a choice. A preset starts at once; whatever else is chosen makes it one's own."""
    state = st.session_state
    state[name] = value
    if name == "compare_preset":
        _take(value)
        if value != OWN:
            _reset()
    elif name != "compare_speed":
        state["compare_preset"] = OWN


def look(name: str, value: Any) -> None:
    """Take over how the runs are looked at."""
    st.session_state[name] = value


def view() -> View:
    """Return how the runs are looked at."""
    return View(**{name: st.session_state[f"compare_{name}"] for name in VIEWS})


def preset_id() -> str:
    """Return the id of the chosen preset, or `OWN`."""
    return st.session_state["compare_preset"]


def setting() -> str:
    """Return the setting that differs."""
    return st.session_state["compare_setting"]


def values() -> tuple[Any, ...]:
    """Return the chosen value of each run."""
    state = st.session_state
    count = max(FEWEST, state["compare_count"])
    return tuple(state[f"compare_{setting()}_{place}"] for place in range(count))


def fixed() -> dict[str, Any]:
    """Return the settings that the chosen preset decides for all runs."""
    preset = PRESETS.get(preset_id())
    return dict(preset.fixed) if preset else {}


def _shared() -> dict[str, Any]:
    """Return the shared settings as chosen now, the corpus included."""
    return {name: st.session_state[name] for name in ("corpus", *DEFAULTS)}


def _chosen() -> dict[str, Any]:
    """Return all that decides the runs."""
    shared = _shared() | fixed()
    return {name: value for name, value in shared.items() if name != setting()} | {
        "runs": (setting(), values())
    }


def live() -> LiveComparison | None:
    """Return the runs, if the settings ever made some."""
    return st.session_state.get("compare_runs")


def run_number() -> int:
    """Return a number that changes with all new runs."""
    return st.session_state["compare_number"]


def made_from() -> dict[str, Any]:
    """Return what the present runs were made from: `corpus`, `runs` and the shared settings."""
    return st.session_state["compare_made_from"]


def run_source() -> Source:
    """Return the corpus of the present runs (the chosen one may differ)."""
    return st.session_state["compare_source"]


def follow() -> str:
    """Return the word whose neighbors are shown."""
    return st.session_state["compare_word"]


def set_follow(word: str) -> None:
    """Follow another word, if it is one of the runs'; it may have stood in a list or map that is gone."""
    runs = live()
    if runs and word in runs.corpus.vocabulary:
        st.session_state["compare_word"] = word


def problem() -> Problem | None:
    """Return why the chosen settings cannot make runs, if that was tried, or what ended the thread."""
    chosen, problem = st.session_state["compare_problem"]
    if chosen == _chosen():
        return problem
    runs = live()
    return runs.progress.problem if runs else None


def changes() -> list[str]:
    """Return the settings that the present runs were not made from; "runs" is what differs between them."""
    if live() is None:
        return []
    before, now = made_from(), _chosen()
    return [name for name in now if name in before and before[name] != now[name]]


def _refresh() -> None:
    """Bring the runs up to the chosen settings where that loses nothing."""
    choices.take()
    runs = live()
    if runs is None or (changes() and not runs.running and runs.progress.pairs == 0):
        _reset()


# The verbs ask for the runs when they are called: a setting may have changed since the button was drawn.


def play() -> None:
    """Start the runs, or go on with them."""
    _refresh()
    if runs := live():
        hold("comparison", runs.close)
        runs.start()


def pause() -> None:
    """Pause the runs."""
    if runs := live():
        runs.pause()


def step() -> None:
    """Train each run on one batch."""
    _refresh()
    if runs := live():
        runs.step()


def reset() -> None:
    """Start over with the chosen settings. If they cannot work, the old runs stay and `problem` says why."""
    choices.take()
    _reset()


def _reset() -> None:
    state, source, corpus = st.session_state, session.source(), session.corpus()
    try:
        base = session.wanted()
        shared = {name: state[name] for name in DEFAULTS} | fixed()
        configs = [configured(shared | {setting(): value}) for value in values()]
        categories = [category.words for category in source.categories]
        key = base.window, base.subsample  # of the settings only these matter
        probes = _probes(corpus, key, lambda: make_probes(corpus, base))
        runs = LiveComparison(corpus, configs, probes, categories)
    except Problem as problem:
        state["compare_problem"] = _chosen(), problem
        return
    hold("comparison", runs.close)
    if state.get("compare_word") not in corpus.vocabulary:
        state["compare_word"] = source.follow or corpus.vocabulary.words[0]
    state.update(
        compare_runs=runs,
        compare_made_from=_chosen(),
        compare_source=source,  # a text of one's own may be given up in favor of another
        compare_number=next(_numbers),
        compare_problem=(None, None),
    )
