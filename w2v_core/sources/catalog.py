"""A few public corpora, at fixed addresses. Nothing here fetches anything; see `web`.

Sizes are what is downloaded. Only text8 has an exact one and a checksum: Project Gutenberg publishes none, and
corrects its books now and then, so for those the size is a hint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..problems import Problem


@dataclass(frozen=True)
class WebCorpus:
    """One entry of the catalogue.

    Attributes
    ----------
    id : str
    title : mapping
        "en" and "zh".
    language : {"en", "zh"}
    licence : str
        In a few English words.
    page : str
        Where a person can read about it.
    address : str
        What is fetched; for 20 Newsgroups scikit-learn knows it.
    file : str
        Its name in the cache.
    size : int
        Bytes to download; exact where `sha256` is known.
    sha256 : str
        Of the file; "" where none is known.
    signature : bytes
        What the file's first bytes must hold: an error page does not.
    """

    id: str
    title: Mapping[str, str]
    language: str
    licence: str
    page: str
    address: str
    file: str
    size: int
    sha256: str = ""
    signature: bytes = b""


NEWSGROUPS = WebCorpus(
    id="newsgroups",
    title={"en": "20 Newsgroups: discussions from 1993", "zh": "20 Newsgroups：1993 年的网络讨论"},
    language="en",
    licence="no licence stated; in common use for teaching and research",
    page="http://qwone.com/~jason/20Newsgroups/",
    address="https://ndownloader.figshare.com/files/5975967",
    file="20news-bydate_py3.pkz",
    size=14_000_000,
)


def _book(number: int, kilobytes: int, language: str, en: str, zh: str) -> WebCorpus:
    return WebCorpus(
        id=f"gutenberg_{number}",
        title={"en": en, "zh": zh},
        language=language,
        licence="public domain in the USA (Project Gutenberg)",
        page=f"https://www.gutenberg.org/ebooks/{number}",
        address=f"https://www.gutenberg.org/cache/epub/{number}/pg{number}.txt",
        file=f"pg{number}.txt",
        size=kilobytes * 1000,
        signature=b"PROJECT GUTENBERG EBOOK",
    )


CATALOG: tuple[WebCorpus, ...] = (
    WebCorpus(
        id="text8",
        title={"en": "text8: 100 MB of Wikipedia", "zh": "text8：100 MB 英文维基百科"},
        language="en",
        licence="CC BY-SA and GFDL (Wikipedia)",
        page="http://mattmahoney.net/dc/textdata.html",
        # Plain http, which the checksum makes safe.
        address="http://mattmahoney.net/dc/text8.zip",
        file="text8.zip",
        size=31_344_016,
        sha256="a6640522afe85d1963ad56c05b0ede0a0c000dddc9671758a6cc09b7a38e5232",
    ),
    NEWSGROUPS,
    _book(1342, 760, "en", "Pride and Prejudice (Jane Austen)", "《傲慢与偏见》英文版（简·奥斯汀）"),
    _book(
        1661,
        600,
        "en",
        "The Adventures of Sherlock Holmes (Conan Doyle)",
        "《福尔摩斯冒险史》英文版（柯南·道尔）",
    ),
    _book(2701, 1260, "en", "Moby Dick (Herman Melville)", "《白鲸》英文版（赫尔曼·梅尔维尔）"),
    _book(84, 440, "en", "Frankenstein (Mary Shelley)", "《弗兰肯斯坦》英文版（玛丽·雪莱）"),
    _book(
        11,
        170,
        "en",
        "Alice in Wonderland (Lewis Carroll)",
        "《爱丽丝漫游奇境》英文版（刘易斯·卡罗尔）",
    ),
    _book(24264, 2600, "zh", "Dream of the Red Chamber, in Chinese (Cao Xueqin)", "《红楼梦》繁体（曹雪芹）"),
    _book(23962, 2200, "zh", "Journey to the West, in Chinese (Wu Cheng'en)", "《西游记》繁体（吴承恩）"),
    _book(
        23950,
        1800,
        "zh",
        "Romance of the Three Kingdoms, in Chinese (Luo Guanzhong)",
        "《三国演义》繁体（罗贯中）",
    ),
)


def web_corpus(id: str) -> WebCorpus:
    """Return the entry of that id.

    Raises
    ------
    Problem
        ``unknown_web_corpus``.
    """
    for entry in CATALOG:
        if entry.id == id:
            return entry
    ids = ", ".join(entry.id for entry in CATALOG)
    raise Problem("unknown_web_corpus", f"There is no corpus {id!r}; there are {ids}.", id=id, ids=ids)
