"""The server: Streamlit's app with Plotly's own JavaScript beside it. Start it with

    python -m streamlit run app/server.py

Plotly comes from the installed package, so that the app works offline and no copy lives in the repository.
"""

from __future__ import annotations

import gc
import importlib
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).parent.parent))  # Streamlit puts this folder there, not the project's


@asynccontextmanager
async def lifespan(server: st.App) -> AsyncIterator[dict[str, Any]]:
    """Set the process up for many small computations side by side."""
    # One BLAS thread a computation: more would fight over the cores with other people's training. The limit
    # reaches only the libraries that are loaded, so load all that the pages will use.
    importlib.import_module("app.state.session")
    threadpool_limits(1)
    gc.freeze()  # what is loaded now stays; collections need not look at it again
    yield {}


def say_sorry(error: Exception) -> bool:
    """Put one sentence where Streamlit would put a traceback (which goes to the log)."""
    from app.state import session

    st.error(session.text().server_error, icon=":material/error:")
    logging.getLogger(__name__).error("A page failed", exc_info=error)
    return True


plotly_files = StaticFiles(directory=Path(plotly.__file__).parent / "package_data")
app = st.App("main.py", lifespan=lifespan, routes=[Mount("/plotly", plotly_files)], on_script_error=say_sorry)
