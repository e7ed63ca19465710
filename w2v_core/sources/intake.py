"""What came of a text besides its words, and how far the reading is: notices, facts, progress, the limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from .. import limits
from ..problems import Problem, counted
from .codes import Notice

ReportProgress = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Facts:
    """What a text turned out to be.

    Attributes
    ----------
    name : str
    kind : {"text", "markdown", "table", "archive"}
    bytes : int
        Read so far, unpacked.
    encodings : tuple of str
        Of its files, each once.
    language : {"en", "zh", ""}
        "zh" if Chinese characters prevail, "en" stands for everything else, "" without letters.
    segmented : bool
        Whether Chinese was cut into words here.
    files : tuple of str
        The files of an archive that were read.
    column : str
        The column of a table; else "".
    sentences, words : int
        Read so far; words before `min_count`.
    """

    name: str
    kind: str
    bytes: int
    encodings: tuple[str, ...]
    language: str
    segmented: bool
    files: tuple[str, ...]
    column: str
    sentences: int
    words: int


@dataclass
class Intake:
    """The running account of one reading; the modules of this room write into it.

    Parameters
    ----------
    name : str
        What the text is called in messages.
    limit : int, optional
        Bytes of unpacked text at most.
    cut : bool
        At the limit, leave out the rest instead of refusing the text.
    progress : callable, optional
        ``progress(done, total)``, in bytes; it may raise to stop.
    most_files : int, optional
        Files of an archive that are looked at; the rest is left out.
    """

    name: str
    limit: int | None = None
    cut: bool = False
    progress: ReportProgress | None = None
    most_files: int | None = None
    kind: str = "text"
    size: int = 0
    encodings: list[str] = field(default_factory=list)
    language: str = ""
    segmented: bool = False
    files: list[str] = field(default_factory=list)
    column: str = ""
    sentences: int = 0
    words: int = 0
    notices: list[Notice] = field(default_factory=list)
    _said: dict[str, set[str]] = field(default_factory=dict)  # messages by code
    _told: tuple[int, int | None] = (0, None)

    def notice(self, code: str, message: str, **details: object) -> None:
        """Note something; the same thing is said once, and of things that are alike only the first few."""
        said = self._said.setdefault(code, set())
        if message not in said and len(said) < limits.MOST_NOTICES:
            self.notices.append(Notice(code, message, details))
        said.add(message)

    def all_notices(self) -> tuple[Notice, ...]:
        """Return the notices at the end of the reading; the last tells how many more there were like them."""
        if more := sum(map(len, self._said.values())) - len(self.notices):
            self.notice("more_notices", f"Not shown: {counted(more, 'more notice')} like these.", count=more)
        return tuple(self.notices)

    def facts(self) -> Facts:
        """Return the facts as they stand."""
        return Facts(
            self.name,
            self.kind,
            self.size,
            tuple(dict.fromkeys(self.encodings)),
            self.language,
            self.segmented,
            tuple(self.files),
            self.column,
            self.sentences,
            self.words,
        )

    @property
    def limit_mb(self) -> int:
        """The limit in megabytes, for messages."""
        return round((self.limit or 0) / (1 << 20))

    def refuse_beyond(self, size: int) -> None:
        """Raise ``too_big`` if so many bytes are more than allowed."""
        if self.limit is not None and size > self.limit and not self.cut:
            raise Problem(
                "too_big",
                f"{self.name} holds more than {self.limit_mb} MB of text. For texts of any size there is the "
                "command line: python -m w2v_core train FILE --output vectors.txt",
                name=self.name,
                limit_mb=self.limit_mb,
            )

    def notice_cut(self) -> None:
        """Note that the rest is left out."""
        self.notice(
            "cut_at_limit",
            f"Only the first {self.limit_mb} MB of {self.name} are taken.",
            name=self.name,
            limit_mb=self.limit_mb,
        )

    def tell(self, done: int, total: int | None) -> None:
        """Report how far the reading is, which may raise to stop it."""
        self._told = done if total is None else min(done, total), total
        self.tell_again()

    def tell_again(self) -> None:
        """Report again in the middle of long work that needs no new bytes, so that it can be stopped there, too."""
        if self.progress:
            self.progress(*self._told)

    def blocks(self, file: BinaryIO, done: Callable[[], int], total: int | None) -> Iterator[bytes]:
        """Yield the bytes of a file block by block, counting what really comes out of it.

        Raises
        ------
        Problem
            ``too_big``.
        """
        while block := file.read(limits.PIECE):
            room = None if self.limit is None else self.limit - self.size
            self.size += len(block)
            self.refuse_beyond(self.size)
            self.tell(done(), total)
            if room is not None and len(block) > room:
                self.size -= len(block) - room
                self.notice_cut()
                yield block[:room]
                return
            yield block
