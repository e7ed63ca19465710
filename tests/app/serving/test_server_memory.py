"""A class comes and goes, twice: the server has as many threads as before, and hardly more memory."""

import asyncio

import pytest

from benchmarks.clients import Client, serving

LEASE = 5.0
CLASS = 40
SETTLING = 15  # seconds in which the last ones are swept away, at most
MORE = 1.05  # times the memory after the first class, after the second
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
        return [await lesson(server, visitors) for visitors in (1, CLASS, CLASS)]

    # Python's own allocator gives back whole megabytes only, each held by the last small object in it: by that alone a
    # class leaves up to a tenth more or less than the one before. With the system's what is read is what is in use.
    with serving({"W2V_LEASE_SECONDS": str(LEASE), "PYTHONMALLOC": "malloc"}) as server:
        (threads, alone), (after_one, first), (after_two, second) = asyncio.run(lessons(server))
    print(f"{alone:.0f} MB after one session, {first:.0f} after {CLASS} more, {second:.0f} after {2 * CLASS}")
    assert after_one <= threads
    assert after_two <= threads
    assert first < alone + BY_THE_LESSON
    assert second < MORE * first
