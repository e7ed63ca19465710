"""SECURITY.md says what the server does."""

import re
import tomllib
from pathlib import Path

from app.background import playing
from app.screens.lookup import models
from app.serving import leaving
from app.widgets import bring, teaching
from w2v_core import limits
from w2v_core.sources import CATALOG

ROOT = Path(__file__).parents[1]
PAGE = " ".join((ROOT / "SECURITY.md").read_text(encoding="utf-8").split())
SETTINGS = tomllib.loads((ROOT / "app" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
SERVER = SETTINGS["server"]


def test_limits_are_as_it_says():
    rows = dict(re.findall(r"\| ([^|]+?) \| ([\d,]+)", PAGE))
    assert {name: int(number.replace(",", "")) for name, number in rows.items()} == {
        "an upload: text, vectors": max(bring.UPLOAD_MB, models.UPLOAD_MB),
        "a saved run": limits.APP_RUN_FILE >> 20,
        "text, unpacked": limits.APP_LIMIT >> 20,
        "different words of a text": limits.APP_WORDS,
        "vectors of one file": limits.APP_VECTOR_BYTES >> 20,
        "vectors of all sessions": limits.APP_ALL_VECTOR_BYTES >> 20,
        "one run": limits.APP_RUN_BYTES >> 20,
        "all runs": limits.APP_ALL_RUN_BYTES >> 20,
    }


def test_the_server_takes_what_each_uploader_offers():
    """The browser asks the button how much it may send, the server its settings."""
    largest = max(bring.UPLOAD_MB, models.UPLOAD_MB, teaching.UPLOAD_MB, limits.APP_RUN_FILE >> 20)
    assert SERVER["maxUploadSize"] == largest
    assert f"the server takes up to {SERVER['maxUploadSize']} MB from programs" in PAGE


def test_who_can_reach_it_and_what_it_tells():
    assert f"It listens on {SERVER['address']}, this machine alone" in PAGE
    assert "no telemetry" in PAGE
    assert SETTINGS["browser"]["gatherUsageStats"] is False


def test_what_visitors_leave_goes_as_soon_as_it_says():
    assert "go at the latest a minute and a half after the tab does" in PAGE
    assert playing.LEASE_SECONDS == 90
    assert "uploads go two seconds after it" in PAGE
    assert leaving.FILE_SECONDS == 2


def test_texts_come_over_https_or_have_a_known_checksum():
    plain = [entry for entry in CATALOG if not entry.address.startswith("https://")]
    assert [entry.id for entry in plain] == ["text8"]
    assert all(re.fullmatch("[0-9a-f]{64}", entry.sha256) for entry in plain)
    assert "over HTTPS, but for text8, which comes over HTTP and has to have a known checksum" in PAGE
