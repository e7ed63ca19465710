"""Pages opened without a browser: what they have in common is made once, and each test speaks one language.

The other language is `make test-long`'s. Which is which alternates, so that every page is opened in both.
"""

from functools import cache
from zlib import crc32

import pytest
from streamlit.components.v2 import manifest_scanner

from app.text import LANGUAGES

OPEN_PAGES = "test_page.py", "test_bring.py", "test_walk.py"


@pytest.hookimpl(tryfirst=True)  # before the long ones are left out
def pytest_collection_modifyitems(items):
    for item in items:
        language = item.callspec.params.get("language") if hasattr(item, "callspec") else None
        if item.path.name in OPEN_PAGES and language:
            rest = [item.originalname, *(part for part in item.callspec.id.split("-") if part != language)]
            if language != list(LANGUAGES)[crc32("-".join(rest).encode()) % 2]:
                item.add_marker(pytest.mark.long)


@pytest.fixture(autouse=True, scope="session")
def installed_components():
    """Look once for components that other packages bring: to read all that is installed takes as long as most pages."""
    scan = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield
