"""The Corpus page in a real browser."""

import pytest


def test_the_window_is_in_view_and_steps_along_by_button_key_and_click_and_by_itself(open_corpus):
    corpus = open_corpus()
    page = corpus.page
    tiles = [f".st-key-tile_{name}" for name in ("zipf", "subsampling", "noise", "lengths")]
    for part in (".st-key-window_view", *tiles, ".st-key-words_table"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
        assert box["y"] + box["height"] <= 768, part

    at = corpus.at()
    assert corpus.pairs() == [(corpus.center(), word) for word in corpus.contexts()]
    assert corpus.pairs()

    corpus.press("forward")
    corpus.comes_to(f"at > {at}")
    page.keyboard.press("ArrowLeft")
    corpus.comes_to(f"at === {at}")

    first = corpus.kept().first
    word = first.inner_text()
    first.click()
    corpus.comes_to(f"at < {at}")
    assert corpus.center() == word
    assert corpus.pairs() == [(word, each) for each in corpus.contexts()]

    at = corpus.at()
    page.keyboard.press("Space")  # by itself, until it is stopped
    page.locator(".st-key-step_along").get_by_text("pause").first.wait_for()
    corpus.comes_to(f"at > {at + 1}")
    page.keyboard.press("Space")
    page.locator(".st-key-step_along").get_by_text("play_arrow").first.wait_for()


def test_past_the_end_comes_the_next_sentence(open_corpus):
    corpus = open_corpus()
    number, at = corpus.sentence(), corpus.at()
    corpus.kept().last.click()
    corpus.comes_to(f"at > {at}")
    last = corpus.at()
    corpus.page.keyboard.press("ArrowRight")
    corpus.says(f"Sentence {number + 1} of")
    corpus.page.keyboard.press("ArrowLeft")
    corpus.says(f"Sentence {number} of")
    corpus.comes_to(f"at === {last}")


@pytest.mark.long
def test_another_draw_drops_other_words(open_corpus):
    corpus = open_corpus()
    page = corpus.page
    number = corpus.sentence()
    corpus.choose("subsample", "0.0001")
    page.locator(f"{corpus.words} del").first.wait_for()
    dropped = (
        f"[...document.querySelectorAll(`{corpus.words}`)].map(word => !!word.querySelector('del')).join()"
    )
    before = page.evaluate(dropped)
    corpus.press("again")
    page.wait_for_function(f"before => {dropped} !== before", arg=before)
    assert corpus.sentence() == number
    corpus.choose("subsample", "0")
    page.locator(f"{corpus.words} del").first.wait_for(state="detached")


def test_a_word_of_the_table_is_searched_and_found_in_a_sentence(open_corpus):
    corpus = open_corpus()
    page = corpus.page
    corpus.look_up("violin")
    assert page.locator(".st-key-words_query input").input_value() == "violin"
    page.keyboard.press("Escape")
    page.locator("h4").first.click()
    before = page.locator(corpus.words).all_inner_texts()
    page.keyboard.press("ArrowRight")  # typing and stepping do not get in each other's way
    corpus.comes_to(f"all.map(each => each.innerText).join() !== {','.join(before)!r}")


@pytest.mark.long
def test_the_window_setting_is_the_widest_reach(open_corpus):
    corpus = open_corpus()
    corpus.type_number("window", 1)
    corpus.says("drawn from 1 to 1")
    for i in range(corpus.kept().count()):
        corpus.kept().nth(i).click()
        corpus.comes_to(f"all[at] === [...document.querySelectorAll(`{corpus.words}:not(:has(del))`)][{i}]")
        assert len(corpus.contexts()) <= 2


@pytest.mark.long
def test_a_run_goes_on_while_the_text_is_looked_at(open_train):
    train = open_train()
    train.type_number("epochs", 10_000)
    train.press("play")
    train.wait("running && step > 20")
    before = train.state()["step"]
    train.visit("Corpus")
    train.page.locator(".st-key-sentence button[kind='primary']").first.wait_for()
    train.visit("Train")
    train.wait(f"running && step > {before + 100}")
