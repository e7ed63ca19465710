"""Every visible string exists in both languages, takes the same values, and is used."""

import ast
import dataclasses
import re
import string
from pathlib import Path

import pytest

from app.text import EN, LANGUAGES, ZH, language_of
from w2v_core import Diverged, Problem, UnknownWord
from w2v_core.sources import CATALOG, CHOICES, NOTICES, PROBLEMS, Notice, TextOptions
from w2v_core.training.config import OBJECTIVES
from w2v_core.vectors.space import METRICS

ROOT = Path(__file__).parents[2]


def flat(value, name):
    """Yield (name, string) for a string, or for all in a mapping or a page's record."""
    if isinstance(value, str):
        yield name, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from flat(getattr(value, field.name), f"{name}.{field.name}" if name else field.name)
    elif isinstance(value, tuple):  # units, which differ
        yield from ((name, unit) for _, unit in value[:1])
    else:
        for key, item in value.items():
            yield from flat(item, f"{name}.{key}")


def strings(text):
    return dict(flat(text, ""))


def fields(record):
    """Yield the names of a record's fields, and of those of the records in it."""
    for field in dataclasses.fields(record):
        yield field.name
        if dataclasses.is_dataclass(value := getattr(record, field.name)):
            yield from fields(value)


def placeholders(sentence):
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


def test_both_languages_say_the_same_things():
    english, chinese = strings(EN), strings(ZH)
    assert english.keys() == chinese.keys()
    for name, sentence in english.items():
        assert placeholders(sentence) == placeholders(chinese[name]), name
        assert sentence.strip(), name
        assert chinese[name].strip(), name


def test_chinese_is_chinese():
    universal = {f"start_formulas.{name}" for name in OBJECTIVES} | {
        "change",
        "comma",
        "units",
        "bring_page.megabytes",
        "bring_page.web_row",
        "explore_page.maps.pca",
        "explore_page.maps.tsne",
        "explore_page.whiches.sum",
        "inside_page.rise.probability.negative_sampling",
    }
    for name, sentence in strings(ZH).items():
        assert re.search("[一-鿿]", sentence) or name in universal, name


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_every_objective_has_a_name_and_a_start_formula(text):
    assert set(text.objectives) == set(text.start_formulas) == set(OBJECTIVES)


def test_every_field_is_used_by_the_app():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    used = re.findall(r"\b(?=(?:text|text\(\)|self|page|words|\w+_page)\.(\w+))", code)
    assert set(fields(EN)) - set(used) == set()


def codes():
    """Return the code of every Problem that corpus, training and the questions to vectors can raise."""
    found = {"diverged", "diverged_unbounded", "unknown_word", "out_of_range", "internal"}
    core = ROOT / "w2v_core"
    paths = [
        *(core / "corpus").rglob("*.py"),
        *(core / "training").rglob("*.py"),
        ROOT / "app" / "session" / "asking.py",
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
    elsewhere = text.explore_page.problems.keys() | text.bring_page.problems.keys()
    assert codes() - text.problems.keys() - elsewhere == set()
    assert PROBLEMS.keys() - text.bring_page.problems.keys() - text.problems.keys() == set()
    assert NOTICES.keys() == text.bring_page.notices.keys()


def loading_codes():
    """Return the code of every Problem that loading vectors can raise, with its details' names."""
    folder = ROOT / "w2v_core" / "vectors"
    found = {}
    for path in (ROOT / "w2v_core" / "gunzip.py", folder / "files.py", *(folder / "formats").glob("*.py")):
        if path.name in ("save.py", "projector.py"):  # the app saves elsewhere, and takes single files
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in ("Problem", "problem_at") and isinstance(node.args[0], ast.Constant):
                details = {keyword.arg for keyword in node.keywords}
                for unit in ("line", "row") if name == "problem_at" else ("",):
                    code = f"{node.args[0].value}_{unit}".rstrip("_")
                    found[code] = details | ({"name", unit} if unit else set())
    return found


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_every_damage_of_a_file_of_vectors_has_a_sentence(text):
    sentences = {**text.bring_page.problems, **text.lookup_page.problems, **text.problems}
    codes = loading_codes()
    assert len(codes) > 20
    for code, details in codes.items():
        assert placeholders(sentences[code]) - {"value"} <= details, code
    assert set(text.lookup_page.metrics) == set(text.lookup_page.metrics_help) == set(METRICS)


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_sentences_of_sources_take_only_what_they_are_given(text):
    sentences = {**text.bring_page.problems, **text.problems}
    for code, details in PROBLEMS.items():
        assert placeholders(sentences[code]) <= set(details), code
    for code, details in NOTICES.items():
        assert placeholders(text.bring_page.notices[code]) <= set(details), code


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_every_choice_of_reading_has_a_label(text):
    words = text.bring_page
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
    assert "向量维度" in ZH.problem(problem)
    assert ZH.problem(Problem("unheard_of", "An English sentence.")) == "An English sentence."


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-CN", "zh"), ("zh-TW", "zh"), ("en-US", "en"), ("fr", "en"), (None, "en")]
)
def test_the_browsers_locale_chooses_the_language(locale, language):
    assert language_of(locale) == language
