"""The documents: examples print what is shown, links lead somewhere, and all are reached from the first page."""

import contextlib
import io
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from app.pages import PAGES as PAGES_OF_THE_APP
from app.session import link

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
API = (DOCS / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```\n(.*?)```\n", API, re.S)
PAGES = [*ROOT.glob("*.md"), *DOCS.glob("*.md"), ROOT / "w2v_core/README.md"]
ROUGH = re.compile(r"-?\d+(?:\.\d+|(?=%))")  # numbers whose last digits depend on the processor


def name(page):
    return page.relative_to(ROOT).as_posix()


def prose(page):
    """Return a page without its code."""
    return re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)


def links(page):
    """Return where a page's links and pictures lead within the checkout, as (file, heading)."""
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    inside = [unquote(each).partition("#") for each in targets if not re.match(r"[a-z]+:", each)]
    return [((page.parent / file).resolve() if file else page, heading) for file, _, heading in inside]


def files_behind(page):
    return {file for file, _ in links(page)}


def anchors(page):
    """Return the names that its headings get: lower case, without punctuation, hyphens for blanks."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def test_the_examples_of_the_api_print_what_is_shown(tmp_path, monkeypatch):
    """One after the other, each with what those before have made."""
    assert len(EXAMPLES) == API.count("```python") >= 12
    (tmp_path / "sample_corpora").mkdir()
    shutil.copy(ROOT / "sample_corpora" / "royal_court_en.txt", tmp_path / "sample_corpora")
    monkeypatch.chdir(tmp_path)
    names = {}
    for code, shown in EXAMPLES:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "docs/api.md", "exec"), names)
        found = printed.getvalue()
        assert ROUGH.sub("#", found) == ROUGH.sub("#", shown)
        expected = [float(each) for each in ROUGH.findall(shown)]
        assert [float(each) for each in ROUGH.findall(found)] == pytest.approx(expected, rel=0.05, abs=0.02)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_and_pictures_lead_somewhere(page):
    for file, heading in links(page):
        assert file.exists(), file
        assert file.is_relative_to(ROOT), file
        assert not heading or heading in anchors(file), f"{file.name}#{heading}"


def test_links_are_seen(tmp_path):
    """The test above would hold for a page without links, too."""
    page = tmp_path / "page.md"
    page.write_text(
        "# A `b`: c\n\n![a](b.png) [c](#a-b-c) `[d](e.md)` [f](https://g.example)\n", encoding="utf-8"
    )
    assert links(page) == [(tmp_path / "b.png", ""), (page, "a-b-c")]
    assert anchors(page) == {"a-b-c"}


def test_all_documents_are_reached_from_the_first_and_lead_back():
    first = DOCS / "README.md"
    assert first in files_behind(ROOT / "README.md")
    others = set(DOCS.glob("*.md")) - {first}
    assert others <= files_behind(first)
    for page in others:
        assert first in files_behind(page), page.name


def test_all_pictures_are_shown():
    shown = set().union(*map(files_behind, PAGES))
    assert set(DOCS.glob("pictures/*")) <= shown


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_that_are_named_exist(page):
    folders = "app|w2v_core|sample_corpora|tests|benchmarks|docs"
    for path in re.findall(rf"`((?:{folders})/[\w./]*)`", page.read_text(encoding="utf-8")):
        assert (ROOT / path).exists(), path


def test_tables_that_contributors_add_to_are_where_it_says():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`(_?[A-Z]+)` (?:in|of) `([\w/]+\.py)`", page)
    assert len(named) >= 6
    for table, path in named:
        assert re.search(rf"^{table}\b", (ROOT / path).read_text(encoding="utf-8"), re.M), (table, path)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_targets_of_make_that_are_named_exist(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_every_link_by_hand_opens_what_it_says():
    found = re.findall(r"^\| `(/[^`]*)` \|", (DOCS / "links.md").read_text(encoding="utf-8"), re.M)
    assert len(found) >= 10
    for each in found:
        parts = urlsplit(each)
        assert parts.path.strip("/") in {"", *PAGES_OF_THE_APP}, each
        values, refused = link.read(dict(parse_qsl(parts.query)))
        assert values, each
        assert not refused, each
