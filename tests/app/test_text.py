"""Every visible string exists in both languages, takes the same values, and is used."""

import ast
import dataclasses
import re
import string
from pathlib import Path

import pytest

from app.formatting import Count
from app.text import EN, LANGUAGES, ZH, Words, language_of
from app.text.text import FILES
from app.text.words import read
from w2v_core import Diverged, Problem, UnknownWord
from w2v_core.sources import CATALOG, CHOICES, NOTICES, PROBLEMS, Notice, TextOptions
from w2v_core.training.config import OBJECTIVES
from w2v_core.vectors.space import METRICS

ROOT = Path(__file__).parents[2]


def flat(words, name=""):
    """Yield (name, string) for all strings in a group of words, and the units, which differ, as none."""
    for key, value in words.items():
        if isinstance(value, Words):
            yield from flat(value, f"{name}{key}.")
        elif isinstance(value, str):
            yield f"{name}{key}", value


def strings(text):
    return dict(flat(text))


def attributes(words):
    """Yield the names by which code can ask for words: of strings, and of groups of them by id."""
    for key, value in words.items():
        yield key
        if isinstance(value, Words) and words is EN and key in {*FILES, "sharing"} - {"glossary"}:
            yield from attributes(value)


def placeholders(sentence):
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


def test_both_languages_say_the_same_things():
    english, chinese = strings(EN), strings(ZH)
    assert english.keys() == chinese.keys()
    for name, sentence in english.items():
        assert placeholders(sentence) == placeholders(chinese[name]), name
        assert sentence.strip(), name
        assert chinese[name].strip(), name


def test_english_nouns_agree_with_their_numbers():
    several = re.compile(
        r"\{\w+\} (\w+ )?(pairs|rows|moments|passes|sentences|dimensions|places|phrases)\b(?!/s)"
    )
    assert {name for name, sentence in strings(EN).items() if several.search(sentence)} == {
        "saving.problems.run_too_big"  # whose dimensions are two at least
    }


def test_a_count_chooses_its_noun():
    assert EN.status_pairs.format(pairs=Count(1)) == "1 pair"
    assert EN.status_pairs.format(pairs=Count("12.3 k")) == "12.3 k pairs"
    whole = EN.corpus_page.whole_sentence_note
    assert whole.format(words=Count(1), pairs="0") == "The one word shown stays. Pairs: 0."
    assert whole.format(words=Count("1,200"), pairs="9") == "All 1,200 words shown stay. Pairs: 9."


def test_chinese_is_chinese():
    universal = {f"train_page.start_formulas.{name}" for name in OBJECTIVES} | {
        "change",
        "comma",
        "bring.megabytes",
        "bring.web_row",
        "explore_page.maps.pca",
        "explore_page.maps.tsne",
        "explore_page.whiches.sum",
        "step_page.rise.probability.negative_sampling",
        "glossary.softmax.probability.name",
        "glossary.softmax.start_softmax.name",
        "glossary.notes_loss.start_notes.name",
        "glossary.negative_sampling.sigma.name",
        "glossary.negative_sampling.start_negative_sampling.name",
        "glossary.pmi.shifted_pmi.name",
    }
    for name, sentence in strings(ZH).items():
        assert re.search("[一-鿿]", sentence) or name in universal, name


def found(pattern, text):
    """Return the strings in which a pattern is found, but for their placeholders."""
    return {
        name: said for name, said in strings(text).items() if re.search(pattern, re.sub(r"{\w+}", "", said))
    }


def test_every_page_uses_the_same_chinese_terms():
    assert found("点积|次方|幂(?!次)|探针|半步|维度|起点|最低词频|共用一批|共用一组|倒数排名", ZH) == {}


def test_three_numbers_have_three_names():
    """p(o|c) is a probability over all words; sigmoid(s) is an answer, and the notes' exp(-s)/sum a ratio."""
    of_probability = {
        "step_page.explanations.probabilities",  # of the softmax, whose p(o|c) they are
        "step_page.half_steps.probabilities",
    }
    for text, word in ((EN, "(?i)probab"), (ZH, "概率")):
        pages = {name for name in found(word, text) if name.split(".")[0] in ("step_page", "pmi_page")}
        assert pages == of_probability
    for name, said in strings(EN).items():
        assert (
            not re.search(r"P\(w_[on]\|w_c\)|P\([on] ?\| ?c\)", said) or "notes" in said or "text" in said
        ), name


def test_english_is_spelled_as_in_america():
    assert (
        found("(?i)olour|eighbour|arbour|licence|learnt|spelt|grey|centre|catalogue|modell|labell", EN) == {}
    )


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_every_objective_has_a_name_and_a_start_formula(text):
    assert set(text.objectives) == set(text.train_page.start_formulas) == set(OBJECTIVES)


def asked(function):
    """Yield the names that a function asks for of its words: arguments typed so, and groups of them."""
    words = {arg.arg for arg in function.args.args if getattr(arg.annotation, "id", "") in ("Text", "Words")}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            while isinstance(value, ast.Attribute):
                value = value.value
            if (isinstance(value, ast.Name) and value.id in words) or ast.unparse(value) == "session.text()":
                words.add(node.targets[0].id)
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in words:
            yield node.attr


def test_there_are_words_for_every_name_that_the_app_asks_for():
    names = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                names |= set(asked(node))
    assert len(names) > 200
    assert names - set(attributes(EN)) - {"problem", "limits", "notice", "items", "keys", "format"} == set()


def test_every_string_is_used_by_the_app():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    used = re.findall(r"\b(?=(?:text|text\(\)|self|page|words|bring|saving|sharing|\w+_page)\.(\w+))", code)
    assert set(attributes(EN)) - set(used) == set()


def codes():
    """Return the code of every Problem that corpus, training and the questions to vectors can raise."""
    found = {"diverged", "diverged_unbounded", "unknown_word", "out_of_range", "internal"}
    core = ROOT / "w2v_core"
    paths = [
        *(core / "corpus").rglob("*.py"),
        *(core / "training").rglob("*.py"),
        ROOT / "app" / "screens" / "explore" / "panel_state.py",
    ]
    paths += [core / "files.py"]
    paths += [path for path in (core / "vectors").glob("*.py") if path.name != "files.py"]
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Problem", "Unwritable"):
                found.add(ast.literal_eval(node.args[0]))
    return found


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_every_problem_has_a_sentence(text):
    elsewhere = text.explore_page.problems.keys() | text.bring.problems.keys()
    assert codes() - text.problems.keys() - elsewhere == set()
    assert PROBLEMS.keys() - text.bring.problems.keys() - text.problems.keys() == set()
    assert NOTICES.keys() == text.bring.notices.keys()


def loading_codes():
    """Return the code of every Problem that loading vectors can raise, with its details' names."""
    folder = ROOT / "w2v_core" / "vectors"
    found = {}
    beside = (folder.parent / "gunzip.py", folder.parent / "zips.py", folder / "files.py")
    for path in (*beside, *(folder / "formats").glob("*.py")):
        if path.name == "save.py":  # the app saves elsewhere
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in ("Problem", "BadRow", "problem_at") and isinstance(node.args[0], ast.Constant):
                details = {keyword.arg for keyword in node.keywords}
                for unit in ("line", "row") if name == "problem_at" else ("",):
                    code = f"{node.args[0].value}_{unit}".rstrip("_")
                    found[code] = details | ({"name", unit} if unit else set())
    return found


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_every_damage_of_a_file_of_vectors_has_a_sentence(text):
    sentences = {**text.bring.problems, **text.lookup_page.problems, **text.problems}
    codes = loading_codes()
    assert len(codes) > 20
    for code, details in codes.items():
        assert placeholders(sentences[code]) - {"value"} <= details, code
    assert set(text.lookup_page.metrics) == set(METRICS)


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_sentences_of_sources_take_only_what_they_are_given(text):
    sentences = {**text.bring.problems, **text.problems}
    for code, details in PROBLEMS.items():
        assert placeholders(sentences[code]) <= set(details), code
    for code, details in NOTICES.items():
        assert placeholders(text.bring.notices[code]) <= set(details), code


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_every_choice_of_reading_has_a_label(text):
    words = text.bring
    assert set(words.options) == {field.name for field in dataclasses.fields(TextOptions)} - {"language"}
    for name in words.options.keys() & CHOICES.keys() - {"encoding"}:
        assert set(words.choices[name]) == set(CHOICES[name])
    assert {entry.licence for entry in CATALOG} <= set(words.licences)
    assert {entry.language for entry in CATALOG} <= set(words.languages)


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_names_in_sentences_are_no_markup(text):
    name = "**a**<img src=x>$b$.txt"
    assert f"`{name}`" in text.problem(Problem("empty_file", "", name=name))
    assert f"`{name}`" in text.notice(
        Notice("files_skipped", "", {"name": "z", "count": 1, "names": (name,)})
    )


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_a_file_named_like_a_setting_keeps_its_name(text):
    assert "`window`" in text.problem(Problem("empty_file", "", name="window"))


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_sentences_take_the_details_of_their_problem(text):
    problems = (
        Diverged(7, 2.5),
        Diverged(7, 2.5, False),
        UnknownWord("kinng", ["king"]),
        UnknownWord("kinng", []),
    )
    for problem in problems:
        sentence = text.problem(problem)
        for detail in problem.details.values():
            assert str(detail) in sentence


def test_a_setting_is_named_as_its_widget_is():
    problem = Problem("bad_setting", "dim must be positive", name="dim", value=-1)
    assert "向量维数" in ZH.problem(problem)
    assert ZH.problem(Problem("unheard_of", "An English sentence.")) == "An English sentence."


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-CN", "zh"), ("zh-TW", "zh"), ("en-US", "en"), ("fr", "en"), (None, "en")]
)
def test_the_browsers_locale_chooses_the_language(locale, language):
    assert language_of(locale) == language


@pytest.mark.parametrize(
    "content",
    [
        '[play]\nen = "Play"',  # a language is missing
        '[play]\nen = "Play"\nzh = "播放"\nfr = "Lire"',
        '[play]\nen = "Play"\nzh = "播放"\n[play.again]\nen = "a"\nzh = "b"',  # a string and a group
        'play = "Play"',
    ],
)
def test_words_that_lack_a_language_are_refused(tmp_path, content):
    path = tmp_path / "words.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="needs en and zh"):
        read(path, "en")


def test_words_are_frozen():
    with pytest.raises(AttributeError):
        EN.play = "Go"
    with pytest.raises(AttributeError, match="plya"):
        _ = EN.plya
    with pytest.raises(TypeError):
        EN["play"] = "Go"
