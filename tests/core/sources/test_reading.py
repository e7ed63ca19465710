"""Files of every kind become the corpus that their text says, or a Problem: never anything else."""

import gzip
import io
import random
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.sources.texts import ALL, TEXT, codes, refusal, words, zipped
from w2v_core import Corpus, Problem
from w2v_core.limits import PREVIEW_LIMIT, PREVIEW_MARKUP
from w2v_core.sources import (
    PROBLEMS,
    Cancelled,
    TextOptions,
    look_at_table,
    preview,
    preview_pasted,
    read,
    read_pasted,
)

CORPUS_CODES = {"empty_corpus", "all_words_rare", "one_word"}


@pytest.mark.parametrize("corpus", ["royal_court_en", "royal_court_zh", "world_facts_en"])
def test_plain_text_reads_as_corpus_from_file_does(corpus):
    path = f"sample_corpora/{corpus}.txt"
    assert read(path, ALL).corpus.fingerprint == Corpus.from_file(path, min_count=1).fingerprint


@settings(deadline=None)
@given(st.text(alphabet="abc ABC.!?\n-'1,éß", min_size=1))
def test_any_pasted_text_reads_as_corpus_from_text_does(text):
    expected = outcome(lambda: Corpus.from_text(text).fingerprint)
    assert outcome(lambda: read_pasted(text, ALL).corpus.fingerprint) == expected


def test_path_bytes_and_file_give_the_same(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT.encode())
    expected = [
        ["the", "cat", "sees", "the", "dog"],
        ["the", "dog", "sees", "the", "cat"],
        ["a", "bird", "sings"],
    ]
    with open(path, "rb") as file:
        file.read(5)  # it is read from its start all the same, and stays open
        for source in (path, str(path), TEXT.encode(), io.BytesIO(TEXT.encode()), file):
            assert words(read(source, ALL)) == expected
        assert not file.closed


def test_facts_say_what_was_read():
    facts = read(TEXT.encode(), ALL, name="a.txt").facts
    assert (facts.name, facts.kind, facts.bytes, facts.encodings) == ("a.txt", "text", len(TEXT), ("utf-8",))
    assert (facts.language, facts.segmented, facts.sentences, facts.words) == ("en", False, 3, 13)


def test_a_pipe_is_read_too():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    assert words(read(Pipe(zipped({"a.txt": TEXT})), ALL)) == words(read(TEXT.encode(), ALL))


def test_gzip_and_zip_of_texts():
    expected = words(read(TEXT.encode(), ALL))
    assert words(read(gzip.compress(TEXT.encode()), ALL, name="a.txt.gz")) == expected
    packed = zipped(
        {
            "texts/one.txt": TEXT,
            "texts/deep/er/two.md": "# The *whole* book\n",
            "README": "plain words here",
            "__MACOSX/._one.txt": "\0\5",
            "texts/.hidden.txt": "secret",
            "texts/picture.png": b"\x89PNG",
        }
    )
    result = read(packed, ALL, name="all.zip")
    assert words(result) == [*expected, ["the", "whole", "book"], ["plain", "words", "here"]]
    assert result.facts.kind == "archive"
    assert result.facts.files == ("texts/one.txt", "texts/deep/er/two.md", "README")
    assert [(n.code, n.details["names"]) for n in result.notices] == [
        ("files_skipped", ("texts/picture.png",))
    ]


def test_a_sentence_never_spans_two_files():
    result = read(zipped({"a.txt": "one two", "b.txt": "three four"}), ALL)
    assert words(result) == [["one", "two"], ["three", "four"]]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.txt", "empty_file"),
        (b"ab\0cd and more", "a.txt", "not_text"),
        (b"words " * 300_000 + b"\0", "late.txt", "not_text"),
        (bytes(range(1, 32)) * 9, "a.txt", "not_text"),
        (b"%PDF-1.7 words", "a.pdf", "document_file"),
        (b"\xd0\xcf\x11\xe0 words", "a.doc", "document_file"),
        (zipped({"word/document.xml": "<w/>", "a.txt": "x"}), "a.docx", "document_file"),
        (b"BZh91AY", "a.bz2", "unsupported_archive"),
        (gzip.compress(TEXT.encode(), mtime=0)[:-9], "a.gz", "corrupt_gzip"),
        (gzip.compress(TEXT.encode(), mtime=0)[:12] + b"\xff" * 30, "a.gz", "corrupt_gzip"),
        (b"\x00\x01 no zip at all", "a.zip", "corrupt_zip"),
        (zipped({"a.txt": TEXT})[:-30], "a.zip", "corrupt_zip"),
        (zipped({"a.txt": TEXT})[:50] + b"??" + zipped({"a.txt": TEXT})[52:], "a.zip", "corrupt_zip"),
        (zipped({}), "a.zip", "no_text_in_zip"),
        (zipped({"a.png": b"1", "sub/": b""}), "a.zip", "no_text_in_zip"),
        (b"\n\n  \n", "a.txt", "empty_corpus"),
        (b"...", "a.txt", "empty_corpus"),
        (b"\n" * 99_999, "a.csv", "empty_corpus"),
        (b"\n\n\n", "a.csv", "empty_corpus"),
        (b" \n,,\n", "a.csv", "empty_corpus"),
    ],
)
def test_what_is_no_text_gets_a_sentence(content, name, code):
    with pytest.raises(Problem) as refused:
        read(content, ALL, name=name)
    assert refused.value.code == code
    assert code in CORPUS_CODES or set(refused.value.details) == set(PROBLEMS[code])


def test_a_tar_inside_gzip_is_named():
    block = b"a.txt".ljust(257, b"\0") + b"ustar\0" + b"\0" * 249
    assert refusal(gzip.compress(block), ALL, name="a.tar.gz").details["format"] == "tar"


def test_a_password_is_named():
    packed = bytearray(zipped({"a.txt": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(signature) + offset] |= 1
    assert refusal(bytes(packed), ALL).code == "encrypted_zip"


def test_too_big_is_refused_at_once_where_the_size_is_known():
    calls = []
    problem = refusal(b"word " * 1000, ALL, limit=4999, progress=lambda done, total: calls.append(done))
    assert problem.code == "too_big"
    assert "python -m w2v_core train" in str(problem)
    assert not calls


@pytest.mark.parametrize("packing", ["gzip", "zip", "zip that lies"])
def test_a_bomb_stops_at_the_limit(packing):
    bomb = b"words and words " * (1 << 18)  # 4 MB in some KB
    if packing == "gzip":
        packed = gzip.compress(bomb)
    else:
        packed = zipped({"a.txt": bomb})
        if packing == "zip that lies":  # of its size, in the directory and before the file
            packed = packed.replace(len(bomb).to_bytes(4, "little"), (99).to_bytes(4, "little"))
    seen = []
    with pytest.raises(Problem) as refused:
        read(packed, ALL, limit=1 << 20, progress=lambda done, total: seen.append(done))
    # Python's zipfile believes the size that is told, and then finds the check sum wrong: safe as well.
    assert refused.value.code == ("corrupt_zip" if packing == "zip that lies" else "too_big")


def test_at_the_limit_the_rest_can_be_left_out():
    text = "é word " * 1000
    for source in (text.encode(), gzip.compress(text.encode()), zipped({"a.txt": text, "b.txt": text})):
        result = read(source, ALL, limit=4001, at_limit="cut")
        assert codes(result) == ["cut_at_limit"]  # half an é at the cut is nobody's fault
        assert result.facts.bytes == 4001
        assert set(result.corpus.vocabulary.words) >= {"é", "word"}


def test_work_that_needs_no_more_bytes_reports_too():
    seen = []
    read(b"one two. " * 100_000, ALL, progress=lambda done, total: seen.append(done))
    assert seen.count(900_000) > 10  # its bytes are all there before its words are looked at, piece by piece


def test_progress_ends_at_the_total_and_may_stop_the_reading():
    text = TEXT.encode() * 20_000
    for source in (text, gzip.compress(text), zipped({"a.txt": text, "b.txt": text})):
        seen = []
        read(source, ALL, progress=lambda done, total, seen=seen: seen.append((done, total)))
        assert len(seen) > 2
        assert seen == sorted(seen)
        assert seen[-1][0] == seen[-1][1]

    event = threading.Event()

    def stop(done, total):
        if event.is_set():
            raise Cancelled
        event.set()

    assert refusal(text, ALL, progress=stop).code == "cancelled"

    class Anything(Exception):
        pass

    def fail(done, total):
        raise Anything

    for source in (text, gzip.compress(text), zipped({"a.txt": text})):
        with pytest.raises(Anything):
            read(source, ALL, progress=fail)


def test_one_endless_line_is_read():
    text = ("word%d follows another " * 4) % (1, 2, 3, 4) * 20_000
    result = read(text.encode(), ALL)
    assert len(result.corpus) == len(text.split())


def test_endless_words_are_data_not_words():
    result = read(b"a short text with " + b"QUJDREVG" * 1000 + b" inside", ALL)
    assert words(result) == [["a", "short", "text", "with", "inside"]]
    assert [(n.code, n.details["count"]) for n in result.notices] == [("long_words", 1)]


def test_the_preview_is_the_beginning_of_what_is_trained_on():
    for text in (TEXT, "国王在花园里走路。王后在宫殿里读书。\n" * 50):
        for options in (ALL, TextOptions(min_count=1, punctuation="keep", drop_stop_words=True)):
            whole = words(read(text.encode(), options))
            assert [list(s) for s in preview(text.encode(), options, sentences=2).sentences] == whole[:2]
    assert preview_pasted("Only a start").sentences == (
        ("only", "a", "start"),
    )  # min_count needs the whole text


def test_a_preview_reads_only_the_beginning():
    class Counting(io.BytesIO):
        taken = 0

        def read(self, size=-1):
            block = super().read(size)
            self.taken += len(block)
            return block

    file = Counting(TEXT.encode() * 200_000)
    assert len(preview(file, ALL, sentences=3).sentences) == 3
    assert file.taken < 4 << 20


@pytest.mark.parametrize(("name", "limit"), [("a.txt.gz", PREVIEW_LIMIT), ("a.csv.gz", PREVIEW_MARKUP)])
def test_a_preview_without_end_stops_at_its_limit(name, limit):
    blank = gzip.compress(b"\n" * (2 * PREVIEW_LIMIT))
    found = preview(blank, ALL, name=name)
    assert (found.sentences, found.notices, found.facts.bytes) == ((), (), limit)
    assert look_at_table(blank, ALL, name=name) is None


def test_a_table_is_read_by_its_column():
    table = 'id,title,text\n1,First,The cat sees the dog.\n2,Second,"A bird, too,\nsings."\n3,short\n'
    result = read(table.encode(), ALL, name="a.csv")
    assert words(result) == [["the", "cat", "sees", "the", "dog"], ["a", "bird", "too"], ["sings"]]
    assert (result.facts.kind, result.facts.column) == ("table", "text")
    assert [(n.code, n.details["count"]) for n in result.notices] == [("short_rows", 1)]
    assert words(read(table.encode(), TextOptions(min_count=1, column="Title"), name="a.csv"))[0] == ["first"]
    packed = gzip.compress(table.encode())
    assert words(read(packed, ALL, name="a.csv.gz")) == words(result)
    assert look_at_table(packed, TextOptions(column="none"), name="a.csv.gz").chosen == 2
    assert look_at_table(TEXT.encode(), name="a.txt") is None
    problem = refusal(table.encode(), TextOptions(column="body"), name="a.csv")
    assert problem.code == "no_column"
    assert problem.details["columns"] == "id, title, text"


def test_phrases_are_joined_and_told():
    text = b"he lives in new york.\nnew york is large.\n" * 10
    text += " ".join(f"once{i}" for i in range(300)).encode()
    result = read(text, TextOptions(min_count=2, phrases=10))
    assert {"new_york", "is_large", "he_lives"} <= set(result.corpus.vocabulary.words)
    assert "once0" not in result.corpus.vocabulary
    [notice] = result.notices
    assert (notice.code, notice.details["count"], notice.details["places"]) == ("phrases_joined", 3, 40)
    assert set(notice.details["names"]) == {"new_york", "is_large", "he_lives"}
    assert notice.message.startswith("Joined in 40 places: 3 phrases: ")
    assert codes(read(text, TextOptions(min_count=2, phrases=1e9))) == ["phrases_none"]
    assert codes(read(text, TextOptions(min_count=2))) == []


def test_a_gutenberg_book_comes_without_its_licence():
    book = (
        "The Project Gutenberg eBook of A Book\n\nThis eBook is for the use of anyone\n\n"
        "*** START OF THE PROJECT GUTENBERG EBOOK A BOOK ***\n\nIt was a dark night.\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK A BOOK ***\n\nUpdated editions will replace\n"
    )
    result = read(book.encode(), ALL)
    assert words(result) == [["it", "was", "a", "dark", "night"]]
    assert codes(result) == ["gutenberg_stripped"]


def outcome(how):
    """Return the corpus, or the code of a well-formed problem; anything else is an error."""
    try:
        return how()
    except Problem as problem:
        assert problem.code in CORPUS_CODES or set(problem.details) == set(PROBLEMS[problem.code])  # noqa: PT017
        return problem.code


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=400)
    | st.binary(max_size=200).map(gzip.compress)
    | st.builds(
        lambda content, start: start + content, st.binary(), st.sampled_from([b"PK\x03\x04", b"\x1f\x8b"])
    ),
    st.sampled_from(["a.txt", "a.md", "a.csv", "a.tsv", "a.txt.gz", "a.zip", ""]),
)
def test_any_bytes_give_a_corpus_or_a_problem(content, name):
    assert outcome(lambda: len(read(content, ALL, name=name).corpus) > 0)


def test_a_zip_with_any_bytes_changed_gives_a_corpus_or_a_problem():
    whole = zipped({"a.txt": TEXT * 3, "b/c.csv": "x,y\none word,two\n" * 9})
    draw = random.Random(1)
    outcomes = set()
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            damaged[draw.randrange(len(whole))] = draw.randrange(256)
        content = bytes(damaged[: draw.choice([len(whole), draw.randrange(len(whole))])])
        outcomes.add(outcome(lambda content=content: bool(read(content, ALL).corpus)))
    assert {True, "corrupt_zip"} <= outcomes


@given(st.text(min_size=1))
@settings(deadline=None)
def test_any_pasted_string_previews_or_is_empty(text):
    found = outcome(lambda: preview_pasted(text, TextOptions(punctuation="keep")))
    for sentence in [] if found == "not_text" else found.sentences:
        assert sentence
        assert all(sentence)


PATHOLOGICAL = [  # what a text begins with, what it repeats, what it ends with
    *(("", ".", "x"), ("", "!'", ""), ("", "[", ""), ("", "[](", ""), ("", "<!--", ""), ("", "*", "")),
    *(("", "<a ", ""), ("x", " ", "|"), ("", "- ", "x"), ("", "`~", ""), ("", '"', ""), ("", "国", "")),
    *(
        ("", "か国", ""),
        ("", "\n", "x"),
        ("", "\n ", "x"),
        ("", "a-", ""),
        ("", "1,", ""),
        ("", "😀\u200d", ""),
    ),
    *(("", "|-", "x"), ("", "&", ""), ("", "\\", ""), ("", "> ", ""), ("", "#", ""), ("", "&#9", "")),
    *(("", '[a]( "', ""), ("", "[a](b (", ""), ("", "<http:", ""), ("", "[^", ""), ("", "[^a", "")),
    *(("", "[a][", ""), ("&#", "9", ";"), ("", "*** START OF THE PROJECT ", "")),
]


@pytest.mark.parametrize(("start", "again", "end"), PATHOLOGICAL)
def test_nothing_takes_for_ever(start, again, end):
    """A pattern that tries every start for every end takes sixteen times as long for four times the text."""

    def cost(characters):
        text = start + again * (characters // len(again)) + end
        began = time.process_time()
        for name in ("a.txt", "a.md", "a.csv"):
            for punctuation in ("drop", "keep"):
                options = TextOptions(min_count=1, punctuation=punctuation)
                outcome(lambda name=name, options=options: read(text.encode(), options, name=name))
        return time.process_time() - began

    cost(1000)  # what is loaded once
    assert cost(1 << 16) < 8 * cost(1 << 14) + 0.1
