"""What somebody may bring, as hypothesis draws it: near enough to what is valid that it gets past the first check."""

from __future__ import annotations

import gzip
import io
import zipfile

import numpy as np
from hypothesis import strategies as st

from benchmarks import shapes

NUMBERS = st.one_of(
    st.integers(-3, 100),
    st.sampled_from([2**31, 2**63, 10**18, 10**400, -1, 0, True, False]),
    st.floats(allow_nan=True, allow_infinity=True),
)
NUMBER_TEXTS = st.one_of(
    st.integers(-3, 70).map(str),
    st.floats(width=32).map(repr),
    st.sampled_from(
        ["1e99", "-0", "nan", "inf", "1_0", "٣", "½", "9" * 5000, "0x10", " 1", "1e400", "+5", ""]
    ),
)

# --- texts
WORDS = st.one_of(
    st.sampled_from(
        [
            "the",
            "king",
            "queen",
            "国王",
            "住在",
            "成功",
            "हिन्दी",
            "könig",
            "ko\u0308nig",
            "don't",
            "4.55",
            "1,000",
            "C++",
            "a.b",
            "http://a.b",
            "\ufeff",
        ]
    ),
    st.text(max_size=8),
)
MARKDOWN = st.sampled_from(
    ["# ", "> ", "- ", "1. ", "* ", "** ", "_ ", "` ", "``` ", "``````", "[ ", "](a) ",
     "![ ", "| ", "--- ", "=== ", "<b> ", "<!-- ", "--> ", "&amp; ", "&#x41; ", "\\ ", "[a]: b ", "<script>"]
)  # fmt: skip
CELLS = st.sampled_from([",", ";", "\t", "|", '"', '""', "\n", "\r\n", "\r", " ", "sep=;\n", "a,b\n"])
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", " ", "。", ". ", "\u2028", "\x0c", ""])
LICENCE = st.sampled_from(
    ["*** START OF THE PROJECT GUTENBERG EBOOK A ***\n", "*** END OF THE PROJECT GUTENBERG EBOOK A ***\n"]
)
RUNS = st.builds(lambda unit, times: unit * times, st.one_of(WORDS, MARKDOWN, CELLS), st.integers(0, 200))
TEXTS = st.lists(st.one_of(WORDS, ENDS, MARKDOWN, CELLS, LICENCE, RUNS), max_size=40).map("".join)
ENCODINGS = st.sampled_from(
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-32",
        "gb18030",
        "big5",
        "cp1252",
        "shift_jis",
        "koi8_r",
    ]
)
ENCODED = st.builds(lambda text, encoding: text.encode(encoding, "ignore"), TEXTS, ENCODINGS)
CONTENTS = st.one_of(
    ENCODED, st.binary(max_size=300), st.builds(bytes.__add__, ENCODED, st.binary(max_size=3))
)
TEXT_NAMES = st.sampled_from(
    [
        "a.txt",
        "a.md",
        "a.csv",
        "a.tsv",
        "a.tab",
        "a.log",
        "a",
        "a.txt.gz",
        ".md",
        "国王.txt",
        "a<b>.md",
        "\x1b[2J.csv",
    ]
)

# --- archives
MEMBER_NAMES = st.one_of(
    st.sampled_from(["a.txt", "b/c.md", "t.csv", ".hidden", "__MACOSX/a.txt", "d/", "../a.txt", "/a.txt", "x.zip",
                     "content.xml", "a\\b.txt", "国王.txt", "a.txt.gz"]),
    st.text(max_size=12).map(lambda name: name.replace("\x00", "")).filter(bool),
)  # fmt: skip
COMPRESSIONS = st.sampled_from(
    [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)


def _zip(members: list[tuple[str, bytes]], compression: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in dict(members).items():
            archive.writestr(zipfile.ZipInfo(name.encode(errors="replace").decode()), content, compression)
    return file.getvalue()


@st.composite
def damaged(draw: st.DrawFn, files: st.SearchStrategy[bytes]) -> bytes:
    """Return a file, or a part of it with something behind."""
    data = draw(files)
    if draw(st.booleans()):
        return data
    return data[: draw(st.integers(0, len(data)))] + draw(st.binary(max_size=20))


ZIPS = st.builds(_zip, st.lists(st.tuples(MEMBER_NAMES, CONTENTS), max_size=6), COMPRESSIONS)
GZIPS = st.lists(CONTENTS.map(lambda data: gzip.compress(data, mtime=0)), min_size=1, max_size=3).map(
    b"".join
)
ARCHIVES = damaged(st.one_of(ZIPS, GZIPS, ZIPS.map(lambda data: gzip.compress(data, mtime=0))))

# --- vectors
VECTOR_WORDS = st.one_of(
    st.sampled_from(["king", "queen", "my name", "国王", "#", "1", "nan"]), st.text(max_size=5)
)


@st.composite
def vector_tables(draw: st.DrawFn) -> bytes:
    """Return vectors as text, in one of the dialects, with one thing or another off."""
    dim, count = draw(st.integers(0, 4)), draw(st.integers(0, 6))
    separator = draw(st.sampled_from([" ", "\t", ",", "  "]))
    end = draw(st.sampled_from(["\n", "\r\n", " \n", "\r"]))
    numbers = st.lists(NUMBER_TEXTS if draw(st.booleans()) else st.just("0.5"), min_size=dim, max_size=dim)
    rows = [separator.join([draw(VECTOR_WORDS), *draw(numbers)]) for _ in range(count)]
    header = draw(
        st.sampled_from(
            ["", f"{count} {dim}", f"{count + 1} {dim}", f"{dim} {count}", "x y", "9" * 18 + " 2"]
        )
    )
    return (end.join([header, *rows] if header else rows) + draw(st.sampled_from([end, ""]))).encode(
        errors="replace"
    )


@st.composite
def vector_binaries(draw: st.DrawFn) -> bytes:
    """Return vectors as word2vec's binary, with any bytes for numbers."""
    dim, count = draw(st.integers(0, 4)), draw(st.integers(0, 6))
    rows = [draw(VECTOR_WORDS).encode(errors="replace") + b" " + draw(st.binary(min_size=4 * dim, max_size=4 * dim))
            for _ in range(count)]  # fmt: skip
    return b"%d %d\n" % (count + draw(st.integers(-1, 1)), dim) + draw(st.sampled_from([b"", b"\n"])).join(
        rows
    )


TYPES = st.sampled_from(
    ["<f4", "<f8", ">f4", "<f2", "<i8", "<i4", "|u1", "<u8", "|b1", "<c8", "|S3", "<U2", "<M8[s]", "|O"]
)


@st.composite
def npy_files(draw: st.DrawFn) -> bytes:
    """Return one array of an archive, or what calls itself so."""
    if draw(st.booleans()):
        shape = draw(st.lists(st.integers(0, 4), max_size=3))
        return shapes.array(np.zeros(shape, draw(TYPES.filter("|O".__ne__))))
    shape_text = draw(
        st.sampled_from(
            [
                "(2, 3)",
                "(2,)",
                "()",
                "(-1,)",
                f"({'9' * 30},)",
                f"({'-' * 500}1,)",
                "2",
                "(True,)",
                "(1.5,)",
                "(" * 200,
            ]
        )
    )
    order = draw(st.sampled_from(["False", "True", "0", "None"]))
    descr = draw(
        st.one_of(TYPES.map(repr), st.sampled_from(["'<f9'", "[('a', '<f4')]", "1", "'" + "f" * 300 + "'"]))
    )
    header = f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape_text}, }}"
    return shapes.npy(header, draw(st.binary(max_size=40)))


def archives_of(names: list[str]) -> st.SearchStrategy[bytes]:
    """Return archives of some of these arrays."""
    return st.dictionaries(st.sampled_from([*names, "x"]), npy_files(), max_size=len(names)).map(shapes.npz)


VECTOR_NAMES = st.sampled_from(
    ["a.txt", "a.vec", "a.bin", "a.npz", "a.glove", "vectors.tsv", "a.txt.gz", "a", "a.zip.x"]
)
VECTOR_FILES = damaged(
    st.one_of(
        vector_tables(),
        vector_binaries(),
        archives_of(["vectors", "words", "word_ends", "counts", "output_vectors"]),
    )
)
