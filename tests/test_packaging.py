"""What the two distributions declare, what the requirements files install, and what is in the folders is the same."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest

import w2v_core

ROOT = Path(__file__).parents[1]


def read(path):
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


LAB, CORE = read("pyproject.toml"), read("w2v_core/pyproject.toml")


def requirements(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {line.replace('"', "'") for line in lines if line and not line.startswith("-r")}


def core_of_the_lab():
    """Return the extras of the core that the lab needs, and its version."""
    [found] = filter(None, (re.fullmatch(r"w2v-core\[(.*)\]==(.*)", each) for each in needed()))
    return found[1].split(","), found[2]


def needed():
    return LAB["project"]["dependencies"]


def test_requirements_match_the_declared_dependencies():
    extras, _ = core_of_the_lab()
    of_extras = {each for extra in extras for each in CORE["project"]["optional-dependencies"][extra]}
    own = {each for each in needed() if not each.startswith("w2v-core")}
    assert requirements("requirements.txt") == own | of_extras | set(CORE["project"]["dependencies"])
    assert requirements("requirements-cluster.txt") == set(
        CORE["project"]["optional-dependencies"]["cluster"]
    )
    assert requirements("requirements-test.txt") == set(LAB["dependency-groups"]["test"]) - {
        "w2v-core[cluster]"
    }


def test_both_have_the_cluster_as_an_extra():
    version = LAB["project"]["version"]
    assert LAB["project"]["optional-dependencies"] == {"cluster": [f"w2v-core[cluster]=={version}"]}
    assert "-r requirements-cluster.txt" in (ROOT / "requirements-test.txt").read_text(encoding="utf-8")


def test_a_range_stands_in_one_place():
    extras = CORE["project"]["optional-dependencies"].values()
    named = [re.split(r"[<>=;\[ ]", each)[0].lower() for each in needed()]
    assert len(set(named)) == len(named)
    of_core = {re.split(r"[<>=;\[ ]", each)[0].lower() for group in extras for each in group}
    assert not of_core & set(named)


def test_there_is_one_version():
    version = w2v_core.__version__
    assert core_of_the_lab()[1] == LAB["project"]["version"] == version
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^version: {re.escape(version)}$", citation, re.M)
    assert (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").startswith(f"# Changelog\n\n## {version}")


def test_the_core_lists_all_its_packages():
    folders = {path.parent for path in (ROOT / "w2v_core").rglob("__init__.py")}
    names = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert set(CORE["tool"]["setuptools"]["packages"]) == names


def test_both_have_the_license():
    assert (ROOT / "w2v_core/LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_no_lock_file_is_kept():
    """It names the registry of whoever wrote it."""
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert not (ROOT / "poetry.lock").exists()


def test_the_description_has_no_path_that_leads_nowhere(monkeypatch):
    setuptools = pytest.importorskip("setuptools")
    given = {}
    monkeypatch.setattr(setuptools, "setup", lambda **options: given.update(options))
    description = runpy.run_path(str(ROOT / "setup.py"))["description"]
    readme = "![a](b.gif) [c](d.md) [e](https://f.example) [g](#h)"
    assert description(readme, "https://i.example/j") == (
        "![a](https://i.example/j/raw/HEAD/b.gif) [c](https://i.example/j/blob/HEAD/d.md) "
        "[e](https://f.example) [g](#h)"
    )
    assert description(readme, None) == " c [e](https://f.example) [g](#h)"
    assert given["long_description"].startswith("# Word2Vec Lab")
    assert "](docs/" not in given["long_description"]
