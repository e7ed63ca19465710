"""A script run begins when all messages of the one before have been sent."""

import asyncio
from types import SimpleNamespace

import pytest
from streamlit.runtime.app_session import AppSession, AppSessionState

from app.serving import handover


class Runner:
    """A run whose thread takes further requests, or has ended."""

    def __init__(self, takes):
        self.takes, self.asked = takes, []

    def request_rerun(self, data):
        self.asked.append(data)
        return self.takes


@pytest.fixture
def begun(monkeypatch):
    """What has begun; beginning is what Streamlit's own method does."""
    all_begun = []
    monkeypatch.setattr(AppSession, "_create_scriptrunner", lambda session, data: all_begun.append(data))
    handover.keep()
    return all_begun


async def session(former):
    return SimpleNamespace(
        _scriptrunner=former, _state=AppSessionState.APP_IS_RUNNING, _event_loop=asyncio.get_running_loop()
    )


async def moments():
    await asyncio.sleep(5 * handover.RETRY_SECONDS)


def test_where_nothing_is_left_to_send_it_begins_at_once(begun):
    async def visit():
        AppSession._create_scriptrunner(await session(None), "full")
        assert begun == ["full"]

    asyncio.run(visit())


def test_it_waits_until_the_last_message_is_sent(begun):
    async def visit():
        now = await session(Runner(takes=False))
        AppSession._create_scriptrunner(now, "poll")
        await moments()
        assert begun == []
        now._scriptrunner = None  # as Streamlit does then
        await moments()
        assert begun == ["poll"]

    asyncio.run(visit())


def test_it_joins_a_run_that_has_begun_meanwhile(begun):
    async def visit():
        now = await session(Runner(takes=False))
        AppSession._create_scriptrunner(now, "poll")
        now._scriptrunner = new = Runner(takes=True)
        await moments()
        assert [new.asked, begun] == [["poll"], []]

    asyncio.run(visit())


def test_a_session_that_ends_begins_nothing(begun):
    async def visit():
        now = await session(Runner(takes=False))
        AppSession._create_scriptrunner(now, "poll")
        now._state = AppSessionState.SHUTDOWN_REQUESTED
        await moments()
        assert begun == []
        assert len(now._scriptrunner.asked) == 1

    asyncio.run(visit())


def test_it_is_kept_once(begun):
    once = AppSession._create_scriptrunner
    handover.keep()
    assert AppSession._create_scriptrunner is once
