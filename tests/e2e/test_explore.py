"""The Explore page in a real browser."""

import pytest


def test_a_click_lights_the_neighbours_in_2d_and_3d(open_explore):
    explore = open_explore()
    for dimensions in ("2D", "3D"):
        explore.map(dimensions)
        explore.page.wait_for_function(f"w2vViews.get('explore').cloud.dimensions === {dimensions[0]}")
        explore.still()
        word, x, y = explore.lonely()
        explore.page.mouse.click(x, y)
        explore.page.wait_for_function(
            "word => document.querySelector('.w2v-chosen').textContent === word", arg=word
        )
        shown = set(explore.neighbors()) & set(explore.cloud("cloud.names"))
        lines = explore.cloud("cloud.overlay.links.map(({ at }) => cloud.names[at])")
        assert set(lines) == shown
        explore.page.keyboard.press("Escape")
        explore.says("No word is chosen")


def test_zooming_holds_what_is_under_the_pointer_and_focus_shows_all_that_is_lit(open_explore):
    explore = open_explore(path="explore?corpus=royal_court_en&word=king")
    page = explore.page
    # A frame is drawn after each: places on the screen are of the frame before.
    frame = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    word, x, y = explore.lonely()
    page.mouse.move(x, y)
    page.mouse.wheel(0, -600)
    page.wait_for_function("w2vViews.get('explore').cloud.camera.zoom > 2")
    page.evaluate(f"(async () => {{ {frame} }})()")
    at = explore.cloud(
        "(i => [cloud.screen.x[i], cloud.screen.y[i]])"
        f"(cloud.names.indexOf({word!r})).concat([cloud.canvas.getBoundingClientRect().x, "
        "cloud.canvas.getBoundingClientRect().y])"
    )
    assert at[0] + at[2] == pytest.approx(x, abs=1)
    assert at[1] + at[3] == pytest.approx(y, abs=1)
    page.get_by_role("button", name="Come close to the words that are lit").click()
    page.evaluate(f"(async () => {{ {frame} }})()")
    assert explore.cloud(
        "[...cloud.lit].filter((i) => i >= 0).every((i) => cloud.screen.x[i] > 0 && cloud.screen.y[i] > 0"
        " && cloud.screen.x[i] < cloud.width && cloud.screen.y[i] < cloud.height)"
    )


def test_words_are_found_as_one_types_and_chosen_by_enter(open_explore):
    explore = open_explore()
    search = explore.page.get_by_role("searchbox", name="Search words")
    search.fill("ger")
    explore.says("found")
    assert all(
        word.startswith("ger") for word in explore.page.locator(".w2v-found .w2v-chip").all_inner_texts()[1:]
    )
    search.fill("germany")
    explore.page.wait_for_function("document.querySelector('.w2v-found').textContent === 'germany'")
    search.press("Enter")
    explore.page.wait_for_function("document.querySelector('.w2v-chosen').textContent === 'germany'")
    search.fill("spain")
    search.press("Enter")  # before the answer is here
    explore.page.wait_for_function("document.querySelector('.w2v-chosen').textContent === 'spain'")
    explore.page.get_by_role("combobox", name="How to search").select_option("pattern")
    search.fill("(")
    explore.says("regular expression")
    search.fill("^(france|spain)$")
    explore.says("2 found")


def test_a_lasso_selects_and_its_words_are_isolated_and_back(open_explore):
    explore = open_explore()
    explore.page.get_by_role("button", name="Lasso").click()
    box = explore.page.locator(".w2v-cloud").bounding_box()
    corners = [(0.05, 0.15), (0.6, 0.15), (0.6, 0.9), (0.05, 0.9), (0.05, 0.2)]
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    explore.page.mouse.move(*places[0])
    explore.page.mouse.down()
    for place in places[1:]:
        explore.page.mouse.move(*place, steps=4)
    explore.page.mouse.up()
    explore.says("Selected words: ")
    selected = int(explore.chosen().removeprefix("Selected words: ").replace(",", ""))
    before = int(explore.data("words"))
    assert 1 < selected < before
    explore.page.get_by_role("button", name="Show these words alone").click()
    explore.wait(f"words === {selected}")
    explore.page.get_by_role("button", name="Back").click()
    explore.wait(f"words === {before}")


def test_zoom_and_camera_are_kept_when_a_word_is_chosen(open_explore):
    explore = open_explore()
    box = explore.page.locator(".w2v-cloud").bounding_box()
    explore.page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    explore.page.mouse.wheel(0, -400)
    explore.page.wait_for_function("w2vViews.get('explore').cloud.camera.zoom > 1.5")
    camera = explore.cloud("({...cloud.camera})")
    asked = int(explore.data("asked"))
    explore.page.locator(".w2v-panel:not([hidden]) .w2v-ranking .w2v-word").first.click()
    explore.wait(f"asked > {asked}")
    explore.still()
    assert explore.cloud("cloud.camera.zoom") == pytest.approx(camera["zoom"])
    explore.page.get_by_role("button", name="Whole view").click()
    assert explore.cloud("cloud.camera.zoom") == 1


def test_tsne_forms_before_ones_eyes_pauses_and_goes_on(open_explore):
    explore = open_explore()
    explore.map("t-SNE")
    explore.wait("kind === 'tsne' && running && iteration > 20")
    explore.press("hold")
    explore.wait("!running")
    held = int(explore.data("iteration"))
    explore.still()
    places = explore.cloud("[...cloud.to.slice(0, 30)]")
    explore.press("form")
    explore.wait(f"running && iteration > {held}")
    assert explore.cloud("[...cloud.to.slice(0, 30)]") != places
    explore.press("hold")
    explore.wait("!running")


def test_the_slider_replays_the_training(open_explore):
    explore = open_explore()
    listed = "[...document.querySelectorAll('.w2v-panel:not([hidden]) .w2v-ranking .w2v-word')]"
    words = f"{listed}.map(word => word.textContent).join()"
    random = explore.page.evaluate(words)
    explore.press("play")
    explore.page.wait_for_function(f"random => {words} !== random", arg=random)
    explore.press("pause")
    explore.wait("!training")
    explore.tab("Time")
    explore.wait("tab === 'time' && moment > 0")
    slider = explore.page.get_by_role("slider", name="Moment of the training")
    last = explore.neighbors()
    slider.focus()
    slider.press("Home")
    explore.wait("+moment === 0")
    assert explore.page.locator(".w2v-moment").inner_text().startswith("step 0")
    assert explore.neighbors() != last
    explore.page.get_by_role("button", name="Replay the training").click()
    explore.wait("moment > 2")
    explore.page.get_by_role("button", name="Stop", exact=True).click()
    slider.press("End")
    explore.page.wait_for_function(
        "+document.querySelector('.w2v-slider').value === +document.querySelector('.w2v-slider').max"
    )
    assert explore.neighbors() == last


def test_the_address_follows_the_map_and_opens_it_again(open_explore):
    explore = open_explore(path="explore?corpus=royal_court_en")
    word = explore.neighbors()[0]
    explore.page.locator(".w2v-panel:not([hidden]) .w2v-ranking .w2v-word").first.click()
    explore.page.wait_for_function("word => location.search.includes(`word=${word}`)", arg=word)
    explore.map("3D")
    explore.page.wait_for_function("location.search.includes('map_dimensions=3')")
    explore.page.reload()
    explore.ready()
    assert explore.chosen() == word
    assert explore.cloud("cloud.dimensions") == 3


def test_everything_fits_a_laptop_in_both_languages_and_the_dark(open_explore):
    for locale, scheme in (("en-US", "dark"), ("zh-CN", "light")):
        explore = open_explore(locale=locale, color_scheme=scheme)
        for part in (".w2v-field", ".w2v-side", ".st-key-map_dimensions"):
            box = explore.page.locator(part).bounding_box()
            assert box["x"] + box["width"] <= 1366, part
            assert box["y"] + box["height"] <= 768, part
        assert explore.page.evaluate(
            "document.querySelector('.stMain').scrollWidth <= document.querySelector('.stMain').clientWidth"
        )
