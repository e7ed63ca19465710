"""Keeps what plays alive, and takes what has been read, as long as any page is open."""

from __future__ import annotations

import streamlit as st

from ..background.playing import LEASE_SECONDS
from ..background.run import Plays
from . import texts
from .record import current


def watch_seconds() -> float | None:
    """Return how often `watch` must be called, whatever page is open."""
    if texts.reading_under_way():
        return 1.0
    return LEASE_SECONDS / 3 if playing() else None


def watch() -> None:
    """Renew the lease of what plays, and take a text that has been read."""
    for player in playing():
        player.touch()
    if (text := current().reading) and text.result:
        st.rerun()


def playing() -> list[Plays]:
    """Return what plays: the run, and the runs side by side."""
    return [player for player in current().players.values() if player.running]
