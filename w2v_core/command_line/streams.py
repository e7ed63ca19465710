"""The three standard streams: words shown as they are and no more, whatever the shell has done to the streams."""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from .. import limits
from ..problems import Problem

# Control characters, what turns the direction of a line, line ends of Unicode, halves of surrogate pairs.
_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")


def called_as() -> str:
    """Return how this program is called: as the command `w2v`, or as a module."""
    name = Path(sys.argv[0]).stem if sys.argv else ""
    return "w2v" if name == "w2v" else "python -m w2v_core"


def visible(text: str) -> str:
    """Return a text in which nothing moves a terminal: ESC is ␛, what has no picture is an escape."""
    return _UNSEEN.sub(lambda found: _picture(ord(found[0])), text)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def quoted(arguments: list[str]) -> str:
    """Return a command as it is typed; what could move a terminal is written out as shells do ($'...')."""
    return " ".join(_quoted(argument) for argument in arguments)


def _quoted(argument: str) -> str:
    if not _UNSEEN.search(argument):
        return shlex.quote(argument)
    plain = (
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b"\\'" else f"\\x{byte:02x}"
        for byte in os.fsencode(argument)
    )
    return f"$'{''.join(plain)}'"


def prepare() -> None:
    """Open what the shell has closed (``2>&-``), so that no other file takes its number."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (for as long as the process lives)
    if isinstance(sys.stdout, io.TextIOWrapper):  # words in any script, whatever the system's locale
        sys.stdout.reconfigure(encoding="utf-8")


def refuse(sentence: str) -> None:
    """Say what cannot be done, in one line."""
    say(f"w2v_core: {' '.join(sentence.splitlines())}")


def say(message: str) -> None:
    """Tell the person, on stderr, which may be closed by now."""
    with suppress(OSError, ValueError):
        print("\n".join(map(visible, message.split("\n"))), file=sys.stderr, flush=True)


def row(*cells: str) -> None:
    """Print a line of a table."""
    check_output()
    with naming_output():
        print(*map(visible, cells), sep="\t")


def check_output() -> None:
    """Refuse to work for an output that is closed."""
    if sys.stdout is None:
        raise Problem("output_closed", "The standard output is closed; there is nowhere to write to.")


def binary_output() -> BinaryIO:
    """Return stdout for bytes."""
    check_output()
    return sys.stdout.buffer


def binary_input() -> BinaryIO:
    """Return stdin for bytes."""
    _check_input()
    return sys.stdin.buffer


def asked() -> list[str]:
    """Return the words on stdin."""
    _check_input()
    try:
        data = sys.stdin.buffer.read(limits.MOST_ASKED + 1)
        if len(data) > limits.MOST_ASKED:
            message = f"stdin holds more than {limits.MOST_ASKED:,} bytes; ask about fewer words at a time."
            raise Problem("too_many_asked", message, limit=limits.MOST_ASKED)
        return data.decode().removeprefix("\ufeff").split()
    except UnicodeDecodeError:
        raise Problem("not_utf8", "stdin is not UTF-8 text.", name="stdin") from None


def _check_input() -> None:
    if sys.stdin is None:
        raise Problem("input_closed", "The standard input is closed; there is nothing to read from.")


@contextmanager
def naming_output() -> Iterator[None]:
    """Say of errors that name no file that they are the output's."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename or isinstance(error, Problem):
            raise
        reason = error.strerror or str(error)
        raise Problem(
            "cannot_write", f"The standard output cannot be written: {reason}.", name="stdout"
        ) from None


def flush() -> None:
    """Bring the output out."""
    if sys.stdout is not None:
        with naming_output():
            sys.stdout.flush()


def abandon_output() -> None:
    """Let what is left for stdout go nowhere: Python would try again at its end, and complain."""
    if sys.stdout is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
