"""What the server loads before it serves, and what waits until a page needs it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
LATER = {"openTSNE", "pandas", "scipy.stats", "sklearn"}  # a second, and 80 MB
LOADED = """
import asyncio, importlib, sys
from app import serving

async def start():
    async with serving.lifespan(None):
        print(*LATER & set(sys.modules), sep=",")
        for name in sorted(LATER):
            importlib.import_module(name)
        from threadpoolctl import threadpool_info
        print(*{pool["num_threads"] for pool in threadpool_info()}, len(threadpool_info()))

asyncio.run(start())
"""


def test_large_libraries_wait_and_then_have_one_thread_each():
    code = f"LATER = {LATER!r}\n{LOADED}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    loaded, threads = done.stdout.splitlines()
    assert loaded == ""
    each, libraries = threads.split()
    assert each == "1"
    assert int(libraries) >= 2, "there is nothing to limit: has threadpoolctl found none?"
