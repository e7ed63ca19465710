"""Who may open a websocket: pages of this server, and programs, which name no origin. No other page may.

Streamlit refuses other pages as well, but asks a host on the internet for this machine's address first, and holds the
server meanwhile, up to two seconds an attempt.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

POLICY_VIOLATION = 1008
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SameOrigin:
    """Closes websockets that a page of another origin opens; ``server.corsAllowedOrigins`` names exceptions."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or close its websocket before it is open."""
        if scope["type"] == "websocket" and not _is_allowed(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        await self.app(scope, receive, send)


def _is_allowed(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None or origin in st.get_option("server.corsAllowedOrigins"):
        return True
    host = headers.get("host", "")
    try:
        return urlsplit(origin).netloc == host and _is_ours(urlsplit(f"//{host}").hostname)
    except ValueError:
        return False


def _is_ours(name: str | None) -> bool:
    """Tell whether a request can mean this server: one for this machine alone has no name of the internet.

    Otherwise a page elsewhere could let its own name lead here ("DNS rebinding"), and be of the same origin.
    """
    return name in LOOPBACK or st.get_option("server.address") not in LOOPBACK
