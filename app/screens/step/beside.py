"""What stands beside the picture: a sentence, the formula with its numbers, and the choice of their row."""

from __future__ import annotations

import streamlit as st

from ...formatting import decimal, figure
from ...live_figure import Style
from ...text import Text, Words
from ...text.glossary import START_VALUES, explained
from ...widgets.choice import choice
from .actions import choose_row
from .formulas import Formulas
from .half_steps import FORWARD, answer, half_steps
from .on_bench import looked
from .rows import check, half_step
from .scene import Scene


def beside(text: Text, scene: Scene, view: str, now: int, selected: int | str, style: Style) -> None:
    """Draw the formula with its numbers, and a sentence."""
    page, names = text.step_page, half_steps(scene.objective)
    row = next((row for row in scene.rows if row.column == selected), scene.rows[0])
    with st.container(key="inside_formula"):
        with st.container(horizontal=True, vertical_alignment="center", key="inside_title"):
            title = scene.by_objective(page.half_steps, names[now]) if view == "steps" else page.views[view]
            if view == "steps" and not style.large:
                title += f" :small[:gray[{page.forward if now < FORWARD else page.backward}]]"
            terms = terms_of(names[now] if view == "steps" else view, scene.objective)
            st.markdown(f"##### {title}", help=explained(text, *terms) or None)
            if view in ("steps", "check"):
                which_row(page, scene, view, selected)
        if view == "steps":
            formulas = Formulas(scene.record, scene.objective, scene.rows, style.text_colors)
            symbols, numbers = formulas.both(names[now], row)
            st.text(explanation(page, scene, names[now]))
            st.latex(symbols)
            st.latex(numbers)
        elif view == "check":
            st.text(page.check_help)
            st.latex(r"\frac{\partial L}{\partial x_i} \approx \frac{L(x_i + h) - L(x_i - h)}{2h}")
            _, absolute, relative = check(scene, selected)
            for label, value in ((page.check_absolute, absolute), (page.check_relative, relative)):
                st.markdown(f"{label} **{value}**")
        elif view == "arrows":
            st.text(page.arrows_help)
            st.latex(r"\Delta \mathbf{w}_c = -\eta \sum_j \frac{\partial L}{\partial s_j}\,\mathbf{u}_j")
        else:
            st.text(page.heat_note)
            st.latex(r"\mathbf{w}_c = W_{c,:} \qquad \mathbf{u}_j = U_{j,:}")


def terms_of(name: str, objective: str) -> tuple[str, ...]:
    """Return the terms that stand in a half-step, or in another view of the step."""
    answers = {
        "negative_sampling": ("sigma",),
        "softmax_with_negatives": ("probability", "notes_ratio"),
    }.get(objective, ("probability",))
    terms = {
        "vectors": ("input_vector", "output_vector"),
        "scores": ("score",),
        "sigmoids": ("sigma", "noise_word"),
        "probabilities": answers,
        "terms": ("nat",),
        "loss": ("start_value", START_VALUES[objective]),
        "slopes": answers,
        "update": ("learning_rate", "limit_steps"),
        "after": ("probability", *(name for name in answers if name != "probability")),
        "arrows": ("variance_share",),
        "heat": ("input_vector", "output_vector"),
    }
    if objective == "hierarchical_softmax":
        terms |= {"sigmoids": ("code_length",), "probabilities": ("probability", "code_length")}
        terms |= {"slopes": ("code_length",), "after": ("probability",)}
    return terms.get(name, ())


def explanation(page: Words, scene: Scene, name: str) -> str:
    """Return what there is to say about a half-step."""
    bench = scene.bench
    record, run = bench.record, bench.run
    said = scene.by_objective(page.explanations, name).format(
        center=scene.word(bench.center),
        context=scene.word(bench.context),
        words=f"{len(scene.vocabulary):,}",
        count=f"{sum(term.count for term in record.terms):.0f}",
        rate=decimal(record.learning_rate),
        before=figure(record.distribution[record.target]),
        after=figure(record.distribution_after[record.target]),
    )
    if name == "scores" and not record.scores.any():
        return page.all_zero
    if name == "update" and (record.bounded_inputs.any() or record.bounded_outputs.any()):
        said += " " + page.limited.format(bound=decimal(run.config.max_row_update or 0))
    if name == "probabilities" and scene.objective == "softmax_with_negatives":
        above = [answer(record, row.column) for row in scene.rows if row.role == "noise"]
        if above and max(above) > 1:
            said += " " + page.no_probability.format(value=figure(max(above)))
    if note := half_step(scene, name).note:
        said += " " + note
    return said


def which_row(page: Words, scene: Scene, view: str, selected: int | str) -> None:
    """Draw the list that does by keyboard what a click on a row does."""
    names: dict[int | str, str] = {row.column: f"u_{row.symbol}  {scene.name(row)}" for row in scene.rows}
    if view == "check":
        names = {"center": f"w_c  {scene.word(scene.bench.center)}", **names}
    choice(
        st.selectbox,
        "inside_row",
        page.row,
        list(names),
        value=selected,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        take=lambda _, row: choose_row(row),
        width="content",
    )


def selected_row(scene: Scene, view: str) -> int | str:
    """Return the column of the chosen row, or "center": another pair may have no such row."""
    chosen = looked().row
    if chosen is not None and chosen in [row.column for row in scene.rows]:
        return chosen
    return "center" if view == "check" else scene.rows[0].column
