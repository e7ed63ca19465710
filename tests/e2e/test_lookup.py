"""The Lookup page in a real browser, and links."""

import csv
import gzip
import io

import numpy as np
import pytest

from w2v_core import Embeddings, Vocabulary, save_vectors

WORDS = ["king", "queen", "kingdom", "<img src=x onerror=window.hacked=1>", "New York", "国王"]
VECTORS = np.random.default_rng(1).normal(size=(len(WORDS), 8)).astype(np.float32)


def test_words_are_answered_as_they_are_typed_and_the_address_follows(open_lookup):
    lookup = open_lookup(path="lookup?word=king&k=5&model=royal_court_en")
    page = lookup.page
    lookup.trained()
    page.locator(".st-key-answer").wait_for()
    assert lookup.words() == ["king"]
    assert lookup.near()[0] == "queen"
    assert len(lookup.near()) == 5
    steps = page.evaluate("history.length")

    lookup.field().press("Control+a")
    page.keyboard.type("que")  # it keeps the focus, whatever is drawn around it
    page.locator(".st-key-hints").get_by_role("button", name="queen", exact=True).wait_for()
    page.locator(".st-key-faint").wait_for()  # the last answer
    assert page.evaluate("document.activeElement.value") == "que"
    page.locator(".st-key-hints").get_by_role("button", name="queen", exact=True).click()
    lookup.answers("queen")
    assert lookup.words() == ["queen"]
    first, second = lookup.near()[:2]
    lookup.click("x3y")
    lookup.answers(f"queen, {first}")
    assert page.locator(".st-key-figure-between .live-figure").count() == 1
    page.wait_for_function("word => location.search.includes(`word=queen,%20${word}`)", arg=first)
    assert {"k=5", "model=royal_court_en"} <= set(lookup.query())
    page.locator(".st-key-asked").get_by_role("button", name="queen").click()
    lookup.answers(first)
    lookup.ask("queen")
    third = lookup.near()[2]
    box = page.locator(".st-key-figure-near-0 .ytick").get_by_text(third).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # on the word itself
    lookup.answers(third)
    lookup.ask("queen")
    lookup.click("xy", 1)
    lookup.answers(second)
    assert lookup.field().input_value() == second
    page.get_by_text("Distance", exact=True).click()
    page.get_by_text("Distance of all").wait_for()
    page.wait_for_function("location.search.includes('metric=euclidean')")
    assert page.evaluate("history.length") == steps

    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    assert [row["neighbor"] for row in rows] == lookup.near()


def test_a_file_of_vectors_is_asked_and_a_damaged_one_gets_a_sentence(open_lookup):
    lookup = open_lookup()
    page = lookup.page
    lookup.choose("vectors", "A file of vectors …")
    lookup.says("Choose a file of vectors on the left.")
    file = io.BytesIO()
    save_vectors(Embeddings(Vocabulary(WORDS, range(len(WORDS), 0, -1)), VECTORS), file, "npz")
    whole = file.getvalue()
    for content, said in (
        (whole[:-9], "is damaged or cut off"),
        (gzip.compress(whole), f"{len(WORDS)} words × 8"),
    ):
        upload = {"name": "v.npz", "mimeType": "application/octet-stream", "buffer": content}
        page.locator("input[type=file]").set_input_files(upload)
        lookup.says(said)
    lookup.ask('"New York", 国王')
    assert lookup.words() == ["New York", "国王"]
    lookup.ask(f" {WORDS[3]} ")
    assert lookup.words() == [WORDS[3]]
    assert page.evaluate("window.hacked") is None
    assert not [part for part in lookup.query() if part.startswith("model")]


def test_a_copied_link_opens_the_same_view_and_goes_along_from_page_to_page(open_train, app):
    train = open_train(permissions=("clipboard-read", "clipboard-write"))
    page = train.page
    train.choose("corpus", "The royal court")
    train.type_number("dim", 20)
    train.shows_choice("follow", "king")
    page.wait_for_function("location.search.includes('dim=20')")
    train.choose("follow", "prince")
    page.wait_for_function("location.search.includes('dim=20') && location.search.includes('follow=prince')")
    train.visit("Corpus")
    page.wait_for_function("location.pathname === '/corpus' && location.search.includes('dim=20')")
    train.visit("Train")
    page.wait_for_function("location.pathname === '/' && location.search.includes('dim=20')")
    page.get_by_role("button", name="Copy a link to this view").click()
    train.says("Copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url

    other = open_train(path=link.removeprefix(app[0]).lstrip("/"))
    other.shows_choice("corpus", "The royal court")
    assert other.page.locator(".st-key-dim input").input_value() == "20"
    other.says("Nearest neighbors of prince")


def test_what_a_link_cannot_have_is_said(open_lookup):
    lookup = open_lookup(path="lookup?model=nix&k=-5&word=<script>window.hacked=1</script>")
    lookup.says("which cannot be; the usual values are taken instead")
    assert lookup.field().input_value() == "<script>window.hacked=1</script>"
    assert lookup.page.evaluate("window.hacked") is None


@pytest.mark.long
def test_everything_is_in_view_on_a_laptop(open_lookup):
    lookup = open_lookup(path="lookup?model=royal_court_en&word=king,queen,prince")
    lookup.answers("king,queen,prince")
    assert lookup.page.evaluate("document.documentElement.scrollWidth") <= 1366
    for part in (".st-key-asking", ".st-key-asked", ".st-key-figure-near-2"):
        box = lookup.page.locator(part).bounding_box()
        assert box["x"] + box["width"] <= 1366, part
        assert box["y"] + box["height"] <= 768, part
