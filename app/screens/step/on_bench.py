"""The session's pair: it goes over from run to run."""

from __future__ import annotations

import streamlit as st

from ...session import session
from .bench import PairBench


def on_bench() -> PairBench | None:
    """Return the pair under examination in the present run."""
    run, present = session.live(), st.session_state.get("bench")
    if run is None:
        return None
    if present is None or present.run is not run:
        present = st.session_state["bench"] = PairBench(run, st.session_state["follow"], present)
        session.look_on("bench", on_bench)
    return present
