"""One script run's messages all go out before the next run begins, however busy the server is.

Streamlit runs a session's script in a thread, and sends its messages from the event loop. A run that is asked for when
that thread has ended, but not all of its messages have been sent, gets a thread of its own at once: what remains of the
former is dropped. A page that polls asks often: in a class of thirty, one change in some hundred showed nothing.
"""

from __future__ import annotations

from typing import Any

from streamlit.runtime.app_session import AppSession, AppSessionState

RETRY_SECONDS = 0.005


def keep() -> None:
    """Let every session wait for the messages of its last run before it begins another."""
    begin = AppSession._create_scriptrunner
    if getattr(begin, "waits", False):
        return

    def begin_when_sent(session: Any, data: Any) -> None:
        """Begin a run, or join the one that has begun meanwhile."""
        former = session._scriptrunner  # let go of when its last message has been sent
        if former is None:
            begin(session, data)
        elif session._state != AppSessionState.SHUTDOWN_REQUESTED and not former.request_rerun(data):
            session._event_loop.call_later(RETRY_SECONDS, begin_when_sent, session, data)

    vars(begin_when_sent)["waits"] = True
    setattr(AppSession, "_create_scriptrunner", begin_when_sent)  # noqa: B010
