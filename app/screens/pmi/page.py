"""What it learns: the score of each pair against where the loss drives it, tightening while the run trains."""

from __future__ import annotations

import streamlit as st

from w2v_core.diagnostics.pmi import Learned

from ...background.playing import POLL_SECONDS, unhurried
from ...background.run import Run
from ...formatting import Count
from ...live_figure import live_figure, move
from ...session import session
from ...session.record import current
from ...text import Text
from ...text.glossary import explained, with_lesson
from ...widgets import controls
from ...widgets.run_status import messages, status
from ...widgets.transport import transport
from .figures import pairs_figure, pairs_moves, signed
from .model import CountedPairs, kind, learned, pairs_of, pmi_csv

FORMULAS = {  # roles stand where their colors go
    "scores": r"\textcolor{center}{w_c}\cdot\textcolor{context}{u_o}\;\to\;\log\frac{\#(c,o)}"
    r"{K\;\#(c)\;\textcolor{noise}{P_n(o)}}",
    "probabilities": r"\log\frac{e^{\textcolor{center}{w_c}\cdot\textcolor{context}{u_o}}}"
    r"{\sum_w e^{\textcolor{center}{w_c}\cdot u_w}}\;\to\;\log\frac{\#(c,o)}{\#(c)}",
    # In a tree a word has no score of its own.
    "tree": r"\log p(\textcolor{context}{o}\mid\textcolor{center}{c})\;\to\;\log\frac{\#(c,o)}{\#(c)}",
}
TERMS = {
    "scores": ("score", "pmi", "shifted_pmi", "noise_power"),
    "probabilities": ("probability", "output_vector"),
    "none": ("notes_ratio", "floor"),
}
CHART_HEIGHT = "clamp(270px, calc(100vh - 13rem), 900px)"
HOVER_EVERY = 10  # records: sentences for two thousand pairs are much to send


def number(value: float | None, digits: int) -> str:
    """Return a signed number of fixed precision, or the sign for none."""
    return "–" if value is None else signed(value, digits)


def readings(text: Text, found: Learned) -> None:
    """Draw how well the vectors agree with the text."""
    pmi_page = text.pmi_page
    left, right = st.columns(2, gap="small")
    left.metric(pmi_page.pearson, number(found.pearson, 3), help=pmi_page.pearson_help)
    right.metric(pmi_page.spearman, number(found.spearman, 3), help=pmi_page.spearman_help)
    left.metric(
        pmi_page.distance,
        number(found.distance, 2),
        help=with_lesson(text, pmi_page.distance_help, "softmax"),
    )
    right.metric(
        pmi_page.strange, number(found.strange_mean, 2), help=with_lesson(text, pmi_page.strange_help, "pmi")
    )


def formula(what: str) -> str:
    """Return what goes where, in colors that the page's theme makes legible."""
    latex = FORMULAS[what]
    for role, color in session.style().text_colors.items():
        latex = latex.replace(f"{{{role}}}", f"{{{color}}}")
    return latex


def explanation(text: Text, run: Run, pairs: CountedPairs) -> None:
    """Draw what is compared, and what it was counted from."""
    pmi_page, what = text.pmi_page, kind(run.config)
    st.latex(formula("tree" if run.config.objective == "hierarchical_softmax" else what))
    counted = {
        "pairs": Count(f"{len(pairs.times):,}"),
        "passes": Count(pairs.passes),
        "tokens": f"{pairs.tokens or 0:,}",
    }
    source = pmi_page.points_sample if pairs.tokens else pmi_page.points
    st.caption(f"{pmi_page.exact[what]} {source.format(**counted)}")
    if what == "probabilities":
        choose(text)


def choose(text: Text) -> None:
    """Offer the loss that this page is about."""
    st.button(
        text.pmi_page.choose,
        key="choose_negative_sampling",
        icon=":material/restart_alt:",
        help=text.pmi_page.choose_help,
        on_click=session.train_with,
        args=("negative_sampling",),
    )


def standing() -> None:
    """Say where the run stands; polled while it plays.

    A fragment of its own: one that wrote into a place outside itself could bring the whole page down, where another run
    of the page had just taken that place away.
    """
    run = current().run
    if run is None:
        return
    run.touch()
    text, what = session.text(), kind(run.config)
    waiting = run.progress.last is None and not run.running and what != "none"
    st.markdown(text.pmi_page.lead[what] if waiting else status(text, run))


def picture(was_running: bool) -> None:
    """Draw the readings and send what has moved; polled while the run plays."""
    run = current().run
    if run is None:
        return
    run.touch()
    run.await_first()
    text, what = session.text(), kind(run.config)
    if what != "none":
        pairs = pairs_of(run.corpus, run.config)
        found = learned(run, pairs)
        progress = run.progress
        hover = not run.running or progress.version % HOVER_EVERY == 0
        move(
            {"pairs": pairs_moves(run, pairs, found, text, hover)},
            version=progress.version,
            step=progress.step,
            running=run.running,
        )
        with st.container(key="pairs_said"):
            readings(text, found)
            explanation(text, run, pairs)
    if was_running and not run.running:
        st.rerun()  # polling and the buttons outside this fragment change only in a full run


def chart(text: Text, run: Run) -> None:
    """Place the figure."""
    style = session.style()
    pairs = pairs_of(run.corpus, run.config)
    live_figure(
        "pairs",
        lambda: pairs_figure(run, pairs, learned(run, pairs), text, style),
        style,
        alt=text.pmi_page.chart_alt,
        height=CHART_HEIGHT,
        of=current().run_number,
    )


def export(text: Text, run: Run) -> None:
    """Offer the points as CSV."""
    title = session.run_source().title[session.language()]
    st.download_button(
        text.pmi_page.csv,
        lambda: pmi_csv(run, title, pairs_of(run.corpus, run.config)),
        file_name="word2vec-pairs.csv",
        mime="text/csv",
        key="csv",
        icon=":material/download:",
        help=text.pmi_page.csv_help,
        on_click="ignore",
        disabled=kind(run.config) == "none",
    )


def page() -> None:
    """Draw the page."""
    text = session.text()
    with st.sidebar:
        controls.settings(text)
    run = current().run
    running = run is not None and run.running  # asked once: it may end while the page is drawn
    what = kind(run.config) if run else "scores"
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(
            f"#### {text.pmi_page.headings[what]}", width="content", help=explained(text, *TERMS[what])
        )
        with st.container(key="messages"):
            messages(text, run, running)
    if run:
        with transport(text, session, running, run.progress.finished, changed=bool(session.changes())):
            export(text, run)
    every = unhurried(POLL_SECONDS) if running else None
    said = st.container()
    left, right = st.columns([7, 2.6], gap="medium")
    if run and what == "none":
        with left:
            st.info(text.pmi_page.no_optimum, icon=":material/info:")
            choose(text)
    elif run:
        with left:
            chart(text, run)
    with right:
        st.fragment(picture, run_every=every)(running)
    with said:  # last: it says what the picture shows
        st.fragment(standing, run_every=every)()
