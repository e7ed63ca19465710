"""The command line: words in, vectors and answers out. Results go to stdout, everything else to stderr.

Exit status: 0 done, 1 something in the data or settings cannot work (one sentence says what), 2 wrong usage,
130 interrupted with Ctrl-C (a checkpoint is kept).
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from ..problems import Problem
from .arguments import parser
from .training import INTERRUPTED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # words in any script, whatever the system's locale
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        status: int = options.command(options)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except Problem as problem:
        return _refuse(str(problem))
    except BrokenPipeError:  # `... | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _refuse(sentence: str) -> int:
    print(f"w2v_core: {sentence}", file=sys.stderr)
    return 1
