"""Bringing a text, run without a browser."""

import gzip
import io
import time
import zipfile

import pytest

from app.session import session, texts
from app.text import EN, LANGUAGES
from app.text.literal import literal
from app.widgets import bring
from tests.app.choices import widget
from tests.app.visits import session_of, visit, visitor
from w2v_core import Problem, sources
from w2v_core.sources import read_pasted

PROSE = ". ".join(f"the river w{i % 7} flows to the sea w{i % 5} of stone" for i in range(300))


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def open_page(language="en", view="own"):
    at = visit(visitor(language), "corpus")
    widget(at, "view").set_value(view).run()
    assert not at.exception
    return at


def upload(at, name, content):
    number = session_of(at).texts_read
    at.file_uploader(key=f"upload-{number}").set_value((name, content, "application/octet-stream")).run()
    assert not at.exception
    return at


def use(at):
    at.button(key="use").click().run()
    wait(at)
    assert not at.exception
    return at


def wait(at):
    reading = session_of(at).reading
    if reading is not None:
        reading.wait(30)
    at.run()


def title(at):
    own = session_of(at).own_texts.get(session_of(at).chosen["corpus"])
    return own and own.title["en"]


def zipped(**files):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.txt", content)
    return box.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("river.txt", PROSE.encode()),
        ("river.txt", PROSE.encode("utf-16")),
        ("river.md", f"# A river\n\n{PROSE}".encode()),
        ("river.txt.gz", gzip.compress(PROSE.encode(), mtime=0)),
        ("rivers.zip", zipped(one=PROSE, two=PROSE)),
    ],
)
def test_a_file_of_each_kind_becomes_the_corpus_of_all_pages(language, name, content):
    at = upload(open_page(language), name, content)
    use(at)
    assert title(at) == name
    assert "river" in session.corpus_of(session_of(at).own_texts[session_of(at).chosen["corpus"]]).vocabulary
    assert session_of(at).chosen["view"] == "look"
    assert session_of(at).chosen["subsample"] in (0, 1e-2)  # what suits a small text
    visit(at, "train")
    assert not at.exception
    assert "river" in session_of(at).run.corpus.vocabulary
    at.button(key="step").click().run()
    assert session_of(at).run.progress.step == 1
    assert not at.error


def test_a_pasted_text_too(language):
    at = open_page(language)
    at.text_area(key="pasted-0").set_value("一只 猫 追 一只 狗。 狗 追 猫。 " * 20).run()
    use(at)
    assert title(at) == EN.bring.pasted_title
    assert "猫" in session.corpus_of(session_of(at).own_texts[session_of(at).chosen["corpus"]]).vocabulary


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty_file"),
        ("noise.txt", bytes(range(256)) * 40, "not_text"),
        ("paper.pdf", b"%PDF-1.7 \x00\x01", "document_file"),
        ("cut.gz", gzip.compress(PROSE.encode() * 50, mtime=0)[:200], "corrupt_gzip"),
        ("cut.zip", zipped(a=PROSE)[:-40], "corrupt_zip"),
        ("signs.txt", b"... !!! ???", "empty_corpus"),
        ("one.txt", b"word word word", "one_word"),
    ],
)
def test_a_bad_file_gets_one_sentence_and_the_corpus_stays(language, name, content, code):
    at = open_page(language)
    before, run = session_of(at).chosen["corpus"], session_of(at).run
    upload(at, name, content)
    if not at.button(key="use").disabled:
        use(at)
    [error] = at.error
    text = LANGUAGES[language]
    sentence = {**text.bring.problems, **text.problems}[code]
    assert error.value.startswith(sentence.split("{")[0])
    assert "{" not in error.value
    assert session_of(at).chosen["corpus"] == before
    assert session_of(at).run is run
    upload(at, "good.txt", PROSE.encode())  # and the next one is taken
    assert not at.error
    use(at)
    assert title(at) == "good.txt"


def test_beyond_the_limit_a_sentence_names_the_command_line(language, monkeypatch):
    read = sources.read
    monkeypatch.setattr(sources, "read", lambda *given, **named: read(*given, **named, limit=1000))
    at = upload(open_page(language), "long.txt", PROSE.encode())
    use(at)
    [error] = at.error
    assert "python -m w2v_core train" in error.value
    assert title(at) is None


def test_the_name_of_a_file_is_no_markup(language):
    name = "**bold** <img src=x onerror=alert(1)> $x^2$.txt"
    at = upload(open_page(language), name, b"")
    [error] = at.error
    assert literal(name) in error.value
    upload(at, name, PROSE.encode())
    use(at)
    visit(at, "train")
    at.button(key="step").click().run()
    widget(at, "corpus").set_value("royal_court_en").run()
    [warning] = at.warning
    assert literal(name) in warning.value


def test_options_decide_what_is_trained_on():
    at = upload(open_page(), "t.txt", b"The 3 cats, the 4 dogs! The cats met dogs. Dogs met cats.")
    widget(at, "read_lower_case").uncheck().run()
    widget(at, "read_drop_stop_words").check().run()
    widget(at, "read_numbers").set_value("replace").run()
    widget(at, "read_punctuation").set_value("keep").run()
    use(at)
    own = session_of(at).own_texts[session_of(at).chosen["corpus"]]
    assert {"Dogs", "dogs", "<number>", "!"} <= set(own.corpus.vocabulary.words)
    assert not {"the", "The"} & set(own.corpus.vocabulary.words)


def test_a_text_that_is_tokenized_already_can_be_split_at_blanks_only():
    at = upload(open_page(), "t.txt", b"new_york likes C++ .\nC++ likes new_york .\n")
    widget(at, "read_split").set_value("blanks").run()
    use(at)
    own = session_of(at).own_texts[session_of(at).chosen["corpus"]]
    assert set(own.corpus.vocabulary.words) == {"new_york", "likes", "c++"}


def test_phrases_can_be_joined_and_the_page_says_which(language):
    once = " ".join(f"once{i}" for i in range(300))
    text = "he lives in new york.\nnew york is large.\n" * 10 + once
    at = upload(open_page(language), "t.txt", text.encode())
    assert LANGUAGES[language].bring.preview_phrases not in [caption.value for caption in at.caption]
    widget(at, "read_phrases").set_value(10).run()
    assert LANGUAGES[language].bring.preview_phrases in [caption.value for caption in at.caption]
    use(at)
    own = session_of(at).own_texts[session_of(at).chosen["corpus"]]
    assert "he_lives" in own.corpus.vocabulary
    assert any(literal("he_lives") in warning.value for warning in at.warning)


def test_a_table_lets_one_choose_its_column():
    table = "id,title,body\n" + "".join(f"{i},headline{i % 3},the story of day {i % 4}\n" for i in range(50))
    at = upload(open_page(), "t.csv", table.encode())
    column = widget(at, "column-0")
    assert column.value == 3  # the wordiest
    column.set_value(2).run()
    use(at)
    own = session_of(at).own_texts[session_of(at).chosen["corpus"]]
    assert "headline1" in own.corpus.vocabulary
    assert "story" not in own.corpus.vocabulary


@pytest.mark.parametrize("value", [0, -3])
def test_an_impossible_minimum_count_gets_a_sentence(language, value):
    at = upload(open_page(language), "t.txt", PROSE.encode())
    widget(at, "read_min_count").set_value(value).run()
    [error] = at.error
    assert LANGUAGES[language].bring.options["min_count"] in error.value
    assert at.button(key="use").disabled


def test_an_impossible_minimum_count_with_the_same_click_gets_the_sentence_too():
    at = upload(open_page(), "t.txt", PROSE.encode())
    widget(at, "read_min_count").set_value(0)
    use(at)
    assert len(at.error) == 1
    assert title(at) is None
    widget(at, "read_min_count").set_value(1).run()
    assert not at.error
    use(at)
    assert title(at) == "t.txt"


@pytest.mark.parametrize("content", [b"\n\n\n", b"\n" * 60 + b"id,text\n1,a river flows\n2,to the sea\n"])
def test_blank_rows_are_no_columns(content):
    at = upload(open_page(), "t.csv", content)
    assert bool(at.error) == (b"id" not in content)  # a text without words
    assert len(at.selectbox) - len(upload(open_page(), "t.txt", PROSE.encode()).selectbox) == (
        2 if b"id" in content else 0
    )  # the column and the header


def test_a_column_is_called_as_in_the_present_table():
    at = upload(open_page(), "a.csv", b"id,text\n" + b"1,a river flows to the sea\n" * 9)
    assert widget(at, "column-0").options == ["1 · id", "2 · text"]
    before = widget(at, "column-0").key
    upload(at, "b.csv", b"id,prose\n" + b"1,a river flows to the sea\n" * 9)
    assert widget(at, "column-0").options == ["1 · id", "2 · prose"]
    # Another widget: the browser would go on to show, and report, the old name.
    assert widget(at, "column-0").key != before


def test_another_table_has_its_own_column():
    at = upload(open_page(), "a.csv", b"id,text\n" + b"1,a river flows to the sea\n" * 9)
    widget(at, "column-0").set_value(1).run()
    upload(at, "b.csv", b"id,label,text\n" + b"1,x,a river flows to the sea\n" * 9)
    assert widget(at, "column-0").value == 3
    use(at)
    own = session_of(at).own_texts[session_of(at).chosen["corpus"]]
    assert "river" in own.corpus.vocabulary


def test_columns_stay_to_be_chosen_while_another_setting_is_impossible():
    at = upload(open_page(), "a.csv", b"id,text\n" + b"1,a river flows to the sea\n" * 9)
    widget(at, "column-0").set_value(1).run()
    widget(at, "read_min_count").set_value(0).run()
    assert len(at.error) == 1
    assert widget(at, "column-0").value == 1


@pytest.mark.parametrize(("size", "count"), [(10, 1), (500_000, 2), (5_000_000, 5), (40_000_000, 10)])
def test_the_minimum_count_suits_the_size(size, count):
    assert texts.suited_min_count(size) == count


def test_reading_can_be_cancelled_and_is_told(language, monkeypatch):
    def endless(progress, _):
        while True:
            progress(1 << 20, 5 << 20)
            time.sleep(0.01)

    monkeypatch.setattr(bring, "_reader", lambda *_, **__: endless)
    at = upload(open_page(language), "t.txt", PROSE.encode())
    at.button(key="use").click().run()
    assert at.button(key="use").disabled
    at.button(key="cancel").click().run()
    wait(at)
    [error] = at.error
    assert error.value == LANGUAGES[language].bring.problems["cancelled"]


def test_the_list_of_corpora_leads_here_and_names_the_text():
    at = visitor().run()
    before = session_of(at).chosen["corpus"]
    widget(at, "corpus").set_value(session.BRING).run()
    assert not at.exception
    assert session_of(at).chosen["corpus"] == before
    assert at.file_uploader
    upload(at, "World of facts", PROSE.encode())
    use(at)
    assert title(at) == "World of facts (2)"  # no two options look alike
    assert "World of facts (2)" in widget(at, "corpus").options
    widget(at, "corpus").set_value("world_facts_en").run()
    assert session_of(at).chosen["corpus"] == "world_facts_en"


def test_old_texts_are_let_go_but_never_one_in_use():
    at = open_page()
    for number in range(texts.MOST_OWN_TEXTS + 2):
        widget(at, "view").set_value("own").run()
        upload(at, f"{number}.txt", PROSE.encode())
        use(at)
        if number == 0:
            visit(at, "train")
            at.button(key="step").click().run()
            visit(at, "corpus")
    kept = [own.title["en"] for own in session_of(at).own_texts.values()]
    assert kept[0] == "0.txt"  # of the run
    assert kept[-1] == f"{texts.MOST_OWN_TEXTS + 1}.txt"
    assert len(kept) <= texts.MOST_OWN_TEXTS + 2


def test_what_the_reading_noticed_is_told(language):
    at = upload(open_page(language), "latin.txt", ("Über die Brücke für Äpfel. " * 60).encode("cp1252"))
    use(at)
    text = LANGUAGES[language]
    assert any(text.bring.notices["encoding_guessed"].split("{")[0] in w.value for w in at.warning)


def test_the_catalogue_shows_licence_and_size(language):
    at = open_page(language, "web")
    shown = "\n".join(element.value for element in at.main.markdown)
    for entry in sources.CATALOG:
        assert entry.title[language] in shown
        assert LANGUAGES[language].bring.licences[entry.licence] in shown


def test_a_public_text_is_downloaded_and_chosen(monkeypatch):
    def read_web(entry, options, *, progress, download_progress):
        download_progress(entry.size, entry.size)
        return read_pasted(PROSE, options, progress=progress)

    monkeypatch.setattr(sources, "read_web", read_web)
    at = open_page("en", "web")
    at.button(key="web-gutenberg_11").click().run()
    wait(at)
    assert title(at) == sources.web_corpus("gutenberg_11").title["en"]


def test_offline_is_one_sentence_and_all_else_works(language, monkeypatch):
    def offline(entry, options, **_):
        raise Problem("offline", "offline", host="example.org")

    monkeypatch.setattr(sources, "read_web", offline)
    at = open_page(language, "web")
    at.button(key="web-text8").click().run()
    wait(at)
    [error] = at.error
    assert error.value == LANGUAGES[language].bring.problems["offline"].format(host="`example.org`")
    assert not at.button(key="web-text8").disabled
    widget(at, "view").set_value("look").run()
    assert at.main.get("bidi_component")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("glove.txt", b"".join(b"w%d %s\n" % (i, b" ".join([b"0.25"] * 10)) for i in range(9)), True),
        ("vectors.bin", b"2 1\na \0\0\x80\x3f\n", True),
        ("prose.txt", PROSE.encode(), False),
        ("sums.txt", b"1 2 3 4 5\nadd 1 2 3 4 and more of 5 6 7 8\n", False),
    ],
)
def test_who_brings_vectors_is_led_to_lookup(language, name, content, told):
    at = upload(open_page(language), name, content)
    assert (LANGUAGES[language].bring.vectors_given in [info.value for info in at.info]) == told
