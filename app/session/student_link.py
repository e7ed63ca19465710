"""Links that a teacher makes: what students begin with, and what they do not see. Draws nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import segno
from segno.encoder import DataOverflowError

from ..settings import COURSE

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
QR_SCALE = 6  # pixels of a module


@dataclass(frozen=True)
class Wish:
    """What a link is to do.

    Attributes
    ----------
    lesson : str
        Its id; none is the page as it is shown.
    step : int
        From 1.
    lecture : bool
    language : str
        None is the student's browser's.
    hide : tuple of str
        Of `app.settings.HIDEABLE`.
    embed : bool
        Whether it is to stand within another page.
    """

    lesson: str = ""
    step: int = 1
    lecture: bool = False
    language: str = ""
    hide: tuple[str, ...] = ()
    embed: bool = False


def root(url: str, pages: Iterable[str]) -> str:
    """Return the address of the app, by that of one of its pages."""
    before, _, last = url.partition("?")[0].rstrip("/").rpartition("/")
    return f"{before}/" if last in pages else f"{before}/{last}/"


def made(wish: Wish, url: str, pages: Iterable[str], shown: str) -> str:
    """Return the link for a wish.

    Parameters
    ----------
    wish : Wish
    url : str
        That the browser sees, without a query.
    pages : iterable of str
        By their addresses.
    shown : str
        The query of what is shown now.
    """
    values: dict[str, str] = {}
    if wish.lesson:
        values = {"lesson": wish.lesson}
        values |= {"step": str(wish.step)} if wish.step > 1 else {}
        values |= {"lecture": "on"} if wish.lecture else {}
    if wish.hide:
        values["hide"] = ",".join(wish.hide)
    if wish.language:
        values["language"] = wish.language
    if not wish.lesson:
        said = dict(parse_qsl(shown, keep_blank_values=True))
        values |= {name: value for name, value in said.items() if name not in {*COURSE, "language"}}
    if wish.embed:
        values["embed"] = "true"
    address = url.partition("?")[0]
    if wish.lesson or not urlsplit(address).path:
        address = root(url, pages)
    return address + (f"?{urlencode(values, quote_via=quote, safe=',:')}" if values else "")


def of_this_machine(url: str) -> bool:
    """Tell whether an address leads nobody else here."""
    return urlsplit(url).hostname in THIS_MACHINE


def qr_code(link: str) -> bytes | None:
    """Return a link as a QR code in a PNG, dark on light in every theme; None where it is too long."""
    try:
        code = segno.make_qr(link)
    except DataOverflowError:
        return None
    png = io.BytesIO()
    code.save(png, kind="png", scale=QR_SCALE)
    return png.getvalue()


def frame(link: str, title: str) -> str:
    """Return the HTML that shows a link within a page."""
    return f'<iframe src="{link.replace("&", "&amp;")}" title="{title}" width="1280" height="720"></iframe>'
