"""A class comes and goes, twice: the server has as many threads as before, and hardly more memory."""

import asyncio
from itertools import pairwise

import pytest

from benchmarks.clients import Client, serving

LEASE = 5.0
CLASS = 40
SETTLING = 15  # seconds in which the last ones are swept away, at most
MORE = 1.05  # times the memory after the class before
MOST_CLASSES = 4
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


def grows(after):
    """Tell whether each class left more memory than the one before."""
    return all(later >= MORE * former for (_, former), (_, later) in pairwise(after))


@pytest.mark.long
def test_forty_sessions_leave_neither_threads_nor_memory():
    async def lessons(server):
        settled = [await lesson(server, visitors) for visitors in (1, CLASS, CLASS)]
        # What the C library keeps differs by several percent from class to class, up and down; a leak only grows.
        while grows(settled[1:]) and len(settled) < 1 + MOST_CLASSES:
            settled.append(await lesson(server, CLASS))
        return settled

    with serving({"W2V_LEASE_SECONDS": str(LEASE)}) as server:
        (threads, alone), *after = asyncio.run(lessons(server))
    print(
        f"{alone:.0f} MB after one session, after classes of {CLASS}:", *(f"{used:.0f}" for _, used in after)
    )
    assert all(left <= threads for left, _ in after)
    assert after[0][1] < alone + BY_THE_LESSON
    assert not grows(after)
