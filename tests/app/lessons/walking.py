"""A student who walks through a lesson without a browser: answers wrong, then right, and does what is to be done."""

import re
import time
from unittest import mock

import streamlit

from app.lessons.lesson import told
from app.lessons.points import POINTS
from app.pages import FACTS
from app.screens.cost import costs
from app.screens.explore import explored
from app.screens.step.on_bench import Looked
from app.session.course import Course
from app.text import LANGUAGES
from tests.app.choices import widget
from tests.app.visits import session_of, visit, visitor

LONGEST_WAIT = 180  # seconds
LONGEST_REST = 5  # seconds, between what a thread does last and what is heard of it


def within(session, language, function):
    """Return what a function of the app finds in a session."""
    state = {"session": session, "language": language}
    with mock.patch.object(streamlit, "session_state", state), mock.patch.object(explored, "hold"):
        return function()


class Student:
    """A session in a lesson.

    Attributes
    ----------
    at : AppTest
    now : Course
        The session's place and answers.
    """

    def __init__(self, lesson, language):
        self.language = language
        self.text = LANGUAGES[language]
        self.words = self.text.lessons_page
        self.at = visit(visitor(language), "lessons")
        self.session = session_of(self.at)
        self.now = self.session.part(Course)
        self.at.button(key=f"lesson_start_{lesson}").click()
        self.draw()

    @property
    def step(self):
        return self.now.lesson.steps[self.now.step]

    @property
    def over(self):
        return self.now.step == len(self.now.lesson.steps)

    def draw(self):
        """Run the page that the lesson is at: a session without a browser does not follow to another page."""
        self.at.run()
        if not self.over and self.session.page != self.step.page:
            visit(self.at, self.step.page)
        assert not self.at.exception, self.at.exception
        assert self.over or self.session.page == self.step.page

    def press(self, key):
        button = self.at.button(key=key)
        assert not button.disabled, key
        button.click()
        self.draw()

    def choose(self, name, value):
        widget(self.at, name).set_value(value)
        self.draw()

    def within(self, function):
        """Return what a function of the app finds in this session."""
        return within(self.session, self.language, function)

    def value(self, formula):
        return self.within(formula[self.language].value)

    def holds(self, formula):
        return self.within(formula[self.language].holds)

    def told(self, bilingual):
        """Return a text as the page shows it."""
        return self.within(lambda: told(bilingual[self.language], FACTS))

    def said(self):
        """Return all that the sidebar says."""
        kinds = ("markdown", "caption", "warning", "success", "info")
        return "\n".join(str(each.value) for kind in kinds for each in self.at.sidebar.get(kind))

    def wait(self, condition):
        """Wait until something is so, and draw the page once more."""
        until, moved = time.monotonic() + LONGEST_WAIT, time.monotonic()
        while not condition():
            now = time.monotonic()
            assert now < until, "nothing happens"
            moved = moved if self.stuck() else now
            assert now < moved + LONGEST_REST, "the training has stopped by itself"
            time.sleep(0.02)
        self.draw()

    def stuck(self):
        """Tell whether everything that plays stands still, and the step's check does not hold."""
        measurement = self.within(costs.run)
        players = [*self.session.players.values(), *([measurement] if measurement else [])]
        playing = any(player.running for player in players)
        return not playing and not self.holds(self.step.check)

    def next_is_open(self):
        return not self.at.button(key="lesson_next").disabled

    def parts(self):
        """Return the keys of all that is on the page."""
        found = set()

        def collect(block):
            for child in block.children.values():
                if key := getattr(child, "key", None):
                    found.add(key)
                if hasattr(child, "children"):
                    collect(child)

        collect(self.at._tree)
        return found

    # What is asked.

    def asked(self, kind, what):
        """Return the widget in which the step's question is answered, and can be."""
        found = self.widget_of_question(kind, what)
        assert not found.disabled
        return found

    def widget_of_question(self, kind, what):
        place = f"lesson_{what}_{self.now.lesson.id}_{self.now.step}_"
        (found,) = (each for each in self.at.get(kind) if (each.key or "").startswith(place))
        return found

    def stands(self):
        """Return the answer that is shown and cannot be changed any more."""
        kind, what = {
            "number": ("text_input", "typed"),
            "choice": ("radio", "chosen"),
            "order": ("multiselect", "ordered"),
        }[self.step.ask.kind]
        found = self.widget_of_question(kind, what)
        assert found.disabled
        return found.value

    def type(self, answer):
        self.asked("text_input", "typed").set_value(answer)
        self.draw()

    def pick(self, option):
        self.asked("radio", "chosen").set_value(option)
        self.draw()

    def arrange(self, places):
        self.asked("multiselect", "ordered").set_value(places)
        self.draw()

    def guess(self):
        """Answer a prediction, with something wrong where the truth is known before."""
        ask = self.step.ask
        if ask.kind == "number":
            guess = "123456"
            self.type(guess)
        elif ask.kind == "order":
            guess = list(range(len(ask.items)))
            self.arrange(guess)
        else:
            guess = len(ask.options) - 1
            self.pick(guess)
        return guess

    def miss(self):
        """Give one wrong answer."""
        ask = self.step.ask
        if ask.kind == "number":
            self.type("987654321")
            assert self.words.not_quite in self.said()
        else:
            wrong = [place for place, option in enumerate(ask.options) if not self.holds(option.right)]
            self.pick(wrong[0])
            assert self.told(ask.options[wrong[0]].say) in self.said()
        assert not self.next_is_open()

    def answer_wrong(self):
        """Give every wrong answer that is told apart; each time its sentence is said, and Next stays closed."""
        ask = self.step.ask
        if ask.kind == "number":
            for slip in ask.slips:
                self.type(repr(self.value(slip.value)))
                assert self.told(slip.say) in self.said(), (slip.value, self.said())
                assert not self.next_is_open()
            self.type("123456789")
            assert self.words.not_quite in self.said()
            self.type("?")
            assert self.words.unreadable in self.said()
        else:
            for place, option in enumerate(ask.options):
                if not self.holds(option.right):
                    self.pick(place)
                    assert self.told(option.say) in self.said()
                    assert not self.next_is_open()

    def answer_right(self):
        ask = self.step.ask
        if ask.kind == "number":
            answer = repr(self.value(ask.answer))
            self.type(answer)
        else:
            right = [place for place, option in enumerate(ask.options) if self.holds(option.right)]
            assert len(right) == 1, "one option is right"
            answer = right[0]
            self.pick(answer)
        assert self.stands() == answer
        assert self.told(ask.why) in self.said()

    # What is to be done.

    def do(self):
        """Do what the step's check asks for, by the page's own buttons."""
        check = self.step.check[self.language].text
        for pattern, act in DEEDS:
            if found := re.fullmatch(pattern, check):
                act(self, *found.groups())
                return
        raise AssertionError(f"nobody knows how to make it so: {check}")

    def train(self, prefix=""):
        """Start over where the settings differ or the run is over, press Play, and wait for the check."""
        if self.at.button(key=f"{prefix}play").disabled:
            self.press(f"{prefix}reset")
        self.press(f"{prefix}play")
        self.wait(lambda: self.holds(self.step.check))

    def look_and_train(self, name, option):
        self.choose(f"compare_{name}", option)
        if not self.holds(self.step.check):
            self.train("compare_")

    def open_stage(self, number):
        if self.session.part(Looked).view != "steps":
            self.choose("inside_view", "steps")
        self.choose("half_step", int(number) - 1)

    def train_a_little(self):
        self.press("train_a_little")
        self.wait(lambda: not self.session.run.running)

    def train_at_stage(self, number):
        self.open_stage(number)
        self.train_a_little()

    def set_negatives(self, number, then):
        self.choose("negatives", int(number))
        if then == "finished":
            self.press("reset")
            self.train()
        else:
            self.press("step")

    def turn_pair(self, center, context):
        """Click a word as the center, and another as its context."""
        for role, word in (("center", center), ("context", context)):
            self.at.radio(key="inside_as").set_value(role)
            self.draw()
            tokens = [each for each in self.at.button if (each.key or "").startswith("token_")]
            found = next(each for each in tokens if word in each.label)
            self.press(found.key)

    def measure(self):
        self.press("measure")
        self.wait(lambda: self.within(costs.run).complete)


DEEDS = (
    (r"half_step >= (\d+)", Student.open_stage),
    (r"picture\('(\w+)'\)", lambda student, view: student.choose("inside_view", view)),
    (r"pair_applied >= 1", lambda student: student.press("apply")),
    (r"pair_applied >= 100", lambda student: student.press("apply_many")),
    (r"pair\('(\S+)','(\S+)'\)", Student.turn_pair),
    (r"step >= 1", lambda student: student.press("step")),
    (r"half_step == (\d+) and step >= 100 and not running", Student.train_at_stage),
    (r"finished|exploded|loss < .*", Student.train),
    (r"K == (\d+) and (step >= 1|finished)", Student.set_negatives),
    (r"runs_finished|runs_epoch >= \d+ and runs_finished", lambda student: student.train("compare_")),
    (r"runs_finished and view\('(\w+)', ?'(\w+)'\)", Student.look_and_train),
    (r"view\('(\w+)', ?'(\w+)'\)", lambda student, name, option: student.choose(f"compare_{name}", option)),
    (r"cost_measured", Student.measure),
    (r"(tab|map)\('(\w+)'\)", Student.choose),
)


def walk(lesson, language):
    """Walk through a lesson, begun in its list, from its first step to its end."""
    return walk_on(Student(lesson, language))


def walk_on(student):
    """Walk through the lesson that a student has just begun."""
    lesson = student.now.lesson.id
    steps = student.now.lesson.steps
    for place, step in enumerate(steps):
        assert (student.now.step, student.step) == (place, step)
        assert student.told(step.title) in student.said()
        assert "…" not in student.told(step.say) or "…" in step.say[student.language], "a number is not known"
        if step.point:
            assert POINTS[step.page][step.point] in student.parts(), step.point
        ask = step.ask
        if ask and ask.predict:
            assert not student.next_is_open()
            guess = student.guess()
        elif ask and step.check:
            student.miss()  # before anything is done
        if step.check:
            assert not student.next_is_open()
            assert student.told(step.do) in student.said()
            assert not student.holds(step.check), "it is done before anybody does it"
            student.do()
            assert student.holds(step.check)
        if ask and ask.predict:
            student.draw()
            assert student.told(ask.why) in student.said()
            assert student.stands() == guess
        elif ask:
            student.answer_wrong()
            student.answer_right()
        assert student.next_is_open()
        student.press("lesson_next")
    assert student.over
    assert student.told(student.now.lesson.remember) in student.said()
    assert lesson in student.now.finished
    return student
