"""Everything that a person or a link can choose, in one table: what it begins with, and what else it can be.

Widgets, validation, saved runs and links read it here; what a setting is called in which language stands in
``words.toml``, under the same ids. Draws nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from w2v_core import Problem, TrainingConfig, limits
from w2v_core.sources import CHOICES
from w2v_core.training.config import NOISES, OBJECTIVES
from w2v_core.vectors.embeddings import WHICH
from w2v_core.vectors.space import METRICS

from .background.layouts import KINDS
from .background.playing import SPEEDS
from .formatting import decimal
from .own_text import Source
from .samples import samples
from .text import LANGUAGES

ALL = 0  # of a file's words
AUTO = 0  # as many centers as suit the text; t-SNE's own rate
LONGEST_QUESTION = 300  # characters of words that are asked for
LONGEST_HIDE = 1000  # characters of the names of all that a link can hide
MOST_NEIGHBORS = 100
NUMBER = re.compile(r"[0-9.e+-]{1,24}")  # no nan, no thousands of digits, none of other scripts


@dataclass(frozen=True)
class Setting:
    """One thing to choose.

    Attributes
    ----------
    default : object
        What it is to begin with.
    options : sequence
        All that it can be: ids, numbers, or a switch's False and True.
    limits : (int, int), optional
        Of a whole number that can be typed.
    longest : int, optional
        Of a text that can be typed, in characters.
    auto : bool
        Whether `AUTO` is one of the options.
    """

    default: Any = None
    options: Sequence[Any] = ()
    limits: tuple[int, int] | None = None
    longest: int | None = None
    auto: bool = False

    def parse(self, text: str) -> Any:
        """Return what a link means by a text; raise `ValueError` where this setting cannot be that."""
        if self.longest is not None and len(text) <= self.longest:
            return text
        if self.limits is not None and re.fullmatch(r"-?[0-9]{1,18}", text):
            low, high = self.limits
            if low <= int(text) <= high:
                return int(text)
        for option in self.options:
            automatic = self.auto and option == AUTO
            if text == self.write(option) or (not automatic and _is_number(option) and _same(text, option)):
                return option
        raise ValueError(text)

    def possible(self) -> str:
        """Return what `parse` takes, as a list that no language changes; nothing where any text will do."""
        between = [] if self.limits is None else ["–".join(map(str, self.limits))]
        return ", ".join([*between, *map(self.write, self.options)])

    def write(self, value: Any) -> str:
        """Return how a link writes a value."""
        return "auto" if self.auto and value == AUTO else written(value)


def written(value: Any) -> str:
    """Return a value as text that no language changes."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return decimal(value) if isinstance(value, float) else str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _same(text: str, number: float) -> bool:
    try:
        return NUMBER.fullmatch(text) is not None and float(text) == number
    except ValueError:
        return False


def _switch(default: bool) -> Setting:
    return Setting(default, (False, True))


LEARNING_RATES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 100.0)
BATCH_SIZES = (AUTO, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)

# Of a run. What can be typed has limits, beyond which a run would be senseless or take for ever.
TRAINING: dict[str, Setting] = {
    "objective": Setting("negative_sampling", tuple(OBJECTIVES)),
    "dim": Setting(50, limits=(2, 300)),
    "window": Setting(5, limits=(1, 20)),
    "negatives": Setting(5, limits=(1, 50)),
    "batch_tokens": Setting(AUTO, BATCH_SIZES, auto=True),
    "learning_rate": Setting(0.05, LEARNING_RATES),
    "subsample": Setting(1e-3, (0.0, 1e-5, 1e-4, 2e-4, 5e-4, 1e-3, 1e-2)),
    "epochs": Setting(20, limits=(1, 10_000)),
    "seed": Setting(1, limits=(0, 2**31 - 1)),
    "bounded": _switch(True),
}
# Of the map on the Explore page.
MAP: dict[str, Setting] = {
    "map": Setting("pca", KINDS),
    "map_dimensions": Setting(2, (2, 3)),
    "map_which": Setting("input", WHICH),
    "map_words": Setting(2000, (100, 250, 500, 1000, 2000, 5000)),  # the last one is as many as there are
    "map_colour": Setting("category", ("category", "frequency", "cluster", "similarity", "kept")),
    "groups": Setting(10, (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24)),
    **{f"pc_{axis}": Setting(place, tuple(range(1, 11))) for place, axis in enumerate("xyz", 1)},
    "perplexity": Setting(30, (2, 5, 10, 15, 20, 30, 40, 50, 75, 100)),
    "tsne_rate": Setting(AUTO, (AUTO, 10, 50, 100, 200, 500, 1000), auto=True),
    "tsne_seed": Setting(1, tuple(range(1, 10))),
    "x_pairs": Setting("", longest=LONGEST_QUESTION),
    "y_pairs": Setting("", longest=LONGEST_QUESTION),
}
# Of a question for neighbors.
QUESTION: dict[str, Setting] = {
    "word": Setting("", longest=LONGEST_QUESTION),
    "k": Setting(10, limits=(1, MOST_NEIGHBORS)),
    "metric": Setting(METRICS[0], METRICS),
    "exact_case": _switch(False),
}
# Of what stands beside the map.
BESIDE: dict[str, Setting] = {
    "tab": Setting("neighbors", ("neighbors", "time", "analogies")),
    "analogy": Setting("", longest=LONGEST_QUESTION),
}
# Of runs side by side: how many seeds each is the mean of.
RUNS: dict[str, Setting] = {"seeds": Setting(1, (1, 3, 5, 10))}
# How runs side by side are looked at.
VIEWS: dict[str, Setting] = {
    name: Setting(options[0], options)
    for name, options in {
        "clock": ("pairs", "rows", "seconds"),
        "scale": ("nats", "relative"),
        "curve": ("running", "probe"),
        "measure": ("mean_reciprocal_rank", "top_10", "cross_entropy"),
        "below": ("neighbors", "maps"),
    }.items()
}
COSTS: dict[str, Setting] = {
    "cost_dim": Setting(50, (10, 25, 50, 100, 200)),
    "cost_window": Setting(5, (1, 2, 5, 10)),
    "cost_negatives": Setting(5, (1, 2, 5, 10, 20)),
    "cost_noise": Setting("shared", NOISES),
}
# Of a pair's numbers: the half-step, counted from 1, or another picture of the pair; where center and context stand.
STEP: dict[str, Setting] = {
    "half_step": Setting(1, limits=(1, 10)),
    "picture": Setting("steps", ("steps", "heat", "arrows", "check")),
    "pair": Setting(longest=40),
}
FRAME: dict[str, Setting] = {
    "language": Setting(options=tuple(LANGUAGES)),
    "large": _switch(False),
    "corpus": Setting(options=tuple(samples())),
    "follow": Setting(longest=LONGEST_QUESTION),
}
# A lesson and the place in it, whether it fills a hall's screen, and what a teacher's link hides.
COURSE: dict[str, Setting] = {
    "lesson": Setting("", longest=60),
    "step": Setting(1, limits=(1, 99)),
    "lecture": _switch(False),
    "hide": Setting("", longest=LONGEST_HIDE),
}
# How a text of one's own is read. In no link, as that text is in none.
READING: dict[str, Setting] = {
    "read_min_count": Setting(1),
    **{
        f"read_{name}": Setting(options[0], options)
        for name, options in CHOICES.items()
        if name != "language"
    },
    "read_phrases": Setting(0, (0, 1, 3, 10, 100, 1000)),  # a score grows with the text
    "read_lower_case": _switch(True),
    "read_drop_stop_words": _switch(False),
}
SETTINGS = COURSE | FRAME | TRAINING | MAP | QUESTION | BESIDE | STEP | RUNS | VIEWS | COSTS
# What stands in the sidebar.
SIDEBAR = ("corpus", *TRAINING, *(name for name in MAP if name not in ("map", "map_dimensions")), *COSTS)
# What a link can hide.
PARTS = ("pages", "settings", "files", "language")
TRANSPORT = ("play", "pause", "step", "reset", "speed", "follow")
HIDEABLE = (*PARTS, *SIDEBAR, *TRANSPORT)
# In no link.
HERE: dict[str, Setting] = {
    **dict.fromkeys(("speed", "compare_speed"), Setting("full", tuple(SPEEDS))),
    "view": Setting("look", ("look", "own", "web")),
    # How a file of vectors is read.
    "vectors_first": Setting(ALL, limits=(ALL, limits.MOST_VECTORS)),
    "vectors_skip": _switch(False),
}

DEFAULT_CORPUS = {"en": "world_facts_en", "zh": "world_facts_zh"}
DEFAULTS: dict[str, Any] = {name: setting.default for name, setting in TRAINING.items()}
LIMITS = {name: setting.limits for name, setting in TRAINING.items() if setting.limits}
# Choosing a sample corpus brings its values for those of SUITED, and for whatever else it or the one before
# recommends.
SUITED = ("window", "batch_tokens", "learning_rate", "subsample", "epochs")
STEP_BOUND = 0.5  # max_row_update where "bounded" is on


def defaults(settings: Mapping[str, Setting]) -> dict[str, Any]:
    """Return what a part of the table begins with."""
    return {name: setting.default for name, setting in settings.items()}


def recommended(source: Source, objective: str | None = None) -> dict[str, Any]:
    """Return the settings that suit a corpus: its own, and the app's where it names none.

    Given a loss, those with which the corpus trains well under it. Without one, those that a link leaves out: they
    stay as they are whatever the loss, so that a link goes on to mean the same run.
    """
    usual = DEFAULTS | source.settings
    if objective is None:
        return usual
    return usual | source.settings_of.get(objective, {}) | {"objective": objective}


def varying(source: Source) -> set[str]:
    """Return the settings of a corpus that depend on the loss."""
    return {name for settings in source.settings_of.values() for name in settings}


def configured(values: Mapping[str, Any]) -> TrainingConfig:
    """Return the run that some values of all settings make; raise `Problem` where they cannot work."""
    beyond = {name: (low, high) for name, (low, high) in LIMITS.items() if not low <= values[name] <= high}
    if beyond:
        raise Problem("out_of_range", f"Out of range: {beyond}", limits=beyond)
    config = dict(values)
    config["max_row_update"] = STEP_BOUND if config.pop("bounded") else None
    config["batch_tokens"] = None if values["batch_tokens"] == AUTO else values["batch_tokens"]
    return TrainingConfig(**config)
