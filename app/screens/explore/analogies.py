"""The panel's analogies: a question of one's own, those that the corpus knows, and the odd one out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from w2v_core import Problem

from ...background.layouts import Ids
from ...formatting import percent
from ...samples import AnalogySection
from ...session import session
from ...text import Text
from ...text.literal import escaped
from ...widgets.choice import choice
from . import answers
from .explored import ask
from .explorer import Explorer
from .lists import table, words_table


def analogies(explorer: Explorer, sections: Sequence[AnalogySection], category: Ids, text: Text) -> None:
    """Draw a question a : b :: c : ?, its answers, the corpus's own questions, and the odd one out."""
    page, panel = text.explore_page, explorer.panel

    def typed(name: str, value: str) -> None:
        words = list(explorer.panel.analogy)
        words["abc".index(name[-1])] = value
        ask("analogy", words)

    for letter, column, word in zip("abc", st.columns(3, gap="small"), panel.analogy, strict=True):
        with column:
            choice(st.text_input, f"analogy_{letter}", letter, value=word, take=typed, live=True)
    choice(st.checkbox, "own", page.own, value=panel.own, take=ask)
    found = answers.analogy(explorer)
    if found.problem:
        st.caption(text.problem(found.problem))
    elif not len(found.ranking[0]):
        st.caption(page.analogy_help)
    else:
        d = explorer.vocabulary.words[found.ranking[0][0]]
        a, b, c, d = (f"**{escaped(word)}**" for word in (*panel.analogy, d))
        st.caption(page.analogy_note.format(a=a, b=b, c=c, d=d))
        words_table("analogies", explorer, *found.ranking, page.score, text, still=False, most=5)
    score = answers.accuracy(explorer, sections)
    if score:
        language = session.language()
        parts = score.sections
        total = score.total
        st.caption(
            f"**{page.sections}**: "
            + page.total.format(
                share=percent(score.accuracy), right=f"{total.correct:,}", of=f"{total.counted:,}"
            )
        )
        table(
            "sections",
            {
                page.kind: [section.title[language] for section in sections],
                page.right_column: [page.right.format(right=part.correct, of=part.counted) for part in parts],
            },
            np.array([part.accuracy if part.counted else 0 for part in parts]),
            "%",
            text,
            lambda row: ask("analogy", sections[row].questions[0][:3]),
            digits="percent",
            widths=(130, 84),
            most=6,
        )
    choice(
        st.text_input,
        "odd",
        page.odd,
        value=panel.odd,
        take=ask,
        live=True,
        placeholder=answers.odd_example(explorer, category),
    )
    try:
        answer = (
            page.odd_answer.format(word=f"**{escaped(answers.odd_one_out(explorer))}**")
            if panel.odd.split()
            else ""
        )
    except Problem as problem:
        answer = text.problem(problem)
    st.caption(answer or page.odd_help)
