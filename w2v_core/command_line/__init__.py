"""The command line: words in, vectors and answers out. Results go to stdout, everything else to stderr.

Exit status: 0 done, 1 something in the data or settings cannot work (one sentence says what), 2 wrong usage,
128 + n ended by signal n, such as 130 by Ctrl-C and 143 by `kill` (a checkpoint is kept).
"""

from __future__ import annotations

from collections.abc import Sequence

from ..problems import Problem
from . import streams
from .arguments import as_typed, parser
from .signals import INTERRUPTED, cleanly_stopped


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    streams.prepare()
    try:
        with cleanly_stopped():
            options = parser().parse_args(arguments)
            status: int = options.command(options)
            streams.flush()
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except Problem as problem:
        return _refuse(as_typed(str(problem)))
    except BrokenPipeError:  # `... | head` has read enough
        streams.abandon_output()
        return 0
    except OSError as error:
        reason = error.strerror or str(error)
        return _refuse(f"{error.filename}: {reason}" if error.filename else f"{reason}.")
    except MemoryError:
        return _refuse("There is not enough memory for this; take a smaller file, or smaller settings.")

    finally:
        _flush()


def _flush() -> None:
    """Bring out what has been printed, or nothing more: Python would try again at its end, and complain."""
    try:
        streams.flush()
    except (Problem, OSError):
        streams.abandon_output()


def _refuse(sentence: str) -> int:
    streams.refuse(sentence)
    return 1
