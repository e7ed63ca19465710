import sys
import types

import pytest


def pytest_runtest_setup():
    """Have a main module that children can load: tests of pages leave the app's script there, which draws a page."""
    sys.modules["__main__"] = types.ModuleType("__main__")


@pytest.fixture(scope="session")
def client():
    """Give two workers that are threads of this process: Dask as it is, without the start of processes."""
    from distributed import Client

    with Client(
        processes=False, n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0"
    ) as client:
        yield client
