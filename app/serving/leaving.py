"""What is kept of a session when its tab is gone, and for how long.

Streamlit keeps all of it for two minutes, in case that only the connection was cut, and longer where no one comes or
goes after that. Here the lease decides (`app.background.playing`), and files go earlier: they are large, and private.
"""

from __future__ import annotations

import asyncio
import contextlib
import time

from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ..background import memory, playing
from . import downloads

SWEEP_SECONDS = 1.0
SETTLING_SWEEPS = 4  # in which what has been freed is given back
FILE_SECONDS = 2.0  # that an upload outlives its tab


async def sweep() -> None:
    """Free the state of closed sessions, periodically. Runs on the server's event loop."""
    left: dict[str, float] = {}
    unsettled = 0
    while not Runtime.exists():
        await asyncio.sleep(SWEEP_SECONDS)
    runtime = Runtime.instance()
    remove_files, files_due, held = downloads.keep(runtime.media_file_mgr), 0.0, False
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        now = time.monotonic()
        left, freed = _swept(runtime, left, now)
        held |= freed
        # The last that left are let go of only when their threads and tasks have ended: so again, a little later.
        unsettled = SETTLING_SWEEPS if freed else max(0, unsettled - 1)
        if now >= files_due:
            remove_files()
            files_due = now + downloads.KEPT_SECONDS
            if held:  # what makes the files of a session that has ended holds its run
                unsettled, held = max(1, unsettled), False
        if unsettled:
            await asyncio.to_thread(memory.give_back)


def _swept(runtime: Runtime, left: dict[str, float], now: float) -> tuple[dict[str, float], bool]:
    """Free what is due; return since when each session is without a tab, and whether anything was freed."""
    # The list of sessions is the one thing here that Streamlit has no public name for.
    sessions = [info.session for info in runtime._session_mgr.list_sessions()]
    alone = [session for session in sessions if not runtime.is_active_session(session.id)]
    left = {session.id: left.get(session.id, now) for session in alone}
    freed = False
    for session in alone:
        away = now - left[session.id]
        if away > playing.LEASE_SECONDS:
            runtime.close_session(session.id)
            session.session_state.clear()  # Streamlit's loop holds the session that it served last
            freed = True
        elif away > FILE_SECONDS:
            freed |= _forget_files(runtime, session)
    # An upload may outlast its tab, and then has no owner.
    known = {session.id for session in sessions}
    for id in set(getattr(runtime.uploaded_file_mgr, "file_storage", ())) - known:
        runtime.uploaded_file_mgr.remove_session_files(id)
        freed = True
    return left, freed


def _forget_files(runtime: Runtime, session: AppSession) -> bool:
    """Free the uploads of a session; return whether there were any."""
    kept = getattr(runtime.uploaded_file_mgr, "file_storage", {})
    if not kept.get(session.id):
        return False
    for value in session.session_state.filtered_state.values():
        if isinstance(value, UploadedFile):
            with contextlib.suppress(BufferError):  # it is being read; the reading will be stopped
                value.truncate(0)  # the page's callbacks hold the object, too
    runtime.uploaded_file_mgr.remove_session_files(session.id)
    return True
