"""Which cluster is meant, and whether it may be talked to."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

SCHEMES = "tcp", "tls"


def processes_of(text: str) -> int | None:
    """Return how many worker processes of this machine a text asks for; None where it is an address.

    Raises
    ------
    ValueError
        It is neither; or an address where anybody could read and write what goes there. Dask unpickles what reaches
        its ports, so whoever reaches them has the machine.
    """
    if text.isdecimal() and text.isascii() and 0 < int(text) <= 1024:
        return int(text)
    parts = urlsplit(text)
    if parts.scheme not in SCHEMES or not parts.hostname or not parts.port:
        raise ValueError(
            f"W2V_CLUSTER is a number of processes, tcp://host:port or tls://host:port, not {text!r}"
        )
    if parts.scheme == "tcp" and not _private(parts.hostname):
        raise ValueError(
            f"{parts.hostname} is beyond this machine and its private network: W2V_CLUSTER takes tls:// there"
        )
    return None


def _private(host: str) -> bool:
    """Tell whether a host is in a private network; one without an address may come up later and is looked at then."""
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return True
    addresses = (ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found)
    return all(address.is_private for address in addresses)
