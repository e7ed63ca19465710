"""Names in a zip: whatever encoding they are in, no text vanishes, and most names are readable."""

import pytest

from tests.core.sources.texts import ALL, TEXT, zipped
from w2v_core.sources import read


def files(*names, encoding="utf-8"):
    """Return the files that are read of a zip whose undeclared names are in an encoding."""
    raw = [name.encode(encoding) for name in names]
    stand_ins = [f"{number:x<{len(name)}}" for number, name in enumerate(raw)]
    packed = zipped(dict.fromkeys(stand_ins, TEXT))
    for stand_in, name in zip(stand_ins, raw, strict=True):
        packed = packed.replace(stand_in.encode(), name)
    return read(packed, ALL, name="t.zip").facts.files


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("big5", ("成功.txt", "other.txt")),  # its 功 ends with the byte of a backslash
        ("big5", ("許功蓋.txt", "許/功.txt")),
        ("gbk", ("红楼.txt",)),
        ("gbk", ("第一乗.txt", "他们的誠.txt")),
        ("gbk", ("图片.txt", "国王的故事.txt")),  # 图片 is two letters in UTF-8, as it happens
        ("shift_jis", ("表.txt", "other.txt")),
        ("shift_jis", ("ソース.txt", "予定表/能力.txt")),
        ("utf-8", ("成功.txt", "ソース.txt")),
        ("ascii", ("a/b.txt", "c.txt")),
    ],
)
def test_every_text_of_a_zip_is_read_and_its_name_readable(encoding, names):
    assert files(*names, encoding=encoding) == names


def test_where_the_encoding_cannot_be_told_the_text_is_read_all_the_same():
    assert files("pâte.txt", "other.txt", encoding="cp437") == ("pâte.txt", "other.txt")
    assert len(files("CD表.txt", "other.txt", encoding="shift_jis")) == 2


def test_a_backslash_between_folders_is_a_slash_and_what_is_hidden_stays_hidden():
    assert files("texts\\one.txt", "__MACOSX\\one.txt", ".git\\two.txt") == ("texts/one.txt",)
    assert files("功課\\成功.txt", "功課\\.成功.txt", encoding="big5") == ("功課/成功.txt",)
