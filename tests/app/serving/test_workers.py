"""The app with its runs on worker processes: what dies takes with it only what it must, and says so."""

import asyncio
import contextlib
import time

import psutil
import pytest

from benchmarks.clients import Client
from benchmarks.servers import serving

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("workers")]
LEASE = 4
LOADED = 100 << 20  # bytes of a worker that holds nothing
LOST = "worker process of this run has ended"
AWAY = "No worker process answers"


@pytest.fixture(scope="module")
def server():
    with serving({"W2V_LEASE_SECONDS": str(LEASE), "W2V_CLUSTER": "2"}) as server:
        yield server


def processes(server, name):
    """The processes of the cluster with this among their arguments."""
    found = []
    for child in server.process.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # a zombie, too
            if name in " ".join(child.cmdline()):
                found.append(child)
    return found


def workers(server):
    return processes(server, "spawn_main")


def busy(process):
    """Tell whether a process computes."""
    return process.cpu_percent(interval=0.5) > 20


async def eventually(condition, seconds=20.0):
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it never came true"
        await asyncio.sleep(0.05)


def says(tab, sentence):
    return any(sentence in text for text in tab.texts)


def test_nothing_listens_beyond_this_machine(server):
    everything = [server.process, *server.process.children(recursive=True)]
    assert len(workers(server)) == 2
    listening = [
        connection.laddr.ip
        for process in everything
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 4
    assert set(listening) == {"127.0.0.1"}


def test_workers_give_way_to_the_server(server):
    assert all(worker.nice() > server.process.nice() for worker in workers(server))


def test_runs_train_on_workers(server):
    async def train():
        async with Client(server.address) as tab:
            await tab.run()
            await tab.press("play")
            await eventually(lambda: any(busy(worker) for worker in workers(server)))
            await tab.press("pause")

    asyncio.run(train())


def test_a_dead_worker_is_told_within_two_seconds_and_others_go_on(server):
    async def meet():
        async with Client(server.address) as one, Client(server.address) as other:
            for tab in (one, other):  # one on each worker
                await tab.run()
                await tab.press("play")
            await asyncio.sleep(1)
            first, second = workers(server)
            first.kill()
            killed = time.monotonic()
            await eventually(lambda: says(one, LOST) or says(other, LOST))
            assert time.monotonic() - killed < 2.0
            await asyncio.sleep(1)
            lost, living = (one, other) if says(one, LOST) else (other, one)
            assert not says(living, LOST)
            await living.run()
            assert "pause" in living.widgets
            assert second.is_running()
            assert busy(second)
            await lost.press("play")
            await lost.until("pause")
            await lost.press("pause")
            await living.press("pause")

        await eventually(lambda: len(workers(server)) == 2)  # another one has taken its place

    asyncio.run(meet())


def test_twenty_tabs_leave_nothing_on_the_workers(server):
    async def visit():
        async with Client(server.address) as tab:
            await tab.run()
            await tab.press("play")
            await asyncio.sleep(0.5)

    async def twenty():
        for _ in range(4):
            await asyncio.gather(*(visit() for _ in range(5)))
        await eventually(lambda: not any(busy(worker) for worker in workers(server)))

    def memory():
        return max(worker.memory_info().rss for worker in workers(server))

    asyncio.run(twenty())
    one_run = 20 << 20  # and no less: twenty would be ten on each worker
    asyncio.run(eventually(lambda: memory() < LOADED + one_run))


def test_without_its_scheduler_the_server_trains_itself_and_then_has_workers_again(server):
    async def meet():
        async with Client(server.address) as tab:
            await tab.run()
            await tab.press("play")
            await asyncio.sleep(0.5)
            [scheduler] = processes(server, "dask scheduler")
            scheduler.kill()
            await eventually(lambda: says(tab, LOST))
            await tab.press("play")  # in the server, or on workers that are back already
            await tab.until("pause")
            await tab.press("pause")
        await eventually(lambda: len(workers(server)) == 2 and processes(server, "dask scheduler"))
        async with Client(server.address) as tab:
            await tab.run()
            while says(tab, AWAY):
                await asyncio.sleep(0.5)
                await tab.run()
            await tab.press("reset")  # a new run
            await tab.press("play")
            await eventually(lambda: any(busy(worker) for worker in workers(server)))

    asyncio.run(meet())


def test_no_process_outlives_the_server():
    with serving({"W2V_CLUSTER": "1"}) as server:
        others = server.process.children(recursive=True)
        assert len(others) >= 3  # a scheduler, the process that looks after workers, and one of these
        server.process.kill()
        _, alive = psutil.wait_procs(others, timeout=10)
        assert not alive


def test_a_cluster_that_is_not_there_is_said_and_the_server_trains():
    async def visit(server):
        async with Client(server.address) as tab:
            await tab.run()
            assert says(tab, AWAY)
            await tab.press("play")
            await tab.until("pause")
            await tab.press("pause")

    with serving({"W2V_CLUSTER": "tcp://127.0.0.1:9"}) as server:
        asyncio.run(visit(server))


def test_a_worker_that_is_cut_off_holds_up_nobody(server):
    async def meet():
        async with Client(server.address) as one:
            await one.run()
            await one.press("play")
            await eventually(lambda: any(busy(worker) for worker in workers(server)))
            [silent] = [worker for worker in workers(server) if busy(worker)]
            silent.suspend()
            try:
                async with Client(server.address) as other:  # is given the worker that answers
                    assert await other.run() < 15
                    assert await other.press("play") < 5
                    await other.until("pause")
                    await other.press("pause")
                await eventually(lambda: says(one, LOST), seconds=30)
            finally:
                silent.resume()

    asyncio.run(meet())
