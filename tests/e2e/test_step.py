"""The page "Inside a step" in a real browser: picked by clicks, walked through by keys, applied and undone."""

import pytest

from app.screens.step.half_steps import half_steps
from app.text import ZH


def test_a_pair_is_picked_walked_through_applied_and_undone(open_step):
    step = open_step(path="inside?corpus=royal_court_en")
    page = step.page
    step.says("Not trained yet")
    step.train()
    page.get_by_text("Not trained yet").wait_for(state="detached")
    page.evaluate(f"{step.plot.format('picture')}.marked = true")

    # A context, then a center.
    near = step.token("tertiary").and_(page.locator(":enabled")).first
    word = near.inner_text()
    near.click()
    step.token("secondary").get_by_text(word, exact=True).wait_for()
    page.locator(".st-key-inside_as").get_by_text("Center", exact=True).click()
    page.locator(".st-key-inside_as input").nth(0).and_(page.locator(":checked")).wait_for()
    page.wait_for_function("!document.querySelector('.st-key-inside_sentence button:disabled')")
    step.idle()
    last = page.locator(".st-key-inside_sentence button").last
    word = last.inner_text()
    last.click()
    step.token("primary").get_by_text(word, exact=True).wait_for()
    page.locator(".st-key-inside_as input").nth(1).and_(page.locator(":checked")).wait_for()
    context = step.token("tertiary").and_(page.locator(":enabled")).first
    word = context.inner_text()
    context.click()
    step.token("secondary").get_by_text(word, exact=True).wait_for()

    # Forward and back, by keys, by the buttons and by the strip.
    for half_step in ("scores", "sigmoids", "probabilities"):
        page.keyboard.press("ArrowRight")
        step.at(half_step)
    page.keyboard.press("ArrowLeft")
    step.at("sigmoids")
    assert all(0 < value < 1 for value in step.values())
    step.press("half_next")
    step.at("probabilities")
    page.locator(".st-key-half_step").get_by_text("7 Errors dL/ds").click()
    step.at("slopes")
    assert step.values()[0] < 0 < step.values()[1]

    # A row is clicked at its number, at its name, and chosen from the list.
    rows = page.evaluate(f"{step.trace('rows')}.customdata.map(row => row[0])")
    for i, across in ((1, 0.95), (2, 0.3)):
        step.click_row(i, across)
        page.locator(".st-key-inside_row").get_by_text(f"u_n{i}").or_(
            page.locator(f".st-key-inside_row input[value^='u_n{i}']")
        ).first.wait_for()
        step.at("slopes")
        page.wait_for_function(f"{step.trace('rows')}.marker.color[{i}] !== 'rgba(0,0,0,0)'")
        assert step.chosen_row() == [rows[i]]

    # Apply, a hundred times, and back.
    start = step.probability()
    step.press("apply")
    step.applied(1)
    step.press("apply_many")
    step.applied(101)
    assert step.probability() != start
    step.press("undo")
    step.applied(1)
    step.press("undo")
    step.applied(0)
    assert step.probability() == start
    page.locator(".st-key-undo button:disabled").first.wait_for()
    assert page.evaluate(f"{step.plot.format('picture')}.marked")  # never made anew


@pytest.mark.long
def test_every_loss_and_view_draws_in_chinese(open_step):
    step = open_step(locale="zh-CN", path="inside?corpus=tiny_zh")
    page = step.page
    step.says("还没有训练")
    for objective, title in (
        ("negative_sampling", None),
        ("softmax", "完整 softmax"),
        ("hierarchical_softmax", "层次 softmax"),
        ("softmax_with_negatives", "带负样本的 softmax"),
    ):
        if title:
            step.choose("objective", title)
            step.says("已修改：损失函数")
        step.train()
        for place, half_step in enumerate(half_steps(objective)):
            page.locator(".st-key-half_step button").nth(place).click()
            step.at(half_step)
            titles = ZH.step_page.half_steps
            named = titles.get(f"{half_step}.{objective}", titles[half_step])
            page.locator(".st-key-inside_formula h5").get_by_text(named).wait_for()
            page.wait_for_function(
                "document.querySelectorAll('.st-key-inside_formula .katex-display').length === 2"
            )
            assert page.locator(".katex-error").count() == 0
        for view in ("heat", "arrows", "check"):
            page.locator(".st-key-inside_view").get_by_text(ZH.step_page.views[view], exact=True).click()
            step.at(view)


def test_numbers_and_pictures_can_be_taken_home(open_step, tmp_path):
    step = open_step(path="inside?corpus=tiny_en")
    page = step.page
    step.train()

    def saved(button):
        with page.expect_download() as download:
            button.click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        return file

    table = saved(page.locator(".st-key-inside_csv button").first)
    center = step.token("primary").inner_text()
    assert f"# center: {center}" in table.read_text(encoding="utf-8-sig").splitlines()
    figure = page.locator(".st-key-figure-picture")
    figure.hover()
    drawing = saved(figure.locator("[data-title='Save as a drawing (SVG)']"))
    assert drawing.name == "inside_a_step_vectors.svg"
    assert center in drawing.read_text(encoding="utf-8")
    page.locator(".st-key-figure-rise").hover()
    picture = saved(page.locator(".st-key-figure-rise [data-title='Save as a picture (PNG)']"))
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.long
@pytest.mark.parametrize("large", [False, True])
def test_everything_is_in_view(open_step, large):
    step = open_step(path="inside?corpus=royal_court_en")
    page = step.page
    if large:  # on a projector
        page.set_viewport_size({"width": 1280, "height": 720})
        page.locator(".st-key-large label").click()
        page.wait_for_function("parseFloat(getComputedStyle(document.documentElement).fontSize) > 20")
    step.train()
    size = page.viewport_size
    for half_step in half_steps("negative_sampling"):
        step.at(half_step)
        for part in (
            ".st-key-inside_sentence",
            ".st-key-half_step",
            ".st-key-figure-picture",
            ".st-key-undo button",
            ".st-key-figure-rise",
            ".st-key-half_next",
        ):
            box = page.locator(part).first.bounding_box()
            assert box["x"] >= 0, part
            assert box["x"] + box["width"] <= size["width"], part
            assert box["y"] + box["height"] <= size["height"], part
        fits = "(node => node.scrollWidth <= node.clientWidth + 3)"
        assert page.evaluate(f"[...document.querySelectorAll('.katex-display')].every({fits})"), half_step
        assert page.evaluate(
            "(node => node.scrollHeight <= node.clientHeight)(document.querySelector('.st-key-inside_formula'))"
        ), half_step
        beyond = page.evaluate(
            "(main => [main.scrollWidth - main.clientWidth, main.scrollHeight - main.clientHeight])"
            "(document.querySelector('.stMain'))"
        )
        assert max(beyond) <= 1, beyond
        if half_step != "after":
            step.press("half_next")


@pytest.mark.long
def test_while_the_run_plays_the_page_stands_still(open_step):
    step = open_step()
    step.visit("Train")
    step.page.locator(".st-key-epochs input").fill("9000")
    step.page.locator(".st-key-epochs input").press("Enter")
    step.press("play")
    step.page.wait_for_function(
        "+document.querySelector('.st-key-figure-loss .live-figure')?.dataset.step > 50"
    )
    step.visit("Inside a step")
    step.says("stand still")
    step.wait("running && step > 0")
    step.press("half_next")
    step.at("scores")
    drawn = f"document.querySelector('.{step.view}').dataset.drawn"
    before, times = step.values(), step.page.evaluate(drawn)
    step.page.wait_for_timeout(1500)  # nothing must happen meanwhile
    assert step.values() == before
    assert step.page.evaluate(drawn) == times
    step.press("inside_pause")
    step.page.locator(".st-key-apply button:enabled").first.wait_for()
    step.wait("!running")
    assert step.values() != before


@pytest.mark.long
def test_it_follows_the_dark_theme(open_step):
    step = open_step(color_scheme="dark")
    step.page.wait_for_function(
        f"{step.trace('values')}?.textfont.color[0] === '#56B4E9'"
    )  # the center's on dark


@pytest.mark.long
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_in_large_type_center_and_context_of_the_first_sentence_are_in_view(open_step, locale):
    page = open_step(path="inside?large=on", locale=locale).page
    page.set_viewport_size({"width": 1280, "height": 720})
    box = page.locator(".st-key-inside_sentence").bounding_box()
    for kind in ("primary", "secondary"):
        word = page.locator(f".st-key-inside_sentence button[kind={kind}]").bounding_box()
        assert word["y"] + word["height"] <= box["y"] + box["height"] + 2, kind
