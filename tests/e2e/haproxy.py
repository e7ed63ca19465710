"""Find HAProxy for the test of several servers, or install Debian's where that is allowed: see `chromium`.

python -m tests.e2e.haproxy
"""

from __future__ import annotations

import shutil

from tests.e2e.chromium import install

HINT = "The test of several servers needs HAProxy: install it (Debian: apt-get install haproxy)."


def find() -> str | None:
    """Return the path of HAProxy, or None."""
    return shutil.which("haproxy") or shutil.which("/usr/sbin/haproxy")


if __name__ == "__main__":
    if not find():
        install("haproxy")
    print(f"HAProxy: {find()}" if find() else HINT)
