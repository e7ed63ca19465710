"""Small damage of every kind to a valid file, drawn from a seed: bits, numbers, blocks, lengths, directories.

A zip and a gzip are damaged outside, or inside with sums that add up again: else nothing behind the sums would be met.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]

NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:e-?\d+)?")
NUMBERS = (b"0", b"-1", b"1", b"2", b"65537", b"2147483648", b"-9223372036854775809", b"1" * 400, b"1e999", b"0.5",
           b"nan", b"-inf", b"true", b"null", b'"a"', b"[]", b"{}", "٣".encode())  # fmt: skip
TOKENS = (b"\x00", b"\n", b"\r", b"\t", b" ", b",", b'"', b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"\x1f\x8b",
          b"<!--", b"`" * 50, b"[" * 50, b"-" * 50, b"\n" * 50, b"*** START OF THE PROJECT GUTENBERG EBOOK",
          "\u0300".encode() * 50, "國".encode("big5"), "\ud800".encode("utf-8", "surrogatepass"))  # fmt: skip
EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
DIRECTORY = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")


def flip_bit(data: bytes, draw: random.Random) -> bytes:
    """Turn one bit over."""
    place = draw.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << draw.randrange(8)]) + data[place + 1 :]


def truncate(data: bytes, draw: random.Random) -> bytes:
    """Cut the end off, or the beginning."""
    place = draw.randrange(len(data))
    return data[:place] if draw.random() < 0.8 else data[place:]


def block(data: bytes, draw: random.Random) -> tuple[int, int]:
    """Return where a block begins and ends; short ones are as likely as long ones."""
    start = draw.randrange(len(data))
    return start, min(len(data), start + int(2 ** draw.uniform(0, len(data).bit_length())))


def splice(data: bytes, draw: random.Random) -> bytes:
    """Copy one block over another place."""
    start, end = block(data, draw)
    place = draw.randrange(len(data))
    return data[:place] + data[start:end] + data[place + end - start :]


def duplicate(data: bytes, draw: random.Random) -> bytes:
    """Put a block in twice, or up to fifty times."""
    start, end = block(data, draw)
    return data[:end] + data[start:end] * draw.choice((1, 1, 2, 50)) + data[end:]


def leave_out(data: bytes, draw: random.Random) -> bytes:
    """Leave out a block."""
    start, end = block(data, draw)
    return data[:start] + data[end:]


def overwrite(data: bytes, draw: random.Random) -> bytes:
    """Make a block all zeros, all ones, or noise."""
    start, end = block(data, draw)
    filling = draw.choice((bytes(end - start), b"\xff" * (end - start), draw.randbytes(end - start)))
    return data[:start] + filling + data[end:]


def insert(data: bytes, draw: random.Random) -> bytes:
    """Put in what means something to some reader."""
    place = draw.randrange(len(data))
    return data[:place] + draw.choice(TOKENS) + data[place:]


def edit_number(data: bytes, draw: random.Random) -> bytes:
    """Put something else where a number stands in the text."""
    found = list(NUMBER.finditer(data))
    if not found:
        return insert(data, draw)
    start, end = draw.choice(found).span()
    return data[:start] + draw.choice(NUMBERS) + data[end:]


def edit_directory(data: bytes, draw: random.Random) -> bytes:
    """Change a field of a zip's headers, or of any four bytes where there are none."""
    places = [found.start() for mark in DIRECTORY for found in re.finditer(re.escape(mark), data)]
    start = draw.choice(places) + 4 if places else draw.randrange(len(data))
    place, size = start + 2 * draw.randrange(21), draw.choice((2, 4))
    return data[:place] + draw.choice(EXTREMES).to_bytes(4, "little")[:size] + data[place + size :]


PLAIN: tuple[Mutation, ...] = (
    flip_bit, truncate, splice, duplicate, leave_out, overwrite, insert, edit_number, edit_number, edit_directory,
)  # fmt: skip


def inside_zip(data: bytes, draw: random.Random) -> bytes:
    """Damage one member, rename it, take it away or put it in twice; the archive is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
        compression = archive.infolist()[0].compress_type
    at = draw.randrange(len(members))
    name, content = members[at]
    match draw.randrange(10):
        case 0:
            del members[at]
        case 1:
            members.append(members[at])
        case 2:
            renamed = mutated(name.encode(), draw).decode(errors="replace").replace("\x00", "") or "a"
            members[at] = (renamed, content)
        case 3:
            members[at] = (name, members[draw.randrange(len(members))][1])
        case _:
            members[at] = (name, mutated(content, draw))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name[:60_000]), content, compression)
    return file.getvalue()


def inside_gzip(data: bytes, draw: random.Random) -> bytes:
    """Damage what is packed; the packing is whole."""
    return gzip.compress(mutated(gzip.decompress(data), draw), 1, mtime=0)


def mutated(data: bytes, draw: random.Random) -> bytes:
    """Return the file with one to three damages."""
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        if not data:
            break
        change: Mutation = draw.choice(PLAIN)
        if data.startswith((b"PK\x03\x04", b"\x1f\x8b")) and draw.random() < 0.7:
            change = inside_zip if data.startswith(b"PK") else inside_gzip
        try:
            data = change(data, draw)
        except (zipfile.BadZipFile, OSError, EOFError, zlib.error, ValueError, NotImplementedError, RuntimeError,
                LookupError, OverflowError, UserWarning):  # fmt: skip
            data = draw.choice(PLAIN)(data, draw)  # damaged before, so there is no inside any more
    return data


def numbered(data: bytes, seed: str, number: int) -> bytes:
    """Return the mutation with this number of a seed: always the same one."""
    return mutated(data, random.Random(f"{seed}:{number}"))
