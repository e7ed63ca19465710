"""The cluster that `W2V_CLUSTER` names, for as long as the server runs; see `app.background.engine`."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..background import engine

VARIABLE = "W2V_CLUSTER"
WAITING_SECONDS = 10.0  # that the server waits for its workers before it opens its doors
_log = logging.getLogger(__name__)


@asynccontextmanager
async def cluster() -> AsyncIterator[None]:
    """Let runs live on the workers of a cluster, where one is named and Dask is installed."""
    where = os.environ.get(VARIABLE, "").strip()
    if not where:
        yield
        return
    try:
        # Dask takes a moment to load, and is not there in a plain installation.
        from ..background.cluster.connection import Connection
        from ..background.cluster.engine import OnCluster

        connection = Connection(where)
    except ModuleNotFoundError as error:
        _log.error("Runs train in the server: %s needs the extra [cluster] (%s)", VARIABLE, error)
        yield
        return
    except ValueError as error:
        _log.error("Runs train in the server: %s", error)
        yield
        return
    workers = OnCluster(connection)
    try:
        if not await asyncio.to_thread(connection.wait, WAITING_SECONDS):
            _log.warning("Runs train in the server until a worker answers: %s=%s", VARIABLE, where)
        engine.use(workers)
        yield
    finally:
        engine.use(engine.Here())
        await asyncio.to_thread(workers.close)
