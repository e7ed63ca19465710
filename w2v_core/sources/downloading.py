"""One file from the web: resumed or tried again where that can help, checked, and only then put in its place.

urllib is enough for a single GET with a Range header, and needs no further library. What arrives is kept in a
``.part`` file beside the target, with the server's mark for this version of the file (RFC 9110: ETag or
Last-Modified, sent back as If-Range), so that a later try or a later day can go on from there.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .._version import __version__
from ..files import move_into_place, written
from ..problems import Problem
from .intake import ReportProgress

BLOCK = 1 << 16
HEAD = 1 << 15  # bytes in which a signature must stand


@dataclass(frozen=True)
class Expected:
    """What a file must be: its exact size and checksum where they are known, and what holds anyway."""

    size: int | None
    at_most: int
    sha256: str = ""
    signature: bytes = b""


@dataclass(frozen=True)
class Patience:
    """When to give up.

    Attributes
    ----------
    tries : int
    pause : float
        Seconds before the second try; twice as long before each further one.
    timeout : float
        Seconds without a single byte; also the longest time until a cancellation is noticed.
    slowest : int
        Bytes a second, at least, over each `window` seconds.
    window : float
    """

    tries: int = 4
    pause: float = 1.0
    timeout: float = 10.0
    slowest: int = 2000
    window: float = 20.0


PATIENCE = Patience()


class _Failed(Exception):
    """A failure that may pass, with what to say if it does not."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def fetch(
    address: str,
    target: Path,
    expected: Expected,
    *,
    progress: ReportProgress | None = None,
    patience: Patience = PATIENCE,
) -> None:
    """Fetch a file; `target` appears whole and checked, or not at all.

    Raises
    ------
    Problem
        ``offline``, ``slow_server``, ``cut_off``, ``server_refused``, ``redirected_elsewhere``,
        ``wrong_content``.
    OSError
        The disk is full, or the folder cannot be written.
    """
    tick = progress or (lambda done, total: None)
    part = target.with_name(target.name + ".part")
    for attempt in range(patience.tries):
        try:
            if attempt:
                _wait(patience.pause * 2 ** (attempt - 1), lambda: tick(_size(part), expected.size))
            resumed = _receive(address, part, expected, tick, patience)
            _check(part, expected, address, resumed)
        except _Failed as failure:
            failed = failure
            continue
        move_into_place(part, target)
        _notes(part).unlink(missing_ok=True)
        return
    raise failed.problem from None


def sha256(path: Path) -> str:
    """Return the checksum of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _receive(address: str, part: Path, expected: Expected, tick: ReportProgress, patience: Patience) -> bool:
    """Bring `part` up to the whole file; return whether it was begun by an earlier try."""
    host = urlsplit(address).hostname or address
    start, headers = _resumption(address, part, expected)
    request = urllib.request.Request(
        address,
        headers={"User-Agent": f"word2vec-lab/{__version__}", "Accept-Encoding": "identity", **headers},
    )
    with _answer(request, host, part, patience) as response:
        resumed = response.status == 206 and response.headers.get("Content-Range", "").startswith(
            f"bytes {start}-"
        )
        if response.status == 206 and not resumed:
            _forget(part)
            raise _Failed(_cut_off(host))
        if not resumed:
            start = 0
        length = response.headers.get("Content-Length", "")
        total = start + int(length) if length.isdecimal() else None
        size = total or start
        if (expected.size and total and total != expected.size) or size > expected.at_most:
            raise _wrong(host, part)
        if response.headers.get_content_type() == "text/html" or response.headers.get("Content-Encoding"):
            raise _wrong(host, part)
        _note(address, part, response.headers)
        with open(part, "ab" if resumed else "wb") as file:
            done = _copy(response, file.write, start, total, expected, host, tick, patience)
        if done > expected.at_most:
            raise _wrong(host, part)
        if total is not None and done < total:
            raise _Failed(_cut_off(host))
    return resumed


def _copy(
    response: Any,
    write: Callable[[bytes], object],
    done: int,
    total: int | None,
    expected: Expected,
    host: str,
    tick: ReportProgress,
    patience: Patience,
) -> int:
    since, before = time.monotonic(), done
    while True:
        try:
            block = response.read1(BLOCK)
        except TimeoutError:
            raise _Failed(_slow(host)) from None
        except (OSError, http.client.HTTPException):
            raise _Failed(_cut_off(host)) from None
        if not block:
            return done
        write(block)
        done += len(block)
        tick(done, total or expected.size)
        if done > expected.at_most:
            return done
        if (passed := time.monotonic() - since) >= patience.window:
            if done - before < patience.slowest * passed:
                raise _Failed(_slow(host))
            since, before = time.monotonic(), done


def _answer(request: urllib.request.Request, host: str, part: Path, patience: Patience) -> Any:
    """Send a request; tell the failures that may pass from those that will not."""
    try:
        return _opener().open(request, timeout=patience.timeout)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416:  # what is there already is no part of the file any more
            _forget(part)
        refused = Problem(
            "server_refused", f"{host} answered with the error {error.code}.", host=host, status=error.code
        )
        if error.code in (408, 416, 425, 429) or error.code >= 500:
            raise _Failed(refused) from None
        raise refused from None
    except (OSError, http.client.HTTPException) as error:
        raise _connection_failure(error, host) from None


def _connection_failure(error: Exception, host: str) -> Exception:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLError):
        return Problem(
            "server_refused", f"{host} cannot prove who it is ({reason.reason}).", host=host, status="TLS"
        )
    if isinstance(reason, TimeoutError):
        return _Failed(_slow(host))
    if isinstance(reason, (ConnectionResetError, http.client.HTTPException)):
        return _Failed(_cut_off(host))
    return _Failed(_offline(host))


def failure_of(error: Exception, host: str) -> Problem:
    """Return the problem to report for a connection that another library made and that failed."""
    if isinstance(error, urllib.error.HTTPError):
        return Problem(
            "server_refused", f"{host} answered with the error {error.code}.", host=host, status=error.code
        )
    failure = _connection_failure(error, host)
    return failure if isinstance(failure, Problem) else getattr(failure, "problem", _offline(host))


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirections within a host (to https, to ``www.``), and none elsewhere."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        same = _plain_host(old) == _plain_host(new) and old.port == new.port
        if not same or (old.scheme == "https" and new.scheme != "https"):
            fp.close()
            raise Problem(
                "redirected_elsewhere",
                f"{old.hostname} sends us on to {new.hostname}, where this app does not go.",
                host=old.hostname or "",
                target=new.hostname or "",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _plain_host(address: Any) -> str:
    return str(address.hostname or "").removeprefix("www.")


def _opener() -> urllib.request.OpenerDirector:
    context = ssl.create_default_context()
    try:  # where Python knows no certificates of its own, as on some Macs
        import certifi
    except ImportError:
        pass
    else:
        context.load_verify_locations(certifi.where())
    return urllib.request.build_opener(_SameHost, urllib.request.HTTPSHandler(context=context))


def _resumption(address: str, part: Path, expected: Expected) -> tuple[int, dict[str, str]]:
    """Return how much of the file is there already, and the headers that ask for the rest."""
    try:
        notes = json.loads(_notes(part).read_text(encoding="utf-8"))
        mark = str(notes["mark"])
        start = _size(part) if notes["address"] == address else 0
    except (OSError, ValueError, KeyError, TypeError):
        start, mark = 0, ""
    if not start or not (mark or expected.sha256) or start >= (expected.size or start + 1):
        return 0, {}
    return start, {"Range": f"bytes={start}-", **({"If-Range": mark} if mark else {})}


def _note(address: str, part: Path, headers: Any) -> None:
    """Keep the server's mark of this version of the file; a weak ETag does not serve."""
    etag = headers.get("ETag", "")
    mark = etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")
    with written(_notes(part)) as file:
        file.write(json.dumps({"address": address, "mark": mark}).encode())


def _check(part: Path, expected: Expected, address: str, resumed: bool) -> None:
    with open(part, "rb") as file:
        head = file.read(HEAD)
    right = (
        head.strip()
        and (expected.size is None or part.stat().st_size == expected.size)
        and expected.signature in head
        and (not expected.sha256 or sha256(part) == expected.sha256)
    )
    if not right:
        problem = _wrong(urlsplit(address).hostname or address, part)
        raise _Failed(problem) if resumed else problem  # perhaps the pieces do not belong together


def _wait(seconds: float, tick: Callable[[], None]) -> None:
    """Sleep in short naps, so that a cancellation is noticed."""
    end = time.monotonic() + seconds
    tick()
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 0.2))
        tick()


def _notes(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _notes(part).unlink(missing_ok=True)


def _wrong(host: str, part: Path) -> Problem:
    _forget(part)
    name = part.name.removesuffix(".part")
    return Problem(
        "wrong_content",
        f"What {host} sent for {name} is not what it should be; nothing was kept. Try again later.",
        host=host,
        name=name,
    )


def _offline(host: str) -> Problem:
    return Problem(
        "offline", f"{host} cannot be reached: there seems to be no connection to the internet.", host=host
    )


def _slow(host: str) -> Problem:
    return Problem("slow_server", f"{host} does not answer in time; try again later.", host=host)


def _cut_off(host: str) -> Problem:
    return Problem("cut_off", f"The connection to {host} was cut off again and again; try later.", host=host)
