"""A link is the state: what a session shows as the query of its address, and back. Draws nothing.

Only what the app would not choose anyway is written, so that addresses stay short. Whatever a link asks for and cannot
have is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from w2v_core.training.config import NOISES, OBJECTIVES
from w2v_core.vectors.embeddings import WHICH
from w2v_core.vectors.space import METRICS

from ..background.layouts import KINDS
from ..formatting import decimal
from ..samples import samples
from ..settings import AUTO, BATCH_SIZES, LEARNING_RATES, LIMITS, SUBSAMPLING
from ..text import LANGUAGES
from .asking import TABS
from .compare_view import VIEWS
from .costs import CHOICES as COSTS
from .lookup import LONGEST_QUESTION, MOST_NEIGHBORS
from .map_options import COLOURS, COMPONENTS, GROUPS, MOST_WORDS, PERPLEXITIES, RATES, SEEDS, SIZES
from .models import RUN
from .presets import CHOICES, FEWEST, MOST, PRESETS

LONGEST_VALUE = 4 * LONGEST_QUESTION  # characters of one value; longer ones are refused unread
OWN_TEXT = "own"  # stands for a corpus that is in no link
Parse = Callable[[str], Any]  # of one value; raises ValueError


def read(query: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a link, and those that cannot be, as ``name=value``. Unknown names are nobody's business."""
    values, refused = {}, []
    for name, parse in RULES.items():
        if (text := query.get(name)) is not None:
            try:
                if len(text) > LONGEST_VALUE:
                    raise ValueError(name)
                values[name] = parse(text)
            except ValueError:
                refused.append(f"{name}={text}")
    return values, refused


def write(values: Mapping[str, Any], usual: Mapping[str, Any]) -> str:
    """Return the query for some values, without those that are as usual, or None."""
    written = {
        name: _shown(name, values[name])
        for name in RULES
        if values.get(name) is not None and values[name] != usual.get(name)
    }
    return urlencode(written, quote_via=quote, safe=",:")


def _shown(name: str, value: Any) -> str:
    if name in ("batch_tokens", "tsne_rate") and value == AUTO:
        return "auto"
    if name == "runs":
        setting, values = value
        return f"{setting}:{','.join(_shown(setting, one) for one in values)}"
    if isinstance(value, bool):
        return "on" if value else "off"
    return decimal(value) if isinstance(value, float) else str(value)


def _one_of(options: Sequence[str]) -> Parse:
    return lambda text: options[options.index(text)]


def _whole(low: int, high: int) -> Parse:
    def parse(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,18}", text) or not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    return parse


def _number_of(options: Sequence[float]) -> Parse:
    def parse(text: str) -> float:
        if not re.fullmatch(
            r"[0-9.e+-]{1,24}", text
        ):  # no nan, no thousands of digits, none of other scripts
            raise ValueError(text)
        return options[options.index(float(text))]

    return parse


def _auto_or(options: Sequence[float]) -> Parse:
    return lambda text: AUTO if text == "auto" else _number_of(options)(text)


def _switch(text: str) -> bool:
    return ("off", "on").index(text) == 1


def _runs(text: str) -> tuple[str, tuple[Any, ...]]:
    """Return the setting in which two to four runs differ, and the value of each."""
    setting, _, values = text.partition(":")
    options = {_shown(setting, option): option for option in CHOICES.get(setting, ())}
    named = values.split(",")
    if not FEWEST <= len(named) <= MOST or not options.keys() >= set(named):
        raise ValueError(text)
    return setting, tuple(options[value] for value in named)


def _words(text: str) -> str:
    if len(text) > LONGEST_QUESTION:
        raise ValueError(text)
    return text


RULES: dict[str, Parse] = {  # in the order in which they stand in an address
    "language": _one_of(tuple(LANGUAGES)),
    "corpus": _one_of(tuple(samples())),
    "objective": _one_of(tuple(OBJECTIVES)),
    **{name: _whole(low, high) for name, (low, high) in LIMITS.items()},
    "batch_tokens": _auto_or(BATCH_SIZES[1:]),
    "learning_rate": _number_of(LEARNING_RATES),
    "subsample": _number_of(SUBSAMPLING),
    "bounded": _switch,
    "follow": _words,
    "preset": _one_of(tuple(PRESETS)),
    "runs": _runs,
    **{name: _one_of(options) for name, options in VIEWS.items()},
    **{name: _number_of(options) for name, options in COSTS.items()},
    "cost_noise": _one_of(NOISES),
    "model": _one_of((RUN, *samples())),
    "word": _words,
    "k": _whole(1, MOST_NEIGHBORS),
    "metric": _one_of(METRICS),
    "map": _one_of(KINDS),
    "map_dimensions": _number_of(tuple(MOST_WORDS)),
    "map_which": _one_of(WHICH),
    "map_words": _number_of(SIZES),
    "map_colour": _one_of(COLOURS),
    "groups": _number_of(GROUPS),
    **dict.fromkeys(("pc_x", "pc_y", "pc_z"), _number_of(COMPONENTS)),
    "perplexity": _number_of(PERPLEXITIES),
    "tsne_rate": _auto_or(RATES[1:]),
    "tsne_seed": _number_of(SEEDS),
    "x_pairs": _words,
    "y_pairs": _words,
    "tab": _one_of(TABS),
    "analogy": _words,
}
