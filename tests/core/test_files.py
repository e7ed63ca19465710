"""Files are written whole or not at all, whatever happens on the way."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.written_files import KINDS, Watched, names
from w2v_core import Problem, files
from w2v_core.files import Unwritable, check_writable, written, written_together

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def write(path, content=b"new"):
    with written(path) as file:
        file.write(content)


def interrupted(*targets):
    with written_together(*targets) as files:
        for file in files:
            file.write(b"half")
        raise RuntimeError


def left_in(folder):
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "vectors.txt"
    path.write_bytes(b"old")
    return path


def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(target):
    fresh, usual = target.with_name("fresh"), target.with_name("usual")
    usual.touch()
    write(fresh)
    assert stat.S_IMODE(fresh.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
    target.chmod(0o600)
    write(target)
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == (0o600 if os.name == "posix" else 0o666)


@posix
def test_a_link_stays_and_what_it_leads_to_is_replaced(target, tmp_path):
    (tmp_path / "links").mkdir()
    link, dangling = tmp_path / "links" / "link", tmp_path / "links" / "dangling"
    link.symlink_to(target)
    dangling.symlink_to(Path("..") / "there.txt")
    write(link)
    write(dangling, b"made")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert (tmp_path / "there.txt").read_bytes() == b"made"
    assert left_in(tmp_path / "links") == {"link", "dangling"}


def test_an_error_inside_leaves_the_old_file_and_nothing_else(target):
    with pytest.raises(RuntimeError):
        interrupted(target)
    assert target.read_bytes() == b"old"
    assert left_in(target.parent) == {target.name}


def test_files_that_belong_together_are_both_replaced_or_neither(target):
    other = target.with_name("metadata.tsv")
    with pytest.raises(RuntimeError):
        interrupted(target, other)
    assert target.read_bytes() == b"old"
    assert not other.exists()
    with written_together(target, other) as (first, second):
        second.write(b"2")
        first.write(b"1")
    assert (target.read_bytes(), other.read_bytes()) == (b"1", b"2")


def unwritable(folder):
    """Return code -> path that cannot be written for this reason."""
    (folder / "folder.txt").mkdir()
    (folder / "read_only.txt").touch()
    (folder / "read_only.txt").chmod(0o444)
    paths = {
        "target_is_folder": folder / "folder.txt",
        "target_read_only": folder / "read_only.txt",
        "target_without_folder": folder / "nowhere" / "a.txt",
        "cannot_write": folder / ("a" * 300),
    }
    if os.name == "posix":
        os.mkfifo(folder / "pipe.txt")
        paths["target_is_special"] = folder / "pipe.txt"
    return paths


def test_what_is_no_plain_file_is_refused_beforehand_and_stays(tmp_path):
    for code, path in unwritable(tmp_path).items():
        before = left_in(tmp_path)
        for attempt in (check_writable, write):
            with pytest.raises(Unwritable) as refused:
                attempt(path)
            assert refused.value.code == code
            assert str(path) in str(refused.value)
            assert isinstance(refused.value, Problem)
        assert left_in(tmp_path) == before
    if os.name == "posix":
        assert stat.S_ISFIFO((tmp_path / "pipe.txt").stat().st_mode)
        with pytest.raises(Unwritable, match="/dev/null"):
            check_writable("/dev/null")


def test_to_check_changes_nothing(target):
    check_writable(target)
    check_writable(target.with_name("new.txt"))
    assert left_in(target.parent) == {target.name}
    assert target.read_bytes() == b"old"


def test_a_name_with_a_nul_is_one_sentence():
    with pytest.raises(Unwritable, match="no file has such a name"):
        check_writable("a\0b")


def fails(call):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "internal name")


def refused_as_full(write, paths):
    """Tell whether something is refused, and see to it that the sentence names one of these files and no other."""
    try:
        write()
    except Unwritable as problem:
        said = problem
    else:
        return False
    assert said.code == "disk_full"
    assert any(str(path) in str(said) for path in paths)
    assert "internal name" not in str(said)
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_at_any_call_keeps_a_whole_file_and_names_the_target(kind, tmp_path, monkeypatch):
    path = tmp_path / kind
    KINDS[kind](path, 1)
    old = [(tmp_path / name).read_bytes() for name in names(kind)]
    KINDS[kind](path, 2)
    new = [(tmp_path / name).read_bytes() for name in names(kind)]
    monkeypatch.setattr(files, "BUFFER", 64)
    refusals = number = 0
    while True:
        KINDS[kind](path, 1)
        watched = Watched(number, fails)
        with monkeypatch.context() as patched:
            patched.setattr(files, "os", watched)
            refusals += refused_as_full(
                lambda: KINDS[kind](path, 2), [tmp_path / name for name in names(kind)]
            )
        for name, one, other in zip(names(kind), old, new, strict=True):
            assert (tmp_path / name).read_bytes() in (one, other), number
        if number >= watched.calls:
            break
        number += 1
    assert refusals > 3


@posix
def test_a_limit_on_the_size_of_files_is_a_full_disk(target):
    code = (
        "import resource, sys; from w2v_core.files import written\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "with written(sys.argv[1]) as file: file.write(bytes(3_000_000))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, cwd=ROOT)
    assert f"{target} cannot be written: its disk is full" in done.stderr
    assert target.read_bytes() == b"old"
    assert left_in(target.parent) == {target.name}


KILLED = """
import os, sys, tempfile
from pathlib import Path
from tests.core.written_files import KINDS, Watched, names
from w2v_core import files

files.BUFFER = 64  # so that a small file, too, takes many writes

def die(call, after):
    if after:
        call()
    os._exit(7)

folder, total = Path(tempfile.mkdtemp(dir=sys.argv[1])), 0
for kind, make in KINDS.items():
    path, whole = folder / kind, []
    for number in (1, 2):
        make(path, number)
        whole.append([(folder / name).read_bytes() for name in names(kind)])
    for after in (False, True):
        number, status = 0, 7
        while status == 7:
            make(path, 1)
            if not (child := os.fork()):
                files.os = Watched(number, lambda call: die(call, after))
                make(path, 2)
                os._exit(0)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            now = [(folder / name).read_bytes() for name in names(kind)]
            for found, old, new in zip(now, *whole):
                assert found in (old, new), (kind, number, after)
            assert status == 7 or now == whole[1]
            number += 1
            for rest in folder.glob(".*.tmp"):
                rest.unlink()
        total += number
print(total)
"""


@posix
@pytest.mark.long
def test_a_process_killed_before_or_after_any_call_leaves_the_old_or_the_new_file(tmp_path):
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", KILLED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200  # kills
