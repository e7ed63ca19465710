"""Side by side: two to four runs over the same pairs, their curves, and below them neighbors or maps."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from ...background.comparison import Comparison
from ...background.playing import POLL_SECONDS, unhurried
from ...formatting import Count, compact, decimal
from ...live_figure import live_figure, move
from ...session import session
from ...session.presets import CHOICES, FEWEST, MOST, SAME_LOSS
from ...session.record import current
from ...settings import RUNS, VIEWS
from ...text import Text, glossary
from ...widgets import controls
from ...widgets.choice import choice
from ...widgets.transport import transport
from . import comparison, curves, figures
from .cards import LETTERS, WATCHED, averaged, explained, notes, stopped
from .comparison import compared
from .table import comparison_csv

CURVES_HEIGHT = "max(13.5rem, calc(100vh - 33.7rem))"
BELOW_HEIGHT = "10.8rem"
LONGEST_PRESET = 20  # seconds that one takes at most with one seed, about

select = partial(choice, st.selectbox, take=comparison.choose)


def name_of(text: Text, setting: str) -> str:
    """Return a setting's name."""
    return text.compare_page.settings.get(setting) or text.settings[setting]


def shown(text: Text, setting: str, value: Any) -> str:
    """Return a setting's value in the user's language."""
    if setting == "objective":
        return text.objectives[value]
    if isinstance(value, bool):
        return text.switch["on" if value else "off"]
    return text.compare_page.labels[value] if isinstance(value, str) else decimal(value)


def label(text: Text, setting: str, value: Any) -> str:
    """Return what a run is called: its value, and of what, unless that is plain."""
    value_name = shown(text, setting, value)
    return value_name if setting == "objective" else f"{name_of(text, setting)}: {value_name}"


def own(text: Text) -> None:
    """Draw what a comparison of one's own is put together from."""
    words, mine = text.compare_page, compared()
    select(
        "compare_setting",
        words.differs,
        list(CHOICES),
        value=mine.setting,
        format_func=lambda name: name_of(text, name),
        help=words.differs_help,
    )
    choice(
        st.segmented_control,
        "compare_count",
        words.count,
        list(range(FEWEST, MOST + 1)),
        value=mine.count,
        take=comparison.choose,
        required=True,
    )
    choice(
        st.segmented_control,
        "compare_seeds",
        words.seeds,
        RUNS["seeds"].options,
        value=mine.seeds,
        take=comparison.choose,
        required=True,
        help=words.seeds_help,
    )
    for place, value in enumerate(mine.differing):
        select(
            f"compare_{mine.setting}_{place}",
            words.run.format(letter=LETTERS[place]),
            list(CHOICES[mine.setting]),
            value=value,
            format_func=lambda value: shown(text, mine.setting, value),
        )


def heading(text: Text) -> None:
    """Draw the heading, the choice of a comparison, and what to watch or what is wrong."""
    words = text.compare_page
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {words.heading}", width="content")
        select(
            "compare_preset",
            words.preset,
            list(words.presets),
            value=compared().preset,
            format_func=words.presets.__getitem__,
            help=words.preset_help,
            label_visibility="collapsed",
        )
        with st.popover(words.runs, help=words.runs_help, key="compare_own"):
            own(text)
        problem, changes = comparison.problem(), comparison.changes()
        # Beside the heading: a message must not push the charts about.
        with st.container(key="messages" if problem or changes else "watch"):
            if problem:
                st.error(text.problem(problem), icon=":material/error:")
            elif changes:
                here = {"runs": words.what_runs_are, "seeds": words.seeds}
                names = [here.get(name) or name_of(text, name) for name in changes]
                st.warning(words.changed.format(names=text.comma.join(names)), icon=":material/restart_alt:")
            else:
                watch, epochs = words.watch[compared().preset], compared().fixed.get("epochs")
                seconds = LONGEST_PRESET * compared().seeds
                said = words.brought.format(seconds=seconds, epochs=Count(str(epochs)))
                brought = said if compared().text else ""
                st.markdown(f"{watch} {brought}", help=glossary.explained(text, *WATCHED[compared().preset]))


def status(text: Text, runs: Comparison) -> str:
    """Return the one line that says where the runs stand."""
    progress, words = runs.progress, text.compare_page
    last = progress.foremost.last
    if last is None:
        return f"**{text.states['running']}**" if runs.running else words.press_play
    state = "running" if runs.running else "finished" if progress.finished else "paused"
    parts = [
        f"**{text.states[state]}**",
        text.status_epoch.format(epoch=last.epoch, epochs=runs.members[0].config.epochs),
        words.pairs_each.format(pairs=Count(compact(progress.pairs, text.units))),
    ]
    if seeds := progress.members[0].seeds:
        parts.insert(1, words.mean_of.format(seeds=len(seeds)))
    if runs.running:
        parts.append(words.speed_each.format(speed=compact(progress.pairs_per_second, text.units)))
    for letter, member in zip(LETTERS, progress.members, strict=False):
        if why := stopped(member, text):
            parts.append(f"**{letter} {why}**")
    if progress.finished:
        parts.append(text.finished_hint)
    return " · ".join(parts)


def names(text: Text) -> list[str]:
    """Return what the present runs are called, each with its letter."""
    setting, values = compared().made_from["runs"]
    labels = [label(text, setting, value) for value in values]
    return [f"{letter}  {name}" for letter, name in zip(LETTERS, labels, strict=False)]


def watch(was_running: bool) -> None:
    """Say where the runs stand and send what has moved; polled while the runs play."""
    mine, text, style = compared(), session.text(), session.style()
    runs, view, follow = mine.runs, mine.view, mine.follow
    if runs is None:
        return
    runs.touch()
    runs.await_first()
    st.markdown(status(text, runs))
    below = (
        {"compare_neighbors": figures.neighbors_moves(runs, follow)}
        if view.below == "neighbors"
        else {"compare_maps": figures.maps_moves(runs, follow, text)}
    )
    move(
        {"compare_curves": curves.curves_moves(runs, names(text), view, text, style), **below},
        version=runs.progress.version,
        step=max((member.last.step for member in runs.progress.members if member.last), default=0),
        running=runs.running,
    )
    if was_running and not runs.running:
        st.rerun()  # polling and the widgets outside this fragment change only in a full run


def switch(text: Text, name: str) -> None:
    """Draw one of the switches that decide how the runs are looked at."""
    words = text.compare_page
    choice(
        st.segmented_control,
        f"compare_{name}",
        words.views[name],
        VIEWS[name].options,
        value=getattr(compared().view, name),
        format_func=words.options[name].__getitem__,
        take=comparison.look,
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def draw_curves(runs: Comparison, text: Text) -> None:
    """Place the curves, the switches above them, and what can be compared below them."""
    style, view, guess = session.style(), compared().view, current().guess
    with st.container(horizontal=True, horizontal_alignment="distribute", key="compare_views"):
        for name in ("curve", "scale", "clock", "measure"):
            switch(text, name)
    live_figure(
        "compare_curves",
        lambda: curves.curves_figure(runs, names(text), view, text, style, guess),
        style,
        alt=text.compare_page.curves_alt.format(clock=text.compare_page.clock_axes[view.clock]),
        height=CURVES_HEIGHT,
        of=(compared().number, view.clock, view.scale, view.curve, view.measure, guess),
        file_name="side_by_side",
    )
    setting, _ = compared().made_from["runs"]
    st.caption(
        notes(runs.members, setting in SAME_LOSS, view, text),
        help=explained(view, runs.probe_pairs, text),
    )


def draw_below(runs: Comparison, text: Text) -> None:
    """Place neighbors or maps, with the word that is followed."""
    words, style, follow = text.compare_page, session.style(), compared().follow
    maps = compared().view.below == "maps"
    with st.container(horizontal=True, vertical_alignment="center", key="compare_lower"):
        switch(text, "below")
        # Here there is room for it: a line more below the curves would push the words out of view.
        st.caption(" ".join([words.maps_note if maps else "", averaged(runs.progress.members[0], text)]))
        choice(
            st.selectbox,
            "compare_follow",
            text.follow,
            controls.words_to_follow(runs.corpus.vocabulary.words, follow),
            value=follow,
            take=lambda _, word: comparison.follow(word),
            help=text.follow_help,
            label_visibility="collapsed",
            width=220,
        )
    source = compared().source
    titles = [category.title[style.language] for category in source.categories] if source else []
    titles = titles[: runs.members[0].map.category.max() + 1]
    live_figure(
        "compare_maps" if maps else "compare_neighbors",
        lambda: (
            figures.maps_figure(runs, follow, titles, text, style)
            if maps
            else figures.neighbors_figure(runs, follow, style)
        ),
        style,
        alt=words.maps_alt if maps else words.neighbors_alt.format(word=follow),
        height=BELOW_HEIGHT if maps else f"max({BELOW_HEIGHT}, {len(runs.members)} * var(--neighbors))",
        of=(compared().number, None if maps else follow),  # maps are large, and only their rings move
        file_name="maps" if maps else "neighbors",
        on={"click": comparison.follow},
    )


def page() -> None:
    """Draw the page."""
    text = session.text()
    comparison.refresh()
    mine = compared()
    chosen = mine.chosen_source
    taken = {name: shown(text, name, value) for name, value in mine.fixed.items() if name != "corpus"}
    if mine.text:
        taken["corpus"] = chosen.title[session.language()]
    taken[mine.setting] = " · ".join(shown(text, mine.setting, value) for value in mine.differing)
    with st.sidebar:
        controls.settings(text, taken, text.compare_page.taken, chosen)
    runs = mine.runs
    running = runs is not None and runs.running  # asked once: it may end while the page is drawn
    heading(text)
    if runs is None or mine.source is None:
        return
    runs.set_speed(current().chosen["compare_speed"])
    with transport(text, comparison, running, runs.progress.finished, prefix="compare_"):
        st.download_button(
            text.compare_page.export,
            # Made when it is asked for, in a thread that knows no session.
            partial(comparison_csv, runs, mine.source, session.language()),
            file_name="side_by_side.csv",
            mime="text/csv",
            key="compare_export",
            icon=":material/download:",
            help=text.compare_page.export_help,
            on_click="ignore",
        )
    said = st.container()
    draw_curves(runs, text)
    draw_below(runs, text)
    with said:
        st.fragment(watch, run_every=unhurried(POLL_SECONDS) if running else None)(running)
