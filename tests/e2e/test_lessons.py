"""A lesson in a real browser."""

LESSON = "negative_sampling"


def test_a_lesson_from_its_start_over_a_reload_to_its_end_in_another_language(open_lessons):
    lesson = open_lessons()
    lesson.begin(LESSON)
    lesson.at_step(1, 5)
    lesson.tells("A question of its own")
    lesson.next_is("disabled")
    # The part that the step points to lights up.
    formula = lesson.page.locator(".st-key-inside_formula")
    formula.wait_for()
    assert formula.evaluate("part => getComputedStyle(part).outlineStyle") == "solid"

    lesson.answer("1")
    lesson.tells("So it is with softmax.")
    lesson.next_is("disabled")
    lesson.answer("12")
    lesson.tells("Not quite.")
    lesson.answer("10.5")
    lesson.tells("21 questions, each answered ½.")
    lesson.stands("10.5")
    lesson.press("lesson_next")

    # A guess; then what is to be done on the page, which the lesson sees by itself.
    lesson.at_step(2, 5)
    lesson.answer("ln(2)")
    lesson.tells("Your guess")
    lesson.next_is("disabled")
    lesson.wait("step === 0")
    lesson.press("step")
    lesson.tells("You guessed")
    lesson.tells("That is one question.")
    lesson.press("lesson_next")
    lesson.at_step(3, 5)
    lesson.answer("0,693")
    lesson.tells("A score of 0 means")
    lesson.press("lesson_next")

    lesson.at_step(4, 5)
    lesson.pick(0)
    lesson.tells("Your guess")
    lesson.idle()
    lesson.page.keyboard.press("Space")  # plays, though the option has the focus
    lesson.wait("running && step > 300")
    lesson.page.reload()
    lesson.at_step(4, 5)
    lesson.wait("!running && step === 7200")  # the run is found again, and goes on to its end
    lesson.tells("You guessed")
    lesson.keeps(0)
    lesson.next_is("enabled")
    # The way on is in view, however long the text; and above it, what has come of the guess.
    way = lesson.page.locator(".st-key-lesson_next button").bounding_box()
    assert way["y"] + way["height"] <= lesson.page.viewport_size["height"]

    # Back there is what was answered before.
    lesson.press("lesson_back")
    lesson.at_step(3, 5)
    lesson.tells("A score of 0 means")
    lesson.stands("0,693")
    lesson.press("lesson_next")
    lesson.at_step(4, 5)
    lesson.next_is("enabled")

    lesson.page.get_by_text("中文", exact=True).first.click()
    lesson.at_step(4, 5, "第 {} 步，共 {} 步")
    # In this language it is about another text, which nobody has trained on.
    lesson.tells("英文运行结果")
    lesson.next_is("disabled")
    lesson.press("lesson_catch_up")
    lesson.tells("你猜的是")
    lesson.keeps(0)
    lesson.press("lesson_next")
    lesson.at_step(5, 5, "第 {} 步，共 {} 步")
    lesson.pick(2)
    lesson.tells("可以是负数")
    lesson.next_is("disabled")
    lesson.pick(0)
    lesson.tells("每一项都不小于 0")
    lesson.keeps(0)
    lesson.press("lesson_next")
    lesson.tells("值得记住")
    lesson.page.wait_for_selector(".st-key-lesson_following")


def test_what_is_said_of_an_answer_is_scrolled_to_and_stands_above_the_way_on(open_lessons):
    lesson = open_lessons()
    lesson.page.goto(lesson.page.url.partition("lessons")[0] + "?lesson=softmax&step=5")
    lesson.at_step(5, 7)
    lesson.page.set_viewport_size({"width": 1280, "height": 620})
    lesson.pick(1)
    lesson.tells("Your guess")
    lesson.page.locator("[data-testid=stSidebarContent]").evaluate("each => { each.scrollTop = 0; }")
    lesson.press("play")
    lesson.tells("You guessed")
    lesson.page.wait_for_function(
        "() => { const box = name => document.querySelector(`.st-key-lesson ${name}`).getBoundingClientRect();"
        " const said = box('[data-testid=stAlert]'), way = box('.st-key-lesson_ways');"
        " return said.bottom <= way.top && way.bottom <= innerHeight; }"
    )
