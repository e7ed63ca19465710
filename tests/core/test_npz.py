"""Arrays come out of an archive as NumPy wrote them, and only where the archive holds what it says."""

import io
import zipfile

import numpy as np
import pytest

from w2v_core import npz
from w2v_core.npz import Arrays, Damaged, Pickled

MANY = {
    "vectors": np.arange(12, dtype=np.float32).reshape(3, 4),
    "fortran": np.asfortranarray(np.arange(6).reshape(2, 3)),
    "big_endian": np.arange(4, dtype=">i4"),
    "nothing": np.zeros((0, 5)),
    "one": np.array(3.5),
    "letters": np.array(["a", "bc"]),
}


def archive(**members):
    """Return an archive of members with any content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for name, content in members.items():
            opened.writestr(f"{name}.npy", content)
    return file


def member(header, numbers=b"", version=b"\x01\x00"):
    header = header.encode() if isinstance(header, str) else header
    return b"\x93NUMPY" + version + len(header).to_bytes(2, "little") + header + numbers


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_what_numpy_wrote_is_read(save, monkeypatch):
    monkeypatch.setattr(npz, "PIECE", 1 << 10)
    file, big = io.BytesIO(), np.random.default_rng(0).normal(size=(50, 40))
    save(file, **MANY, big=big)
    told = []
    arrays = Arrays(file)
    arrays.told = told.append
    assert set(arrays.names) == {*MANY, "big"}
    assert arrays.packed == (save is np.savez_compressed)
    for name, expected in (MANY | {"big": big}).items():
        found = arrays.read(name)
        assert (found.dtype, arrays.header(name).shape) == (expected.dtype, expected.shape)
        np.testing.assert_array_equal(found, expected)
    assert sum(told) == big.nbytes + sum(array.nbytes for array in MANY.values())
    assert max(told) <= 1 << 10


def test_a_header_says_whether_an_array_fits():
    file = io.BytesIO()
    np.savez(file, **MANY)
    header = Arrays(file).header("vectors")
    assert header.fits("f4", 3, 4)
    assert header.fits("f4", 3, None)
    for other in (("f4", 4, 3), ("f4", 12), ("f8", 3, 4), ("f4", 3, 4, 1)):
        assert not header.fits(*other)


GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n"


def test_the_header_of_the_damaged_ones_is_good():
    assert Arrays(archive(a=member(GOOD, bytes(8)))).read("a").tolist() == [0, 0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x93NUMP",
        b"hello there, this is no array",
        member(GOOD),
        member(GOOD, bytes(9)),
        member(GOOD, bytes(8), b"\x02\x00"),
        member(GOOD.replace("2,", "-2,"), bytes(8)),
        member(GOOD.replace("2,", "-" * 9000 + "2,"), bytes(8)),
        member(GOOD.replace("2,", "(" * 3000 + "2,"), bytes(8)),
        member(GOOD.replace("2,", "2L,"), bytes(8)),
        member(GOOD.replace("2,", "9" * 5000 + ","), bytes(8)),
        member(GOOD.replace("(2,)", f"({'1, ' * 40}2)"), bytes(8)),
        member(GOOD.replace("'<f4'", "[('a', '<f4')]"), bytes(8)),
        member(GOOD.replace("<f4", "<q9"), bytes(8)),
        member(GOOD.replace("(2,)", "(2).__class__"), bytes(8)),
        member("{}\n", bytes(8)),
        member(b"\xff" * 60, bytes(8)),
    ],
)
def test_an_array_that_is_none_is_damage(content):
    with pytest.raises(Damaged):
        Arrays(archive(a=content)).read("a")


def test_objects_are_never_loaded():
    file = io.BytesIO()
    np.savez(file, a=np.array([{}], dtype=object))
    with pytest.raises(Pickled):
        Arrays(file).header("a")


def test_archives_that_do_not_add_up_are_damage(monkeypatch):
    one = member(GOOD, bytes(8))
    twice = io.BytesIO(archive(a=one, b=one).getvalue().replace(b"b.npy", b"a.npy"))
    for file in (io.BytesIO(), io.BytesIO(b"PK\x05\x06"), twice):
        with pytest.raises(Damaged):
            Arrays(file)
    names = archive(**{f"a{i}": b"" for i in range(100)})
    assert len(Arrays(names).names) == 100
    monkeypatch.setattr(npz, "PIECE", 1 << 10)
    with pytest.raises(Damaged):
        Arrays(names)  # a directory that is too large to be taken in


def test_a_member_that_promises_more_than_it_can_hold_is_damage():
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.npy", member(GOOD, bytes(8)))
    content = file.getvalue()
    at = content.index(b"PK\x01\x02") + 24  # the unpacked size, in the directory
    with pytest.raises(Damaged, match="sizes"):
        Arrays(io.BytesIO(content[:at] + (1 << 30).to_bytes(4, "little") + content[at + 4 :]))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_array_that_cannot_be_unpacked_in_bounds_is_damage(method):
    with zipfile.ZipFile(file := io.BytesIO(), "w", method) as opened:
        opened.writestr("a.npy", member(GOOD, bytes(8)))
    with pytest.raises(Damaged, match="bound"):
        Arrays(file)


def test_words_follow_each_other():
    letters = np.frombuffer("king世".encode(), dtype=np.uint8)
    assert list(npz.words_of(letters, np.array([4, 7]))) == [b"king", "世".encode()]
    for ends in ([], [4], [4, 8], [-1, 7], [5, 4, 7], [7, 0]):
        with pytest.raises(Damaged):
            npz.words_of(letters, np.array(ends, dtype=np.int64))
