"""Words in many scripts, and what the options make of them."""

import math

import pytest

from tests.core.scripts import SCRIPTS
from w2v_core import Problem, limits
from w2v_core.sources import NUMBER, TextOptions, preview_pasted, read
from w2v_core.sources.stop_words import CHINESE, ENGLISH


def words(text, **options):
    return [
        list(sentence) for sentence in preview_pasted(text, TextOptions(**options), sentences=99).sentences
    ]


def test_case():
    assert words("The iPhone", lower_case=False) == [["The", "iPhone"]]


def test_numbers_are_kept_dropped_or_replaced():
    text = "In 1990-2000 the 3rd of 17 cost 1,000.50"
    assert words(text)[0] == ["in", "1990-2000", "the", "3rd", "of", "17", "cost", "1", "000", "50"]
    whole = ["in", "1990-2000", "the", "3rd", "of", "17", "cost", "1,000.50"]
    assert words(text, numbers="whole") == [whole]
    assert words(text, numbers="drop") == [["in", "the", "3rd", "of", "cost"]]
    assert words(text, numbers="replace") == [["in", NUMBER, "the", "3rd", "of", NUMBER, "cost", NUMBER]]


@pytest.mark.parametrize("punctuation", ["drop", "keep"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.55 and 1,000,000", ["4.55", "and", "1,000,000"]),
        ("from 2.5-3.5kg", ["from", "2.5-3.5kg"]),
        ("a १.५ cafe\u0301 4,55", ["a", "१.५", "café", "4,55"]),
        ("花了 3.14 元", ["花", "了", "3.14", "元"]),
        ("花了3.14元", ["花", "了", "3.14", "元"]),
    ],
)
def test_a_whole_number_is_one_word(text, expected, punctuation):
    assert words(text, numbers="whole", punctuation=punctuation) == [expected]


def test_points_and_commas_stay_in_no_other_words():
    assert words("e.g.x 3,a a.4 .5 6. 7, end", numbers="whole") == [
        ["e", "g", "x", "3", "a", "a", "4", "5", "6"],
        ["7", "end"],
    ]


@pytest.mark.parametrize("size", range(40, 60))
def test_a_whole_number_is_one_word_also_at_the_edge_of_a_piece(monkeypatch, size):
    monkeypatch.setattr(limits, "PIECE", size)
    text = "/".join(["4.55", "1,000,000", "12"] * 30)
    assert words(text, numbers="whole") == [text.split("/")]


def test_between_blanks_everything_is_a_word_and_a_line_is_a_sentence():
    text = "New_York is in the U.S.A. , not C++ . \n་བོད་ཡིག བོད་ །\n机器学习 课\n"
    assert words(text, split="blanks") == [
        ["new_york", "is", "in", "the", "u.s.a.", "not", "c++"],
        ["་བོད་ཡིག", "བོད་"],
        ["机器学习", "课"],
    ]
    kept = words(text, split="blanks", punctuation="keep", lower_case=False, segmentation="segment")
    assert kept == [line.split() for line in text.splitlines()]


def test_between_blanks_other_options_hold_too():
    text = "The 4.55 and cafe\u0301\tthe 1,000,000 3rd"
    assert words(text, split="blanks", numbers="drop", drop_stop_words=True) == [["café", "3rd"]]


def test_between_blanks_no_script_is_missed_a_segmenter_for():
    japanese = "王様と女王様は城に住んでいて 子供たちは庭で遊び歌を歌っています\n" * 3
    assert preview_pasted(japanese).notices
    assert not preview_pasted(japanese, TextOptions(split="blanks")).notices


@pytest.mark.parametrize("blank", [" ", "\t", "\u3000"])
def test_a_long_line_between_blanks_is_cut_at_no_word(monkeypatch, blank):
    monkeypatch.setattr(limits, "PIECE", 50)
    text = blank.join(["c++", "u.s.a.", "new_york"] * 100)
    found = [word for sentence in words(text, split="blanks") for word in sentence]
    assert found == text.split(blank)


def test_kept_punctuation_stays_in_its_sentence():
    assert words('He said: "No..." She left!', punctuation="keep") == [
        ["he", "said", ":", '"', "no", "...", '"'],
        ["she", "left", "!"],
    ]


@pytest.mark.parametrize("emoji", ["😀", "❤️", "👍🏽", "👩‍👩‍👧", "🇨🇳", "☀", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"])
def test_an_emoji_is_one_symbol(emoji):
    assert words(f"so{emoji}{emoji} nice", punctuation="keep") == [["so", emoji, emoji, "nice"]]
    assert words(f"so{emoji} nice") == [["so", "nice"]]


@pytest.mark.parametrize(("text", "expected"), SCRIPTS)
def test_words_of_any_script_stay_whole(text, expected):
    assert words(text) == [expected]


def test_markup_and_formulas_come_apart_into_readable_pieces():
    assert words("<b>x</b> y=x^2", punctuation="keep") == [
        ["<", "b", ">", "x", "<", "/", "b", ">", "y", "=", "x", "^", "2"]
    ]


@pytest.mark.parametrize("options", [{}, {"segmentation": "segment"}])
def test_chinese_is_cut_into_words(options):
    assert words("我们在机器学习课上学习词向量。老师用iPhone讲课！", **options) == [
        ["我们", "在", "机器", "学习", "课上", "学习", "词", "向量"],
        ["老师", "用", "iphone", "讲课"],
    ]


def test_traditional_chinese_is_cut_as_well_and_stays_traditional():
    assert words("孫悟空後來學習機器。") == [["孫悟空", "後來", "學習", "機器"]]


def test_segmented_chinese_is_left_alone():
    text = "国王 爱 机器学习 。 王后 在 花园 里 散步 。\n"
    assert words(text * 3)[:2] == [["国王", "爱", "机器学习"], ["王后", "在", "花园", "里", "散步"]]
    assert words(text, segmentation="segment")[0] == ["国王", "爱", "机器", "学习"]
    assert words("机器学习很好", segmentation="as_is") == [["机器学习很好"]]


def test_spaces_between_chinese_sentences_are_no_segmentation():
    assert words("今天天气非常好 我们一起去公园散步 晚上回家吃饭")[0][:2] == ["今天天气", "非常"]


def test_chinese_punctuation_can_be_kept():
    assert words("国王说：“好！”", punctuation="keep") == [["国王", "说", "：", "“", "好", "！"], ["”"]]


def test_wrapped_chinese_lines_are_joined_within_words():
    paragraph = (
        "　　老國王和王后住在一座很大的城堡裡面，城堡在高高的山上，山下有一條河。"
        "河水流過草地和花園。國王每天早上都要在花園裡走一走，他的孫女常常和他一起去。"
    )
    wrapped = "\n".join(paragraph[i : i + 22] for i in range(0, len(paragraph), 22)) + "\n"
    assert "花\n園" in wrapped
    sentences = words(wrapped * 4)
    assert len(sentences) == 12
    assert sentences[1] == ["河水", "流過", "草地", "和", "花園"]


def test_old_transcriptions_have_ascii_stops():
    assert len(words("此開卷第一回也.作者自云如此!後來不知")) == 3


def test_stop_words_go():
    assert words("The cat doesn't sit on the mat", drop_stop_words=True) == [["cat", "sit", "mat"]]
    assert words("I don’t say the cat’s here", drop_stop_words=True) == [["say", "cat’s"]]
    assert words("The Cat", drop_stop_words=True, lower_case=False) == [["Cat"]]
    assert words("国王的花园和我们的房子", drop_stop_words=True) == [["国王", "花园", "房子"]]
    assert words("the 的 cat", drop_stop_words=True, language="en", segmentation="as_is") == [["的", "cat"]]
    assert words("the 的 cat", drop_stop_words=True, language="zh", segmentation="as_is") == [["the", "cat"]]


def test_stop_words_are_written_as_words_come():
    assert all(word == word.lower() for word in ENGLISH)
    assert not {"king", "queen", "man", "woman", "good", "time"} & ENGLISH
    assert {"的", "我们", "我們"} <= CHINESE


def test_a_script_that_nothing_here_can_cut_is_named():
    japanese = "王様と女王様は城に住んでいて、子供たちは庭で遊び、歌を歌っています。" * 3
    [notice] = preview_pasted(japanese).notices
    assert (notice.code, notice.details["script"]) == ("no_segmenter", "Japanese")
    assert not preview_pasted(japanese).facts.segmented


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("auto", "auto"),
        ("UTF8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16le", "utf-16"),
        ("gbk", "gb18030"),
        ("GB2312", "gb18030"),
        ("cp936", "gb18030"),
        ("Big5", "big5"),
        ("latin-1", "cp1252"),
        ("ISO-8859-1", "cp1252"),
        ("windows-1251", "cp1251"),
        ("Shift-JIS", "shift_jis"),
        ("cp932", "shift_jis"),
        ("koi8-r", "koi8_r"),
    ],
)
def test_an_encoding_goes_by_the_names_that_people_use(name, read_as):
    assert TextOptions(encoding=name).encoding == read_as


def test_a_text_in_a_named_encoding_is_read():
    text = "国王和王后住在城堡里。\n" * 3
    found = read(text.encode("gbk"), TextOptions(min_count=1, encoding="gbk"))
    assert (found.facts.encodings, found.corpus.sentence(0)[:3]) == (("gb18030",), ["国王", "和", "王后"])


@pytest.mark.parametrize("wrong", ["utf-7", "klingon", "base64", "a\0b", "", None, 7, "\ud800"])
def test_another_encoding_is_refused(wrong):
    with pytest.raises(Problem, match="choose one of auto, utf-8,"):
        TextOptions(encoding=wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "de"},
        {"min_count": 0},
        {"column": 0},
        {"numbers": "x"},
        {"split": "x"},
        {"phrases": -1},
        {"phrases": math.nan},
        {"phrases": math.inf},
        {"phrases": "10"},
        {"phrases": True},
    ],
)
def test_options_that_cannot_work_are_refused(wrong):
    with pytest.raises(Problem) as refused:
        TextOptions(**wrong)
    assert refused.value.code == "bad_setting"
