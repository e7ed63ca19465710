"""Hostile files by name: what somebody brings by accident or on purpose, at any size.

A shape is a function ``shape(n_bytes) -> (bytes, file_name)``. `n_bytes` is about the size of the file, or, where it
is packed, of what comes out of it; the shapes of many members count the bytes of the archive. `TEXTS` are for the
readers of texts, `VECTORS` and `RUNS` for the readers of vectors and of saved runs.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable

import numpy as np

from app.background.live import LiveTraining
from app.files import run_file
from app.own_text import OwnText
from app.settings import DEFAULTS, configured, recommended
from w2v_core.sources import TextOptions, read_pasted

Shape = Callable[[int], tuple[bytes, str]]


def repeated(unit: str | bytes, file_name: str, start: str | bytes = b"", end: str | bytes = b"") -> Shape:
    """Return the shape that is one unit over and over."""
    unit, start, end = (part.encode() if isinstance(part, str) else part for part in (unit, start, end))

    def shape(n_bytes: int) -> tuple[bytes, str]:
        return start + unit * max(1, (n_bytes - len(start) - len(end)) // len(unit)) + end, file_name

    return shape


def zipped(names_and_texts: list[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, text in names_and_texts:
            archive.writestr(name, text)
    return file.getvalue()


def packed(text: bytes) -> bytes:
    """Return a gzip of one member, without the time of day."""
    return gzip.compress(text, 6, mtime=0)


MEMBER = 100  # bytes that a member of a zip takes with a name of four letters: two headers, twice the name


def many_members(name: str, text: bytes = b"", size: int = MEMBER, file_name: str = "many.zip") -> Shape:
    """Return a zip of many small members; `name` is a template for a number."""
    return lambda n_bytes: (
        zipped([(name.format(i), text) for i in range(max(1, n_bytes // size))]),
        file_name,
    )


def backtick_runs(n_bytes: int) -> tuple[bytes, str]:
    """Runs of backticks of which each is longer than the last, so that none closes another."""
    runs, size = [], 0
    while size < n_bytes:
        runs.append("`" * (len(runs) + 1))
        size += len(runs) + 2
    return " a".join(runs).encode(), "a.md"


def nested_lists(n_bytes: int) -> tuple[bytes, str]:
    """A list in a list in a list: each line is further to the right."""
    lines, size = [], 0
    while size < n_bytes:
        lines.append(" " * len(lines) + "- a")
        size += len(lines) + 3
    return "\n".join(lines).encode(), "a.md"


def distinct_words(n_bytes: int) -> tuple[bytes, str]:
    """A text in which no word comes twice: all vocabulary."""
    return b" ".join(b"w%07x" % i for i in range(n_bytes // 9)), "a.txt"


def distinct_lines(n_bytes: int) -> tuple[bytes, str]:
    """An honest word list, as Markdown."""
    return b"\n".join(b"w%07x" % i for i in range(n_bytes // 9)), "a.md"


def wide_table(n_bytes: int) -> tuple[bytes, str]:
    """Two rows, of as many columns as the size allows."""
    row = b",".join(b"c%06x" % i for i in range(n_bytes // 16))
    return row + b"\n" + row + b"\n", "a.csv"


def growing_table(n_bytes: int) -> tuple[bytes, str]:
    """Each row has one column more than the last."""
    rows, size = [], 0
    while size < n_bytes:
        rows.append("a," * len(rows) + "a")
        size += 2 * len(rows)
    return "\n".join(rows).encode(), "a.csv"


def utf16_without_mark(n_bytes: int) -> tuple[bytes, str]:
    """UTF-16 that no byte order mark announces."""
    return ("王后 king queen\n" * (n_bytes // 28)).encode("utf-16-le"), "a.txt"


def one_bad_byte(n_bytes: int) -> tuple[bytes, str]:
    """GBK with one byte that is none."""
    text = ("国王住在城堡里。" * (n_bytes // 16)).encode("gbk")
    return text[: len(text) // 2] + b"\xff" + text[len(text) // 2 :], "a.txt"


def nested_zip(n_bytes: int) -> tuple[bytes, str]:
    """A zip in a zip in a zip, twenty deep, with a long text at the bottom."""
    content = b"king queen\n" * (n_bytes // 11)
    for depth in range(20):
        content = zipped([(f"{depth}.zip" if depth else "a.txt", content)], zipfile.ZIP_DEFLATED)
    return content, "nested.zip"


def nested_gzip(n_bytes: int) -> tuple[bytes, str]:
    """A gzip in a gzip, twenty deep."""
    content = b"king queen\n" * (n_bytes // 11)
    for _ in range(20):
        content = packed(content)
    return content, "a.txt.gz"


def long_names(n_bytes: int) -> tuple[bytes, str]:
    """Members whose names take all the space."""
    size = 2 * 60_000 + 76
    return zipped(
        [(f"{i}" + "n" * 59_000 + ".txt", b"king queen\n") for i in range(n_bytes // size + 1)]
    ), "names.zip"


def one_name(n_bytes: int) -> tuple[bytes, str]:
    """All members have the same name, and the same file behind it: the directory repeats one entry."""
    once = zipped([("a.txt", b"king queen\n")])
    directory = once.index(b"PK\x01\x02")
    entry, end = once[directory : once.index(b"PK\x05\x06")], once[once.index(b"PK\x05\x06") :]
    count = min(65_535, max(1, (n_bytes - directory) // len(entry)))
    tail = struct.pack("<4s4H2LH", end[:4], 0, 0, count, count, count * len(entry), directory, 0)
    return once[:directory] + entry * count + tail, "same.zip"


def empty_gzip_members(n_bytes: int) -> tuple[bytes, str]:
    """A gzip of many members with nothing in them."""
    empty = packed(b"")
    return packed(b"king queen\n") + empty * (n_bytes // len(empty)), "a.txt.gz"


def zeros_behind_gzip(n_bytes: int) -> tuple[bytes, str]:
    """A gzip padded with zeros, as some tapes have them."""
    return packed(b"king queen\n" * 20) + bytes(n_bytes), "a.txt.gz"


def compressible_gzip(n_bytes: int) -> tuple[bytes, str]:
    """A thousandth of what comes out of it."""
    return packed(b"king queen\n" * (n_bytes // 11)), "a.txt.gz"


def zeros_gzip(n_bytes: int) -> tuple[bytes, str]:
    """Nothing but zeros comes out of it."""
    return packed(bytes(n_bytes)), "a.txt.gz"


def compressible_zip(n_bytes: int) -> tuple[bytes, str]:
    """Ten members that unpack to a thousand times their size."""
    text = b"king queen\n" * (n_bytes // 110)
    return zipped([(f"{i}.txt", text) for i in range(10)], zipfile.ZIP_DEFLATED), "ten.zip"


MARKS = "\u0300\u0316"  # one above and one below: the pair that has to be put in order
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d"

TEXTS: dict[str, Shape] = {
    # plain text
    "combining_marks": repeated(MARKS, "a.txt", "a", " b"),
    "marks_on_each_letter": repeated("a" + MARKS * 20 + " ", "a.txt"),
    "one_long_word": repeated("a", "a.txt"),
    "one_long_line": repeated("king queen ", "a.txt"),
    "line_ends": repeated("\n", "a.txt", "a b", "c d"),
    "cr_line_ends": repeated("king queen\r", "a.txt"),
    "blanks": repeated(" ", "a.txt", "a b", "c d"),
    "dots": repeated(".", "a.txt", "a", " b"),
    "dotted_letters": repeated("a.", "a.txt"),
    "apostrophes": repeated("a'", "a.txt"),
    "hyphens": repeated("a-", "a.txt"),
    "digits": repeated("1,", "a.txt"),
    "addresses": repeated("http://a.b/@", "a.txt"),
    "han": repeated("国王住在城堡里", "a.txt"),
    "one_han": repeated("国", "a.txt"),
    "thai": repeated("กษัตริย์", "a.txt"),
    "japanese": repeated("東京タワーのかな", "a.txt"),
    "hangul_jamo": repeated("\u1100\u1161\u11a8", "a.txt"),
    "emoji_families": repeated(FAMILY, "a.txt"),
    "invalid_utf8": repeated(b"\xff\xfe\x80a ", "a.txt", b"king "),
    "gb18030_halves": repeated(b"\x81", "a.txt"),
    "control_characters": repeated(b"\x1b[2Ja\x00 ", "a.txt", b"king "),
    "byte_order_marks": repeated("\ufeff", "a.txt"),
    "gutenberg_markers": repeated("*** START OF THE PROJECT GUTENBERG EBOOK A ***\n", "a.txt"),
    "distinct_words": distinct_words,
    "utf16_without_mark": utf16_without_mark,
    "one_bad_byte": one_bad_byte,
    # Markdown
    "short_lines": repeated("a\n", "a.md", end="b\n"),
    "distinct_lines": distinct_lines,
    "brackets": repeated("[", "a.md"),
    "bracket_links": repeated("[a](", "a.md"),
    "images": repeated("![", "a.md"),
    "link_definitions": repeated("[a]: b\n", "a.md"),
    "backticks": repeated("`", "a.md"),
    "backtick_runs": backtick_runs,
    "fences": repeated("```\n", "a.md"),
    "quotes": repeated("> ", "a.md"),
    "emphasis": repeated("*a_ ", "a.md"),
    "stars": repeated("*", "a.md"),
    "underscores": repeated("a_", "a.md"),
    "html_comments": repeated("<!-- a ", "a.md"),
    "html_tags": repeated("<a href='", "a.md"),
    "angles": repeated("<", "a.md"),
    "entities": repeated("&amp;", "a.md"),
    "entity_starts": repeated("&#x", "a.md"),
    "list_markers": repeated("- ", "a.md"),
    "nested_lists": nested_lists,
    "rules": repeated("---\n", "a.md"),
    "underlines": repeated("=\n", "a.md", "a\n"),
    "pipes": repeated("|", "a.md"),
    "headings": repeated("# ", "a.md"),
    "backslashes": repeated("\\", "a.md"),
    # tables
    "wide_table": wide_table,
    "growing_table": growing_table,
    "narrow_table": repeated("a,b\n", "a.csv"),
    "quote_never_closed": repeated("king,queen\n", "a.csv", 'a,b\nc,"'),
    "quotes_in_a_cell": repeated('""', "a.csv", 'a,b\nc,"', '"\n'),
    "quotes_anywhere": repeated('a"', "a.csv"),
    "separators": repeated(",;\t|", "a.csv"),
    "tabs": repeated("\t", "a.tsv", "a\tb\n"),
    "empty_rows": repeated("\r", "a.csv", "a,b\n", "c,d\n"),
    # packed
    "compressible_gzip": compressible_gzip,
    "zeros_gzip": zeros_gzip,
    "zeros_behind_gzip": zeros_behind_gzip,
    "empty_gzip_members": empty_gzip_members,
    "nested_gzip": nested_gzip,
    "empty_members": many_members("{}.txt"),
    "small_members": many_members("{}.txt", b"king queen\n"),
    "hidden_members": many_members(".{}"),
    "folders": many_members("{}/"),
    "members_that_are_no_text": many_members("{}.png"),
    "nested_names": many_members("a/" * 500 + "{}.txt", size=2_100),
    "long_names": long_names,
    "one_name": one_name,
    "compressible_zip": compressible_zip,
    "nested_zip": nested_zip,
}


def npy(header: str, data: bytes = b"") -> bytes:
    """Return one array as NumPy writes it, with any text as its header."""
    text = header.encode()
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + data


def array(values: np.ndarray) -> bytes:
    """Return an array as NumPy writes it."""
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def npz(arrays: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return an archive of arrays."""
    return zipped([(f"{name}.npy", content) for name, content in arrays.items()], compression)


def vectors_npz(words: list[bytes], dim: int = 4, **changed: bytes) -> bytes:
    """Return an archive of vectors, whole but for what is changed."""
    n = len(words)
    ends = np.cumsum([len(word) for word in words], dtype=np.int64)
    arrays = {
        "vectors": array(np.ones((n, dim), np.float32)),
        "words": array(np.frombuffer(b"".join(words), np.uint8)),
        "word_ends": array(ends),
        "counts": array(np.arange(n, 0, -1)),
    }
    return npz(arrays | changed, zipfile.ZIP_DEFLATED)


def long_word_npz(n_bytes: int) -> tuple[bytes, str]:
    """One word takes all; a thousandth of it in the file."""
    return vectors_npz([b"a" * n_bytes, b"king", b"queen"]), "a.npz"


def minus_signs_npz(n_bytes: int) -> tuple[bytes, str]:
    """The shape of an array is an expression as deep as a header may be long."""
    depth = min(n_bytes, 9_000)
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({'-' * depth}1, 4), }}"
    return vectors_npz([b"king", b"queen"], vectors=npy(header)), "a.npz"


def huge_shape_npz(n_bytes: int) -> tuple[bytes, str]:
    """A header that promises far more numbers than there are."""
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({n_bytes * 1000}, 300), }}"
    return vectors_npz([b"king", b"queen"], vectors=npy(header)), "a.npz"


def zeros_npz(n_bytes: int) -> tuple[bytes, str]:
    """Vectors of zeros: a thousandth of them in the file."""
    words = [b"w%d" % i for i in range(max(2, n_bytes // 1_200))]
    return vectors_npz(words, dim=300), "a.npz"


def many_words_npz(n_bytes: int) -> tuple[bytes, str]:
    """As many words as the bytes hold."""
    return vectors_npz([b"%x" % i for i in range(n_bytes // 26)], dim=1), "a.npz"


def distinct_rows(n_bytes: int) -> tuple[bytes, str]:
    """Honest vectors as text, with few numbers a word."""
    count = n_bytes // 14
    return b"%d 2\n" % count + b"".join(b"%07x .5 -1\n" % i for i in range(count)), "a.txt"


def wide_rows(n_bytes: int) -> tuple[bytes, str]:
    """Two rows as wide as may be."""
    dim = min(65_536, n_bytes // 4)
    row = b" 1" * dim
    return b"2 %d\nking%b\nqueen%b\n" % (dim, row, row), "a.txt"


def wide_binary(n_bytes: int) -> tuple[bytes, str]:
    """Rows of 65,536 numbers."""
    dim = 65_536
    count = max(1, n_bytes // (4 * dim))
    row = np.ones(dim, "<f4").tobytes()
    return b"%d %d\n" % (count, dim) + b"".join(b"w%d " % i + row for i in range(count)), "a.bin"


def small_binary(n_bytes: int) -> tuple[bytes, str]:
    """As many words as the bytes hold."""
    count = n_bytes // 12
    number = np.ones(1, "<f4").tobytes()
    return b"%d 1\n" % count + b"".join(b"%06x " % i + number for i in range(count)), "a.bin"


def metadata_of_words(n_bytes: int) -> tuple[bytes, str]:
    """A zip of the projector's two tables, of which the words' is huge."""
    tables = [("vectors.tsv", b"1\t2\n3\t4\n"), ("metadata.tsv", b"a\n" * (n_bytes // 2))]
    return zipped(tables, zipfile.ZIP_DEFLATED), "a.zip"


VECTORS: dict[str, Shape] = {
    "line_ends_gzip": lambda n_bytes: (packed(b"2 2\n" + b"\n" * n_bytes), "a.txt.gz"),
    "zeros_behind_vectors": lambda n_bytes: (packed(b"2 1\na 1\nb 2\n") + bytes(n_bytes), "a.txt.gz"),
    "empty_members_vectors": lambda n_bytes: (
        packed(b"2 1\na 1\nb 2\n") + packed(b"") * (n_bytes // 20),
        "a.txt.gz",
    ),
    "zeros_gzip_binary": lambda n_bytes: (packed(b"9999999 300\n" + bytes(n_bytes)), "a.bin.gz"),
    "long_word_text": repeated("a", "a.txt", "2 1\n", " 1\nb 2\n"),
    "long_word_glove": repeated("a", "a.txt", "b 1 2\n", " 1 2\n"),
    "long_word_binary": repeated("a", "a.bin", "2 1\n", b" \x00\x00\x80\x3fb \x00\x00\x80\x3f"),
    "long_word_npz": long_word_npz,
    "distinct_rows": distinct_rows,
    "blank_parts": repeated("a ", "a.txt", "b 1 2\n", "1 2\n"),
    "numbers_in_one_line": repeated(" 1", "a.txt", "king"),
    "long_number": repeated("1", "a.txt", "2 1\nking ", "\nqueen 1\n"),
    "long_header": repeated("1", "a.txt", "", " 2\nking 1 2\n"),
    "wide_rows": wide_rows,
    "wide_binary": wide_binary,
    "small_binary": small_binary,
    "no_line_ends": repeated("a", "a.txt", "king 1 2"),
    "one_word_twice": repeated("king 1 2\n", "a.txt"),
    "marks_word": repeated(MARKS, "a.txt", "2 1\na", " 1\nb 2\n"),
    "tabs_tsv": repeated("\t1", "vectors.tsv", "1"),
    "minus_signs_npz": minus_signs_npz,
    "huge_shape_npz": huge_shape_npz,
    "zeros_npz": zeros_npz,
    "many_words_npz": many_words_npz,
    "many_arrays_npz": many_members("{}.npy", file_name="many.npz"),
    "metadata_of_words": metadata_of_words,
}


def facts(text: bytes) -> bytes:
    """Return the member of a run file that holds its facts."""
    return array(np.frombuffer(text, np.uint8))


def deep_facts(n_bytes: int) -> tuple[bytes, str]:
    """JSON that nests as deep as the file is long."""
    return npz({"run": facts(b"[" * n_bytes)}), "a.w2vlab"


def many_facts(n_bytes: int) -> tuple[bytes, str]:
    """JSON with as many names as the bytes hold."""
    return npz({"run": facts(json.dumps({f"{i:07x}": 0 for i in range(n_bytes // 14)}).encode())}), "a.w2vlab"


def long_number_facts(n_bytes: int) -> tuple[bytes, str]:
    """JSON with one number of all the digits."""
    return npz({"run": facts(b'{"version": ' + b"1" * n_bytes + b"}")}), "a.w2vlab"


def run_of_words(n_bytes: int, dim: int = 300) -> tuple[bytes, str]:
    """A run that asks for hundreds of numbers a word, of a text of one's own that holds all the file's bytes."""
    count = max(2, n_bytes // 24)
    words = [b"%06x" % i for i in range(count)]
    settings = {"corpus": "own", "objective": "softmax", "dim": dim, "window": 2, "negatives": 5, "epochs": 1}
    about = {
        "kind": "word2vec-lab run",
        "version": 1,
        "settings": settings,
        "own": {"title": {"en": "a"}, "language": "en"},
    }
    return npz(
        {
            "run": facts(json.dumps(about).encode()),
            "words": array(np.frombuffer(b"".join(words), np.uint8)),
            "word_ends": array(np.arange(6, 6 * count + 1, 6)),
            "ids": array(np.arange(count, dtype=np.int32)),
            "starts": array(np.array([0, count])),
        }
    ), "a.w2vlab"


def whole_run(n_bytes: int) -> tuple[bytes, str]:
    """An honest run of a text of one's own in which no word comes twice."""
    words = [f"w{i:06x}" for i in range(max(2, n_bytes // 200))]
    lines = (" ".join(words[start : start + 10]) for start in range(0, len(words), 10))
    result = read_pasted("\n".join(lines), TextOptions(min_count=1))
    title = {"en": "Mine", "zh": "我的"}
    source = OwnText.of("own-1", result, title, title, title)
    settings = (
        {"corpus": source.id}
        | recommended(source)
        | {"dim": 8, "epochs": 1, "batch_tokens": 256, "subsample": 0.0}
    )
    run = LiveTraining(result.corpus, configured({name: settings[name] for name in DEFAULTS}), [])
    run.step(1)
    return run_file.write(run, settings, source), "a.w2vlab"


def declared_arrays(n_bytes: int) -> tuple[bytes, str]:
    """Headers that promise arrays of a thousand times the file."""
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({n_bytes * 250}, ), }}"
    return npz({"run": facts(b"{}"), "training": npy(header, bytes(n_bytes))}), "a.w2vlab"


RUNS: dict[str, Shape] = {
    "deep_facts": deep_facts,
    "many_facts": many_facts,
    "long_number_facts": long_number_facts,
    "run_of_words": run_of_words,
    "whole_run": whole_run,
    "declared_arrays": declared_arrays,
    "packed_run": lambda n_bytes: (npz({"run": facts(bytes(n_bytes))}, zipfile.ZIP_DEFLATED), "a.w2vlab"),
    "minus_signs_run": lambda n_bytes: (
        npz({"run": npy(f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({'-' * 9_000}1,), }}")}),
        "a.w2vlab",
    ),
    "many_arrays_run": many_members("{}.npy", file_name="many.w2vlab"),
    "zeros_run": lambda n_bytes: (bytes(n_bytes), "a.w2vlab"),
}

SHAPES: dict[str, Shape] = TEXTS | VECTORS | RUNS
