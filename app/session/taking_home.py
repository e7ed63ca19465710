"""What a student takes home and hands in: the session's run and the answers to the lesson that is open.

It is gathered while the page is drawn and made into a file when that is asked for, by a thread that knows no session.
Nothing of it goes anywhere but into the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..background.run import Run
from ..files.hand_in import LessonAnswers, Question, hand_in, plain
from ..files.notebook import Taken, notebook
from ..formatting import Count
from ..lessons.formula import Facts
from ..lessons.lesson import LIVE, Ask, Lesson, told
from ..own_text import OwnText, Source
from ..settings import TRAINING
from ..text import LANGUAGES
from ..text.literal import literal, visible
from . import session
from .course import Answer, course, parsed
from .record import current

LETTERS = "ABCD"
OWN_NAME = "own"  # of a text that the user brought: its own name is nobody's business
MOST_WORDS = 6  # whose neighbors a notebook lists


@dataclass(frozen=True, eq=False)
class Home:
    """What files are made of.

    Attributes
    ----------
    run : Run
    source : Source
        The text of the run.
    followed : str
        The word that the session follows.
    lesson : LessonAnswers or None
    language : str
    """

    run: Run
    source: Source
    followed: str
    lesson: LessonAnswers | None
    language: str

    @property
    def name(self) -> str:
        """What files are called."""
        return self.source.id

    def notebook(self) -> bytes:
        """Return the notebook of the run as it is now."""
        run, text = self.run, LANGUAGES[self.language]
        log = run.made()
        return notebook(
            Taken(
                source=self.source,
                corpus=run.corpus,
                config=run.config,
                steps=log.steps,
                log=log,
                words=self._words(),
                lesson=self.lesson,
                language=self.language,
                loss=text.objectives[run.config.objective],
            ),
            text.notebook,
        )

    def hand_in(self) -> bytes:
        """Return the hand-in code of the run as it is now, in a text that says what it is."""
        run, text = self.run, LANGUAGES[self.language]
        log = run.made()
        name = OWN_NAME if isinstance(self.source, OwnText) else self.source.id
        code = hand_in(name, run.corpus, run.config, log.steps, log, self.lesson)
        said = text.saving.hand_in_head.format(
            corpus=name, loss=text.objectives[run.config.objective], steps=Count(f"{log.steps:,}")
        )
        lesson = [visible(self.lesson.title)] if self.lesson else []
        return "\n".join((said, *lesson, "", code)).encode()

    def _words(self) -> Sequence[str]:
        vocabulary = self.run.corpus.vocabulary
        first = [self.followed] if self.followed in vocabulary else []
        return list(dict.fromkeys([*first, *vocabulary.words[:MOST_WORDS]]))[:MOST_WORDS]


def home(facts: Facts) -> Home | None:
    """Return what there is to take home now; None where the session has no run."""
    now = current()
    if now.run is None:
        return None
    lesson = course().lesson
    return Home(
        now.run,
        session.run_source(),
        now.chosen.get("follow") or "",
        _answers(lesson, facts) if lesson else None,
        session.language(),
    )


def _answers(lesson: Lesson, facts: Facts) -> LessonAnswers:
    """Return the questions of a lesson with what was answered."""
    language, questions = session.language(), []
    for number, step in enumerate(lesson.steps):
        if step.ask is None:
            continue
        given = course().answers.get((lesson.id, number))
        of_step = facts if _is_of_run(lesson, number) else None
        question = Question(number + 1, step.title[language], _said(step.ask.question[language], of_step))
        if given:
            question = _answered(question, step.ask, given, of_step)
        questions.append(question)
    return LessonAnswers(lesson.id, lesson.title[language], questions)


def _answered(question: Question, ask: Ask, given: Answer, facts: Facts | None) -> Question:
    language = session.language()
    if ask.kind == "number":
        answer = str(given.value)
        shown = literal(answer)
    elif ask.kind == "choice":
        answer = LETTERS[given.value]
        shown = f"{answer}: {plain(_said(ask.options[given.value].text[language], facts))}"
    else:
        answer = " < ".join(LETTERS[place] for place in given.value)
        shown = " < ".join(plain(_said(ask.items[place].text[language], facts)) for place in given.value)
    state = "guess" if ask.predict else _state(given)
    return Question(
        question.step, question.title, question.question, visible(answer), shown, state, given.tries
    )


def _state(given: Answer) -> str:
    if given.right:
        return "right"
    return "shown" if given.given_up else "wrong" if given.judged else "open"


def _is_of_run(lesson: Lesson, step: int) -> bool:
    """Tell whether the present run has the settings of a step, whose text may hold live numbers."""
    settings = current().run_settings
    return all(
        settings.get(name) == value
        for name, value in parsed(lesson, step, session.language()).items()
        if name == "corpus" or name in TRAINING
    )


def _said(text: str, facts: Facts | None) -> str:
    """Return a text with the values of its formulas, or with the formulas themselves."""
    return told(text, facts) if facts is not None else LIVE.sub(lambda found: literal(found[1].strip()), text)
