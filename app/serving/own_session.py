"""A tab acts on its own session: what Streamlit lets any of them ask for the whole server is not passed on."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

FOR_ALL = ("clear_cache",)  # ends what every session has going on, and has every sample corpus read again


class OwnSessionOnly:
    """ASGI middleware between the browser and Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""

        async def receive_own() -> Message:
            while True:
                message = await receive()
                if not _for_all(message.get("bytes")):
                    return message

        await self._app(scope, receive_own if scope["type"] == "websocket" else receive, send)


def _for_all(data: bytes | None) -> bool:
    message = BackMsg()
    try:
        message.ParseFromString(data or b"")
    except Exception:  # of protobuf's own kinds; Streamlit closes such a connection
        return False
    return message.WhichOneof("type") in FOR_ALL
