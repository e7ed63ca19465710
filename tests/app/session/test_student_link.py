"""Links that a teacher makes."""

import io

import pytest
from PIL import Image

from app.session import link
from app.session.course import Course
from app.session.student_link import Wish, frame, made, of_this_machine, qr_code
from app.settings import HIDEABLE
from tests.app.visits import session_of, visitor

PAGES = ("train", "inside", "lessons")
STRANGE = [{"step": "abc"}, {"step": "99"}, {"hide": "foo"}]
SHOWN = "hide=files&language=zh&lesson=noise&step=4&corpus=tiny_en&word=a%26b"


@pytest.mark.parametrize(
    ("wish", "url", "made_of_it"),
    [
        (Wish("softmax"), "http://a.example/", "http://a.example/?lesson=softmax"),
        (
            Wish("softmax", 3, True),
            "http://a.example/inside",
            "http://a.example/?lesson=softmax&step=3&lecture=on",
        ),
        (Wish("noise"), "https://a.example/lab/inside", "https://a.example/lab/?lesson=noise"),
        (Wish("noise"), "https://a.example/lab/", "https://a.example/lab/?lesson=noise"),
        (Wish("noise"), "http://inside.example:8501", "http://inside.example:8501/?lesson=noise"),
        (
            Wish("noise", hide=("pages", "play"), language="zh", embed=True),
            "http://a.example/",
            "http://a.example/?lesson=noise&hide=pages,play&language=zh&embed=true",
        ),
        (Wish(), "http://a.example/inside", "http://a.example/inside?corpus=tiny_en&word=a%26b"),
        (
            Wish(hide=("settings",)),
            "http://a.example/inside",
            "http://a.example/inside?hide=settings&corpus=tiny_en&word=a%26b",
        ),
    ],
)
def test_a_link_says_what_was_ticked_and_no_more(wish, url, made_of_it):
    assert made(wish, url, PAGES, SHOWN) == made_of_it


def test_the_page_as_usual_has_no_query():
    assert made(Wish(), "http://a.example/", PAGES, "") == "http://a.example/"
    assert made(Wish(), "http://a.example", PAGES, "") == "http://a.example/"


def test_a_link_can_hide_all_that_can_be_hidden():
    names = ",".join(HIDEABLE)
    assert link.read({"hide": names}) == ({"hide": names}, [])


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:8501/", True),
        ("http://127.0.0.1:8501/", True),
        ("http://[::1]:8501/", True),
        ("http://localhost.example/", False),
        ("https://class.example/", False),
    ],
)
def test_an_address_of_this_machine_is_known(url, local):
    assert of_this_machine(url) is local


def test_a_code_is_dark_on_light_with_a_quiet_border():
    with Image.open(io.BytesIO(qr_code("http://a.example/?lesson=softmax"))) as image:
        gray = image.convert("L")
    colors = {color for _, color in gray.getcolors()}
    assert colors == {0, 255}
    border = gray.crop((0, 0, gray.width, 4 * 6))
    assert border.getextrema() == (255, 255)
    assert gray.getpixel((4 * 6, 4 * 6)) == 0  # the finder pattern's corner


def test_a_link_too_long_for_a_code_has_none():
    assert qr_code("http://a.example/?word=" + "x" * 3000) is None


def test_what_frames_a_link_is_html_of_one_element():
    assert frame("http://a/?b=c&d=e", "Lab").count("<") == 2
    assert 'src="http://a/?b=c&amp;d=e"' in frame("http://a/?b=c&d=e", "Lab")


@pytest.mark.parametrize(
    "link", [{"step": "99"}, {"step": "3"}, *({"lesson": "softmax", **each} for each in STRANGE)], ids=str
)
def test_what_a_link_to_a_lesson_cannot_have_is_said(link):
    at = visitor(**link).run()  # which goes on to the step's page, and says it there
    [toast] = at.toast
    (name, value) = list(link.items())[-1]
    assert f"`{name}={value}`" in toast.value
    assert not at.run().toast


def test_a_link_to_a_lessons_end_is_one():
    at = visitor(lesson="softmax", step="8").run()
    assert not at.toast
    assert session_of(at).part(Course).step == 7
