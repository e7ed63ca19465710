"""Inside a step: one pair of the text, and every number between its vectors before and after one step."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import streamlit as st

from app.files.pair_file import pair_csv
from app.numbers import decimal, figure
from app.runs.bench import PairBench
from app.runs.live import LiveTraining
from app.runs.playing import unhurried
from app.state import choices, session
from app.text import Text
from app.text.inside_page import InsideText
from app.views.charts import chart_buttons
from app.views.colours import TEXT_COLOURS
from app.views.component import component
from app.views.inside.around import rise, sentence, strip
from app.views.inside.arrows import arrows
from app.views.inside.bars import bars
from app.views.inside.check import check
from app.views.inside.formulas import Formulas
from app.views.inside.halfsteps import answer, half_steps
from app.views.inside.heat import heat
from app.views.inside.scene import Scene
from app.widgets import controls
from app.widgets.choice import choice
from w2v_core import Problem

SCRIPTS = (
    "chart.js", "drawing.js", "sentence.js", "strip.js", "strips.js", "rows.js", "heat_map.js", "arrows.js", "rise.js",
    "inside.js",
)  # fmt: skip
POLL_SECONDS = 0.5
A_LITTLE = 1 / 3  # of the whole run: at a tenth the tiny text still has all its vectors on one line
FALL = 0.5  # starts, at which a loss without a floor is stopped: soon after, its numbers are astronomical
MANY = 100


draw = component("w2v_inside", SCRIPTS, ("inside.css",))


# What people do. Callbacks run before the page is drawn again.


def go(to: int) -> None:
    """Show another half-step."""
    choices.take()
    bench = session.bench()
    if bench:
        last = len(half_steps(bench.run.config.objective)) - 1
        st.session_state["half_step"] = min(max(to, 0), last)
        st.session_state["inside_view"] = "steps"


def jumped() -> None:
    """Show the half-step that was clicked in the strip."""
    go(int(st.session_state["inside_strip"].go))


def picked() -> None:
    """Take the word that was clicked in the sentence."""
    bench, chosen = session.bench(), st.session_state["inside_sentence"].pick
    if bench and chosen:
        (bench.pick_center if chosen["as"] == "center" else bench.pick_context)(int(chosen["at"]))
        st.session_state["inside_row"] = None


def row_clicked() -> None:
    """Fill the numbers of the clicked row into the formula."""
    st.session_state["inside_row"] = st.session_state["inside_picture"].row


def found(_: str, word: str) -> None:
    """Go to the word that was chosen from the list."""
    bench = session.bench()
    if bench and session.knows(bench.run, word):
        bench.find(word)
        st.session_state["inside_row"] = None


def with_bench(verb: Callable[[PairBench], None]) -> Callable[[], None]:
    """Return a callback that does something with the pair; what goes wrong is told on the page."""

    def call() -> None:
        st.session_state["inside_problem"] = None
        if bench := session.bench():
            try:
                verb(bench)
            except Problem as problem:
                st.session_state["inside_problem"] = problem

    return call


def train_a_little() -> None:
    """Train on a part of the run, with the settings as they are chosen now."""
    session.refresh()
    if session.changes():
        session.reset()
    if run := session.live():
        unbounded = run.config.objective == "softmax_with_negatives"
        run.start(A_LITTLE, fall=FALL if unbounded else math.inf)


# What the page shows


def heading(text: Text, run: LiveTraining, bench: PairBench) -> None:
    """Draw the heading, and beside it what the run's state asks for."""
    page, running, changes = text.inside_page, run.running, session.changes()
    problem = session.problem() or st.session_state.get("inside_problem") or run.progress.problem
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {page.heading}", width="content")
        with st.container(key="messages"):
            if problem and not running:
                st.error(text.problem(problem), icon=":material/error:")
            elif running:
                st.info(page.frozen.format(step=f"{bench.step:,}"), icon=":material/ac_unit:")
            elif changes:
                names = text.comma.join(text.settings[name] for name, _, _ in changes)
                st.warning(page.changed.format(changes=names), icon=":material/restart_alt:")
            elif run.progress.step == 0:
                st.info(page.fresh, icon=":material/info:")
        if running:
            st.button(text.pause, key="inside_pause", icon=":material/pause:", on_click=session.pause)
        else:
            st.button(
                page.start_new if changes or run.progress.finished else page.train_a_little,
                key="train_a_little",
                icon=":material/model_training:",
                type="primary" if changes or run.progress.step == 0 else "secondary",
                help=page.train_a_little_help,
                on_click=train_a_little,
            )
        title = session.run_source().title[session.language()]
        st.download_button(
            page.csv,
            lambda: pair_csv(bench, title),
            file_name="inside_a_step.csv",
            mime="text/csv",
            key="inside_csv",
            icon=":material/download:",
            help=page.csv_help,
            on_click="ignore",
        )


def pair(page: InsideText, run: LiveTraining, bench: PairBench, scene: Scene) -> None:
    """Draw the sentence and the ways to another pair."""
    with st.container(horizontal=True, vertical_alignment="center", key="inside_pair"):
        with st.container(key="inside_sentence_box"):
            draw(key="inside_sentence", data={"part": "sentence", **sentence(scene)}, on_pick_change=picked)
        choice(
            st.selectbox,
            "inside_word",
            page.center_word,
            run.corpus.vocabulary.words,
            value=run.corpus.vocabulary.words[bench.center],
            help=page.center_word_help,
            label_visibility="collapsed",
            take=found,
        )
        st.button(
            page.surprise,
            key="surprise",
            icon=":material/casino:",
            help=page.surprise_help,
            on_click=with_bench(PairBench.surprise),
        )
        if bench.noise:
            st.button(
                page.redraw,
                key="redraw",
                icon=":material/refresh:",
                help=page.redraw_help,
                on_click=with_bench(PairBench.redraw),
            )


def steps(page: InsideText, scene: Scene, now: int) -> None:
    """Draw Back, the names of the half-steps, and Next."""
    last = len(half_steps(scene.objective)) - 1
    with st.container(horizontal=True, vertical_alignment="center", key="inside_steps"):
        st.button(
            page.back, key="half_back", shortcut="Left", disabled=now == 0, on_click=go, args=(now - 1,)
        )
        with st.container(key="inside_strip_box"):
            draw(key="inside_strip", data={"part": "strip", **strip(scene, now)}, on_go_change=jumped)
        st.button(
            page.next,
            key="half_next",
            type="primary",
            shortcut="Right",
            disabled=now == last,
            on_click=go,
            args=(now + 1,),
        )


def explanation(page: InsideText, bench: PairBench, scene: Scene, name: str) -> str:
    """Return what there is to say about a half-step."""
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
    return said


def beside(page: InsideText, bench: PairBench, scene: Scene, view: str, name: str, selected: Any) -> None:
    """Draw the formula with its numbers, and a sentence."""
    colours = TEXT_COLOURS["dark" if st.context.theme.type == "dark" else "light"]
    row = next((row for row in scene.rows if row.column == selected), scene.rows[0])
    with st.container(key="inside_formula"):
        if view == "steps":
            symbols, numbers = Formulas(bench.record, scene.objective, scene.rows, colours).both(name, row)
            st.markdown(f"##### {page.half_steps[name]}")
            st.text(explanation(page, bench, scene, name))
            st.latex(symbols)
            st.latex(numbers)
        elif view == "check":
            st.markdown(f"##### {page.views[view]}")
            st.text(page.check_help)
            st.latex(r"\frac{\partial L}{\partial x_i} \approx \frac{L(x_i + h) - L(x_i - h)}{2h}")
            shown = check(scene, selected)
            for label, value in ((page.check_absolute, "absolute"), (page.check_relative, "relative")):
                st.markdown(f"{label} **{shown[value]}**")
        elif view == "arrows":
            st.markdown(f"##### {page.views[view]}")
            st.text(page.arrows_help)
            st.latex(r"\Delta \mathbf{w}_c = -\eta \sum_j \frac{\partial L}{\partial s_j}\,\mathbf{u}_j")
        else:
            st.markdown(f"##### {page.views[view]}")
            st.text(page.heat_note)
            st.latex(r"\mathbf{w}_c = W_{c,:} \qquad \mathbf{u}_j = U_{j,:}")


def picture(scene: Scene, view: str, name: str, selected: Any) -> dict[str, Any]:
    """Return what a view shows of a pair: a half-step, or all of a step."""
    if view == "steps":
        return bars(scene, name, scene.rows[0].column if selected is None else selected)
    if view == "check":
        return check(scene, selected)
    return {"heat": heat, "arrows": arrows}[view](scene)


def bottom(page: InsideText, run: LiveTraining, scene: Scene, buttons: list[str]) -> None:
    """Draw Apply and Undo, and how the probability has risen."""
    with st.container(horizontal=True, vertical_alignment="center", key="inside_bottom"):
        with st.container(key="inside_buttons"):
            st.button(
                page.apply,
                key="apply",
                type="primary",
                icon=":material/south_east:",
                help=page.apply_help,
                disabled=run.running,
                on_click=with_bench(lambda bench: bench.apply(1)),
            )
            st.button(
                page.apply_many,
                key="apply_many",
                icon=":material/fast_forward:",
                help=page.apply_many_help,
                disabled=run.running,
                on_click=with_bench(lambda bench: bench.apply(MANY)),
            )
            st.button(
                page.undo,
                key="undo",
                icon=":material/undo:",
                help=page.undo_help,
                disabled=run.running or not run.undoable,
                on_click=with_bench(PairBench.undo),
            )
        with st.container(key="inside_rise_box"):
            draw(key="inside_rise", data={"part": "rise", "buttons": buttons, **rise(scene)})


def body(was_running: bool) -> None:
    """Draw all but the settings; drawn again now and then while the run plays, to see its end."""
    run, bench = session.live(), session.bench()
    if run is None or bench is None:
        return
    run.touch()
    if was_running != run.running:
        st.rerun()  # polling and the settings change only in a full run
    bench.refresh()
    text = session.text()
    page, scene = text.inside_page, Scene(bench, text.inside_page)
    names = half_steps(scene.objective)
    now = min(st.session_state.setdefault("half_step", 0), len(names) - 1)
    view = st.session_state.setdefault("inside_view", "steps")
    selected = st.session_state.get("inside_row")
    buttons = chart_buttons(text)[:2]
    heading(text, run, bench)
    pair(page, run, bench, scene)
    steps(page, scene, now)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        choice(
            st.segmented_control,
            "inside_view",
            page.views_label,
            list(page.views),
            format_func=page.views.__getitem__,
            required=True,
            label_visibility="collapsed",
            width="content",
        )
        shown = {
            "name": page.half_steps[names[now]] if view == "steps" else page.views[view],
            "buttons": buttons,
        }
        state = {"run": session.run_number(), "step": bench.step, "running": run.running}
        draw(
            key="inside_picture",
            data={"part": "picture", "state": state, **shown, **picture(scene, view, names[now], selected)},
            on_row_change=row_clicked,
        )
    with right:
        beside(page, bench, scene, view, names[now], selected)
    bottom(page, run, scene, buttons)


def page() -> None:
    """Draw the page."""
    with st.sidebar:
        controls.settings(session.text())
    run = session.live()
    running = run is not None and run.running
    st.fragment(body, run_every=unhurried(POLL_SECONDS) if running else None)(running)


page()
