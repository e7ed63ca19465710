"""Encodings: told, marked, proved or guessed; the characters come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core.encoding_detection import SAMPLE, detect
from w2v_core.sources.decoding import characters
from w2v_core.sources.intake import Intake

CHINESE = "国王和王后住在城堡里，他们的孩子在花园里玩。老师说：“今天我们学习什么？”学生们都笑了。\n"
TRADITIONAL = "國王和王后住在城堡裡，他們的孩子在花園裡玩。老師說：「今天我們學習什麼？」學生們都笑了。\n"
FRENCH = "Le garçon naïf a mangé une crème brûlée près du château, où l’été s’achève déjà.\n"
GERMAN = "Die Männer hören schöne Lieder über die grüne Straße, während die Vögel schlafen.\n"
RUSSIAN = "Король и королева живут в замке, а их дети играют в саду и поют песни.\n"
KOREAN = "왕과 왕비는 성에 살고 있으며 아이들은 정원에서 놀고 노래를 부릅니다. 우리는 오늘 책을 읽습니다.\n"
JAPANESE = "王様と女王様は城に住んでいて、子供たちは庭で遊び、歌を歌っています。今日は本を読みます。\n"


def decoded(content, encoding="auto", block=1 << 20):
    intake = Intake("a.txt")
    blocks = (content[i : i + block] for i in range(0, len(content), block))
    return "".join(characters(blocks, "a.txt", encoding, intake)), intake


@pytest.mark.parametrize("text", [CHINESE, TRADITIONAL, FRENCH, "plain\n", "emoji 😀 and 𠮷\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised_with_and_without_its_mark(text, encoding):
    if text.startswith("emoji") and encoding in ("utf-16-le", "utf-16-be"):
        text = "plain words before " + text
    got, intake = decoded((text * 3).encode(encoding), block=7)
    assert got == text * 3
    assert not intake.notices


@pytest.mark.parametrize(
    "text", [CHINESE, TRADITIONAL, CHINESE[:12], "你好", "机器学习", "中文 and English 混合"]
)
@pytest.mark.parametrize("before", ["", "Title: a text\n" * 20])
def test_gb18030_is_recognised_long_or_short(text, before):
    got, intake = decoded((before + text).encode("gb18030"))
    assert got == before + text
    assert intake.encodings == ["gb18030"]
    assert not intake.notices


@pytest.mark.parametrize("text", [TRADITIONAL, TRADITIONAL[:30]])
def test_big5_is_recognised(text):
    assert decoded(text.encode("big5"))[0] == text


@pytest.mark.parametrize("text", [FRENCH, GERMAN, "café", "naïve résumé", "Ärger über Öl", "It’s a “quote”…"])
def test_western_letters_are_read_as_windows_1252_with_a_notice(text):
    got, intake = decoded(text.encode("cp1252"))
    assert got == text
    assert [(n.code, n.details["encoding"]) for n in intake.notices] == [("encoding_guessed", "cp1252")]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (KOREAN, "euc_kr"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp")],
)
def test_other_encodings_are_never_taken_for_chinese_and_usually_guessed(text, encoding):
    got, intake = decoded((text * 5).encode(encoding))
    assert got == text * 5
    assert [n.code for n in intake.notices] == ["encoding_guessed"]


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "koi8_r"), (KOREAN, "euc_kr"), (FRENCH, "cp1252")])
def test_an_encoding_can_be_told(text, encoding):
    got, intake = decoded(text.encode(encoding), encoding)
    assert got == text
    assert not intake.notices


def test_ascii_long_before_the_first_other_character():
    start = "word " * SAMPLE
    assert decoded((start + CHINESE).encode("gb18030"), block=1 << 14)[0] == start + CHINESE


def test_damaged_utf8_stays_utf8_and_the_damage_is_counted():
    content = (CHINESE * 3).encode()
    got, intake = decoded(content[:30] + b"\xff" + content[30:] + "好".encode()[:2])
    assert got.replace(" ", "") == CHINESE * 3  # no mark of damage that could become a word
    assert [(n.code, n.details["count"]) for n in intake.notices] == [("undecodable", 2)]


@pytest.mark.parametrize(
    ("text", "encoding", "guessed"),
    [
        (CHINESE, "gb18030", False),
        (TRADITIONAL, "big5", False),
        (JAPANESE, "shift_jis", True),
        (JAPANESE, "euc_jp", True),
        (KOREAN, "euc_kr", True),
    ],
)
def test_a_bad_byte_changes_no_encoding_and_is_counted(text, encoding, guessed):
    line = text.encode(encoding)
    got, intake = decoded(line * 30 + b"\xff" + line * 50 + b"\xff" + line * 420)
    assert got.replace(" ", "") == text.replace(" ", "") * 500
    assert [n.code for n in intake.notices] == ["encoding_guessed"] * guessed + ["undecodable"]
    assert (intake.notices[-1].details["encoding"], intake.notices[-1].details["count"]) == (encoding, 2)


@pytest.mark.parametrize("text", [FRENCH, GERMAN, "café", "Ärger über Öl"])
@pytest.mark.parametrize("times", [1, 50])
def test_western_letters_are_not_taken_for_damaged_chinese(text, times):
    assert decoded((text * times).encode("cp1252"))[0] == text * times


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_replacement_character_in_a_valid_text_is_no_damage(encoding):
    got, intake = decoded(("一个\ufffd" + CHINESE).encode(encoding), encoding)
    assert got == "一个\ufffd" + CHINESE
    assert not intake.notices


@pytest.mark.parametrize(
    ("encoding", "damage"),
    [
        ("utf-16-le", b"\x00\xdc"),
        ("gb18030", b"\xff"),
        ("big5", b"\xff"),
        ("shift_jis", b"\xff"),
        ("cp1252", b"\x81"),
    ],
)
def test_damage_is_left_out_in_any_encoding(encoding, damage):
    told = "utf-16" if encoding.startswith("utf-16") else encoding
    got, intake = decoded("one".encode(encoding) + damage + "two".encode(encoding), told)
    assert got == "one two"
    assert [(n.code, n.details["count"]) for n in intake.notices] == [("undecodable", 1)]


def test_a_character_across_the_edge_of_a_sample_is_no_damage():
    content = ("字" * SAMPLE).encode()
    assert detect(content[:SAMPLE]) == ("utf-8", True)
    assert detect(content[: SAMPLE + 1]) == ("utf-8", True)


def test_every_line_end_becomes_a_line_feed_also_across_blocks():
    assert decoded(b"a\r\nb\rc\nd\r\n", block=2)[0] == "a\nb\nc\nd\n"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=80), st.integers(1, 9))
def test_utf8_comes_back_whatever_the_blocks(text, block):
    if text.startswith("\ufeff"):
        text = text[1:]
    got, intake = decoded(text.encode(), block=block)
    assert got == text
    assert "encoding_guessed" not in [notice.code for notice in intake.notices]
