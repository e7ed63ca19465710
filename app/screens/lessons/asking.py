"""A question of a step: where it is answered, and what is said of the answer."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...lessons.formula import Facts
from ...lessons.lesson import Ask, Step, told
from ...lessons.verdict import typed_value
from ...session import answering, course, session
from ...session.answering import TRIES
from ...session.course import Answer
from ...text import Text, Words
from ...text.literal import literal

LETTERS = "ABCD"
LONGEST_ANSWER = 100


def question(text: Text, step: Step, facts: Facts) -> None:
    """Draw the question, and what is said of the answer so far."""
    words, language, ask = text.lessons_page, session.language(), step.ask
    assert ask is not None, "the step has a question"
    st.markdown(f"**{told(ask.question[language], facts)}**")
    answering.judge_given()
    given = answering.given()
    {"number": _number, "choice": _choice, "order": _order}[ask.kind](words, ask, given, facts)
    if given is None:
        return
    if ask.predict:
        st.caption(words.guessed.format(answer=shown(ask, given.value, language, facts)))
    elif given.right or given.given_up:
        _why(words, ask, given, facts)
    elif not given.judged:
        st.info(words.truth_unknown, icon=":material/hourglass_empty:")
    else:
        found = answering.verdict()  # in the language of now
        said = found.said if found and not found.right else ""
        said = told(said, facts) or (words.not_quite if _readable(ask, given) else words.unreadable)
        st.warning(said, icon=":material/close:")
        if given.tries >= TRIES:
            st.button(
                words.show_answer,
                key="lesson_give_up",
                type="tertiary",
                on_click=answering.give_up,
                args=(course.here(),),
            )


def truth(text: Text, step: Step, facts: Facts) -> None:
    """Draw what has come of a guess."""
    words, language, ask, given = text.lessons_page, session.language(), step.ask, answering.given()
    assert ask is not None, "the step has a question"
    found = answering.verdict()
    if given is None:
        return
    if found is None:
        st.info(words.truth_unknown, icon=":material/hourglass_empty:")
        return
    head = words.guess_right if found.right else words.guess_wrong
    truth = told(found.truth, facts).rstrip(".。")
    sentence = head.format(guess=shown(ask, given.value, language, facts).rstrip(".。"), truth=truth)
    said = told(found.said, facts) if ask.kind != "choice" or not found.right else ""
    between = "" if language == "zh" else " "
    st.info(
        between.join(filter(None, (sentence, said, told(ask.why[language], facts)))),
        icon=":material/lightbulb:",
    )


def shown(ask: Ask, value: Any, language: str, facts: Facts) -> str:
    """Return an answer as Markdown."""
    if ask.kind == "number":
        return literal(str(value))
    if ask.kind == "choice":
        return told(ask.options[value].text[language], facts)
    return " < ".join(told(ask.items[place].text[language], facts) for place in value)


def _why(words: Words, ask: Ask, given: Answer, facts: Facts) -> None:
    language, found = session.language(), answering.verdict()
    if given.right:
        st.success(told(ask.why[language], facts), icon=":material/check:")
    else:
        answer = told(found.truth, facts) if found else ""
        st.info(
            words.the_answer.format(answer=answer, why=told(ask.why[language], facts)),
            icon=":material/lightbulb:",
        )


def _readable(ask: Ask, given: Answer) -> bool:
    return ask.kind != "number" or typed_value(str(given.value)) is not None


def _number(words: Words, ask: Ask, given: Answer | None, facts: Facts) -> None:
    key, place = _key("typed"), course.here()

    def take() -> None:
        if typed := st.session_state[key].strip():
            answering.answer(typed, place)

    with st.container(horizontal=True, vertical_alignment="bottom", key="lesson_number"):
        st.text_input(
            words.your_number,
            value=str(given.value) if given else "",
            key=key,
            max_chars=LONGEST_ANSWER,
            placeholder=words.number_hint,
            label_visibility="collapsed",
            on_change=take,
            disabled=answering.settled(),
        )
        st.button(
            words.guess if ask.predict else words.check,
            key="lesson_answer",
            on_click=take,
            disabled=answering.settled(),
        )


def _choice(words: Words, ask: Ask, given: Answer | None, facts: Facts) -> None:
    language, key, place = session.language(), _key("chosen"), course.here()

    def take() -> None:
        answering.answer(st.session_state[key], place)

    labels = [told(option.text[language], facts) for option in ask.options]
    st.radio(
        words.your_choice,
        range(len(labels)),
        index=given.value if given else None,
        key=key,
        format_func=lambda option: f"**{LETTERS[option]}** {labels[option]}",
        label_visibility="collapsed",
        on_change=take,
        disabled=answering.settled(),
    )


def _order(words: Words, ask: Ask, given: Answer | None, facts: Facts) -> None:
    language, key, place = session.language(), _key("ordered"), course.here()

    def take() -> None:
        if len(st.session_state[key]) == len(ask.items):
            answering.answer(list(st.session_state[key]), place)

    labels = [told(item.text[language], facts) for item in ask.items]
    st.multiselect(
        words.your_order,
        range(len(labels)),
        default=list(given.value) if given else [],
        key=key,
        format_func=labels.__getitem__,
        placeholder=words.order_hint,
        label_visibility="collapsed",
        select_all=False,  # would put them in the order in which they stand
        on_change=take,
        disabled=answering.settled(),
    )


def _key(what: str) -> str:
    """Return the key of a widget of the step: another step's is another widget.

    So is one whose answer stands: Streamlit discards what was typed or chosen last where a widget is disabled by it.
    """
    now = course.course()
    stands = "_stands" if answering.settled() else ""
    return f"lesson_{what}_{now.lesson.id if now.lesson else ''}_{now.step}_{now.restored}{stands}"
