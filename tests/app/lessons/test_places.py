"""Where in a TOML text something stands: by hand, and against where the reader has it from."""

import pytest

from app.lessons.places import line_of
from app.session.course import LESSONS

TEXT = """minutes = 5
[title]
en = "A"
zh = '''
[steps]
x = 1
'''

[[steps]]
page = "train" # [ask]
say.en = "B"
[steps.ask]
kind = "number"
  [[ steps . ask . slips ]]
  value = 1
[[steps.ask.slips]]
value = 2

[[steps]]
ask = { kind = "choice" }
["quoted"]
key = 1
[[steps]]
[steps.ask]
slips = [
  { value = 3 },
]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("nothing",), 1),
        (("minutes",), 1),
        (("title",), 2),
        (("title", "en"), 3),
        (("title", "zh"), 4),
        (("steps",), 9),
        (("steps", 0), 9),
        (("steps", 0, "x"), 9),
        (("steps", 0, "page"), 10),
        (("steps", 0, "say"), 11),
        (("steps", 0, "say", "en"), 11),
        (("steps", 0, "ask"), 12),
        (("steps", 0, "ask", "kind"), 13),
        (("steps", 0, "ask", "slips"), 14),
        (("steps", 0, "ask", "slips", 0, "value"), 15),
        (("steps", 0, "ask", "slips", 1), 16),
        (("steps", 0, "ask", "slips", 1, "value"), 17),
        (("steps", 0, "ask", "slips", 2), 12),
        (("steps", 1), 19),
        (("steps", 1, "page"), 19),
        (("steps", 1, "ask"), 20),
        (("steps", 1, "ask", "kind"), 20),
        (("quoted", "key"), 22),
        (("steps", 2, "ask", "slips"), 25),
        (("steps", 2, "ask", "slips", 0, "value"), 25),
    ],
)
def test_the_line_of_a_value_is_that_of_its_key_or_of_what_is_nearest_around_it(path, line):
    assert line_of(TEXT, path) == line


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.toml")), ids=lambda path: path.stem)
def test_steps_of_shipped_lessons_begin_at_their_headers(path):
    text = path.read_text(encoding="utf-8")
    headers = [number for number, line in enumerate(text.splitlines(), 1) if line == "[[steps]]"]
    assert [line_of(text, ("steps", place)) for place in range(len(headers))] == headers
