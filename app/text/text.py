"""All visible strings in one language, and the sentences for problems and notices, which take their details.

Each page's strings stand in ``words.toml`` in its folder; those that several pages share beside the code that shows
them, or here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

from w2v_core import Problem
from w2v_core.sources import Notice

from .literal import escaped, literal
from .words import Words, read

_APP = Path(__file__).parents[1]
PAGES = ("train", "corpus", "explore", "step", "compare", "cost", "pmi", "lookup", "lessons")
FILES = {f"{page}_page": _APP / "screens" / page / "words.toml" for page in PAGES} | {
    "bring": _APP / "widgets" / "bring.toml",
    "saving": _APP / "widgets" / "saving.toml",
    "notebook": _APP / "files" / "notebook.toml",
    "glossary": _APP / "text" / "glossary.toml",
    "teaching": _APP / "widgets" / "teaching.toml",
}


class Text(Words):
    """All visible strings in one language: those of ``app/text/words.toml``, and a group for each of `FILES`."""

    __slots__ = ()

    @classmethod
    def read(cls, language: str) -> Text:
        """Read all strings in a language."""
        shared = read(_APP / "text" / "words.toml", language)
        return cls({**shared, **{name: read(path, language) for name, path in FILES.items()}})

    def problem(self, problem: Problem, show: Callable[[str], str] = literal) -> str:
        """Return the sentence for a problem, or its English message if it has none here.

        As Markdown; with `visible` for `show`, as plain text.
        """
        alone = problem.code == "unknown_word" and not problem.details["close"]
        sentences = {
            **self.bring.problems,
            **self.explore_page.problems,
            **self.lookup_page.problems,
            **self.saving.problems,
            **self.lessons_page.problems,
            **self.problems,
        }
        sentence = sentences.get("unknown_word_alone" if alone else problem.code)
        if sentence is None:
            return escaped(str(problem)) if show is literal else show(str(problem))
        details = _shown_all(problem.details, show)
        if problem.code == "bad_setting":  # whose name is a setting's; elsewhere it is a file's
            labels = {**self.bring.options, **self.settings}
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
        return self.bring.notices[notice.code].format(**_shown_all(notice.details, literal))


def _shown_all(details: Mapping[str, object], show: Callable[[str], str]) -> dict[str, object]:
    """Return details so that words and names in them show as themselves."""
    return {name: _shown(value, show) for name, value in details.items()}


def _shown(value: object, show: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return show(value)
    if isinstance(value, Sequence):
        return ", ".join(show(str(item)) for item in value[:5]) + (" …" if len(value) > 5 else "")
    return value
