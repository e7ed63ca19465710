"""Both distributions built, installed where nothing else is, and started as a user would, from any folder."""

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from benchmarks.clients import Client
from w2v_core import __version__

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("installed")]

ROOT = Path(__file__).parents[1]
KEPT = {".css", ".js", ".py", ".svg", ".toml", ".typed"}  # of the folders that are packages
SECONDS = 60  # until a server answers, on a busy machine
SCRIPTS = Path("Scripts" if sys.platform == "win32" else "bin")
# Where Streamlit, Matplotlib, or Python itself could leave something.
HOMES = ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")


def run(*command, **options):
    done = subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, timeout=500, **options
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """Both wheels, built from the files that git has: what lies around beside them must not come in."""
    checkout, made = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheels")
    listed = run(
        "git",
        "ls-files",
        "-z",
        "app",
        "sample_corpora",
        "w2v_core",
        "*.toml",
        "*.py",
        "*.md",
        "LICENSE",
        cwd=ROOT,
    )
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            (checkout / name).write_bytes((ROOT / name).read_bytes())
    for folder in ("w2v_core", "."):
        run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", made, checkout / folder)
    core, lab = sorted(made.glob("*.whl"))
    assert core.name.startswith("w2v_core-")
    assert lab.name.startswith("word2vec_lab-")
    return core, lab


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Make environments that have nothing."""

    def make(*requirements):
        folder = tmp_path_factory.mktemp("environment")
        run(sys.executable, "-m", "venv", folder)
        run(folder / SCRIPTS / "python", "-m", "pip", "install", "--quiet", *requirements)
        return folder / SCRIPTS

    return make


@pytest.fixture(scope="module")
def installed(empty, wheels):
    """Both in an environment of their own."""
    return empty(*wheels)


@pytest.fixture
def elsewhere(tmp_path):
    """A folder to start from and a home, both empty, and the variables that say so."""
    start, home = tmp_path / "start", tmp_path / "home"
    start.mkdir()
    home.mkdir()
    variables = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    variables |= dict.fromkeys(HOMES, str(home)) | {"PYTHONNOUSERSITE": "1"}
    for name in ("PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        variables.pop(name, None)
    return start, home, variables


@contextlib.contextmanager
def started(installed, elsewhere, *arguments, **variables):
    """Start the command; yield its process and its address."""
    start, _, environment = elsewhere
    with subprocess.Popen(
        [str(installed / "word2vec-lab"), *arguments],
        cwd=start,
        env=environment | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            address = next(found[1] for line in process.stdout if (found := re.search(r"URL: (\S+)", line)))
            yield process, address
        finally:
            process.kill()


async def visit(address):
    """Open the first page as soon as the server answers, and train on it."""
    ends = time.monotonic() + SECONDS
    while True:
        try:
            async with Client(address, query="corpus=tiny_en") as page:
                await page.run()
                await page.press("step")
                return page.texts, dict(page.widgets)
        except OSError:
            if time.monotonic() > ends:
                raise
            await asyncio.sleep(0.1)


def test_the_wheels_hold_the_folders_and_no_more(wheels):
    core, lab = (set(zipfile.ZipFile(wheel).namelist()) for wheel in wheels)
    listed = run("git", "ls-files", "app", "sample_corpora", "w2v_core", cwd=ROOT).splitlines()
    files = [Path(name) for name in listed if (ROOT / name).exists()]

    of_core = {file.as_posix() for file in files if file.parts[0] == "w2v_core" and file.suffix in KEPT}
    assert {name for name in core if ".dist-info/" not in name} == of_core - {"w2v_core/pyproject.toml"}

    of_app = {
        Path("word2vec_lab", *file.parts[1:]).as_posix()
        for file in files
        if file.parts[0] == "app" and file.suffix in KEPT
    }
    texts = {
        f"word2vec_lab/{file.as_posix()}"
        for file in files
        if file.parts[0] == "sample_corpora" and len(file.parts) == 2 and file.suffix in (".json", ".txt", "")
    }
    assert {name for name in lab if ".dist-info/" not in name} == of_app | texts
    assert {f"word2vec_lab/{path.suffix}" for path in files if path.parts[0] == "app"} <= {
        f"word2vec_lab/{suffix}" for suffix in KEPT
    }, "a kind of file that is not packed"


def test_the_core_is_installed_alone(empty, wheels, tmp_path):
    alone = empty(wheels[0])
    listed = run(alone / "python", "-m", "pip", "list", "--format=freeze").split()
    names = {line.partition("==")[0].lower().replace("_", "-") for line in listed}
    assert names - {"pip", "setuptools"} == {"numpy", "scipy", "w2v-core"}
    code = "import w2v_core; print(w2v_core.Corpus.from_text('a b . b a', min_count=1).vocabulary.words)"
    assert "'a'" in run(alone / "python", "-c", code, cwd=tmp_path)
    assert "train" in run(alone / "w2v", "--help", cwd=tmp_path)


def test_it_takes_no_name_that_others_could_have(installed):
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    there = {path.name for path in Path(run(installed / "python", "-c", code).strip()).iterdir()}
    assert {"word2vec_lab", "w2v_core"} <= there
    assert not there & {"app", "sample_corpora", "tests", "benchmarks", "docs", "launch.py", "setup.py"}


def test_the_core_finds_the_texts_of_the_app(installed, tmp_path):
    code = (
        "from w2v_core.command_line.checking import SAMPLES\n"
        "print([each.parent.name for each in SAMPLES if (each / 'tiny_en.txt').is_file()])"
    )
    assert run(installed / "python", "-c", code, cwd=tmp_path).strip() == "['word2vec_lab']"


def test_version_and_help(installed, elsewhere):
    start, _, environment = elsewhere
    for command in ([installed / "word2vec-lab"], [installed / "python", "-m", "word2vec_lab"]):
        assert run(*command, "--version", cwd=start, env=environment) == f"word2vec-lab {__version__}\n"
        assert "--no-browser" in run(*command, "--help", cwd=start, env=environment)


def test_it_serves_from_any_folder_and_writes_nothing(installed, elsewhere):
    start, home, _ = elsewhere
    package = run(
        installed / "python", "-c", "import word2vec_lab; print(*word2vec_lab.__path__)", cwd=start
    ).strip()
    before = {path for path in Path(package).rglob("*") if "__pycache__" not in path.parts}
    with started(installed, elsewhere, "--port=0", "--no-browser") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        texts, widgets = asyncio.run(visit(address))
        assert {"play", "step", "reset"} <= widgets.keys()
        assert "Word2Vec Lab" in " ".join(texts)
        if sys.platform != "win32":
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
    assert [*start.iterdir(), *home.iterdir()] == []
    assert {path for path in Path(package).rglob("*") if "__pycache__" not in path.parts} == before


def test_another_project_s_settings_do_not_hold(installed, elsewhere):
    """A folder with settings of Streamlit's own for another app."""
    start, _, _ = elsewhere
    (start / ".streamlit").mkdir()
    others = '[server]\naddress = "0.0.0.0"\nfileWatcherType = "poll"\n[browser]\ngatherUsageStats = true\n'
    (start / ".streamlit" / "config.toml").write_text(others, encoding="utf-8")
    with started(installed, elsewhere, "--port=0", "--no-browser") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        asyncio.run(visit(address))
        process.terminate()
        assert "usage statistics" not in process.stdout.read()


@pytest.mark.skipif(sys.platform != "linux", reason="BROWSER names the browser on Linux alone")
def test_it_opens_the_browser(installed, elsewhere, tmp_path):
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}.part && mv {seen}.part {seen}\n', encoding="utf-8")
    browser.chmod(0o755)
    with started(installed, elsewhere, "--port=0", BROWSER=str(browser)) as (_, address):
        ends = time.monotonic() + SECONDS
        while not seen.exists() and time.monotonic() < ends:
            time.sleep(0.1)
        assert seen.read_text(encoding="utf-8").strip() == address
