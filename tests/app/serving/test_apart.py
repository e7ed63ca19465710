"""Two tabs on one running server: nothing of one is in reach of the other, and nothing stays when its tab is gone."""

import asyncio
import urllib.error
import urllib.request
import uuid

import pytest

from app.serving import downloads, leaving
from benchmarks.clients import Client
from benchmarks.servers import serving

OWN = 1  # the view of the Corpus page where one brings a text
pytestmark = pytest.mark.xdist_group("apart")  # one server for all

LEASE = 4.0  # two seconds more than a file is kept: who comes back then is in time on a busy machine, too
TEXT = b"mossgoblin greets the fernwitch and the fernwitch greets the mossgoblin\n" * 50


@pytest.fixture(scope="module")
def server():
    with serving({"W2V_LEASE_SECONDS": str(LEASE)}) as server:
        yield server


def both(server, meeting, **kind):
    """Let two tabs meet."""

    async def meet():
        async with Client(server.address, **kind) as one, Client(server.address, **kind) as other:
            await one.run()
            await other.run()
            await meeting(one, other)

    asyncio.run(meet())


async def bring(tab):
    """Upload a text of one's own, and train on it."""
    await tab.pick("view", OWN)
    await tab.upload("upload-0", "secret.txt", TEXT)
    await tab.press("use")
    await eventually(lambda: "secret.txt" in " ".join(corpora(tab)))


async def eventually(condition, seconds=10.0):
    for _ in range(int(seconds / 0.1)):
        if condition():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it never came true")


def corpora(tab):
    [key] = [key for key in tab.widgets if key.startswith("corpus:")]
    return list(tab.widgets[key].options)


def status(address):
    """Return how the server answers a request."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_a_text_is_offered_to_its_own_session_alone(server):
    async def meeting(one, other):
        await bring(one)
        await other.run()
        assert "secret.txt" not in " ".join(corpora(other))
        assert not [text for text in other.texts if "secret" in text or "mossgoblin" in text]
        for link in ("corpus=own", "corpus=own-1", "corpus=own-2", "corpus=secret.txt", "word=mossgoblin"):
            async with Client(server.address, "corpus", query=link) as third:
                await third.run()
                assert "secret.txt" not in " ".join(corpora(third))

    both(server, meeting, page="corpus")


def test_an_upload_can_be_had_in_its_own_session_alone(server):
    async def meeting(one, other):
        for tab in (one, other):
            await tab.pick("view", OWN)
        await one.upload("upload-0", "secret.txt", TEXT)
        assert "`mossgoblin`" in " ".join(one.texts)
        [file] = one.uploads
        await other.give("upload-0", "secret.txt", len(TEXT), file)
        assert "`mossgoblin`" not in " ".join(other.texts)
        path = f"/_stcore/upload_file/{one.session}/{file}"
        with urllib.request.urlopen(server.address + path) as answer:  # files are put there, never got
            assert b"mossgoblin" not in answer.read()
        with pytest.raises(urllib.error.HTTPError) as refused:  # nor put to sessions that are not there
            other.put(f"/_stcore/upload_file/{uuid.uuid4()}/{file}", "a.txt", b"a b")
        with refused.value as answer:
            assert answer.code == 400

    both(server, meeting, page="corpus")


def test_downloads_have_addresses_that_nobody_can_guess(server):
    async def meeting(one, other):
        ids = [tab.widgets["download-run"].deferred_file_id for tab in (one, other)]
        assert ids[0] != ids[1]
        assert min(map(len, ids)) >= 32
        with pytest.raises(OSError, match=r"\w"):
            await other.download_by_id(uuid.uuid4().hex)
        await one.press("step")
        address = await one.download("download-npz")
        assert address != await other.download("download-npz")
        assert status(address) == 200

    both(server, meeting)


@pytest.mark.long
def test_a_file_that_was_made_is_gone_some_time_after_its_tab(server):
    async def visit():
        async with Client(server.address) as tab:
            await tab.run()
            await tab.press("step")
            address = await tab.download("download-npz")
            assert status(address) == 200
        longest = LEASE + 2 * downloads.KEPT_SECONDS + 2 * leaving.SWEEP_SECONDS
        await eventually(lambda: status(address) == 404, seconds=longest)

    asyncio.run(visit())


def test_one_tab_cannot_clear_what_others_have_going_on(server):
    async def meeting(one, other):
        await one.press("play")
        await other.clear_cache()
        await other.run()
        await asyncio.sleep(0.5)
        await one.run()
        assert not one.widgets["pause"].disabled
        await one.press("pause")

    both(server, meeting)


@pytest.mark.long
def test_ten_tabs_of_one_student_and_no_thread_when_they_are_gone(server):
    async def visit():
        async with Client(server.address) as tab:
            await tab.run()
            await tab.press("play")
            await asyncio.sleep(1)

    async def ten():
        await visit()
        await asyncio.sleep(1)
        before = server.threads
        for _ in range(2):
            await asyncio.gather(*(visit() for _ in range(10)))
        # The server's own pools (asyncio's and the map's) start a thread when they first need it, and keep it.
        await eventually(lambda: server.threads < before + 10)

    asyncio.run(ten())


@pytest.mark.long
def test_uploads_are_freed_when_their_tab_is_gone_long_before_its_lease_ends():
    async def visit(server):
        size = 40 << 20
        line = b"the cat sat on the mat\n"
        async with Client(server.address, "corpus") as tab:
            await tab.run()
            await tab.pick("view", OWN)
            before = server.megabytes
            await tab.upload("upload-0", "secret.txt", line * (size // len(line)))
            assert server.megabytes - before > 39
        await asyncio.sleep(leaving.FILE_SECONDS + 2 * leaving.SWEEP_SECONDS)
        assert server.megabytes - before < 20

    # A server of its own: another would put the file where former visits have been.
    with serving({"W2V_LEASE_SECONDS": "60"}) as server:
        asyncio.run(visit(server))


def test_who_comes_back_in_time_finds_the_run(server):
    async def visit():
        async with Client(server.address) as tab:
            await tab.run()
            for _ in range(3):
                await tab.press("step")
            session, said = tab.session, tab.texts[-1]
            assert "Paused" in said
        await asyncio.sleep(leaving.FILE_SECONDS)
        async with Client(server.address, session=session) as tab:
            await tab.run()
            assert tab.session == session
            assert tab.texts[-1] == said
        await asyncio.sleep(LEASE + 2 * leaving.SWEEP_SECONDS)
        async with Client(server.address, session=session) as tab:
            await tab.run()
            assert tab.session != session
            assert tab.texts[-1] != said

    asyncio.run(visit())
