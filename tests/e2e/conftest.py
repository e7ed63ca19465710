import os

import pytest

from tests.e2e import chromium
from tests.e2e.driver import TrainPage, running_app, running_browser


@pytest.fixture(scope="session")
def app():
    """The address and process id of one running app for all browser tests."""
    with running_app() as served:
        yield served


@pytest.fixture(scope="session")
def browser():
    path = chromium.find()
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(chromium.HINT)
    if path is None:
        pytest.skip(chromium.HINT)
    with running_browser(path) as started:
        yield started


@pytest.fixture
def open_train(app, browser):
    """Open Train pages; afterwards no page may have had a JavaScript error or asked another host."""
    address, _ = app
    opened = []

    def open_page(**context):
        opened.append(TrainPage(browser, address, **context))
        return opened[-1]

    yield open_page
    for train in opened:
        train.close()
        assert train.errors == []
        assert [url for url in train.requests if not url.startswith((address, "data:", "blob:", "ws:"))] == []
