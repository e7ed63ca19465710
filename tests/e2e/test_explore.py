"""The Explore page in a real browser."""

import pytest


def apart(boxes):
    """Return whether no two boxes overlap by more than the rounding of their sizes."""
    shrunk = [(left + 1, top + 2, right - 1, bottom - 2) for left, top, right, bottom in boxes]
    return all(
        a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        for i, a in enumerate(shrunk)
        for b in shrunk[:i]
    )


@pytest.mark.parametrize("dimensions", ["2D", pytest.param("3D", marks=pytest.mark.long)])
def test_a_click_lights_the_neighbors(open_explore, dimensions):
    explore = open_explore(path="explore?corpus=royal_court_en")
    if dimensions == "3D":
        explore.in_3d()
    word, x, y = explore.lonely()
    explore.page.mouse.click(x, y)
    explore.wait(f"word === {word!r}")
    explore.page.locator(".st-key-explore_panel").get_by_text(word, exact=True).first.wait_for()
    ends = explore.plot("[...traces['kept-lines'].x].length + [...traces['lost-lines'].x].length")
    assert ends == 30
    explore.press("clear")
    explore.says("No word is chosen")
    explore.wait("word === ''")


@pytest.mark.long
@pytest.mark.parametrize("dimensions", ["2D", "3D"])
def test_labels_lie_apart_at_every_zoom(open_explore, dimensions):
    explore = open_explore()
    if dimensions == "3D":
        explore.in_3d()
    box = explore.page.locator(".live-figure[data-kind]").bounding_box()
    for _ in range(2):
        labels = explore.labels()
        assert len(labels) > 20
        assert apart(labels)
        explore.page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
        explore.page.mouse.wheel(0, -300)
        explore.page.wait_for_timeout(300)
        explore.still()
    if dimensions == "3D":
        explore.drag((0.4, 0.5), (0.6, 0.55))
        explore.page.wait_for_timeout(300)
        explore.still()
        assert apart(explore.labels())


def test_words_are_found_as_one_types(open_explore):
    explore = open_explore()
    search = explore.page.locator(".st-key-query input")
    search.press_sequentially("ger")
    explore.says("found")
    pills = explore.page.locator(".st-key-explore_found [data-testid='stButtonGroup'] button")
    assert all(word.startswith("ger") for word in pills.all_inner_texts())
    search.press_sequentially("many")
    explore.wait("word === 'germany'")
    assert search.evaluate("node => node === document.activeElement")
    explore.choose("how", "regex")
    search.fill("(")
    explore.says("regular expression")
    search.fill("^(france|spain)$")
    explore.says("2 found")
    explore.press("select_all")
    explore.says("Selected words: 2")


def test_a_lasso_selects_and_its_words_are_isolated_and_back(open_explore):
    explore = open_explore()
    explore.use("Lasso Select")
    explore.drag((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7), (0.3, 0.31))
    explore.says("Selected words: ")
    explore.still()
    said = explore.page.get_by_text("Selected words: ").inner_text()
    selected = int(said.removeprefix("Selected words: ").replace(",", ""))
    before = int(explore.data("words"))
    assert 1 < selected < before
    lit = "plot.data.flatMap(({ uid, selectedpoints }) => uid.startsWith('class') ? [...selectedpoints] : []).length"
    assert explore.plot(lit) == selected
    explore.press("isolate")
    explore.wait(f"words === {selected}")
    explore.press("back")
    explore.wait(f"words === {before}")


@pytest.mark.long
def test_a_click_on_the_legend_hides_a_category_and_its_labels(open_explore):
    explore = open_explore(path="explore?corpus=royal_court_en")
    explore.page.locator(".live-figure[data-kind] .legendtoggle").first.click()
    explore.page.wait_for_timeout(600)  # Plotly waits for a second click
    explore.still()
    hidden = explore.plot("plot.data.filter(({ visible }) => visible === 'legendonly').map(({ uid }) => uid)")
    assert hidden == ["class0"]
    words = explore.plot("traces.class0.customdata")
    assert set(words).isdisjoint(explore.plot("traces.labels.text"))
    explore.choose_row(0)
    explore.page.wait_for_function("location.search.includes('word=')")
    explore.still()
    assert explore.plot("traces.class0.visible") == "legendonly"


def test_zoom_is_kept_when_a_word_is_chosen_and_while_training_runs(open_explore):
    explore = open_explore(path="explore?corpus=royal_court_en")
    box = explore.page.locator(".live-figure[data-kind] .nsewdrag").bounding_box()
    explore.page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    whole = explore.plot("[...plot._fullLayout.xaxis.range]")
    for _ in range(4):
        explore.page.mouse.wheel(0, -400)
    explore.page.wait_for_timeout(300)
    explore.still()
    zoomed = explore.plot("[...plot._fullLayout.xaxis.range]")
    assert zoomed[1] - zoomed[0] < 0.8 * (whole[1] - whole[0])
    explore.choose_row(0)
    explore.press("play")
    explore.wait("training && version > 0")
    explore.press("pause")
    explore.wait("!training")
    explore.still()
    assert explore.plot("[...plot._fullLayout.xaxis.range]") == pytest.approx(zoomed)
    explore.use("Reset axes")
    explore.still()
    home = explore.plot("[...plot._fullLayout.xaxis.range]")
    assert home[1] - home[0] > zoomed[1] - zoomed[0]


@pytest.mark.long
def test_the_camera_is_kept_while_a_map_forms(open_explore):
    explore = open_explore(path="explore?map_dimensions=3")
    explore.map("t-SNE")
    explore.wait("kind === 'tsne' && running && iteration > 5")
    explore.drag((0.3, 0.4), (0.6, 0.5))
    explore.page.wait_for_timeout(300)
    eye = "plot._fullLayout.scene._scene.getCamera().eye"
    turned = explore.plot(eye)
    seen = int(explore.data("iteration"))
    explore.wait(f"iteration > {seen + 5}")
    assert explore.plot(eye) == pytest.approx(turned)
    assert turned["x"] != pytest.approx(1.2, abs=0.01)
    explore.press("hold")


@pytest.mark.long
def test_tsne_forms_before_ones_eyes_pauses_and_goes_on(open_explore):
    explore = open_explore()
    explore.map("t-SNE")
    explore.wait("kind === 'tsne' && running && iteration > 20")
    explore.press("hold")
    explore.wait("!running")
    explore.still()
    held = int(explore.data("iteration"))
    places = explore.plot("[...traces.class0.x].slice(0, 30)")
    explore.press("form")
    explore.wait(f"running && iteration > {held}")
    assert explore.plot("[...traces.class0.x].slice(0, 30)") != places
    explore.press("hold")
    explore.wait("!running")


@pytest.mark.long
def test_the_slider_replays_the_training(open_explore):
    explore = open_explore(path="explore?corpus=royal_court_en")
    explore.press("play")
    explore.wait("training && version > 3")
    explore.press("pause")
    explore.wait("!training")
    explore.tab("Time")
    explore.wait("kind === 'time' && moment > 0")
    last = int(float(explore.data("moment")))
    slider = explore.page.locator(".st-key-moment input")
    slider.press("Home")
    explore.wait("moment === 0")
    explore.says("step 0 ")
    explore.press("replay")
    explore.wait("moment > 1")
    explore.wait(f"moment === {last}")
    assert explore.plot("[...traces.trail.x].length") > last


def test_the_address_follows_the_map_and_opens_it_again(open_explore):
    explore = open_explore(path="explore?corpus=royal_court_en")
    explore.choose_row(0)
    explore.page.wait_for_function(
        "view => location.search.includes(`word=${document.querySelector(view).dataset.word}`)",
        arg=f".{explore.view}",
    )
    word = explore.data("word")
    explore.map("3D")
    explore.page.wait_for_function("location.search.includes('map_dimensions=3')")
    explore.page.reload()
    explore.ready()
    assert explore.data("word") == word
    assert explore.plot("traces.class0.type") == "scatter3d"


@pytest.mark.long
def test_everything_fits_a_laptop_in_both_languages_and_the_dark(open_explore):
    for locale, scheme in (("en-US", "dark"), ("zh-CN", "light")):
        explore = open_explore(locale=locale, color_scheme=scheme)
        for part in (".live-figure[data-kind]", ".st-key-explore_panel", ".st-key-map_dimensions"):
            box = explore.page.locator(part).bounding_box()
            assert box["x"] + box["width"] <= 1366, part
            assert box["y"] + box["height"] <= 768, part
        assert explore.page.evaluate(
            "document.querySelector('.stMain').scrollWidth <= document.querySelector('.stMain').clientWidth"
        )
