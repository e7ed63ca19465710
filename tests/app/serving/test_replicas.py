"""Two servers behind the proxy of `deploy/haproxy.cfg`, on this machine: a student stays with the server of the run."""

import asyncio
import contextlib
import io
import signal
import urllib.error
import urllib.request
from types import SimpleNamespace

import numpy as np
import pytest
from websockets.exceptions import InvalidStatus

from benchmarks.classroom import facts_of
from benchmarks.clients import Client
from benchmarks.servers import proxied, serving, workers
from tests.e2e import haproxy

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("replicas")]
COOKIE = "LAB"
NAMES = "one", "two"
OWN = 1  # the view of the Corpus page where one brings a text
TEXT = b"mossgoblin greets the fernwitch and the fernwitch greets the mossgoblin\n" * 50
HOST = "--server.allowedHosts", "127.0.0.1"


class Tab(Client):
    """A tab, and the step of each record that it was sent."""

    def __init__(self, *place, **kind):
        super().__init__(*place, **kind)
        self.steps = []

    def shown(self, key, widget):
        if key == "moves" and (facts := facts_of(widget.bytes)):
            self.steps.append(facts[1])

    async def trains(self, beyond=0):
        """Wait until a record comes of a step that is later."""
        async with asyncio.timeout(20):
            while not self.steps or self.steps[-1] <= beyond:
                await asyncio.sleep(0.05)
        return self.steps[-1]


@pytest.fixture(scope="module", params=["threads", "workers"])
def site(request):
    """The proxy's address, and the servers behind it, which train by themselves or on one cluster."""
    path = haproxy.find()
    if path is None:
        pytest.skip(haproxy.HINT)
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(workers(2)) if request.param == "workers" else ""
        environment = {"W2V_CLUSTER": cluster} if cluster else {}
        servers = [stack.enter_context(serving(environment, options=HOST)) for _ in NAMES]
        address = stack.enter_context(proxied(servers, path))
        yield SimpleNamespace(address=address, servers=dict(zip(NAMES, servers, strict=True)))


def where(tab):
    """Return which server the tab's cookie names."""
    return tab.cookies[COOKIE]


def with_both(site, visit, page="", **kind):
    """Let a tab visit each of the servers, at the same time."""

    async def all_visits():
        async with contextlib.AsyncExitStack() as stack:
            tabs = [await stack.enter_async_context(Tab(site.address, page, **kind)) for _ in NAMES]
            assert sorted(map(where, tabs)) == sorted(NAMES)  # they spread
            await asyncio.gather(*(tab.run() for tab in tabs))
            await asyncio.gather(*map(visit, tabs))

    asyncio.run(all_visits())


def test_an_upload_reaches_the_server_of_its_session(site):
    async def visit(tab):
        await tab.pick("view", OWN)
        await tab.upload("upload-0", "secret.txt", TEXT)
        assert "`mossgoblin`" in " ".join(tab.texts)

    with_both(site, visit, "corpus")


def test_a_download_comes_from_the_server_that_made_it(site):
    async def visit(tab):
        for _ in range(1 + NAMES.index(where(tab))):  # so that their files differ, and their addresses
            await tab.press("step")
        address = await tab.download("download-npz")
        with np.load(io.BytesIO(await asyncio.to_thread(tab.get, address))) as file:
            assert len(file.files) > 1
        other = Client(site.address, cookies={COOKIE: next(name for name in NAMES if name != where(tab))})
        with pytest.raises(urllib.error.HTTPError) as refused:  # else this test would say nothing
            await asyncio.to_thread(other.get, address)
        with refused.value as answer:
            assert answer.code == 404

    with_both(site, visit)


def test_play_goes_on_where_it_was_after_the_websocket_was_cut(site):
    async def visit(tab):
        await tab.press("play")
        step = await tab.trains()
        tab.cut()
        await asyncio.sleep(1)  # a browser tries again as late
        async with Tab(site.address, session=tab.session, cookies=tab.cookies) as again:
            await again.run()
            assert again.session == tab.session
            await again.press("play")  # nobody saw it meanwhile: it has paused
            assert await again.trains(step) > step
            await again.press("pause")

    with_both(site, visit, query="epochs=10000")


def test_a_reload_finds_the_run(site):
    async def visit(tab):
        await tab.press("play")
        step = await tab.trains()
        await tab.close()
        async with Tab(site.address, cookies=tab.cookies) as again:  # a browser reloads with its cookies
            await again.run()
            assert again.session != tab.session
            await again.reload(tab)
            assert await again.trains(step) > step
            await again.press("pause")

    with_both(site, visit, query="epochs=10000")


def test_a_page_under_another_name_gets_no_websocket(site):
    async def visit():
        with pytest.raises(InvalidStatus) as refused:
            async with Tab(site.address.replace("127.0.0.1", "localhost")):
                pass
        assert refused.value.response.status_code == 403

    asyncio.run(visit())


def test_what_is_larger_than_anything_the_app_takes_does_not_reach_it(site):
    request = urllib.request.Request(f"{site.address}/_stcore/upload_file/a/b", method="PUT")
    request.add_header("Content-Length", str(402 << 20))
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value as answer:
        assert answer.code == 413


def test_when_a_server_dies_its_students_begin_anew_at_the_other_and_the_others_go_on(site):  # the last test
    async def visit():
        async with contextlib.AsyncExitStack() as stack:
            tabs = [await stack.enter_async_context(Tab(site.address, query="epochs=10000")) for _ in NAMES]
            for tab in tabs:
                await tab.run()
                await tab.press("play")
                await tab.trains()
            stays, leaves = sorted(tabs, key=where)
            site.servers[where(leaves)].process.send_signal(signal.SIGKILL)
            step = stays.steps[-1]
            async with Tab(site.address, session=leaves.session, cookies=leaves.cookies) as again:
                await again.run()
                assert again.session != leaves.session
                await again.press("play")
                await again.trains()
            assert await stays.trains(step) > step

    asyncio.run(visit())
