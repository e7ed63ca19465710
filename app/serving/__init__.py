"""What the server does besides drawing pages: it returns memory to the system, frees the state of closed sessions,
keeps connections apart, and reports an internal error in one sentence.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from threadpoolctl import threadpool_limits

from w2v_core.sources.segmentation import segmenter

from ..background import memory
from ..background.playing import SWITCH_SECONDS
from ..live_figure import MODULES
from ..modules import PAGE
from . import handover, leaving
from .cluster import cluster
from .origins import SameOrigin
from .own_session import OwnSessionOnly

MIDDLEWARE = [Middleware(SameOrigin), Middleware(OwnSessionOnly)]
ROUTES = [  # Plotly's JavaScript comes from the installed package: it works offline, and no copy lives here
    Mount("/plotly", StaticFiles(directory=Path(plotly.__file__).parent / "package_data")),
    *(Mount(f"/{modules.url}", StaticFiles(directory=modules.folder)) for modules in (MODULES, PAGE)),
]


THREADS = "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"


@asynccontextmanager
async def lifespan(server: st.App) -> AsyncIterator[dict[str, Any]]:
    """Set the process up for many small computations side by side."""
    sys.setswitchinterval(SWITCH_SECONDS)
    # One BLAS thread a computation: more would fight over the cores with other people's training. The limit
    # reaches the libraries that are loaded; the variables those that come later, with t-SNE and clusters.
    os.environ.update(dict.fromkeys(THREADS, "1"))
    importlib.import_module("..frame", __name__)
    segmenter()("词")  # the Chinese dictionary is loaded in one call of C that no page should wait for
    threadpool_limits(1)
    memory.settle()
    handover.keep()
    sweeping = asyncio.create_task(leaving.sweep(), name="sweep")
    async with cluster():
        yield {}
    sweeping.cancel()


def report_error(error: Exception) -> bool:
    """Put one sentence where Streamlit would put a traceback (which goes to the log)."""
    from ..session import session

    st.error(session.text().server_error, icon=":material/error:")
    logging.getLogger(__name__).error("A page failed", exc_info=error)
    return True
