"""The command `word2vec-lab`: serves the app on a free port of this machine, and opens it in the browser.

    word2vec-lab --port 8600 --no-browser

What is not said here stands in `.streamlit/config.toml` beside this file, which Streamlit reads wherever it is started.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import http.client
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence
from pathlib import Path

SERVER = Path(__file__).parent / "server.py"
HOST = "127.0.0.1"
EVERYBODY = "0.0.0.0"
PORT = 8501
TRIES = 20  # of the ports after it
PATIENCE = 120.0  # seconds until a server that does not answer is no longer waited for
TAKEN = errno.EADDRINUSE, errno.EACCES  # the second is what Windows says of ports that it reserves
EVERYWHERE = {EVERYBODY: "127.0.0.1", "::": "::1"}  # what listens to all, and where this machine finds it


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C.

    Parameters
    ----------
    arguments : sequence of str, optional
        Of the command line, which is the default.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    SystemExit
        Where an argument is wrong, or the port cannot be had; with one sentence.
    """
    parser = _parser()
    given, others = parser.parse_known_args(arguments)
    if others and not _are_streamlits(others):
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    if given.version:
        from w2v_core import __version__

        print(f"word2vec-lab {__version__}")
        return 0
    host = given.host or (EVERYBODY if given.teaches else HOST)
    try:
        port = free_port(host, given.port)
    except (OSError, UnicodeError) as error:  # the second: a name that cannot be one
        parser.error(_why_not(error, host, given.port))
    if given.port is None and port != PORT:
        print(f"Port {PORT} is taken: using {port}.", flush=True)
    options = [f"--server.address={host}", f"--server.port={port}"]
    if host in EVERYWHERE:
        from . import network

        # Streamlit would ask a host on the internet how this machine is called.
        options.append(f"--browser.serverAddress={network.address() or EVERYWHERE[host]}")
    if given.teaches:
        from . import teacher

        print(teacher.share_out(os.environ), flush=True)
        teacher.announce(host, port)
    if not given.no_browser and has_screen():
        threading.Thread(target=_open_when_it_answers, args=(host, port), daemon=True).start()
    return _serve([*options, *others])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="word2vec-lab",
        description="See word2vec learn, in the browser. Ctrl-C ends it.",
        epilog="Options of Streamlit may follow, such as --server.corsAllowedOrigins=https://class.example.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--port", type=_port, help=f"the port; usually {PORT}, or the next that is free; 0 takes any"
    )
    parser.add_argument(
        "--host",
        help=f"the address to listen on; usually {HOST}, this machine alone; {EVERYBODY} is everybody on the network",
    )
    parser.add_argument(
        "--class",
        action="store_true",
        dest="teaches",
        help=f"for a class on this network: listen on {EVERYBODY}, train in worker processes (as many as suit the "
        "cores, or W2V_CLUSTER), and show the address as a QR code",
    )
    parser.add_argument("--no-browser", action="store_true", help="serve, and open no browser")
    parser.add_argument("--version", action="store_true", help="say the version and exit")
    return parser


def _are_streamlits(arguments: Sequence[str]) -> bool:
    """Tell options with a dot in their name, and values after them, from slips of the finger."""
    return (
        "." in arguments[0]
        and all("." in each for each in arguments if each.startswith("-"))
        and (arguments[0].startswith("--"))
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 0xFFFF):
        raise argparse.ArgumentTypeError(f"not a port: {text[:20]!r} (0 to 65535)")
    return int(text)


def free_port(host: str, wanted: int | None) -> int:
    """Return a port that can be listened on: the wanted one, or the first free one from the usual on.

    Raises
    ------
    OSError
        The wanted port, or the host, cannot be had.
    """
    if wanted is not None:
        return _bound(host, wanted)
    for port in range(PORT, PORT + TRIES):
        try:
            return _bound(host, port)
        except OSError as error:
            if error.errno not in TAKEN:
                raise
    return _bound(host, 0)


def _bound(host: str, port: int) -> int:
    """Listen on a port for a moment; return its number."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        if os.name == "posix":  # as the server does: a port that has just been left can be had at once
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        number: int = probe.getsockname()[1]
        return number


def _why_not(error: OSError | UnicodeError, host: str, port: int | None) -> str:
    if not isinstance(error, OSError):
        return f"not a name or an address: {host[:100]!r}"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken; without --port a free one is found"
    if error.errno == errno.EACCES:
        return f"port {port} may not be used here; without --port a free one is found"
    return f"cannot listen on {host[:100]!r}: {error.strerror or error}"


def has_screen() -> bool:
    """Tell whether there is a browser to open, rather than a terminal alone."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _open_when_it_answers(host: str, port: int) -> None:
    host = EVERYWHERE.get(host, host)
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            contextlib.closing(http.client.HTTPConnection(host, port, timeout=5)) as connection,
        ):
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == http.HTTPStatus.OK:
                webbrowser.open(f"http://{f'[{host}]' if ':' in host else host}:{port}")
                return
        time.sleep(0.1)


def _serve(options: list[str]) -> int:
    """Run Streamlit in this process until it is told to end."""
    from click import ClickException, exceptions
    from streamlit.web import cli

    try:
        # Streamlit's own "headless" asks for no e-mail address and opens nothing.
        cli.main(["run", str(SERVER), "--server.headless=true", *options], "streamlit", standalone_mode=False)
    except ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, exceptions.Abort):
        return 0
    return 0
