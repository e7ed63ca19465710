"""The Corpus page in a real browser."""


def test_the_window_steps_along_by_button_key_and_click(open_corpus):
    corpus = open_corpus()
    page = corpus.page
    at = int(page.locator(".w2v-sentence").get_attribute("data-at"))
    assert corpus.pairs() == [(corpus.center(), word) for word in corpus.contexts()]
    assert corpus.pairs()

    page.get_by_role("button", name="Step on").click()
    page.wait_for_function(f"document.querySelector('.w2v-sentence').dataset.at > {at}")
    page.locator("h4").first.click()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"document.querySelector('.w2v-sentence').dataset.at === '{at}'")

    kept = page.locator(".w2v-token:not(.w2v-dropped)").first
    kept.click()
    assert corpus.center() == kept.locator("bdi").inner_text()
    assert corpus.pairs() == [(corpus.center(), word) for word in corpus.contexts()]


def test_past_the_end_comes_the_next_sentence(open_corpus):
    corpus = open_corpus()
    number = corpus.sentence()
    corpus.page.locator(".w2v-token:not(.w2v-dropped)").last.click()
    corpus.page.keyboard.press("ArrowRight")
    corpus.says(f"Sentence {number + 1} of")
    corpus.page.keyboard.press("ArrowLeft")
    corpus.says(f"Sentence {number} of")
    corpus.page.locator(".w2v-token:not(.w2v-dropped)").last.and_(
        corpus.page.locator(".w2v-center")
    ).wait_for()


def test_it_steps_along_by_itself_until_stopped(open_corpus):
    corpus = open_corpus()
    page = corpus.page
    page.locator("h4").first.click()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Stop").wait_for()
    at = page.locator(".w2v-sentence").get_attribute("data-at")
    page.wait_for_function(f"document.querySelector('.w2v-sentence').dataset.at !== '{at}'")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Step along").wait_for()


def test_another_draw_drops_other_words(open_corpus):
    corpus = open_corpus()
    page = corpus.page
    number = corpus.sentence()
    corpus.choose("subsample", "0.0001")
    page.locator(".w2v-dropped").first.wait_for()
    words = "[...document.querySelectorAll('.w2v-token')].map(token => token.className).join()"
    before = page.evaluate(words)
    page.get_by_role("button", name="Draw again").click()
    page.wait_for_function(f"before => {words} !== before", arg=before)
    assert corpus.sentence() == number
    corpus.choose("subsample", "0")
    page.locator(".w2v-dropped").first.wait_for(state="detached")


def test_a_word_of_the_table_is_searched_and_found_in_a_sentence(open_corpus):
    corpus = open_corpus()
    page = corpus.page
    page.locator(".w2v-search").press_sequentially("violin")
    rows = page.locator(".w2v-words tbody tr")
    page.wait_for_function("document.querySelectorAll('.w2v-words tbody tr').length < 9")
    assert all("violin" in row for row in rows.all_inner_texts())
    rows.first.locator("button").click()
    page.locator(".w2v-token.w2v-center").get_by_text("violin", exact=True).wait_for()
    assert page.locator(".w2v-search").input_value() == "violin"
    page.keyboard.press("ArrowRight")  # typing and stepping do not get in each other's way
    page.wait_for_function("document.querySelector('.w2v-token.w2v-center bdi').textContent !== 'violin'")


def test_the_window_setting_is_the_widest_reach(open_corpus):
    corpus = open_corpus()
    corpus.type_number("window", 1)
    corpus.says("drawn from 1 to 1")
    for token in corpus.page.locator(".w2v-token:not(.w2v-dropped)").all():
        token.click()
        assert len(corpus.contexts()) <= 2


def test_everything_is_in_view_on_a_laptop(open_corpus):
    page = open_corpus().page
    for part in (".w2v-window", ".w2v-zipf", ".w2v-subsampling", ".w2v-noise", ".w2v-lengths", ".w2v-table"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
        assert box["y"] + box["height"] <= 768, part


def test_a_run_goes_on_while_the_text_is_looked_at(open_train):
    train = open_train()
    train.type_number("epochs", 10_000)
    train.press("play")
    train.wait("running && step > 20")
    before = train.state()["step"]
    train.visit("Corpus")
    train.page.locator(".w2v-token.w2v-center").wait_for()
    train.visit("Train")
    train.wait(f"running && step > {before + 100}")
