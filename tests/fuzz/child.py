"""Try many damaged files in one process, under limits; what is neither a result nor a `Problem` is told as it comes.

    python -m tests.fuzz.child NAME SEED FIRST COUNT        one line of JSON a fault; a number before each try

The limits end the process where nothing else could: a try that takes too long, memory without end. Who started it
knows from the last number which mutation that was.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
import warnings

from app.text import LANGUAGES
from tests.fuzz.bounded import KEPT, limit_memory, peak
from tests.fuzz.mutations import numbered
from tests.fuzz.valid_files import ValidFile, all_files
from w2v_core import Problem
from w2v_core.sources import Preview, ReadResult

SECONDS = 20  # of CPU for one try of a file of some kilobytes


def fault_of(file: ValidFile, data: bytes) -> str | None:
    """Return what is wrong with how a damaged file is taken; None for a result or one sentence."""
    try:
        try:
            found = file.use(data, file.name)
        except Problem as problem:
            found = problem
        return fault_of_answer(found)
    except Exception:
        return traceback.format_exc()


def fault_of_answer(found: object) -> str | None:
    """Return what is wrong with a problem's sentence in any language; None if nothing is."""
    if isinstance(found, (Preview, ReadResult)):
        for text in LANGUAGES.values():
            for notice in found.notices:
                text.notice(notice)  # KeyError where there is no sentence for it
    if not isinstance(found, Problem):
        return None
    for sentence in (str(found), *(text.problem(found) for text in LANGUAGES.values())):
        if not sentence.strip() or "\n" in sentence or "Traceback" in sentence or len(sentence) > 2_000:
            return f"no sentence for a reader: {found.code}: {sentence[:300]!r}"
    return f"an internal error: {found}" if found.code == "internal" else None


def main() -> None:
    """Try COUNT mutations from FIRST on."""
    name, seed, first, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    file = all_files()[name]
    if fault := fault_of(file, file.data):
        raise SystemExit(fault)
    warnings.simplefilter("ignore")
    limit_memory()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    before = peak()
    for number in range(first, first + count):
        os.write(1, b"%d\n" % number)
        data = numbered(file.data, f"{name}:{seed}", number)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        fault = fault_of(file, data)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if not fault and (after := peak()) - before > KEPT:
            fault = f"memory went from {before >> 20} to {after >> 20} MB"
            before = after
        if fault:
            os.write(1, json.dumps({"number": number, "fault": fault}).encode() + b"\n")


if __name__ == "__main__":
    main()
