"""The server is for this machine, and for its own pages."""

import asyncio
import re
import tomllib
from pathlib import Path

import pytest

from app.serving import MIDDLEWARE, origins
from app.serving.origins import SameOrigin

ROOT = Path(__file__).parents[3]


def opened(kind="websocket", **headers):
    """Tell whether a request reaches the app, and what is sent instead."""
    reached, sent = [], []

    async def app(scope, receive, send):
        reached.append(scope)

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    asyncio.run(SameOrigin(app)(scope, None, send))
    assert bool(reached) != bool(sent)
    return bool(reached)


@pytest.mark.parametrize(
    ("origin", "may"),
    [
        ("http://localhost:8501", True),
        ("https://localhost:8501", True),  # behind a proxy that speaks https
        ("http://localhost:3000", False),
        ("http://localhost", False),
        ("http://evil.example", False),
        ("http://localhost:8501.evil.example", False),
        ("http://localhost:8501@evil.example", False),
        ("http://[", False),
        ("null", False),
        ("", False),
    ],
)
def test_a_page_elsewhere_opens_no_websocket(origin, may):
    assert opened(host="localhost:8501", origin=origin) is may


@pytest.mark.parametrize(
    ("address", "host", "may"),
    [
        ("127.0.0.1", "localhost:8501", True),
        ("127.0.0.1", "127.0.0.1:8501", True),
        ("::1", "[::1]:8501", True),
        ("localhost", "evil.example:8501", False),
        ("127.0.0.1", "evil.example:8501", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("0.0.0.0", "class.example:8501", True),
        (None, "class.example", True),
    ],
)
def test_a_server_for_this_machine_alone_has_no_name_of_the_internet(monkeypatch, address, host, may):
    options = {"server.address": address, "server.corsAllowedOrigins": []}
    monkeypatch.setattr(origins.st, "get_option", options.__getitem__)
    assert opened(host=host, origin=f"http://{host}") is may


def test_programs_and_plain_requests_pass():
    assert opened(host="localhost:8501")
    assert opened(kind="http", host="localhost:8501", origin="http://evil.example")  # Streamlit's to answer
    assert opened(kind="lifespan")


def test_the_server_listens_on_this_machine_alone_unless_asked():
    config = tomllib.loads((ROOT / "app" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert not {"enableCORS", "enableXsrfProtection"} & config["server"].keys()  # on, as Streamlit has them
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^HOST \?= 127\.0\.0\.1$", makefile, re.M)
    assert "--server.address $(HOST)" in makefile


def test_the_server_has_it():
    assert SameOrigin in [each.cls for each in MIDDLEWARE]
