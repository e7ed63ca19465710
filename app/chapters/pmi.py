"""What it learns: the score of each pair against where the loss drives it, tightening while the run trains."""

from __future__ import annotations

import streamlit as st

from app.runs.live import LiveTraining
from app.runs.playing import POLL_SECONDS, unhurried
from app.state import session
from app.text import Text
from app.views.colours import TEXT_COLOURS
from app.views.pmi_view import Pairs, kind, learned, pairs_of, pmi_component, pmi_csv, pmi_data
from app.widgets import controls
from app.widgets.run_status import messages, status
from app.widgets.transport import transport
from w2v_core.training.pmi import Learned

FORMULAS = {  # roles stand where their colours go
    "scores": r"\textcolor{center}{w_c}\cdot\textcolor{context}{u_o}\;\to\;\log\frac{\#(c,o)}"
    r"{K\;\#(c)\;\textcolor{noise}{P_n(o)}}",
    "probabilities": r"\log\frac{e^{\textcolor{center}{w_c}\cdot\textcolor{context}{u_o}}}"
    r"{\sum_w e^{\textcolor{center}{w_c}\cdot u_w}}\;\to\;\log\frac{\#(c,o)}{\#(c)}",
    # In a tree a word has no score of its own.
    "tree": r"\log p(\textcolor{context}{o}\mid\textcolor{center}{c})\;\to\;\log\frac{\#(c,o)}{\#(c)}",
}
draw_pmi = pmi_component()


def number(value: float | None, digits: int) -> str:
    """Return a signed number of fixed precision, or the sign for none."""
    return "–" if value is None else f"{value:.{digits}f}".replace("-", "−")


def readings(text: Text, found: Learned) -> None:
    """Draw how well the vectors agree with the text."""
    pmi_page = text.pmi_page
    left, right = st.columns(2, gap="small")
    left.metric(pmi_page.pearson, number(found.pearson, 3), help=pmi_page.pearson_help)
    right.metric(pmi_page.spearman, number(found.spearman, 3), help=pmi_page.spearman_help)
    left.metric(pmi_page.distance, number(found.distance, 2), help=pmi_page.distance_help)
    right.metric(pmi_page.strange, number(found.strange_mean, 2), help=pmi_page.strange_help)


def formula(what: str) -> str:
    """Return what goes where, in colours that the page's theme makes legible."""
    latex = FORMULAS[what]
    for role, colour in TEXT_COLOURS["dark" if st.context.theme.type == "dark" else "light"].items():
        latex = latex.replace(f"{{{role}}}", f"{{{colour}}}")
    return latex


def explanation(text: Text, run: LiveTraining, pairs: Pairs) -> None:
    """Draw what is compared, and what it was counted from."""
    pmi_page, what = text.pmi_page, kind(run.config)
    st.latex(formula("tree" if run.config.objective == "hierarchical_softmax" else what))
    counted = {"pairs": f"{len(pairs.times):,}", "passes": pairs.passes, "tokens": f"{pairs.tokens or 0:,}"}
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


def picture(was_running: bool) -> None:
    """Draw the status, the pairs and the readings; polled while the run plays."""
    run = session.live()
    if run is None:
        return
    run.touch()
    text = session.text()
    what = kind(run.config)
    waiting = run.progress.last is None and not run.running and what != "none"
    said = text.pmi_page.lead[what] if waiting else status(text, run)
    if what == "none":
        st.markdown(said)
        st.info(text.pmi_page.no_optimum, icon=":material/info:")
        choose(text)
    else:
        # All that takes time comes before the first thing drawn: a press in the middle must not find half a page.
        pairs = pairs_of(run.corpus, run.config)
        found = learned(run, pairs)
        data = pmi_data(run, f"run-{session.run_number()}", pairs, found, text)
        st.markdown(said)
        chart, side = st.columns([7, 2.6], gap="medium")
        with chart:
            draw_pmi(key="pmi_chart", data=data)
        with side.container(key="pairs_said"):
            readings(text, found)
            explanation(text, run, pairs)
    if was_running and not run.running:
        st.rerun()  # polling and the buttons outside this fragment change only in a full run


def export(text: Text, run: LiveTraining) -> None:
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
    run = session.live()
    running = run is not None and run.running  # asked once: it may end while the page is drawn
    what = kind(run.config) if run else "scores"
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {text.pmi_page.headings[what]}", width="content")
        with st.container(key="messages"):
            messages(text, run, running)
    if run:
        with transport(text, session, running, run.progress.finished):
            export(text, run)
    st.fragment(picture, run_every=unhurried(POLL_SECONDS) if running else None)(running)


page()
