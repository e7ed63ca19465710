"""Markdown to plain text: a paragraph, heading, item or cell a line; code blocks left out.

It reads line by line in bounded memory, and so knows what can be told from a line and its neighbours: fenced
and indented code, headings, quotes, lists, tables, links, images, emphasis, HTML, escapes and entities.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from .. import limits

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
FRONT_MATTER = re.compile(r"-{3,}\s*$")
FRONT_LINES = 100
RULE = re.compile(r"\s{0,3}([-*_=])(?:\s*\1)*\s*$")  # a thematic break, or the underline of a heading
DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:\s*\S+.*$")
QUOTE = re.compile(r"^(?:\s{0,3}>\s?)+")
BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")
HEADING = re.compile(r"^\s{0,3}#{1,6}(?:\s+|$)")
# No pattern runs on over its own beginning, or far: many beginnings without an end would each run to the end.
INLINE = (
    (re.compile(r"<!--(?:(?!<!--).)*?-->"), " "),
    (
        re.compile(
            r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'(](?:(?!\]\()[^)]){0,500}+)?\)"
        ),
        r"\1",
    ),
    (re.compile(r"\[\^[^\[\]]+\]:?"), ""),
    (re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"<(?:https?|ftp|mailto):[^<>\s]*>"), " "),
    (re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>"), " "),
    (re.compile(r"(?<![\\\w*])(\*{1,3}|_{1,3}|~~)(?=\S)|(?<=\S)(?<!\\)(\*{1,3}|_{1,3}|~~)(?!\w)"), ""),
    (re.compile(r"(?<=\w)(\*{1,3}|~~)(?=\w)"), ""),
    (re.compile(r"`+"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
MARKUP = re.compile(r"[\[<*_~`\\]")  # one of which every pattern needs
ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});"
)  # as CommonMark bounds them


def plain(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the text of Markdown, in lines; what belongs together stands on one line."""
    fence = ""
    blank = True
    indented = in_list = False
    paragraph = _Paragraph()
    for line in _body(_lines(pieces)):
        if fence:
            if re.fullmatch(rf" {{0,3}}{fence[0]}{{{len(fence)},}}\s*", line):
                fence = ""
            continue
        if line.lstrip().startswith(">"):
            line = QUOTE.sub("", line)
        if not line.strip():
            yield from paragraph.joined()
            blank = True
            continue
        indented = line.startswith(("    ", "\t")) and (blank or indented) and not in_list
        if indented:
            continue  # code
        if line[0].isalpha():  # as most lines begin, and no markup does
            in_list = in_list and not blank
            paragraph.add(line)
        elif opening := FENCE.match(line):
            fence = opening[1]
            yield from paragraph.joined()
        elif RULE.match(line) or _is_table_rule(line) or DEFINITION.match(line):
            yield from paragraph.joined()
        elif HEADING.match(line):
            yield from paragraph.joined()
            yield from _without_markup(re.sub(r"\s#+\s*$", "", HEADING.sub("", line)))
        elif BULLET.match(line):
            yield from paragraph.joined()
            paragraph.add(BULLET.sub("", line))
            in_list = True
        elif line.lstrip().startswith("|"):
            yield from paragraph.joined()
            for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")):
                yield from _without_markup(cell)
        else:
            in_list = in_list and not (blank and not line[0].isspace())
            paragraph.add(line)
        blank = False
        if paragraph.size > limits.LONGEST_LINE:
            yield from paragraph.joined()
    yield from paragraph.joined()


class _Paragraph:
    """Lines that will be one."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.size = 0

    def add(self, line: str) -> None:
        self._lines.append(line.strip())
        self.size += len(line)

    def joined(self) -> Iterator[str]:
        """Give them out, if there are any, and begin anew."""
        text = " ".join(self._lines)
        self._lines, self.size = [], 0
        return _without_markup(text)


def _is_table_rule(line: str) -> bool:
    return set(line) <= set("|:- \t") and "-" in line and "|" in line


def _body(lines: Iterator[str]) -> Iterator[str]:
    """Leave out front matter: what stands between two rules at the very beginning."""
    first = next(lines, "")
    if not FRONT_MATTER.match(first):
        yield first
        yield from lines
        return
    held = []
    for line in islice(lines, FRONT_LINES):
        if FRONT_MATTER.match(line):
            break
        held.append(line)
    else:  # it never ends, so the first line was just a rule
        yield from held
    yield from lines


def _without_markup(text: str) -> Iterator[str]:
    """Yield the text of a paragraph, unless nothing is left of it."""
    if MARKUP.search(text):
        for pattern, replacement in INLINE:
            text = pattern.sub(replacement, text)
    if "&" in text:
        text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if text := text.strip():
        yield text.replace("\0", "") + "\n\n"


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + piece).split("\n")
        for line in whole:
            yield from _parts(line)
        *parts, rest = _parts(rest)
        yield from parts
    yield rest


def _parts(line: str) -> Iterator[str]:
    """Cut a line as long as a book at spaces."""
    start = 0
    while len(line) - start > limits.LONGEST_LINE:
        cut = line.rfind(" ", start, start + limits.LONGEST_LINE) + 1 or start + limits.LONGEST_LINE
        yield line[start:cut]
        start = cut
    yield line[start:]
