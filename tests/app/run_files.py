"""Run files that say something else than the app would."""

import io

from app.files import run_file
from w2v_core.training import checkpoint


class Named(io.BytesIO):
    name = "my run.w2vlab"


def rewritten(content, change):
    """Return a run file after ``change(facts, arrays)``; its checksums are right."""
    facts, saved = checkpoint.opened(Named(content), run_file.VERSION)
    facts["version"] = run_file.VERSION
    arrays = {name: saved.read(name) for name in saved.names if name != "run"}
    facts = change(facts, arrays) or facts
    file = io.BytesIO()
    checkpoint.pack(file, facts, arrays)
    return file.getvalue()
