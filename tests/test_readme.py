"""What the README shows is what happens."""

import contextlib
import io
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_prints_what_is_shown(monkeypatch):
    [(code, shown)] = re.findall(r"```python\n(.*?)```\n\n```\n(.*?)```", README, re.S)
    assert len(code.strip().splitlines()) <= 12
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    rough = re.compile(r"(0\.\d\d)\d+")  # the last digits depend on the processor
    assert rough.sub(r"\1", printed.getvalue()) == rough.sub(r"\1", shown)
