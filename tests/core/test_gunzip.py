"""gzip is unpacked as the standard library does, within limits, and can be stopped while nothing comes out."""

import gzip
import io

import pytest

from w2v_core import Problem, limits
from w2v_core.gunzip import TOLD, Gunzip

TEXT = b"".join(b"line %d\n" % i for i in range(50_000))


def unpacked(packed, **options):
    return io.BufferedReader(Gunzip(io.BytesIO(packed), "a.gz", **options), 1000).read()


def code(packed, **options):
    with pytest.raises(Problem) as refused:
        unpacked(packed, **options)
    assert "a.gz" in str(refused.value)
    return refused.value.code


@pytest.mark.parametrize("text", [b"", b"a", TEXT, bytes(1 << 20)])
def test_what_was_packed_comes_out(text):
    assert unpacked(gzip.compress(text)) == text


def test_members_follow_each_other_and_zeros_pad_them():
    parts = (
        gzip.compress(TEXT) + gzip.compress(b"") * 3000 + bytes(100_000) + gzip.compress(b"end") + bytes(5)
    )
    assert unpacked(parts) == TEXT + b"end"


def test_a_file_is_read_from_where_it_stands_and_again_from_there():
    file = io.BytesIO(b"before" + gzip.compress(TEXT))
    file.seek(6)
    unpacking = Gunzip(file, "a.gz")
    assert unpacking.read(7) == TEXT[:7]
    assert unpacking.tell() == 7
    unpacking.seek(0)
    assert unpacking.read(9) == TEXT[:9]
    with pytest.raises(io.UnsupportedOperation):
        unpacking.seek(3)


def test_every_cut_and_every_flipped_byte_is_seen():
    packed = gzip.compress(TEXT[:500], mtime=0)
    for end in range(2, len(packed)):
        assert code(packed[:end]) == "corrupt_gzip"
    for place in [2, 3, *range(10, len(packed))]:  # the bytes between are a time and a kind of system
        damaged = bytearray(packed)
        damaged[place] ^= 0x55
        assert code(bytes(damaged)) == "corrupt_gzip"
    assert code(packed + b"more") == "corrupt_gzip"


def test_more_than_is_allowed_is_refused(monkeypatch):
    packed = gzip.compress(bytes(1000))
    assert unpacked(packed, most=1000) == bytes(1000)
    assert code(packed, most=999) == "unpacked_too_big"
    monkeypatch.setattr(limits, "MOST_UNPACKED", 999)
    assert code(packed) == "unpacked_too_big"
    monkeypatch.setattr(limits, "MOST_GZIP_MEMBERS", 3)
    assert unpacked(gzip.compress(b"") * 3) == b""
    assert code(gzip.compress(b"") * 4) == "gzip_members"


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(bytes(3 * TOLD)),
        gzip.compress(b"a") + bytes(3 * TOLD),
        gzip.compress(b"") * (TOLD // 10),
    ],
    ids=["much", "padding", "empty members"],
)
def test_it_tells_and_can_be_stopped_while_nothing_comes_out(packed):
    calls = []
    unpacked(packed, told=lambda: calls.append(1))
    assert 2 <= len(calls) <= 8

    def stop():
        raise Problem("cancelled", "Stopped a.gz.")

    assert code(packed, told=stop) == "cancelled"
