"""Files in a real browser: downloaded, and opened again on another day's page."""

import nbformat
import pytest

from w2v_core import load_vectors
from w2v_core.handin import read


def download(opened, key, path, kind="download"):
    """Press a download button of the open menu; return where the file was put."""
    with opened.page.expect_download() as waiting:
        opened.press(f"{kind}-{key}")
    target = path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_a_run_is_saved_and_opened_again_in_another_tab(open_train, open_corpus, tmp_path):
    first = open_train()
    first.choose("corpus", "The royal court")
    for step in (1, 2, 3):
        first.press("step")
        first.wait(f"step === {step}")
    first.press("saving")
    code = read(download(first, "hand_in", tmp_path, "home").read_text(encoding="utf-8"), "x")
    assert (code.corpus, code.steps, len(code.losses)) == ("royal_court_en", 3, 3)
    book = nbformat.read(download(first, "notebook", tmp_path, "home"), as_version=4)
    assert any("STEPS = 3" in cell.source for cell in book.cells)
    vectors_file = download(first, "word2vec_text", tmp_path)
    vectors = load_vectors(vectors_file)
    assert "king" in vectors
    table = download(first, "neighbors", tmp_path).read_text(encoding="utf-8-sig")
    assert "# corpus: royal_court_en" in table.splitlines()
    file = download(first, "run", tmp_path)

    second = open_corpus()  # any page opens it
    second.press("saving")
    second.page.locator(".st-key-open_run input[type=file]").set_input_files(file)
    second.says("The run is open")
    second.shows_choice("corpus", "The royal court")
    second.visit("Train")
    second.page.wait_for_function(
        "+document.querySelector('.st-key-figure-map .live-figure')?.dataset.step === 3"
    )
    for page in (first.page, second.page):
        page.keyboard.press("Escape")
        page.click(".st-key-step button:enabled")
        page.wait_for_function(
            "+document.querySelector('.st-key-figure-map .live-figure')?.dataset.step === 4"
        )
    curves = [
        page.evaluate("Array.from(document.querySelector('.st-key-figure-loss .js-plotly-plot').data[1].y)")
        for page in (first.page, second.page)
    ]
    assert curves[0] == curves[1]
    assert len(curves[0]) == 4

    second.visit("Lookup")
    second.choose("vectors", "A file of vectors …")
    second.page.locator("[data-testid=stSidebar] input[type=file]").set_input_files(vectors_file)
    second.says(f"{len(vectors)} words × {vectors.vectors.shape[1]}")


@pytest.mark.long
@pytest.mark.parametrize(
    ("locale", "menu", "sentence"),
    [("en-US", "Files", "is not a saved run"), ("zh-CN", "文件", "不是保存的")],
)
def test_the_menu_stays_in_sight_and_a_wrong_file_is_said(open_corpus, locale, menu, sentence):
    opened = open_corpus(locale=locale, color_scheme="dark")
    page = opened.page
    page.mouse.wheel(0, 2000)
    page.get_by_text(menu, exact=True).click()
    file = {"name": "a*b*.w2vlab", "mimeType": "application/octet-stream", "buffer": b"hello"}
    page.locator(".st-key-open_run input[type=file]").set_input_files(file)
    opened.says("a*b*.w2vlab")
    page.locator("[data-testid=stAlert]").get_by_text(sentence).wait_for()
    box = page.locator(".st-key-saving").bounding_box()
    assert box["x"] + box["width"] <= 1366
    assert box["y"] >= 0
