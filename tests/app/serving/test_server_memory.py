"""Classes come and go: the server has as many threads as before, and hardly more memory."""

import asyncio

import pytest

from benchmarks.clients import Client
from benchmarks.servers import serving

LEASE = 5.0
CLASS = 40
SETTLING = 15  # seconds in which the last ones are swept away, at most
MORE = 1.05  # times the memory after the first class, after a later one
LATER = 3  # classes after the first, at most
BY_THE_LESSON = 120  # MB that the first one leaves behind, at most


async def visit(server, number=0):
    """Open a page, train for five seconds, and leave."""
    await asyncio.sleep(0.1 * number)
    async with Client(server.address) as tab:
        await tab.run()
        await tab.press("play")
        await asyncio.sleep(5)


async def lesson(server, visitors):
    """Let so many come and go; return the threads and megabytes when all is settled, however busy the machine is."""
    await asyncio.gather(*(visit(server, number) for number in range(visitors)))
    await asyncio.sleep(LEASE + 5)
    readings = []
    for _ in range(SETTLING):
        await asyncio.sleep(1)
        readings.append((server.threads, server.megabytes))
    return tuple(map(min, zip(*readings, strict=True)))


@pytest.mark.long
def test_forty_sessions_leave_neither_threads_nor_memory():
    async def lessons(server):
        (threads, alone), (after_one, first) = [await lesson(server, visitors) for visitors in (1, CLASS)]
        later = []
        # What the allocators keep goes up and down by up to a tenth, what a class leaks stays: of a leak of a twentieth
        # none of the later classes is free.
        while not later or (later[-1][1] >= MORE * first and len(later) < LATER):
            later.append(await lesson(server, CLASS))
        return threads, alone, after_one, first, later

    with serving({"W2V_LEASE_SECONDS": str(LEASE)}) as server:
        threads, alone, after_one, first, later = asyncio.run(lessons(server))
    megabytes = [megabytes for _, megabytes in later]
    print(
        f"{alone:.0f} MB after one session, {first:.0f} after {CLASS} more,",
        *(f"{mb:.0f}" for mb in megabytes),
    )
    assert after_one <= threads
    assert all(after <= threads for after, _ in later)
    assert first < alone + BY_THE_LESSON
    assert min(megabytes) < MORE * first
