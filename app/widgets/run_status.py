"""What pages say about the session's run: where it stands, and what is wrong."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from ..background.convergence import CONVERGED
from ..background.engine import engine
from ..background.run import Run
from ..formatting import Count, compact, decimal, loss_value
from ..session import session
from ..settings import AUTO
from ..text import Text
from ..text.literal import literal


def messages(text: Text, run: Run | None, running: bool) -> None:
    """Say what the chosen settings need, why they cannot work or make no difference, or why the run stopped."""
    changes = session.changes()
    problem = session.problem() or (run.progress.problem if run and not running else None)
    if problem:
        st.error(text.problem(problem), icon=":material/error:")
    elif changes:
        listed = [
            text.change.format(name=text.settings[name], old=shown(name, old), new=shown(name, new))
            for name, old, new in changes
        ]
        st.warning(text.changed.format(changes=text.comma.join(listed)), icon=":material/restart_alt:")
    elif engine().away:
        st.info(text.cluster_away, icon=":material/cloud_off:")
    elif run and run.window < run.config.window:
        st.info(text.window_clipped.format(words=run.window + 1, reach=run.window), icon=":material/width:")


def shown(name: str, value: Any) -> str:
    """Return a setting's value in the user's language."""
    text = session.text()
    if name == "corpus":
        return literal(session.sources()[value].title[session.language()])
    if name == "objective":
        return text.objectives[value]
    if name == "batch_tokens" and value == AUTO:
        return text.auto
    if isinstance(value, bool):
        return text.switch["on" if value else "off"]
    return decimal(value)


def status(text: Text, run: Run) -> str:
    """Return the one line that says where the run stands."""
    progress = run.progress
    last = progress.last
    if last is None:
        return f"**{text.states['running']}**" if run.running else text.press_play
    state = "running" if run.running else "finished" if progress.finished else "paused"
    parts = [
        f"**{text.states[state]}**",
        text.status_epoch.format(epoch=last.epoch, epochs=run.config.epochs),
        text.status_pairs.format(pairs=Count(compact(last.pairs, text.units))),
        text.status_rate.format(rate=decimal(last.learning_rate)),
        text.status_loss.format(
            loss=loss_value(float(progress.curve.smooth[-1])), start=loss_value(progress.first_loss)
        ),
    ]
    if run.running:
        parts.insert(3, text.status_speed.format(speed=compact(progress.pairs_per_second, text.units)))
    if progress.finished:
        come = run.come()
        if come is not None and come < CONVERGED:
            parts.append(text.not_converged.format(percent=max(0, math.floor(100 * come))))
        parts.append(text.finished_hint)
    return " · ".join(parts)
