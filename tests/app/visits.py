"""Pages opened without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from app.screens.explore.explored import Explored

MAIN = Path(__file__).parents[2] / "app" / "main.py"
ADDRESSES = {"step": "inside"}  # of pages whose address is not their folder's name


def visitor(language="en", **link):
    """Return a session that has seen nothing yet, and will begin with what a link says."""
    at = AppTest.from_file(MAIN, default_timeout=30)
    at.session_state["language"] = language
    for name, value in link.items():
        at.query_params[name] = str(value)
    return at


def visit(at, page):
    """Open a page by its folder's name, as its address does: `switch_page` knows pages that are files only."""
    at._page_hash = calc_hash(ADDRESSES.get(page, page))
    return at.run()


def session_of(at):
    """Return what a session remembers."""
    return at.session_state["session"]


def explorer_of(at):
    """Return what a session looks at on the Explore page."""
    return session_of(at).part(Explored).explorer
