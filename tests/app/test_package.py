"""The app installed under another name: nothing in it asks for a top-level package `app`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOADED = """
import importlib, sys
for part in ("frame", "serving"):
    importlib.import_module(f"word2vec_lab.{part}")
assert "app" not in sys.modules, "it reaches for the folder's name in this repository"
"""


def test_it_loads_under_another_name(tmp_path):
    for folder, name in (("app", "word2vec_lab"), ("sample_corpora", "sample_corpora")):
        shutil.copytree(ROOT / folder, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    command = [sys.executable, "-W", "error", "-c", LOADED]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
