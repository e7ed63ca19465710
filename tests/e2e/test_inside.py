"""The page "Inside a step" in a real browser: picked by clicks, walked through by keys, applied and undone."""

from xml.etree import ElementTree

from app.text.inside_page import ZH
from app.views.inside.halfsteps import half_steps

SVG = "{http://www.w3.org/2000/svg}"


def test_a_pair_is_picked_walked_through_applied_and_undone(open_inside):
    inside = open_inside()
    page = inside.page
    inside.says("Not trained yet")
    inside.train()
    page.get_by_text("Not trained yet").wait_for(state="detached")

    # A context, then a center.
    tokens = page.locator(".w2v-token")
    page.locator(".w2v-token.w2v-window:not(.w2v-center):not(.w2v-context)").first.click()
    page.get_by_role("radio", name="Center").click()
    last = tokens.nth(tokens.count() - 1)
    word = last.inner_text()
    last.click()
    page.wait_for_function(
        "word => document.querySelector('.w2v-token.w2v-center')?.textContent === word", arg=word
    )
    assert page.get_by_role("radio", name="Context").get_attribute("aria-checked") == "true"
    contexts = page.locator(".w2v-token:enabled:not(.w2v-center):not(.w2v-context)")
    context = contexts.first.inner_text()
    contexts.first.click()
    page.wait_for_function(
        "word => document.querySelector('.w2v-token.w2v-context')?.textContent === word", arg=context
    )
    assert inside.chosen("center") == word

    # Forward and back, by keys, by the buttons and by the strip.
    for half_step in ("scores", "sigmoids", "probabilities"):
        page.keyboard.press("ArrowRight")
        inside.at(half_step)
    page.keyboard.press("ArrowLeft")
    inside.at("sigmoids")
    assert all(0 < value < 1 for value in inside.values())
    inside.press("half_next")
    inside.at("probabilities")
    page.locator(".w2v-strip button").nth(6).click()
    inside.at("slopes")
    assert inside.values()[0] < 0 < inside.values()[1]
    page.locator(".w2v-row").nth(1).click()
    page.locator(".w2v-row[aria-pressed='true'][data-role='noise']").wait_for()

    # Apply, a hundred times, and back.
    start = inside.probability()
    inside.press("apply")
    inside.applied(1)
    inside.press("apply_many")
    inside.applied(101)
    assert inside.probability() > 2 * start
    inside.press("undo")
    inside.applied(1)
    inside.press("undo")
    inside.applied(0)
    assert inside.probability() == start
    page.locator(".st-key-undo button:disabled").first.wait_for()


def test_every_loss_and_view_draws_in_chinese(open_inside):
    inside = open_inside(locale="zh-CN", path="inside?corpus=tiny_zh")
    page = inside.page
    inside.says("还没有训练")
    for objective, title in (
        ("negative_sampling", None),
        ("softmax", "完整 softmax"),
        ("hierarchical_softmax", "层次 softmax"),
        ("softmax_with_negatives", "带负样本的 softmax"),
    ):
        if title:
            page.click(".st-key-objective input")
            page.get_by_role("option", name=title, exact=True).click()
            inside.says("已修改：损失函数")
        inside.train()
        for place, half_step in enumerate(half_steps(objective)):
            page.locator(".w2v-strip button").nth(place).click()
            inside.at(half_step)
            page.locator(".st-key-inside_formula h5").get_by_text(
                ZH.half_steps[half_step], exact=True
            ).wait_for()
            assert page.locator(".st-key-inside_formula .katex-display").count() == 2
            assert page.locator(".katex-error").count() == 0
        for view, drawn in (
            ("热图", ".w2v-touched canvas"),
            ("箭头", ".w2v-arrow-move"),
            ("梯度检验", ".w2v-vector"),
        ):
            page.get_by_text(view, exact=True).first.click()
            page.locator(drawn).first.wait_for()


def test_numbers_and_pictures_can_be_taken_home(open_inside, tmp_path):
    inside = open_inside(path="inside?corpus=tiny_en")
    page = inside.page
    inside.train()

    def saved(button):
        with page.expect_download() as download:
            button.click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        return file

    table = saved(page.locator(".st-key-inside_csv button").first)
    assert f"# center: {inside.chosen('center')}" in table.read_text(encoding="utf-8-sig").splitlines()
    for view, words, shapes in (
        ("Step by step", ".w2v-row-word", "image"),
        ("Arrows", ".w2v-arrow-name", "path"),
        ("Gradient check", ".w2v-row-value b", "rect"),
    ):
        page.get_by_text(view, exact=True).first.click()
        page.locator(f"{words}:visible").first.wait_for()
        drawing = ElementTree.parse(
            saved(page.get_by_role("button", name="Save as a drawing (SVG)").first)
        ).getroot()
        written = {text.text for text in drawing.iter(f"{SVG}text")}
        assert set(page.locator(f"{words}:visible").all_inner_texts()) <= written
        assert len(list(drawing.iter(f"{SVG}{shapes}"))) > 1
    picture = saved(page.locator(".w2v-curve .w2v-save button").first)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_everything_is_in_view_on_a_laptop(open_inside):
    inside = open_inside()
    inside.train()
    for part in (
        ".w2v-sentence",
        ".w2v-strip",
        ".w2v-rows",
        ".st-key-undo",
        ".w2v-rise",
        ".st-key-half_next",
    ):
        box = inside.page.locator(part).bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
        assert box["y"] + box["height"] <= 768, part
    assert inside.page.evaluate(
        "(main => main.scrollWidth <= main.clientWidth && main.scrollHeight <= main.clientHeight + 1)"
        "(document.querySelector('.stMain'))"
    )


def test_bars_glide_and_are_never_made_anew(open_inside):
    inside = open_inside()
    inside.train()
    inside.page.keyboard.press("ArrowRight")
    inside.at("scores")
    inside.page.evaluate("document.querySelectorAll('.w2v-row').forEach(row => row.marked = true)")
    inside.page.keyboard.press("ArrowRight")
    inside.at("sigmoids")
    inside.press("apply")
    inside.applied(1)
    assert inside.page.evaluate("[...document.querySelectorAll('.w2v-row')].every(row => row.marked)")


def test_while_the_run_plays_the_page_stands_still(open_inside):
    inside = open_inside()
    inside.page.get_by_text("Train", exact=True).first.click()
    inside.page.locator(".w2v-live").wait_for()
    inside.page.locator(".st-key-epochs input").fill("9000")
    inside.page.locator(".st-key-epochs input").press("Enter")
    inside.press("play")
    inside.page.wait_for_function("+document.querySelector('.w2v-live')?.dataset.step > 50")
    inside.page.get_by_text("Inside a step", exact=True).first.click()
    inside.says("stand still")
    inside.page.locator(".w2v-row").first.wait_for()
    before = inside.values()
    inside.page.wait_for_timeout(1500)  # nothing must happen meanwhile
    assert inside.values() == before
    inside.press("inside_pause")
    inside.page.locator(".st-key-apply button:enabled").first.wait_for()
    assert inside.values() != before


def test_it_follows_the_dark_theme(open_inside):
    inside = open_inside(color_scheme="dark")
    colour = inside.page.evaluate("getComputedStyle(document.querySelector('.w2v-row-value b')).color")
    assert colour == "rgb(86, 180, 233)"  # the center's, as text on dark
