"""A link is the state: what a session shows as the query of its address, and back. Draws nothing.

Only what the app would not choose anyway is written, so that addresses stay short. Whatever a link asks for and cannot
have is left out and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from ..samples import samples
from ..settings import (
    BESIDE,
    COSTS,
    COURSE,
    FRAME,
    LONGEST_QUESTION,
    MAP,
    QUESTION,
    RUNS,
    STEP,
    TRAINING,
    VIEWS,
    Setting,
    written,
)
from .presets import CHOICES, FEWEST, MOST, PRESETS

LONGEST_VALUE = 4 * LONGEST_QUESTION  # characters of one value; longer ones are refused unread
OWN_TEXT = "own"  # stands for a corpus that is in no link
RUN = "run"  # stands for the vectors of the session's own run


class Runs(Setting):
    """The setting in which two to four runs differ, and the value of each."""

    def parse(self, text: str) -> tuple[str, tuple[Any, ...]]:
        """Return what a link means by a text; raise `ValueError` where there can be no such runs."""
        setting, _, values = text.partition(":")
        options = {written(option): option for option in CHOICES.get(setting, ())}
        named = values.split(",")
        if not FEWEST <= len(named) <= MOST or not options.keys() >= set(named):
            raise ValueError(text)
        return setting, tuple(options[value] for value in named)

    def possible(self) -> str:
        """Return the settings in which runs can differ, as they begin; all their values would be a page."""
        return ", ".join(f"{name}:…" for name in CHOICES)

    def write(self, value: tuple[str, tuple[Any, ...]]) -> str:
        """Return how a link writes such runs."""
        setting, values = value
        return f"{setting}:{','.join(map(written, values))}"


LINKED: dict[str, Setting] = {  # in the order in which they stand in an address
    **COURSE,
    **FRAME,
    **TRAINING,
    "preset": Setting(options=tuple(PRESETS)),
    "runs": Runs(),
    **RUNS,
    **VIEWS,
    **COSTS,
    "model": Setting(options=(RUN, *samples())),
    **QUESTION,
    **MAP,
    **BESIDE,
    **STEP,
}


def read(query: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a link, and those that cannot be, as ``name=value``; other names are left alone."""
    values, refused = {}, []
    for name, setting in LINKED.items():
        if (text := query.get(name)) is not None:
            try:
                if len(text) > LONGEST_VALUE:
                    raise ValueError(name)
                values[name] = setting.parse(text)
            except ValueError:
                refused.append(f"{name}={text}")
    return values, refused


def write(values: Mapping[str, Any], usual: Mapping[str, Any]) -> str:
    """Return the query for some values, without those that are as usual, or None."""
    shown = {
        name: setting.write(values[name])
        for name, setting in LINKED.items()
        if values.get(name) is not None and values[name] != usual.get(name)
    }
    return urlencode(shown, quote_via=quote, safe=",:")
