"""What a class is told: how many workers, the address, its QR code."""

import io

import pytest
import segno

from app import network, teacher


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 2), (3, 2), (4, 3), (16, 15)])
def test_one_core_is_left_to_the_pages_where_there_are_more_than_two(cores, workers):
    assert teacher.workers(cores) == workers


def test_there_is_a_core():
    assert teacher.cores() >= 1


@pytest.mark.parametrize("said", ["5", "tcp://10.0.0.1:8786"])
def test_what_is_said_already_stays(said):
    environment = {teacher.CLUSTER: said}
    assert said in teacher.share_out(environment)
    assert environment == {teacher.CLUSTER: said}


def test_without_dask_a_class_trains_in_threads_and_is_told_how_to_have_it(monkeypatch):
    monkeypatch.setattr(teacher.importlib.util, "find_spec", lambda name: None)
    environment = {}
    assert "pip install 'word2vec-lab[cluster]'" in teacher.share_out(environment)
    assert environment == {}


class Terminal(io.StringIO):
    """What is printed, in an encoding."""

    def __init__(self, encoding, screen=True):
        super().__init__()
        self._encoding, self._screen = encoding, screen

    @property
    def encoding(self):
        return self._encoding

    def isatty(self):
        return self._screen


def test_the_code_is_that_of_the_address_dark_on_light_on_every_terminal(monkeypatch):
    monkeypatch.setattr(network, "address", lambda: "192.0.2.7")
    terminal, plain = Terminal("utf-8"), io.StringIO()
    teacher.announce("0.0.0.0", 8501, terminal)
    segno.make_qr("http://192.0.2.7:8501").terminal(plain, compact=True)
    *code, said = terminal.getvalue().splitlines()
    assert said == "For the class: http://192.0.2.7:8501"
    assert code == [
        f"{teacher.WHITE_ON_BLACK}{line}{teacher.PLAIN}" for line in plain.getvalue().splitlines()
    ]


def test_a_terminal_without_the_signs_gets_the_address_alone(monkeypatch):
    monkeypatch.setattr(network, "address", lambda: "192.0.2.7")
    terminal = Terminal("cp1252", screen=False)
    teacher.announce("0.0.0.0", 80, terminal)
    assert terminal.getvalue() == "For the class: http://192.0.2.7:80\n"


def test_without_a_network_it_is_said(monkeypatch):
    monkeypatch.setattr(network, "address", lambda: None)
    terminal = Terminal("utf-8")
    teacher.announce("::", 8501, terminal)
    assert "no network" in terminal.getvalue()


def test_an_address_of_the_sixth_version_stands_in_brackets():
    terminal = Terminal("ascii", screen=False)
    teacher.announce("2001:db8::7", 8501, terminal)
    assert terminal.getvalue() == "For the class: http://[2001:db8::7]:8501\n"


def test_the_address_is_one_that_others_can_use():
    address = network.address()
    assert address is None or not address.startswith(("127.", "0."))
