"""All that one browser tab has chosen, asked for and begun: a record in one slot of Streamlit's session state.

Besides it, Streamlit's state holds what its widgets keep under their own keys, and nothing else.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from w2v_core import Problem, TrainingConfig

from ..background.reading import Reading
from ..background.run import Plays, Run
from ..lessons.lesson import Guess
from ..own_text import OwnText

Part = TypeVar("Part")
Take = Callable[[str, Any], None]  # takes over a new value, given the choice's name and the value


@dataclass
class Shown:
    """A choice as a widget shows it."""

    key: str  # of the widget
    scene: tuple[str, ...]  # where it is shown, and what it calls its options
    value: Any
    options: Sequence[Any] | None
    take: Take


@dataclass(eq=False)
class Session:
    """What the session remembers.

    Attributes
    ----------
    token, id : str
        By which a reload of its tab finds the session; and Streamlit's own name for it.
    begun : bool
        Whether the link that it began with has been read.
    chosen : dict
        What is chosen now, by the ids of the table in `app.settings`.
    linked : dict
        What the session's first link asks of a page, until that page has taken it.
    unsaid : list of str
        Sentences about a link that the page has still to say.
    hidden : frozenset of str
        What the link that the session began with hides.
    link_maker : bool
        Whether the dialog that makes a link for students is open.
    offered : tuple of str or None
        The settings that the sidebar offers; None for all.
    wanted_lesson : str or None
        The lesson that a page asks the frame to open.
    guess : Guess or None
        What a lesson's question had guessed of the charts.
    page, destination : str
        The page that is shown, and the one that was asked for from it.
    run : Run or None
        The present run; `run_settings` is what it was made from, its corpus included, `run_number` changes with it.
    interrupted : bool
        Whether the run was playing when the tab was closed or loaded anew.
    problem : (dict, Problem) or None
        The settings that were to make a run and could not, and why.
    last_valid : TrainingConfig or None
        The chosen settings when they last could work.
    own_texts : dict
        The texts that the user brought, by id.
    reading, opening : Reading or None
        The text and the saved run that are being read, or whose reading failed.
    opening_problem : Problem or None
        Why a saved run could not even be begun to read.
    texts_read, runs_opened : int
        How many there have been: after each its uploader is another one, so that the old upload is freed.
    players : dict
        What plays as long as any page is open: runs, by the name of what they are for.
    onlookers : dict
        What is to be called when another run takes over: it looks at the present one.
    parts : dict
        What single pages remember, by its class (see `part`).
    shown : dict
        The widgets that show each choice, the latest last (see `choices`).
    """

    token: str = field(default_factory=partial(secrets.token_urlsafe, 16))
    id: str = ""
    begun: bool = False
    chosen: dict[str, Any] = field(default_factory=dict)
    linked: dict[str, Any] = field(default_factory=dict)
    unsaid: list[str] = field(default_factory=list)
    hidden: frozenset[str] = frozenset()
    link_maker: bool = False
    offered: tuple[str, ...] | None = None
    wanted_lesson: str | None = None
    guess: Guess | None = None
    page: str = "train"
    destination: str | None = None
    run: Run | None = None
    run_settings: dict[str, Any] = field(default_factory=dict)
    run_number: int = 0
    interrupted: bool = False
    problem: tuple[dict[str, Any], Problem] | None = None
    last_valid: TrainingConfig | None = None
    own_texts: dict[str, OwnText] = field(default_factory=dict)
    reading: Reading | None = None
    texts_read: int = 0
    opening: Reading | None = None
    opening_problem: Problem | None = None
    runs_opened: int = 0
    players: dict[str, Plays] = field(default_factory=dict)
    onlookers: dict[str, Callable[[], object]] = field(default_factory=dict)
    shown: dict[str, list[Shown]] = field(default_factory=dict)
    parts: dict[type, Any] = field(default_factory=dict)

    def part(self, kind: type[Part]) -> Part:
        """Return what a single page remembers: its own record, made with its defaults when first asked for."""
        if kind not in self.parts:
            self.parts[kind] = kind()
        found: Part = self.parts[kind]
        return found


def offers(name: str) -> bool:
    """Tell whether the sidebar offers a setting."""
    now = current()
    return (now.offered is None or name in now.offered) and not now.hidden & {name, "settings"}


def current() -> Session:
    """Return the session's record."""
    session: Session = st.session_state.setdefault("session", Session())
    return session
