import os
from functools import cache, partial

import pytest

from tests.e2e import chromium
from tests.e2e.driver import (
    ComparePage,
    CorpusPage,
    CostPage,
    ExplorePage,
    LessonPage,
    LookupPage,
    PairPage,
    StepPage,
    TrainPage,
    laptop,
    running_app,
    running_browser,
)

FIRST_HALF = "test_bring.py", "test_cost.py", "test_explore.py", "test_train.py"  # take as long as all others


@pytest.hookimpl(tryfirst=True)  # before the workers look for groups
def pytest_collection_modifyitems(items):
    """Keep the browser tests together in two halves, each with one app and one browser. They come first."""
    for item in items:
        if "e2e" in item.path.parts:
            half = 1 if item.path.name in FIRST_HALF else 2
            item.add_marker(pytest.mark.xdist_group(f"browser-{half}"))
    items.sort(key=lambda item: "e2e" not in item.path.parts)


@pytest.fixture(scope="package")
def app():
    """The address and process id of one running app for all browser tests."""
    with running_app() as served:
        yield served


@pytest.fixture(scope="package")
def browser():
    path = chromium.find()
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(chromium.HINT)
    if path is None:
        pytest.skip(chromium.HINT)
    with running_browser(path) as started:
        yield started


@pytest.fixture(scope="package")
def context(browser):
    """Laptops by what makes them differ. The app keeps nothing in a browser that one tab could leave to the next."""
    return cache(partial(laptop, browser))


@pytest.fixture
def open_page(app, context):
    """Open pages; afterwards none may have had a JavaScript error or asked another host."""
    address, _ = app
    opened = []

    def open_page(page, path=None, relayed=False, **kind):
        opened.append(page(context(**kind), address, path, relayed))
        return opened[-1]

    yield open_page
    for page in opened:
        page.close()
        assert page.errors == []
        assert [url for url in page.requests if not url.startswith((address, "data:", "blob:", "ws:"))] == []


@pytest.fixture
def open_train(open_page):
    """Open Train pages."""
    return partial(open_page, TrainPage)


@pytest.fixture
def open_corpus(open_page):
    """Open Corpus pages."""
    return partial(open_page, CorpusPage)


@pytest.fixture
def open_explore(open_page):
    """Open Explore pages."""
    return partial(open_page, ExplorePage)


@pytest.fixture
def open_compare(open_page):
    """Open Side by side pages."""
    return partial(open_page, ComparePage)


@pytest.fixture
def open_step(open_page):
    """Open pages that take a step apart."""
    return partial(open_page, StepPage)


@pytest.fixture
def open_cost(open_page):
    """Open pages about what a step costs."""
    return partial(open_page, CostPage)


@pytest.fixture
def open_pairs(open_page):
    """Open pages about what is learned."""
    return partial(open_page, PairPage)


@pytest.fixture
def open_lookup(open_page):
    """Open Lookup pages."""
    return partial(open_page, LookupPage)


@pytest.fixture
def open_lessons(open_page):
    """Open the list of lessons."""
    return partial(open_page, LessonPage)
