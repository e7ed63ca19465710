"""Find a Chromium for the browser tests, or install Debian's where that is allowed.

CHROMIUM=/path/to/chrome make test     uses that one
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
HINT = "The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM=path."


def find() -> str | None:
    """Return the path of a browser, or None."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen if shutil.which(chosen) else None
    found = (shutil.which(name) for name in NAMES)
    return next(filter(None, found), None) or next(filter(os.path.exists, PLACES), None)


def install(package: str) -> None:
    """Install one of Debian's packages, if this is Debian and we may."""
    if not Path("/etc/debian_version").exists():
        return
    if getattr(os, "geteuid", lambda: 1)() != 0:
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "--yes", package]):
        subprocess.run(command, env=environment, stdout=sys.stderr, check=False)


if __name__ == "__main__":
    if not find() and not os.environ.get("CHROMIUM"):
        install("chromium")
    print(f"Browser: {find()}" if find() else HINT)
