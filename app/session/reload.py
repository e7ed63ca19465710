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
    now.interrupted = False  # a page is being drawn
    with _lock:
        _sessions[now.token] = now
    return now.token


def claim(token: object) -> bool:
    """Take over what the session with a token has, if its tab is gone; return whether there was anything to take."""
    now = current()
    with _lock:
        before = _sessions.get(token) if isinstance(token, str) else None
        if before is None or before is now or _is_open(before):
            return False
        run = before.run
        if run is None or (now.run and now.run.progress.step > 0):
            return False
        if run.progress.step == 0 and not before.own_texts:
            return False
        now.own_texts |= before.own_texts
        now.chosen |= before.chosen
        now.run, now.run_settings = run, before.run_settings
        # Last, so that nothing is lost where this is interrupted. The former session releases the run.
        before.run = None
        before.players.pop("run", None)
        before.onlookers.clear()
        before.parts.clear()
        del _sessions[before.token]
    session.take_over(now, run, before.run_settings)  # asks the run, which may take a while
    if before.interrupted:
        run.go_on()
    return True


def _is_open(session: Session) -> bool:
    return Runtime.exists() and Runtime.instance().is_active_session(session.id)


def unsaved() -> bool:
    """Tell whether there is training that no file holds."""
    run = current().run
    return run is not None and (run.running or run.progress.step > run.saved_step)
