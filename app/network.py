"""How others on the network reach this machine."""

from __future__ import annotations

import socket

ELSEWHERE = "192.0.2.1", 9  # an address that is nobody's: how this machine would go there is what is asked


def address() -> str | None:
    """Return this machine's address on its network; None where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(ELSEWHERE)  # sends nothing
        except OSError:
            return None
        found: str = way.getsockname()[0]
    return None if found.startswith("127.") or found == "0.0.0.0" else found
