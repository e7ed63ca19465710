"""What the Side by side page compares: the chosen preset or setting, and the runs made from it.

The settings that all runs share are the session's. Nothing here draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from w2v_core import Problem

from ...background.comparison import Comparison
from ...background.seeds import compare
from ...own_text import Source
from ...samples import samples
from ...session import choices, session
from ...session.catching_up import Played
from ...session.cleanup import hold
from ...session.presets import FEWEST, FIRST, OWN, PRESETS
from ...session.record import current
from ...settings import DEFAULT_CORPUS, RUNS, VIEWS, configured, defaults, recommended
from .view import View

_numbers = itertools.count(1)


@dataclass(eq=False)
class Compared:
    """What the session remembers of the page.

    Attributes
    ----------
    preset : str
        The chosen preset's id, or `OWN`.
    text : str or None
        The sample that the preset brings; None for the session's corpus: of a comparison of one's own, and where
        a link names it.
    setting : str
        The one that differs between the runs.
    count : int
        How many runs there are to be.
    seeds : int
        How many seeds each run is to be the mean of.
    values : dict
        Of every setting that may differ, its value in each run.
    view : View
        How the runs are looked at.
    runs : Comparison or None
        The present ones; `made_from` is what they were made from, `source` their corpus, `number` changes with them.
    follow : str
        The word whose neighbors are shown.
    problem : (dict, Problem) or None
        What was to make runs and could not, and why.
    """

    preset: str = OWN
    text: str | None = None
    setting: str = "objective"
    count: int = FEWEST
    seeds: int = RUNS["seeds"].default
    values: dict[str, list[Any]] = field(
        default_factory=lambda: {name: [*four] for name, four in FIRST.items()}
    )
    view: View = field(default_factory=View)
    runs: Comparison | None = None
    made_from: dict[str, Any] = field(default_factory=dict)
    source: Source | None = None
    number: int = 0
    follow: str = ""
    problem: tuple[dict[str, Any], Problem] | None = None

    def __post_init__(self) -> None:
        linked = current().linked
        self.seeds = linked.pop("seeds", self.seeds)
        self.view = View(**{name: linked.pop(name) for name in VIEWS if name in linked})
        if runs := linked.pop("runs", None):
            self.differ(OWN, *runs)
        else:
            self.take(linked.pop("preset", next(iter(PRESETS))))
        if linked.pop("corpus", None):
            self.text = None

    def take(self, preset_id: str) -> None:
        """Choose a preset, with all it sets."""
        if preset := PRESETS.get(preset_id):
            self.differ(preset_id, preset.setting, preset.values)
            self.text = DEFAULT_CORPUS[session.language()]
        else:
            self.preset, self.text = preset_id, None

    def differ(self, preset_id: str, setting: str, values: Sequence[Any]) -> None:
        """Let the runs differ in a setting, by these values."""
        self.preset, self.setting, self.count = preset_id, setting, len(values)
        self.values[setting][: len(values)] = values

    @property
    def differing(self) -> tuple[Any, ...]:
        """The chosen value of each run."""
        return tuple(self.values[self.setting][: max(FEWEST, self.count)])

    @property
    def fixed(self) -> dict[str, Any]:
        """The settings that the chosen preset decides for all runs."""
        preset = PRESETS.get(self.preset)
        if preset is None:
            return {}
        if self.text is None:
            return dict(preset.fixed)
        return {"corpus": self.text, **preset.settings(samples()[self.text])}

    @property
    def shared(self) -> dict[str, Any]:
        """All that decides the runs, the corpus included, but for what differs between them."""
        return session.training_settings() | self.fixed

    @property
    def chosen_source(self) -> Source:
        """The corpus to compare on: the preset's, or the session's."""
        return samples()[self.text] if self.text else session.source()


def compared() -> Compared:
    """Return what the session remembers of the page."""
    return current().part(Compared)


def link() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a link to the page says, and what it need not say: what is compared, and how it is looked at."""
    mine = compared()
    values: dict[str, Any] = {name: getattr(mine.view, name) for name in VIEWS}
    values["seeds"] = mine.seeds
    if mine.preset == OWN:
        values["runs"] = mine.setting, mine.differing
    else:
        values["preset"] = mine.preset
    usual = defaults(VIEWS | RUNS) | {"preset": next(iter(PRESETS))}
    if mine.text:  # named, so that the link opens these runs
        source = mine.chosen_source
        values |= mine.fixed | {"follow": None}
        usual |= recommended(source)
    return values, usual


def show(values: Mapping[str, Any]) -> None:
    """Show runs as a link says them: those that are there if they are the same, or else new ones."""
    mine = compared()
    mine.view = replace(mine.view, **{name: values[name] for name in VIEWS if name in values})
    if "runs" in values:
        mine.differ(OWN, *values["runs"])
    elif "preset" in values:
        mine.take(values["preset"])
    if "corpus" in values:
        mine.text = None
    if values.keys() & {"runs", "preset", "seeds"}:
        mine.seeds = values.get("seeds", RUNS["seeds"].default)
    if mine.runs is None or changes():
        _reset()
    if "follow" in values:
        follow(values["follow"])


def choose(name: str, value: Any) -> None:
    """Take over a choice. A preset starts at once; whatever else is chosen makes it one's own."""
    mine = compared()
    if name == "compare_speed":
        current().chosen[name] = value
        return
    if name == "compare_preset":
        mine.take(value)
        if value != OWN:
            _reset()
        return
    if name == "compare_seeds":
        mine.seeds = value
        return
    if name == "compare_setting":
        mine.setting = value
    elif name == "compare_count":
        mine.count = value
    else:
        setting, _, place = name.removeprefix("compare_").rpartition("_")
        mine.values[setting][int(place)] = value
    mine.preset, mine.text = OWN, None


def look(name: str, value: Any) -> None:
    """Take over how the runs are looked at."""
    mine = compared()
    mine.view = replace(mine.view, **{name.removeprefix("compare_"): value})


def follow(word: str) -> None:
    """Follow another word, if it is one of the runs'; it may have stood in a list or map that is gone."""
    mine = compared()
    if mine.runs and word in mine.runs.corpus.vocabulary:
        mine.follow = word


def _chosen() -> dict[str, Any]:
    """Return all that decides the runs."""
    mine = compared()
    return {name: value for name, value in mine.shared.items() if name != mine.setting} | {
        "runs": (mine.setting, mine.differing),
        "seeds": mine.seeds,
    }


def problem() -> Problem | None:
    """Return why the chosen settings cannot make runs, if that was tried, or what ended the thread."""
    mine = compared()
    if mine.problem and mine.problem[0] == _chosen():
        return mine.problem[1]
    return mine.runs.progress.problem if mine.runs else None


def changes() -> list[str]:
    """Return the settings that the present runs were not made from; "runs" is what differs between them."""
    mine = compared()
    if mine.runs is None:
        return []
    before, now = mine.made_from, _chosen()
    return [name for name in now if name in before and before[name] != now[name]]


def refresh() -> None:
    """Bring the runs up to the chosen settings where that loses nothing."""
    choices.take()
    runs = compared().runs
    if runs is None or (changes() and not runs.running and runs.progress.pairs == 0):
        _reset()


# The verbs ask for the runs when they are called: a setting may have changed since the button was drawn.


def play() -> None:
    """Start the runs, or go on with them."""
    refresh()
    if runs := compared().runs:
        hold("comparison", runs.close)
        runs.start()


def pause() -> None:
    """Pause the runs."""
    if runs := compared().runs:
        runs.pause()


def step() -> None:
    """Train each run on one batch."""
    refresh()
    if runs := compared().runs:
        runs.step()


def reset() -> None:
    """Start over with the chosen settings. If they cannot work, the old runs stay and `problem` says why."""
    choices.take()
    _reset()


def _reset() -> None:
    mine = compared()
    source = mine.chosen_source
    corpus = session.corpus_of(source)
    try:
        shared = {name: value for name, value in mine.shared.items() if name != "corpus"}
        configs = [configured(shared | {mine.setting: value}) for value in mine.differing]
        categories = [category.words for category in source.categories]
        runs = compare(corpus, configs, categories, mine.seeds)
    except Problem as problem:
        mine.problem = _chosen(), problem
        return
    hold("comparison", runs.close)
    current().players["comparison"] = runs
    if mine.follow not in corpus.vocabulary:
        mine.follow = source.follow or corpus.vocabulary.words[0]
    mine.runs, mine.made_from, mine.number, mine.problem = runs, _chosen(), next(_numbers), None
    mine.source = source  # a text of one's own may be given up in favor of another


def _share() -> float:
    runs = compared().runs
    last = runs.progress.foremost.last if runs else None
    if runs is None or last is None:
        return 0.0
    return 1.0 if runs.progress.finished else last.epoch / (runs.members[0].config.epochs + 1)


def _running() -> bool:
    runs = compared().runs
    return runs is not None and runs.running


PLAYED = Played(play, step, _share, _running, reset)
