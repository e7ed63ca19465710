"""What pyproject.toml declares and what the requirements files install is the same."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {line.replace('"', "'") for line in lines if line and not line.startswith("-r")}


def test_requirements_match_the_declared_dependencies():
    extras = PROJECT["optional-dependencies"]
    assert requirements("requirements.txt") == {*PROJECT["dependencies"], *extras["app"]}
    for extra in ("test", "bench", "bench-c"):
        assert requirements(f"requirements-{extra}.txt") == set(extras[extra])
