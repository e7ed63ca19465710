"""The command that serves the app: its arguments, its port, its browser."""

import errno
import http.server
import socket
import subprocess
import sys
import threading

import pytest

from app import launch, network, teacher
from w2v_core import __version__


@pytest.fixture
def served(monkeypatch):
    """What Streamlit was asked for, instead of serving."""
    asked = []
    monkeypatch.setattr(launch, "_serve", lambda options: asked.append(options) or 0)
    return asked


@pytest.fixture
def opened(monkeypatch):
    """Whose browser was to be opened where."""
    asked = []
    monkeypatch.setattr(launch, "has_screen", lambda: True)
    monkeypatch.setattr(launch, "_open_when_it_answers", lambda host, port: asked.append((host, port)))
    return asked


@pytest.fixture
def taken():
    """A port on which somebody listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_it_serves_this_machine_on_the_usual_port_and_opens_the_browser(served, opened, monkeypatch):
    monkeypatch.setattr(launch, "free_port", lambda host, wanted: launch.PORT)
    assert launch.main([]) == 0
    assert served == [["--server.address=127.0.0.1", "--server.port=8501"]]
    assert opened == [("127.0.0.1", 8501)]


def test_the_next_free_port_is_taken_and_named(served, opened, taken, monkeypatch, capsys):
    monkeypatch.setattr(launch, "PORT", taken)
    assert launch.main(["--no-browser"]) == 0
    [[address, port]] = served
    number = int(port.removeprefix("--server.port="))
    assert address == "--server.address=127.0.0.1"
    assert number != taken
    assert capsys.readouterr().out == f"Port {taken} is taken: using {number}.\n"
    assert opened == []


def test_a_port_that_was_asked_for_is_not_replaced(served, taken, capsys):
    with pytest.raises(SystemExit) as left:
        launch.main(["--port", str(taken)])
    assert left.value.code == 2
    assert f"port {taken} is taken; without --port a free one is found" in capsys.readouterr().err
    assert served == []


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 70, "..", "192.0.2.1", "x\u0000"])
def test_a_host_that_is_not_this_machine_gets_one_sentence(host, served, capsys):
    with pytest.raises(SystemExit) as left:
        launch.main(["--host", host, "--port", "0"])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert "cannot listen on" in said or "not a name or an address" in said
    assert served == []


def test_port_0_is_any(served, capsys):
    assert launch.main(["--port", "0", "--no-browser"]) == 0
    assert 0 < int(served[0][1].removeprefix("--server.port=")) <= 0xFFFF
    assert capsys.readouterr().out == ""


def test_other_faults_are_not_taken_for_a_port_in_use(monkeypatch):
    def refuse(host, port):
        raise OSError(errno.EADDRNOTAVAIL, "no such address")

    monkeypatch.setattr(launch, "_bound", refuse)
    with pytest.raises(OSError, match="no such address"):
        launch.free_port("192.0.2.1", None)


@pytest.mark.parametrize("port", ["-1", "65536", "8501.0", "http", "²", "8 5"])
def test_what_is_no_port_is_refused(port, served, capsys):
    with pytest.raises(SystemExit):
        launch.main([f"--port={port}"])
    assert "not a port" in capsys.readouterr().err
    assert served == []


@pytest.mark.parametrize("wrong", [["lesson"], ["--prot", "8600"], ["--server.x=1", "--nope"], ["-p.x"]])
def test_slips_are_refused(wrong, served, capsys):
    with pytest.raises(SystemExit) as left:
        launch.main([*wrong, "--no-browser"])
    assert left.value.code == 2
    assert "unrecognized arguments" in capsys.readouterr().err
    assert served == []


def test_options_of_streamlit_are_passed_on(served):
    origin = ["--server.corsAllowedOrigins", "https://class.example"]
    assert launch.main(["--no-browser", "--port=0", *origin]) == 0
    assert served[0][2:] == origin


def test_a_class_is_everybody_on_the_network_with_workers_and_an_address(served, monkeypatch, capsys):
    monkeypatch.delenv(teacher.CLUSTER, raising=False)
    monkeypatch.setattr(teacher, "cores", lambda: 4)
    monkeypatch.setattr(network, "address", lambda: "192.0.2.7")
    environment = {}
    monkeypatch.setattr(launch.os, "environ", environment)
    assert launch.main(["--class", "--no-browser", "--port=0"]) == 0
    [[address, port, name]] = served
    assert [address, name] == ["--server.address=0.0.0.0", "--browser.serverAddress=192.0.2.7"]
    assert f"http://192.0.2.7:{port.rpartition('=')[2]}\n" in capsys.readouterr().out
    assert environment[teacher.CLUSTER] == "3"


@pytest.mark.parametrize(("found", "name"), [("192.0.2.7", "192.0.2.7"), (None, "127.0.0.1")])
def test_for_everybody_the_address_is_said_and_asked_of_nobody(found, name, served, monkeypatch):
    monkeypatch.setattr(network, "address", lambda: found)
    assert launch.main(["--no-browser", "--port=0", "--host=0.0.0.0"]) == 0
    assert served[0][2:] == [f"--browser.serverAddress={name}"]


def test_a_class_can_listen_elsewhere(served, monkeypatch, capsys):
    monkeypatch.setenv(teacher.CLUSTER, "1")
    assert launch.main(["--class", "--no-browser", "--port=0", "--host=127.0.0.1"]) == 0
    assert served[0][0] == "--server.address=127.0.0.1"
    assert "http://127.0.0.1:" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_asking_for_words_starts_nothing(arguments, tmp_path):
    code = (
        "import sys; from app import launch\n"
        "try: launch.main(sys.argv[1:])\n"
        "finally: assert 'streamlit' not in sys.modules"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=launch.SERVER.parents[1])
    assert done.returncode == 0, done.stderr
    expected = "usage: word2vec-lab " if arguments == ["--help"] else f"word2vec-lab {__version__}\n"
    assert done.stdout.startswith(expected)


@pytest.mark.parametrize(
    ("platform", "variables", "is_there"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"BROWSER": "firefox"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_terminal_without_a_screen_gets_no_browser(platform, variables, is_there, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(launch.sys, "platform", platform)
    assert launch.has_screen() is is_there


class Answers(http.server.BaseHTTPRequestHandler):
    """Not ready at first."""

    statuses = [503, 200]

    def do_GET(self):
        self.send_response(self.statuses.pop(0) if self.path == "/_stcore/health" else 404)
        self.end_headers()

    def log_message(self, *arguments):
        pass


def test_the_browser_opens_once_the_server_answers(monkeypatch):
    opened = []
    monkeypatch.setattr(launch.webbrowser, "open", opened.append)
    with http.server.HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        launch._open_when_it_answers("0.0.0.0", server.server_port)
        server.shutdown()
    assert opened == [f"http://127.0.0.1:{server.server_port}"]
    assert Answers.statuses == []
