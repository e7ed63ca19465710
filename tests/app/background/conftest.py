"""Where what plays lives: in this process; behind what pages hold of a worker; on workers."""

import pytest

from app.background.cluster.connection import Connection
from app.background.cluster.engine import OnCluster
from app.background.cluster.seats import InServer
from app.background.engine import Here


class NoWorker(OnCluster):
    """A cluster whose workers are all away: the same classes, but nothing travels."""

    def __init__(self):
        """Connect to nothing."""

    def take(self, host, make, arguments):
        return InServer(host, make, arguments)

    away = True


@pytest.fixture(scope="session")
def cluster():
    """Two worker processes."""
    connection = Connection("2")
    assert connection.wait(60)
    engine = OnCluster(connection)
    yield engine
    engine.close()


@pytest.fixture(params=["here", "behind a remote", pytest.param("on workers", marks=pytest.mark.long)])
def engine(request):
    """Each place where runs can live."""
    if request.param == "here":
        return Here()
    return NoWorker() if request.param == "behind a remote" else request.getfixturevalue("cluster")
