"""The only owner of the session's state: the chosen settings and the run that was made from them.

Settings live under language-free keys that the widgets share; the run remembers what it was made from, so the
page can tell which settings would need a new one. Nothing here draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import streamlit as st

from w2v_core import Corpus, Problem, TrainingConfig
from w2v_core.sources import TextOptions

from .bench import PairBench
from .corpus_view import Look, first_look
from .exploring import Explorer
from .live import LiveTraining
from .numbers import file_size
from .own_text import OwnText
from .playing import LEASE_SECONDS, Player
from .reading import Reading, Work
from .samples import Sample, samples
from .text import LANGUAGES, Text, language_of
from .text.literal import visible

Source = Sample | OwnText

DEFAULT_CORPUS = {"en": "world_facts_en", "zh": "world_facts_zh"}
AUTO = 0  # batch size: as many centers as suit the text
# Settings with a widget of their own. Choosing a sample corpus brings its values for those of SUITED, and for
# whatever else it or the one before recommends.
DEFAULTS: dict[str, Any] = {
    "objective": "negative_sampling",
    "dim": 50,
    "window": 5,
    "negatives": 5,
    "batch_tokens": AUTO,
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
READING = {  # how a text is read, if nobody says otherwise
    "read_min_count": 1,
    "read_punctuation": "drop",
    "read_numbers": "keep",
    "read_segmentation": "auto",
    "read_encoding": "auto",
    "read_header": "auto",
    "read_lower_case": True,
    "read_drop_stop_words": False,
}
MAP: dict[str, Any] = {  # the Explore page's map, if nobody says otherwise
    "map": "pca",
    "map_dimensions": 2,
    "map_which": "input",
    "map_words": 2000,
    "map_colour": "category",
    "groups": 10,
    "pc_x": 1,
    "pc_y": 2,
    "pc_z": 3,
    "perplexity": 30,
    "tsne_rate": AUTO,
    "tsne_seed": 1,
    "x_pairs": "",
    "y_pairs": "",
}
START = {
    "speed": "full",
    "view": "look",
    "reading": None,
    "texts_read": 0,
    "runs_opened": 0,
    "opening_problem": None,
}
MIN_COUNTS = {1: 200_000, 2: 2_000_000, 5: 20_000_000}  # minimum count -> for texts below so many bytes
BRING = "bring"  # in the list of corpora: not a corpus, but the way to one's own
MOST_OWN_TEXTS = 2  # kept a session, besides those in use: a text of 50 MB is 40 MB of ids
STEP_BOUND = 0.5  # max_row_update where "bounded" is on

_numbers = itertools.count(1)


@st.cache_resource(show_spinner=False)
def load_corpus(sample_id: str) -> Corpus:
    """Read a sample corpus, once for all sessions."""
    return Corpus.from_file(samples()[sample_id].path, min_count=1)


@st.cache_resource(scope="session", on_release=lambda reading: reading.cancel(), show_spinner=False)
def _cancel_with_session(_reading: Reading, number: int) -> Reading:
    """Hold a reading in a cache whose release, when the browser tab is gone, stops it."""
    return _reading


@st.cache_resource(scope="session", on_release=lambda live: live.close(), show_spinner=False)
def _close_with_session(_live: LiveTraining, number: int) -> LiveTraining:
    """Hold the run in a cache whose release, when the browser tab is gone, stops its thread."""
    return _live


def prepare(given: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Give every setting a value and the session a run, on its first page.

    `given` are values that a link wants to begin with: of the language, the corpus, its settings, the word to follow.
    """
    state = st.session_state
    # A widget with the same key on another page is another widget to Streamlit, and begins with a value of its own;
    # the old one may be gone even before this line. So the settings have a place of their own, and are set anew.
    kept = state.setdefault("kept", {})
    kept.update(
        {
            name: state[name]
            for name in ("language", "large", "corpus", "speed", "follow", *MAP, *DEFAULTS)
            if name in state
        }
    )
    state.update(kept)
    state.setdefault("language", given.get("language") or language_of(st.context.locale))
    for name, value in (START | READING | MAP).items():
        state.setdefault(name, value)
    state.setdefault("own_texts", {})
    if "corpus" not in state:
        state["corpus"] = given.get("corpus", DEFAULT_CORPUS[state["language"]])
        state.update(recommended(source()) | given)
    state.setdefault("problem", (None, None))
    state.setdefault("live", None)
    _adopt()
    refresh()


def text() -> Text:
    """Return the visible strings in the session's language."""
    return LANGUAGES[language()]


def language() -> str:
    """Return the id of the session's language."""
    return st.session_state["language"]


def sources() -> dict[str, Source]:
    """Return all corpora that can be chosen, by id: the samples, then the texts that the user brought."""
    return {**samples(), **st.session_state["own_texts"]}


def source() -> Source:
    """Return the chosen corpus with its title, categories and settings."""
    return sources()[st.session_state["corpus"]]


def corpus_of(source: Source) -> Corpus:
    """Return the words of a source."""
    return source.corpus if isinstance(source, OwnText) else load_corpus(source.id)


def choose(name: str, widget: str) -> None:
    """Take over a choice from a widget whose labels depend on the language."""
    state = st.session_state
    if state[name] == state[widget]:
        return
    if name == "corpus" and state[widget] == BRING:
        state.update(view="own", go="corpus")
    elif name == "corpus":
        _choose_corpus(state[widget])
    else:
        state[name] = state[widget]
    if name == "speed" and (run := live()):
        run.set_speed(state[name])


def _choose_corpus(id: str) -> None:
    """Choose a corpus, and the settings that suit it."""
    before = source()
    st.session_state["corpus"] = id
    values = recommended(source())
    suited = {*SUITED, *before.settings, *source().settings}
    st.session_state.update({setting: values[setting] for setting in suited})
    st.toast(text().suited, icon=":material/tune:")


def destination() -> str | None:
    """Return, once, the page that somebody asked for from another one."""
    return st.session_state.pop("go", None)


def recommended(source: Source) -> dict[str, Any]:
    """Return the settings that suit a corpus: its own, and the app's where it names none."""
    return DEFAULTS | source.settings


def configured(values: Mapping[str, Any]) -> TrainingConfig:
    """Return the run that some values of all settings make; raise `Problem` where they cannot work."""
    config = dict(values)
    config["max_row_update"] = STEP_BOUND if config.pop("bounded") else None
    config["batch_tokens"] = None if values["batch_tokens"] == AUTO else values["batch_tokens"]
    return TrainingConfig(**config)


def use_recommended() -> None:
    """Choose the settings that suit the corpus."""
    st.session_state.update(recommended(source()))
    refresh()


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


def last_valid() -> TrainingConfig:
    """Return the settings as chosen when they last could work."""
    return st.session_state["last_valid"]


def _chosen() -> dict[str, Any]:
    """Return all settings as chosen now, the corpus included."""
    return {name: st.session_state[name] for name in ("corpus", *DEFAULTS)}


def live() -> LiveTraining | None:
    """Return the session's run, if its settings ever made one."""
    return st.session_state["live"]


def bench() -> PairBench | None:
    """Return the pair under examination in the present run."""
    run, present = live(), st.session_state.get("bench")
    if run and (present is None or present.run is not run):
        present = st.session_state["bench"] = PairBench(run, st.session_state["follow"], present)
    return present if run else None


def explorer() -> Explorer | None:
    """Return what the Explore page looks at in the present run."""
    state, run, present = st.session_state, live(), st.session_state.get("explorer")
    if run and (present is None or present.run is not run):
        before = present
        present = state["explorer"] = Explorer.of(run, run_source(), state["follow"], before)
        if before is None or before.run.corpus is not run.corpus:
            for name, pairs in zip(("x_pairs", "y_pairs"), present.suggested_pairs, strict=True):
                state[name] = pairs if before else state[name] or pairs  # at first, those that a link brought
        if before:
            before.close()
    elif run and present.look.word is not None:
        present.choose(state["follow"])
    return present if run else None


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


def look() -> Look:
    """Return where in the chosen corpus somebody is looking."""
    chosen, look = st.session_state.get("look", (None, None))
    return look if look and chosen == st.session_state["corpus"] else first_look(corpus())


def set_look(look: Look) -> None:
    """Look somewhere else in the chosen corpus."""
    st.session_state["look"] = st.session_state["corpus"], look


def watch_seconds() -> float | None:
    """Return how often `watch` must be called, whatever page is open."""
    if reading_under_way():
        return 1.0
    return LEASE_SECONDS / 3 if _playing() else None


def watch() -> None:
    """Say that the user is there: a run that nobody watches stops. And take a text that has been read."""
    for player in _playing():
        player.touch()
    if (text := reading()) and text.result:
        st.rerun()


def _playing() -> list[Player]:
    """Return what plays: the run, and the runs side by side, which `comparison` owns."""
    players = live(), st.session_state.get("compare_runs")
    return [player for player in players if player and player.running]


def reading() -> Reading | None:
    """Return the text that is being read, or whose reading failed."""
    return st.session_state["reading"]


def reading_under_way() -> bool:
    """Tell whether a text is being read, or has been since the page began to be drawn."""
    text = reading()
    return text is not None and (text.running or text.result is not None)


def texts_read() -> int:
    """Return how many texts of their own the user has brought."""
    return st.session_state["texts_read"]


def options(column: int | None = None) -> TextOptions:
    """Return how a text is to be read; raise `Problem` where that cannot work."""
    chosen = {name.removeprefix("read_"): st.session_state[name] for name in READING}
    if chosen["min_count"] is None:
        raise Problem("bad_setting", "min_count is missing.", name="min_count", value="")
    return TextOptions(column=column, **chosen)


def table_options() -> TextOptions:
    """Return how to look for a table's columns, whatever else is chosen."""
    return TextOptions(encoding=st.session_state["read_encoding"], header=st.session_state["read_header"])


def suited_min_count(size: int) -> int:
    """Return a minimum count for a text of so many bytes: a small one needs every word that it has."""
    return next((count for count, below in MIN_COUNTS.items() if size < below), 10)


def suit_options(size: int) -> None:
    """Suggest how to read a new text of so many bytes."""
    st.session_state["read_min_count"] = suited_min_count(size)


def read(title: Mapping[str, str], work: Work) -> None:
    """Begin to read a text in the background; one that is under way is given up."""
    state = st.session_state
    if old := reading():
        old.cancel()
        _cancel_with_session.clear()
    state["reading"] = Reading(title, work)
    _cancel_with_session(state["reading"], next(_numbers))


def forget_reading() -> None:
    """Forget a reading that failed, and what it said."""
    if (reading := st.session_state["reading"]) and not reading.running:
        st.session_state["reading"] = None


def new_title(title: str, language: str) -> str:
    """Return a title that no corpus has yet: a list tells its options apart by their labels."""
    title = visible(title)[:60].strip() or "?"
    taken = {source.title[language] for source in sources().values()}
    names = itertools.chain([title], (f"{title} ({number})" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


def _adopt() -> None:
    """Choose a text that has just been read."""
    state = st.session_state
    reading = state["reading"]
    if reading is None or reading.running or reading.result is None:
        return
    facts = reading.result.facts
    encodings = ", ".join(facts.encodings).upper()
    strings = {id: text.bring_page for id, text in LANGUAGES.items()}
    own = OwnText.of(
        new_text_id(),
        reading.result,
        {id: new_title(title, id) for id, title in reading.title.items()},
        {
            id: text.about.format(size=file_size(facts.bytes), encoding=encodings)
            for id, text in strings.items()
        },
        {id: text.look_for for id, text in strings.items()},
    )
    state.update(reading=None, view="look", texts_read=state["texts_read"] + 1)
    _add(own)
    _choose_corpus(own.id)


def _add(own: OwnText) -> None:
    """Put a text of the user's beside the sample corpora; the oldest that nothing needs may have to go."""
    state = st.session_state
    in_use = {state["corpus"], (state.get("run_settings") or {}).get("corpus")}
    spare = [id for id in state["own_texts"] if id not in in_use]
    for id in spare[: max(0, len(spare) + 1 - MOST_OWN_TEXTS)]:
        del state["own_texts"][id]
    state["own_texts"][own.id] = own


def refresh() -> None:
    """Bring the run up to the chosen settings where that loses nothing."""
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
        categories = [category.words for category in source().categories]
        run = LiveTraining(corpus(), wanted(), categories)
    except Problem as problem:
        state["problem"] = _chosen(), problem
        return
    _take_over(run, _chosen())


def run_settings() -> dict[str, Any]:
    """Return what the present run was made from, the corpus included."""
    return st.session_state["run_settings"]


def open_run(run: LiveTraining, settings: Mapping[str, Any], own: OwnText | None) -> None:
    """Go on with a run that was saved, in place of the present one; the settings become its own."""
    if own:
        _add(own)
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
    if old := live():
        old.close()
        _close_with_session.clear()
    run.set_speed(state["speed"])
    if state.get("follow") not in run.corpus.vocabulary:
        state["follow"] = source().follow or run.corpus.vocabulary.words[0]
    state.update(live=run, run_settings=dict(settings), run_number=next(_numbers))
    _close_with_session(run, state["run_number"])


def new_text_id() -> str:
    """Return an id for a text of the user's that no other has."""
    return f"own-{next(_numbers)}"


def train_with(objective: str) -> None:
    """Start a new run with another loss."""
    st.session_state["objective"] = objective
    reset()
