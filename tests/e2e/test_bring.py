"""Bringing a text in a real browser, ordinary and hostile, and training on it."""

import pytest

# Words that would do something if anybody took them for more than words. Kept punctuation makes single marks
# words of their own; what "as it is" cannot make a word is set in a file name.
HOSTILE = (
    "<img src=x onerror=window.hacked=1> <script>window.hacked=1</script> **bold** _it_ `code` $x^2$ {{7*7}} "
    "[link](javascript:window.hacked=1) & &amp; <b> </b> :smile: 😀 שלום עולם مرحبا = + - @ \\ | ~ # \x1b \x07 "
    "\u202e \u200b null undefined __proto__ constructor NaN 1e9"
)


def bring(corpus, name, content, **options):
    corpus.page.get_by_text("Bring your own", exact=True).first.click()
    file = {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
    corpus.page.locator("input[type=file]").set_input_files(file)
    corpus.page.locator(".st-key-preview code").first.wait_for()
    for option, label in options.items():
        corpus.choose(f"read_{option}", label)
    corpus.press("use")
    corpus.shows_choice("corpus", name)
    corpus.page.locator(".st-key-sentence button[kind='primary']").first.wait_for()


MAP = ".st-key-figure-map"
CUSTOMDATA = (
    f"document.querySelector('{MAP} .js-plotly-plot').data.flatMap(({{ customdata }}) => customdata ?? [])"
)
WORDS_ON_THE_MAP = f"{CUSTOMDATA}.map(([word]) => word)"


def middle_of(part):
    box = part.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_an_uploaded_file_is_previewed_read_trained_on_and_outlasts_a_reload(open_corpus):
    corpus = open_corpus()
    story = ". ".join(f"the river w{i % 40} flows to the sea w{i % 30} of stone" for i in range(900))
    bring(corpus, "river.txt", story)
    corpus.has_word("the")
    assert "river" in corpus.listed()
    page = corpus.page
    corpus.visit("Train")
    page.wait_for_function(f"document.querySelector('{MAP} .js-plotly-plot')")
    corpus.press("play")
    page.wait_for_function(f"+document.querySelector('{MAP} .live-figure').dataset.step > 50")
    words = page.evaluate(WORDS_ON_THE_MAP)
    assert {"river", "sea", "stone"} <= set(words)
    page.wait_for_url("**corpus=own**")
    page.reload()
    corpus.shows_choice("corpus", "river.txt")  # with its run
    page.wait_for_function(f"+document.querySelector('{MAP} .live-figure').dataset.step > 50")
    other = open_corpus(path="corpus?" + page.url.partition("?")[2])
    other.says("Such a text is in no link")
    other.shows_choice("corpus", "World of facts")


@pytest.mark.long
def test_a_text_is_previewed_as_it_is_typed_and_used_with_one_click(open_corpus):
    corpus = open_corpus()
    page = corpus.page
    page.get_by_text("Bring your own", exact=True).first.click()
    area = page.locator("[class*='st-key-pasted'] textarea")
    area.click()
    page.keyboard.insert_text("the cat sees the dog and the dog sees the cat. " * 20)
    page.locator(".st-key-preview code").first.wait_for()
    page.keyboard.insert_text("mice")
    page.wait_for_function("document.activeElement.value.endsWith('cat. mice')")
    corpus.press("use")
    corpus.shows_choice("corpus", "Pasted text")
    page.locator(".st-key-sentence button[kind='primary']").first.wait_for()
    corpus.has_word("mice")


def test_the_list_of_corpora_leads_to_the_upload_where_a_bad_file_gets_a_sentence(open_train):
    train = open_train()
    train.choose("corpus", "Bring your own text …")
    field = train.page.locator("input[type=file]")
    field.wait_for(state="attached")
    assert "/corpus?" in train.page.url
    field.set_input_files({"name": "a*b*.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\x00"})
    train.says("a*b*.pdf")
    train.says("is a PDF file, not plain text")
    train.shows_choice("corpus", "World of facts")


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_hostile_words_show_as_themselves_everywhere(open_corpus, theme):
    corpus = open_corpus(color_scheme=theme)
    page = corpus.page
    sentences = "\n".join(f"{HOSTILE} word{i % 9} other{i % 5}" for i in range(120))
    bring(corpus, "<img src=x onerror=window.hacked=1>.txt", sentences, punctuation="keep as words")
    shown = corpus.word().all_text_contents()
    assert {"<", ">", "*", "$", "&", "`", "**"} <= set(shown)
    for word in ("😀", "שלום"):
        corpus.search(word)
    corpus.look_up("<")
    assert corpus.center() == "<"
    page.wait_for_function(  # as the label of the charts' mark
        "[...document.querySelectorAll('.st-key-figure-zipf .textpoint')].some(label => label.textContent === '<')"
    )

    corpus.visit("Train")
    page.wait_for_function(f"document.querySelector('{MAP} .js-plotly-plot')")
    corpus.press("step")
    page.wait_for_function(f"+document.querySelector('{MAP} .live-figure').dataset.step > 0")
    shown = page.evaluate(WORDS_ON_THE_MAP)
    assert {"<", "$", "&", "script", "constructor", "עולם"} <= set(shown)
    page.wait_for_function(f"document.querySelector('{MAP} .textpoint')")
    labels = page.evaluate(
        f"[...document.querySelectorAll('{MAP} .textpoint')].map(label => label.textContent)"
    )
    assert set(labels) <= set(shown)
    hover = page.evaluate(f"{CUSTOMDATA}.map(([, about]) => about)")
    assert any(text.startswith("<b>&lt;</b>") for text in hover)
    page.mouse.click(*middle_of(page.locator(".st-key-figure-neighbors .xy .point").first))
    corpus.choose("corpus", "World of facts")  # the warning names the corpus of the run
    page.get_by_test_id("stAlert").wait_for()
    assert page.get_by_test_id("stAlert").locator("img").count() == 0
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.long
def test_a_text_that_is_one_long_sentence_is_walked_to_its_end(open_corpus):
    corpus = open_corpus()
    words = [f"w{i % 300}" for i in range(40_000)]
    words[-9] = words[-5] = "rare"
    bring(corpus, "endless.txt", " ".join(words))
    corpus.choose("subsample", "0")
    corpus.says("words 1 to 64 of 40,000")
    # Drawn anew since the choice.
    corpus.page.locator(f"{corpus.words} del").first.wait_for(state="detached")
    corpus.word().last.click()
    corpus.comes_to("at === 63")
    corpus.page.keyboard.press("ArrowRight")
    corpus.says("words 65 to 128 of 40,000")
    corpus.page.keyboard.press("ArrowLeft")
    corpus.says("words 1 to 64 of 40,000")
    corpus.comes_to("at === 63")
    corpus.word().first.click()  # which can be scrolled to
    corpus.comes_to("at === 0")
    corpus.look_up("rare")
    corpus.says("words 39,937 to 40,000 of 40,000")
    assert corpus.center() == "rare"
    box, token = (
        part.bounding_box() for part in (corpus.page.locator(".st-key-sentence"), corpus.word("primary"))
    )
    assert box["y"] <= token["y"] + 1
    assert token["y"] + token["height"] <= box["y"] + box["height"] + 1
