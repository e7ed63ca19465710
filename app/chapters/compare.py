"""Side by side: two to four runs over the same pairs, their losses, ranks, neighbours and maps."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from app.files.compare_csv import comparison_csv
from app.numbers import compact, decimal
from app.runs.live_comparison import LiveComparison
from app.runs.playing import POLL_SECONDS, unhurried
from app.state import comparison, session
from app.state.presets import CHOICES, FEWEST, MOST, SAME_LOSS
from app.text import Text
from app.views.compare_charts import LETTERS, compare_component, compare_data
from app.widgets import controls
from app.widgets.choice import choice
from app.widgets.transport import transport

select = partial(choice, st.selectbox, take=comparison.choose)
draw_runs = compare_component()


def name_of(text: Text, setting: str) -> str:
    """Return a setting's name."""
    return text.compare_page.settings.get(setting) or text.settings[setting]


def shown(text: Text, setting: str, value: Any) -> str:
    """Return a setting's value in the user's language."""
    if setting == "objective":
        return text.objectives[value]
    if isinstance(value, bool):
        return text.switch[value]
    return text.compare_page.labels[value] if isinstance(value, str) else decimal(value)


def label(text: Text, setting: str, value: Any) -> str:
    """Return what a run is called: its value, and of what, unless that is plain."""
    value_name = shown(text, setting, value)
    return value_name if setting == "objective" else f"{name_of(text, setting)}: {value_name}"


def own(text: Text) -> None:
    """Draw what a comparison of one's own is put together from."""
    words = text.compare_page
    select(
        "compare_setting",
        words.differs,
        list(CHOICES),
        format_func=lambda name: name_of(text, name),
        help=words.differs_help,
    )
    setting = comparison.setting()
    choice(
        st.segmented_control,
        "compare_count",
        words.count,
        list(range(FEWEST, MOST + 1)),
        take=comparison.choose,
        required=True,
    )
    for place in range(len(comparison.values())):
        select(
            f"compare_{setting}_{place}",
            words.run.format(letter=LETTERS[place]),
            list(CHOICES[setting]),
            format_func=lambda value: shown(text, setting, value),
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
                names = [words.what_runs_are if name == "runs" else name_of(text, name) for name in changes]
                st.warning(words.changed.format(names=text.comma.join(names)), icon=":material/restart_alt:")
            else:
                st.markdown(words.watch[comparison.preset_id()])


def status(text: Text, runs: LiveComparison) -> str:
    """Return the one line that says where the runs stand."""
    progress, words = runs.progress, text.compare_page
    last = progress.foremost.last
    if last is None:
        return f"**{text.states['running']}**" if runs.running else words.press_play
    state = "running" if runs.running else "finished" if progress.finished else "paused"
    parts = [
        f"**{text.states[state]}**",
        text.status_epoch.format(epoch=last.epoch, epochs=runs.lanes[0].config.epochs),
        words.pairs_each.format(pairs=compact(progress.pairs, text.units)),
    ]
    if runs.running:
        parts.append(words.speed_each.format(speed=compact(progress.pairs_per_second, text.units)))
    if progress.finished:
        parts.append(text.finished_hint)
    return " · ".join(parts)


def picture(was_running: bool) -> None:
    """Draw the status and the charts; polled while the runs play."""
    runs = comparison.live()
    if runs is None:
        return
    runs.touch()
    text, language = session.text(), session.language()
    st.markdown(status(text, runs))
    setting, values = comparison.made_from()["runs"]
    draw_runs(
        key="runs",
        data=compare_data(
            runs,
            f"runs-{comparison.run_number()}",
            text,
            [label(text, setting, value) for value in values],
            setting in SAME_LOSS,
            [category.title[language] for category in comparison.run_source().categories],
            comparison.follow(),
        ),
        on_follow_change=follow_clicked,
    )
    stopped_by_itself = was_running and not runs.running
    if stopped_by_itself or st.session_state.pop("clicked", False):
        st.rerun()  # polling and the widgets outside this fragment change only in a full run


def follow_clicked() -> None:
    """Follow the word that was clicked in the browser."""
    st.session_state["clicked"] = True
    comparison.set_follow(st.session_state["runs"].follow)


def page() -> None:
    """Draw the page."""
    text = session.text()
    comparison.prepare()
    taken = {name: shown(text, name, value) for name, value in comparison.fixed().items()}
    setting = comparison.setting()
    taken[setting] = " · ".join(shown(text, setting, value) for value in comparison.values())
    with st.sidebar:
        controls.settings(text, taken, text.compare_page.taken)
    runs = comparison.live()
    running = runs is not None and runs.running  # asked once: it may end while the page is drawn
    heading(text)
    if runs is None:
        return
    runs.set_speed(st.session_state["compare_speed"])
    with transport(text, comparison, running, runs.progress.finished, prefix="compare_"):
        st.download_button(
            text.compare_page.export,
            # Made when it is asked for, in a thread that knows no session.
            partial(comparison_csv, runs, comparison.run_source(), session.language()),
            file_name="side_by_side.csv",
            mime="text/csv",
            key="compare_export",
            icon=":material/download:",
            help=text.compare_page.export_help,
            on_click="ignore",
        )
    st.fragment(picture, run_every=unhurried(POLL_SECONDS) if running else None)(running)
    # The style sheet puts it at the right end of the lower part's head.
    choice(
        st.selectbox,
        "compare_follow",
        text.follow,
        controls.words_to_follow(runs.corpus.vocabulary.words, comparison.follow()),
        value=comparison.follow(),
        take=lambda _, word: comparison.set_follow(word),
        help=text.follow_help,
        label_visibility="collapsed",
    )


page()
