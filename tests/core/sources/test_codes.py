"""The list of codes is complete: what the modules raise and note is in it, and nothing else is."""

import ast
from pathlib import Path

from w2v_core import gunzip, sources, zips
from w2v_core.sources import NOTICES, PROBLEMS

ROOM = Path(sources.__file__).parent


def said(caller):
    """Return code -> sets of detail names, for every call in this room with a literal code."""
    found = {}
    for path in [*ROOM.glob("*.py"), Path(gunzip.__file__), Path(zips.__file__)]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == caller and isinstance(node.args[0].value, str):
                found.setdefault(node.args[0].value, set()).add(tuple(k.arg for k in node.keywords))
    return found


def test_every_problem_is_listed_with_its_details():
    raised = said("Problem")
    del raised["xz_memory"]  # no text is unpacked from xz, vectors are
    assert set(raised) | {"cancelled"} == set(PROBLEMS)
    for code, details in raised.items():
        assert all(set(names) == set(PROBLEMS[code]) for names in details), code


def test_every_notice_is_listed_with_its_details():
    noted = said("notice")
    assert set(noted) == set(NOTICES)
    for code, details in noted.items():
        assert all(set(names) == set(NOTICES[code]) for names in details), code
