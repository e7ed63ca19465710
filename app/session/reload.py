"""A reload is a new session to Streamlit: here it finds the run, the texts and the settings of the one before.

The browser tab keeps the token of its session (`browser/tab.js`) and gives it to the next one. A token is as hard to
guess as a key, and counts once, and only when the tab of its session is gone: a tab that was duplicated takes nothing.
Nothing here draws.
"""

from __future__ import annotations

import threading
from weakref import WeakValueDictionary

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from . import session
from .record import Session, current

_sessions: WeakValueDictionary[str, Session] = WeakValueDictionary()
_lock = threading.Lock()


def token() -> str:
    """Return the token of the session, by which a reload finds it."""
    now, context = current(), get_script_run_ctx()
    now.id = context.session_id if context else ""
    with _lock:
        _sessions[now.token] = now
    return now.token


def claim(token: str) -> bool:
    """Take over what the session with a token has, if its tab is gone; return whether there was anything to take."""
    now = current()
    with _lock:
        before = _sessions.get(token)
        if (
            before is None
            or before is now
            or (Runtime.exists() and Runtime.instance().is_active_session(before.id))
        ):
            return False
        del _sessions[token]
    if before.run is None or now.run is None or now.run.progress.step > 0:
        return False
    if before.run.progress.step == 0 and not before.own_texts:
        return False
    run, before.run = before.run, None  # whose end is no longer the run's
    before.players.clear()
    now.own_texts |= before.own_texts
    session.go_on_with(run, before.run_settings)
    if before.interrupted:
        session.play()
    return True


def unsaved() -> bool:
    """Tell whether there is training that no file holds."""
    run = current().run
    return run is not None and (run.running or run.progress.step > run.saved_step)
