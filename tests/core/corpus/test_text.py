import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.scripts import SCRIPTS
from w2v_core import Problem, limits
from w2v_core.corpus.text import Tokenizer, read_sentences, sentences, words_of
from w2v_core.corpus.word_patterns import WORD


def test_lines_and_stops_end_sentences_and_punctuation_is_no_word():
    assert list(sentences("The Cat sat. It's well-known!\nA dog, too\n\n...\n")) == [
        ["the", "cat", "sat"],
        ["it's", "well-known"],
        ["a", "dog", "too"],
    ]


def test_a_stop_inside_a_number_ends_nothing():
    assert list(sentences("pi is 3.14 or so")) == [["pi", "is", "3", "14", "or", "so"]]


def test_segmented_chinese_keeps_its_words_and_drops_punctuation():
    assert list(sentences("国王 戴着 王冠 。王后 在 花园 里 ！")) == [
        ["国王", "戴着", "王冠"],
        ["王后", "在", "花园", "里"],
    ]


def test_hard_wrapped_prose_is_joined_across_lines():
    prose = (
        "The old king sat by the window and\nlooked at the long road that\nled to the sea. He was\n"
        "waiting.\n\nThe queen came in with a letter and\nread it to him in a low\nvoice.\n"
    )
    assert [" ".join(words) for words in sentences(prose)] == [
        "the old king sat by the window and looked at the long road that led to the sea",
        "he was waiting",
        "the queen came in with a letter and read it to him in a low voice",
    ]


@given(st.one_of(st.text(), st.text(alphabet="ab1²ß_- \t\u3000中")))
def test_split_or_matched_the_words_are_the_same(sentence):
    assert words_of(sentence, WORD) == WORD.findall(sentence)


@pytest.mark.parametrize(("content", "expected"), SCRIPTS)
def test_words_of_any_script_stay_whole(content, expected, tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(content, encoding="utf-8")
    assert list(sentences(content)) == list(read_sentences(path)) == [expected]


def test_endless_marks_are_no_endless_work():
    [[word, after]] = sentences("a" + "\u0300\u0316" * 45_000 + " b")
    assert (len(word), after) == (limits.MOST_MARKS, "b")  # the first of them makes one letter with the a


@given(st.text())
def test_any_text_gives_only_words_and_never_fails(anything):
    for sentence in sentences(anything):
        assert sentence
        assert all(word and not word.isspace() for word in sentence)


@given(st.text(alphabet="ab. \n", max_size=300), st.integers(16, 64))
def test_a_file_read_in_pieces_gives_the_sentences_of_the_whole(tmp_path_factory, content, chunk):
    # Words and stops may fall on any piece's edge; a piece without a stop is cut at a space, so compare words.
    path = tmp_path_factory.mktemp("pieces") / "text.txt"
    path.write_text(content, encoding="utf-8")
    whole = [word for sentence in sentences(content) for word in sentence]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Tokenizer, "piece", max(chunk, 1 + max(map(len, content.split()), default=0)))
        pieces = [word for sentence in read_sentences(path) for word in sentence]
    assert pieces == whole


def test_short_sentences_survive_the_edges_of_pieces(tmp_path, monkeypatch):
    content = "".join(f"word{i} follows word{i + 1}.\n" for i in range(2000))
    path = tmp_path / "text.txt"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(Tokenizer, "piece", 1000)
    assert list(read_sentences(path)) == list(sentences(content))


def test_a_binary_file_and_another_encoding_are_refused(tmp_path):
    binary, latin = tmp_path / "a.bin", tmp_path / "b.txt"
    binary.write_bytes(b"ab\0cd")
    latin.write_bytes("café".encode("latin-1"))
    with pytest.raises(Problem) as refused:
        list(read_sentences(binary))
    assert refused.value.code == "not_text"
    with pytest.raises(Problem) as refused:
        list(read_sentences(latin))
    assert refused.value.code == "not_utf8"


def test_a_byte_order_mark_is_no_part_of_the_first_word(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(b"\xef\xbb\xbfhello world")
    assert list(read_sentences(path)) == [["hello", "world"]]
