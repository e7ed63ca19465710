"""The shape of the app's text: one required field for every visible string.

Fields in braces take values (`str.format`); a test sees to it that both languages use the same ones. The strings of
a later page are a record of their own, in a module of its name with both languages side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from w2v_core import Problem
from w2v_core.sources import Notice

from .bring_page import BringText
from .compare_page import CompareText
from .corpus_page import CorpusText
from .cost_page import CostText
from .explore_page import ExploreText
from .inside_page import InsideText
from .literal import escaped, literal
from .lookup_page import LookupText
from .pmi_page import PmiText
from .saving import SavingText
from .sharing import SharingText


@dataclass(frozen=True, kw_only=True)
class Text:
    """All visible strings in one language."""

    # The frame
    app_name: str
    language: str  # label of the language switch
    comma: str  # between the items of a list
    range: str  # {name} {low} {high}
    train_page: str
    corpus_page: CorpusText
    bring_page: BringText
    inside_page: InsideText
    explore_page: ExploreText
    compare_page: CompareText
    large_type: str
    large_type_help: str
    cost_page: CostText
    pmi_page: PmiText
    lookup_page: LookupText
    sharing: SharingText
    saving: SavingText
    server_error: str

    # Train: heading and buttons
    train_heading: str
    play: str
    pause: str
    step: str
    reset: str
    play_help: str
    pause_help: str
    step_help: str
    reset_help: str
    speed: str
    speed_help: str
    speeds: Mapping[str, str]
    follow: str
    follow_help: str

    # Train: settings
    corpus: str
    corpus_help: str  # {description}
    suited: str
    corpus_facts: str  # {words} {vocabulary} {sentences} {look_for}
    objectives: Mapping[str, str]
    settings: Mapping[str, str]  # setting id -> label
    settings_help: Mapping[str, str]
    switch: Mapping[bool, str]
    auto: str

    # Train: status and messages
    states: Mapping[str, str]
    status_epoch: str  # {epoch} {epochs}
    units: Sequence[tuple[float, str]]  # of large numbers, the largest first
    status_pairs: str  # {pairs}
    status_speed: str  # {speed}
    status_rate: str  # {rate}
    status_loss: str  # {loss} {start}
    finished_hint: str
    press_play: str
    changed: str  # {changes}
    change: str  # {name} {old} {new}
    window_clipped: str  # {reach} {words}

    # Charts
    loss_title: str
    map_title: str
    neighbors_title: str  # {word}
    pairs_axis: str
    loss_axis: str
    raw_trace: str  # {tokens}
    smooth_trace: str
    start_line: str  # {formula} {value}
    start_formulas: Mapping[str, str]
    variance: str  # {share}
    hover_count: str  # {count}
    hover_near: str
    hover_pairs: str
    loss_alt: str
    map_alt: str

    # Sentences for problems, by code; each takes the problem's details
    problems: Mapping[str, str]

    def problem(self, problem: Problem, show: Callable[[str], str] = literal) -> str:
        """Return the sentence for a problem, or its English message if it has none here.

        As Markdown; with `visible` for `show`, as plain text.
        """
        alone = problem.code == "unknown_word" and not problem.details["close"]
        sentences = {
            **self.bring_page.problems,
            **self.explore_page.problems,
            **self.lookup_page.problems,
            **self.saving.problems,
            **self.problems,
        }
        sentence = sentences.get("unknown_word_alone" if alone else problem.code)
        if sentence is None:
            return escaped(str(problem)) if show is literal else show(str(problem))
        details = _shown_all(problem.details, show)
        if problem.code == "bad_setting":  # whose name is a setting's; elsewhere it is a file's
            labels = {**self.bring_page.options, **self.settings}
            details["name"] = labels.get(str(problem.details["name"]), details["name"])
        if problem.code == "out_of_range":
            details["limits"] = self.limits(cast("Mapping[str, tuple[int, int]]", problem.details["limits"]))
        return sentence.format(**details)

    def limits(self, limits: Mapping[str, tuple[int, int]]) -> str:
        """Return between what numbers some settings must be."""
        return self.comma.join(
            self.range.format(name=self.settings[name], low=low, high=f"{high:,}")
            for name, (low, high) in limits.items()
        )

    def notice(self, notice: Notice) -> str:
        """Return the sentence for a notice, as Markdown."""
        return self.bring_page.notices[notice.code].format(**_shown_all(notice.details, literal))


def _shown_all(details: Mapping[str, object], show: Callable[[str], str]) -> dict[str, object]:
    """Return details so that words and names in them show as themselves."""
    return {name: _shown(value, show) for name, value in details.items()}


def _shown(value: object, show: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return show(value)
    if isinstance(value, Sequence):
        return ", ".join(show(str(item)) for item in value[:5]) + (" …" if len(value) > 5 else "")
    return value
