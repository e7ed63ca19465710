"""Clients that speak Streamlit's protocol: many pages at once, without a browser.

    with servers.serving() as server:
        async with Client(server.address) as page:
            await page.run()              # draw the page
            await page.press("play")      # a button, by its key

A client does what a browser would: it keeps the widgets that it was sent, sends all that was chosen with each run,
and runs fragments as often as it was asked to. It draws nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import urllib.request
import uuid
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any, Self

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

PATIENCE = 60.0  # seconds until an answer is given up


class Client:
    """One tab: a session of its own.

    Parameters
    ----------
    address : str
    page : str
        The page's path; the first page without one.
    query : str
        Of the link that is opened.
    polls : bool
        Whether fragments run as often as the server asks; else `fragment` runs one.
    locale : str
    session : str
        Of a tab that lost its connection.
    cookies : mapping of str to str, optional
        That the browser has of this address; else those that the server gives.

    Attributes
    ----------
    session : str
        The session's id, since the first run.
    widgets : dict
        The latest message of each widget by its key; unkeyed elements are not kept.
    texts : list of str
        Sentences shown since the last full run began: Markdown, alerts, toasts.
    uploads : list of str
        Ids of the files given to the page.
    fragments : dict of str to float
        Seconds between two runs of each fragment that is to run by itself.
    cookies : dict of str to str
        By name.
    """

    def __init__(
        self,
        address: str,
        page: str = "",
        query: str = "",
        polls: bool = True,
        locale: str = "en-US",
        session: str = "",
        cookies: Mapping[str, str] | None = None,
    ) -> None:
        self.address, self.page, self.query, self.polls, self.locale = address, page, query, polls, locale
        self.session = session
        self.widgets: dict[str, Any] = {}
        self.texts: list[str] = []
        self.uploads: list[str] = []
        self.fragments: dict[str, float] = {}
        self.cookies = dict(cookies or {})
        self._values: dict[str, WidgetState] = {}
        self._gone: set[str] = set()
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._finished, self._lost = asyncio.Condition(), False
        self._runs = dict.fromkeys(ForwardMsg.ScriptFinishedStatus.values(), 0)
        self._answers: dict[str, asyncio.Future[Any]] = {}

    async def __aenter__(self) -> Self:
        if not self.cookies:
            self.cookies = await asyncio.to_thread(self._given_cookies)
        token = self.cookies.get("_streamlit_xsrf", "no-token").strip('"')
        self._socket = await connect(
            self.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", token, self.session] if self.session else ["streamlit"],
            additional_headers={"Cookie": self._cookie},
            compression=None,
            max_size=None,
            open_timeout=PATIENCE,
        )
        self._listener = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the tab."""
        self._still()
        await self._socket.close(code=1001)

    def cut(self) -> None:
        """Lose the connection, as where a network goes away: nobody says goodbye."""
        self._still()
        self._socket.transport.abort()

    def _still(self) -> None:
        self._listener.cancel()
        for timer in self._timers.values():
            timer.cancel()

    # What a visitor does

    async def run(self) -> float:
        """Run the page with what was chosen; return the seconds until all of it is there."""
        return await self._run("")

    async def fragment(self, id: str | None = None) -> float:
        """Run one fragment (the only one that runs by itself, unless named); return the seconds it takes."""
        return await self._run(id or next(iter(self.fragments)))

    async def press(self, key: str) -> float:
        """Press a button."""
        return await self._run("", WidgetState(id=self.widgets[key].id, trigger_value=True))

    async def choose(self, key: str, value: bool | str) -> float:
        """Set a check box, a select box, a text field or a text area."""
        widget = self.widgets[self._newest(key)]
        kind = {"bool_value": value} if isinstance(value, bool) else {"string_value": value}
        self._values[widget.id] = WidgetState(id=widget.id, **kind)
        return await self._run("")

    async def tell(self, key: str, event: str, value: Any) -> float:
        """Say that something has happened in a component of ours."""
        id, said = self.widgets[key].id, json.dumps([{"event": event, "value": value}])
        self._values[id] = WidgetState(id=id, json_value="{}")
        return await self._run("", WidgetState(id=_make_trigger_id(id, "events"), json_trigger_value=said))

    async def reload(self, former: Client) -> float:
        """Say what a page says that was loaded anew (`browser/tab.js`): which session was the tab's before."""
        before = json.loads(former.widgets["link"].json)["session"]
        return await self.tell("link", "before", {"session": before, "course": ""})

    async def pick(self, key: str, place: int) -> float:
        """Choose an option of a segmented control by its place."""
        widget = self.widgets[self._newest(key)]
        state = WidgetState(id=widget.id)
        state.string_array_value.data.append(widget.options[place].content)
        self._values[widget.id] = state
        return await self._run("")

    async def upload(self, key: str, name: str, data: bytes) -> float:
        """Give a file to an uploader; return the seconds that the page then takes."""
        message, request = BackMsg(), str(uuid.uuid4())
        message.file_urls_request.request_id = request
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session
        [urls] = (await self._answered(request, message)).file_urls
        await asyncio.to_thread(self.put, urls.upload_url, name, data)
        return await self.give(key, name, len(data), urls.file_id)

    async def give(self, key: str, name: str, size: int, file_id: str) -> float:
        """Say that an uploader has a file that the server has."""
        state = WidgetState(id=self.widgets[key].id)
        self.uploads.append(file_id)
        state.file_uploader_state_value.uploaded_file_info.add(name=name, size=size, file_id=file_id)
        self._values[state.id] = state
        return await self._run("")

    async def download(self, key: str) -> str:
        """Ask for a file that is made when it is asked for; return its address."""
        return await self.download_by_id(self.widgets[key].deferred_file_id)

    async def download_by_id(self, file_id: str) -> str:
        """Ask for a file by its id; OSError with the server's words where it is refused."""
        message, request = BackMsg(), str(uuid.uuid4())
        message.backend_operation_request.request_id = request
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = file_id
        answer = await self._answered(request, message)
        if answer.error_msg:
            raise OSError(answer.error_msg)
        return self.address + answer.deferred_file.url

    async def clear_cache(self) -> None:
        """Ask the server to clear its caches, as a browser's key C may."""
        await self._send(BackMsg(clear_cache=True))

    def put(self, path: str, name: str, data: bytes) -> int:
        """Put a file where uploads go; return the HTTP status (`urllib.error.HTTPError` where it is refused)."""
        border = uuid.uuid4().hex
        head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{border}--\r\n".encode()
        request = urllib.request.Request(f"{self.address}{path}", body, method="PUT")
        request.add_header("Content-Type", f"multipart/form-data; boundary={border}")
        request.add_header("Cookie", self._cookie)
        request.add_header("X-Xsrftoken", self.cookies.get("_streamlit_xsrf", "").strip('"'))
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status

    async def until(self, key: str, there: bool = True, seconds: float = PATIENCE) -> None:
        """Wait until a widget is there and can be used (or not)."""
        ends = time.monotonic() + seconds
        while there != (key in self.widgets and not getattr(self.widgets[key], "disabled", False)):
            if time.monotonic() > ends:
                raise TimeoutError(key)
            await asyncio.sleep(0.05)

    def get(self, address: str) -> bytes:
        """Return what there is at an address of the server, with the tab's cookies."""
        request = urllib.request.Request(address, headers={"Cookie": self._cookie})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read()

    # The protocol

    @property
    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _given_cookies(self) -> dict[str, str]:
        """Ask for the server's health, as a page does before it opens its websocket; return the cookies."""
        with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=PATIENCE) as answer:
            said = SimpleCookie(
                "; ".join(each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or [])
            )
        return {name: each.coded_value for name, each in said.items()}

    def _newest(self, name: str) -> str:
        """Return the key of the widget that shows a choice (see `app.session.choices`): its name and a number."""
        keys = [key for key in self.widgets if key == name or key.rpartition(":")[0] == name]
        if not keys:
            raise KeyError(name)
        return keys[-1]

    async def _run(self, fragment: str, trigger: WidgetState | None = None) -> float:
        status = (
            ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY if fragment else ForwardMsg.FINISHED_SUCCESSFULLY
        )
        began, before = time.perf_counter(), self._runs[status]
        await self._ask(fragment, trigger)
        async with self._finished:
            await asyncio.wait_for(
                self._finished.wait_for(lambda: self._runs[status] > before or self._lost),
                PATIENCE,
            )
        if self._runs[status] == before:
            raise ConnectionError(
                f"the connection was lost: {self._socket.close_code} {self._socket.close_reason}"
            )
        return time.perf_counter() - began

    async def _ask(self, fragment: str, trigger: WidgetState | None = None, by_itself: bool = False) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self.query, self.page
        state.fragment_id, state.is_auto_rerun = fragment, by_itself
        state.context_info.locale, state.context_info.url = self.locale, f"{self.address}/{self.page}"
        state.widget_states.widgets.extend([*self._values.values(), *([trigger] if trigger else [])])
        await self._send(message)

    async def _answered(self, request: str, message: BackMsg) -> Any:
        """Send a message, and return what comes back under the same id."""
        self._answers[request] = asyncio.get_running_loop().create_future()
        try:
            await self._send(message)
            return await asyncio.wait_for(self._answers[request], PATIENCE)
        finally:
            del self._answers[request]

    async def _send(self, message: BackMsg) -> None:
        await self._socket.send(message.SerializeToString())

    async def _listen(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for data in self._socket:
                message = ForwardMsg()
                message.ParseFromString(data)  # type: ignore[arg-type]
                await self._take(message)
        self._lost = True  # whoever waits for an answer waits in vain
        async with self._finished:
            self._finished.notify_all()

    async def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
            if not message.metadata.run.fragment_ids:  # a full run: what it does not draw again is gone
                for id in list(self.fragments):
                    self._stop(id)
                self.texts, self._gone = [], set(self.widgets)
        elif kind == "delta":
            self._draw(message.delta)
        elif kind == "auto_rerun":
            self._poll(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            for id in message.stop_auto_rerun.fragment_ids:
                self._stop(id)
        elif kind == "file_urls_response":
            self._answer(message.file_urls_response.response_id, message.file_urls_response)
        elif kind == "backend_operation_response":
            answer = message.backend_operation_response
            self._answer(answer.request_id, answer)
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                for key in self._gone:
                    self.widgets.pop(key, None)
                self._gone = set()
            async with self._finished:
                self._runs[message.script_finished] += 1
                self._finished.notify_all()

    def _answer(self, request: str, answer: Any) -> None:
        if (waiting := self._answers.get(request)) and not waiting.done():
            waiting.set_result(answer)

    def _draw(self, delta: Any) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        element = delta.new_element
        kind = element.WhichOneof("type")
        drawn = getattr(element, kind) if kind else None
        if kind in ("markdown", "alert", "toast"):
            self.texts.append(drawn.body)
        elif (id := getattr(drawn, "id", "")).startswith("$$ID-"):
            key = id.split("-", 2)[2]
            self._gone.discard(key)
            self.widgets.pop(key, None)  # the newest last
            self.widgets[key] = drawn
            self.shown(key, drawn)

    def shown(self, key: str, widget: Any) -> None:
        """Take note of a widget that has come; for whoever counts them."""

    def _poll(self, id: str, seconds: float) -> None:
        self._stop(id)
        self.fragments[id] = seconds
        if self.polls:
            self._timers[id] = asyncio.create_task(self._ask_again(id, seconds))

    async def _ask_again(self, id: str, seconds: float) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(seconds)
                await self._ask(id, by_itself=True)

    def _stop(self, id: str) -> None:
        self.fragments.pop(id, None)
        if timer := self._timers.pop(id, None):
            timer.cancel()
