"""A class that opens the page of a server that has just been started, and changes it while it plays."""

import asyncio
import random

import pytest

from app.text import LANGUAGES
from benchmarks.clients import Client
from benchmarks.servers import serving

pytestmark = pytest.mark.long

STUDENTS = 8
CHANGES = 15


@pytest.fixture
def server():
    with serving() as started:
        yield started


def test_nobody_sees_an_error_and_every_change_is_shown(server):
    async def visit(seed):
        rng = random.Random(seed)
        async with Client(server.address, query="epochs=10000") as tab:
            await tab.run()
            seen = list(tab.texts)
            await tab.press("play")
            for _ in range(CHANGES):
                await asyncio.sleep(rng.uniform(0.05, 0.5))
                [*_, widget] = (tab.widgets[key] for key in tab.widgets if key.startswith("follow:"))
                await tab.choose("follow", rng.choice(widget.options))  # raises where no answer comes
                seen += tab.texts
        return seen

    async def all_visits():
        return await asyncio.gather(*map(visit, range(STUDENTS)))

    for seen in asyncio.run(all_visits()):
        assert LANGUAGES["en"].server_error not in " ".join(seen)
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
