"""Vectors as they are downloaded: packed, or one file in a zip or tar."""

import bz2
import gzip
import io
import lzma
import tarfile
import tracemalloc
import warnings
import zipfile

import numpy as np
import pytest

from tests.core.vectors.vector_samples import embed, random_embeddings
from w2v_core import Problem, limits, load_vectors, save_vectors
from w2v_core.vectors.formats import FORMATS

GLOVE = b"king 1 2\nqueen 3 4\n"


def zipped(members, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **{"compression": zipfile.ZIP_DEFLATED} | options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(members):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        archive.addfile(tarfile.TarInfo("link"), None)
    return file.getvalue()


def saved(format):
    file, metadata = io.BytesIO(), io.BytesIO()
    save_vectors(embed(["king", "queen"], [[1, 2], [3, 4]]), file, format, metadata=metadata)
    return file.getvalue(), metadata.getvalue() or None


def refusal(data, **options):
    with pytest.raises(Problem) as refused:
        load_vectors(data, **options)
    return refused.value


PACKINGS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
ARCHIVES = {"zip": zipped, "tar": tarred} | {
    f"tar{ending}": lambda members, pack=pack: pack(tarred(members)) for ending, pack in PACKINGS.items()
}
ENDINGS = dict(zip(FORMATS, (".txt", ".bin", ".glove", ".npz", ".tsv"), strict=True))


@pytest.mark.parametrize("ending", PACKINGS)
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_read_from_every_packing(format, ending):
    data, metadata = saved(format)
    pack = PACKINGS[ending]
    loaded = load_vectors(
        pack(data), name=f"a{ENDINGS[format]}{ending}", metadata=metadata and pack(metadata)
    )
    assert loaded.vectors.tolist() == [[1, 2], [3, 4]]
    # Several streams one after the other are one file, as parallel packers write it.
    both = pack(data[:5]) + pack(data[5:])
    assert (
        load_vectors(both, name=f"a{ENDINGS[format]}{ending}", metadata=metadata).vocabulary.words[1]
        == "queen"
    )


@pytest.mark.parametrize("kind", ARCHIVES)
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_read_from_every_archive(format, kind):
    data, metadata = saved(format)
    members = {"about/README.md": b"Vectors.\n", f"about/vectors{ENDINGS[format]}": data}
    members |= {"about/metadata.tsv": metadata} if format == "projector" else {}
    told = []
    loaded = load_vectors(
        ARCHIVES[kind](members), name=f"v.{kind}", progress=lambda done, total: told.append((done, total))
    )
    assert loaded.vocabulary.words == ("king", "queen")
    assert loaded.vectors.tolist() == [[1, 2], [3, 4]]
    assert told
    assert all(done <= total for done, total in told)


@pytest.mark.parametrize("kind", ARCHIVES)
def test_of_several_files_one_has_to_be_named(kind):
    members = {
        "v.50d.txt": GLOVE,
        "v.100d.txt": b"king 1 2 3\n",
        "__MACOSX/._v.txt": GLOVE,
        "notes.txt": b"a note\n",
    }
    data = ARCHIVES[kind](members)
    problem = refusal(data, name="v")
    assert (problem.code, problem.details["members"]) == ("several_inside", ("v.50d.txt", "v.100d.txt"))
    assert load_vectors(data, name="v", member="v.100d.txt").vectors.shape == (1, 3)
    problem = refusal(data, name="v", member="v.300d.txt")
    assert problem.code == "no_such_member"
    assert "v.50d.txt" in str(problem)


def doubled(*members):
    """Return a zip and a tar of members of which some have the same name."""
    packed, tape = io.BytesIO(), io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w") as zip_,
        tarfile.open(fileobj=tape, mode="w") as tar,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # that there is the name already
        for name, content in members:
            zip_.writestr(name, content)
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return packed.getvalue(), tape.getvalue()


def test_two_tables_of_words_are_several():
    numbers = ("vectors.tsv", b"1\t2\n3\t4\n")
    for data in doubled(numbers, ("metadata.tsv", b"a\nb\n"), ("metadata.tsv", b"c\nd\n")):
        assert refusal(data, name="v").code == "several_inside"


def test_two_files_of_one_name_are_several():
    for data in doubled(("vectors.glove", GLOVE), ("vectors.glove", b"king 1\n")):
        for wanted in (None, "vectors.glove", "./vectors.glove"):
            problem = refusal(data, name="v", member=wanted)
            assert (problem.code, problem.details["members"]) == ("several_inside", ("vectors.glove",) * 2)


def test_long_folders_in_a_tar_belong_to_a_name():
    file, folder = io.BytesIO(), "a folder of some letters/" * 5
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for n, content in enumerate((GLOVE, b"king 1 2 3\n")):
            info = tarfile.TarInfo(f"{folder}{n}/v.glove")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    assert refusal(file.getvalue(), name="v").code == "several_inside"
    assert load_vectors(file.getvalue(), name="v", member=f"{folder}1/v.glove").vectors.shape == (1, 3)


def test_the_space_of_folders_in_a_tar_of_gnu_holds_none():
    data = with_header(tarred({"v.glove": GLOVE}), 257, b"ustar  \0")
    assert len(load_vectors(with_header(data, 345, b"14707352437"), name="v", member="v.glove")) == 2


@pytest.mark.parametrize("name", [".", "", "/", "./"])
def test_a_file_without_a_name_is_none(name):
    tar = with_header(tarred({"x": GLOVE}), 0, name.encode().ljust(100, b"\0"))
    for data in (tar, zipped({".": GLOVE})):
        assert refusal(data, name="v").code == "no_vectors_inside"
        assert refusal(data, name="v", member=name).code == "no_such_member"


def test_a_table_of_words_is_found_under_a_folder_that_is_here():
    data = tarred({"./vectors.tsv": b"1\t2\n3\t4\n", "./metadata.tsv": b"a\nb\n"})
    assert load_vectors(data, name="v").vocabulary.words == ("a", "b")


@pytest.mark.parametrize("format", FORMATS)
def test_a_member_of_what_has_none_is_refused(format):
    data, metadata = saved(format)
    problem = refusal(data, name="v", metadata=metadata, member="nothere.txt")
    assert (problem.code, problem.details) == ("unused_option", {"name": "v", "option": "member"})


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_without_vectors(kind):
    assert refusal(ARCHIVES[kind]({"notes.txt": b"a note\n"}), name="v").code == "no_vectors_inside"


@pytest.mark.parametrize(
    ("file", "vectors"),
    [
        ("v.glove", GLOVE),
        ("v.glove", b"king 1 2\nNew York 3 4\n"),
        ("v.glove", b"king 1 2\n"),
        ("v.txt", b"2 2\n" + GLOVE),
        ("v.tsv", b"king\t1\t2\nqueen\t3\t4\n"),
    ],
)
@pytest.mark.parametrize(
    "note", [b"Vectors of 2024\nby us\n", b"Version 2\nof 3 May\n", b"page\t2\n\tof 9 3\n"]
)
def test_a_line_of_prose_that_ends_in_a_number_is_no_vector(file, vectors, note):
    assert len(load_vectors(zipped({"README": note, file: vectors}), name="v.zip")) >= 1


def test_vectors_that_begin_with_a_fault_are_found_all_the_same():
    data = zipped({"v.glove": b"king 1 2\nqueen 3 x\nman 1 1\n", "notes.txt": b"a note\n"})
    assert refusal(data, name="v.zip").code == "not_a_number"
    assert load_vectors(data, name="v.zip", errors="skip").vocabulary.words == ("king", "man")


def test_a_file_in_an_archive_is_named_with_it():
    problem = refusal(zipped({"a.txt": b"2 2\nking 1 2\nqueen 3\n"}), name="v.zip")
    assert (problem.code, problem.details["name"]) == ("wrong_columns", "v.zip/a.txt")


@pytest.mark.parametrize("ending", [".bz2", ".xz"])
def test_every_truncation_of_a_packing_is_seen(ending):
    packed = PACKINGS[ending](GLOVE)
    for end in range(6, len(packed), 3):
        assert refusal(packed[:end], name="a.glove" + ending).code == "corrupt_gzip"
    damaged = bytearray(packed)
    damaged[len(packed) // 2] ^= 0xFF
    assert refusal(bytes(damaged), name="a.glove" + ending).code == "corrupt_gzip"


@pytest.mark.parametrize("make", [zipped, tarred])
def test_no_truncation_or_damage_of_an_archive_raises_anything_but_a_problem(make):
    data = make({"a.glove": GLOVE, "b.md": b"b"})
    for end in range(0, len(data), 1 + len(data) // 200):
        for damaged in (data[:end], data[:end] + bytes([data[end] ^ 0x55]) + data[end + 1 :]):
            try:
                assert load_vectors(damaged, name="a").vocabulary.words == ("king", "queen")
            except Problem:
                continue


def with_header(data, place, field):
    """Return a tar with other bytes in its first header, whose checksum is right again."""
    header = bytearray(data[:512])
    header[place : place + len(field)] = field
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + data[512:]


@pytest.mark.parametrize(
    "size", [b"-0000001000 ", b"+0000000022 ", b"0000000_022 ", b"0o000000022 ", b"\xff" * 12]
)
def test_a_size_in_a_tar_is_octal_digits_alone(size):
    data = tarred({"a.glove": GLOVE})
    assert len(load_vectors(with_header(data, 124, b"%10o \0" % len(GLOVE)), name="v")) == 2
    assert refusal(with_header(data, 124, size), name="v").code == "corrupt_archive"


def test_archives_that_cannot_be_opened():
    assert refusal(zipped({"a.txt": GLOVE}, compression=zipfile.ZIP_BZIP2)).code == "zip_method"
    locked = bytearray(zipped({"a.txt": GLOVE}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(locked)).code == "encrypted_zip"
    assert refusal(zipped({"a.txt": GLOVE})[:-30], name="v.zip").code == "corrupt_archive"


@pytest.mark.parametrize("make", [zipped, tarred])
def test_archives_of_very_many_files_are_refused(make, monkeypatch):
    monkeypatch.setattr(limits, "MOST_ARCHIVED", 3)
    assert refusal(make({f"{i}.txt": b"a note\n" for i in range(4)})).code == "many_archived"


def test_a_zip_of_more_files_than_are_looked_at_is_not_damaged():
    members = {f"a folder with a long name/{i}.txt": b"a note\n" for i in range(5000)}
    assert refusal(zipped(members), name="v.zip").code == "many_archived"
    loaded = load_vectors(zipped(dict(list(members.items())[:1900]) | {"v.glove": GLOVE}), name="v.zip")
    assert len(loaded) == 2


def test_a_member_that_is_a_zip_itself_is_no_directory(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ARCHIVED", 3)
    entries = b"PK\x01\x02 1 2\n" + b"".join(b"PK\x01\x02%d 1 2\n" % i for i in range(50_000))
    assert len(load_vectors(zipped({"v.glove": entries}, compression=zipfile.ZIP_STORED))) == 50_001


@pytest.mark.parametrize("encoding", ["big5", "gbk", "utf-8"])
def test_names_in_a_zip_are_shown_as_their_packer_wrote_them(encoding):
    chinese = "詞向量/成功的許多詞.txt"
    raw = chinese.encode(encoding)
    stand_in = "x" * len(raw)
    data = zipped({stand_in: GLOVE, "other.glove": GLOVE}).replace(stand_in.encode(), raw)
    assert refusal(data, name="v.zip").details["members"] == (chinese, "other.glove")
    assert len(load_vectors(data, name="v.zip", member=chinese)) == 2


@pytest.mark.parametrize("make", [zipped, tarred])
@pytest.mark.parametrize("limit", [1 << 14, 1 << 17])
def test_of_a_long_file_beside_the_vectors_only_the_beginning_is_unpacked(make, limit):
    data = make({"notes.txt": b"a note\n" * 200_000, "v.glove": GLOVE})
    assert len(load_vectors(data, name="v", limit=limit)) == 2


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar.bz2", "tar.xz"])
def test_what_an_archive_unpacks_to_is_bounded(kind):
    data = ARCHIVES[kind]({"a.glove": b"a 1\n" + b"\n" * (40 << 20)})
    assert len(data) < 1 << 17
    assert refusal(data, name="v", limit=1 << 18).code == "unpacked_too_big"  # its modules are loaded by now
    tracemalloc.start()
    assert refusal(data, name="v", limit=8 << 20).code == "unpacked_too_big"
    assert tracemalloc.get_traced_memory()[1] < 1 << 25
    tracemalloc.stop()


def test_an_xz_that_wants_much_memory_to_unpack_is_refused():
    greedy = lzma.compress(GLOVE, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}])
    problem = refusal(greedy, name="a.glove.xz")
    assert (problem.code, problem.details) == ("xz_memory", {"name": "a.glove.xz", "limit_mb": 128})


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_unpacking_can_be_stopped(kind):
    calls = []

    def progress(done, total):
        calls.append(done)
        if len(calls) > 3:
            raise Problem("cancelled", "Stopped.")

    data = ARCHIVES[kind]({"a.txt": b"a 1\n" + b"\n" * (16 << 20)})
    assert refusal(data, name="v", progress=progress).code == "cancelled"


def test_models_say_what_to_take_instead():
    assert ".vec" in str(refusal(b"\xba\x16\x4f\x2f" + bytes(100), name="cc.en.300.bin"))
    assert "save_word2vec_format" in str(refusal(b"\x80\x04", name="model.kv"))


def test_large_members_are_read_whole():
    large = random_embeddings([f"w{i}" for i in range(3000)], 100)
    file = io.BytesIO()
    save_vectors(large, file, "word2vec_binary")
    for make in ARCHIVES.values():
        np.testing.assert_array_equal(
            load_vectors(make({"a.bin": file.getvalue()}), name="v").vectors, large.vectors
        )


def test_a_name_that_no_sentence_holds_is_shown_as_far_as_it_goes():
    problem = refusal(zipped({"\x1b[31m\n" + "x" * 500 + ".txt": b"2 2\na 1 2\nb 3\n"}), name="v.zip")
    assert problem.code == "wrong_columns"
    assert str(problem).isprintable()
    assert len(str(problem)) < 200
    assert "xxx.txt, line 3" in str(problem)
    several = refusal(zipped({f"{i}\x1b{'x' * 500}.txt": GLOVE for i in range(20)}), name="v.zip")
    assert str(several).isprintable()
    assert "and 10 more" in str(several)
