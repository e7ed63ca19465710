"""Where texts come from: files that a person brings, and a short catalogue of public corpora on the web.

This room stands before `corpus`. It may need more than NumPy (``pip install 'w2v-core[sources]'``): what it
needs is loaded when it is first used.
"""

from ..limits import APP_LIMIT
from .archives import FileSource
from .catalog import CATALOG, WebCorpus, web_corpus
from .codes import NOTICES, PROBLEMS, Cancelled, Notice
from .intake import Facts, ReportProgress
from .options import CHOICES, NUMBER, TextOptions
from .reading import Preview, ReadResult, look_at_table, preview, preview_pasted, read, read_pasted
from .tables import Column, Table
from .web import cache_folder, download, is_cached, read_web

__all__ = [
    "APP_LIMIT",
    "CATALOG",
    "CHOICES",
    "NOTICES",
    "NUMBER",
    "PROBLEMS",
    "Cancelled",
    "Column",
    "Facts",
    "FileSource",
    "Notice",
    "Preview",
    "ReadResult",
    "ReportProgress",
    "Table",
    "TextOptions",
    "WebCorpus",
    "cache_folder",
    "download",
    "is_cached",
    "look_at_table",
    "preview",
    "preview_pasted",
    "read",
    "read_pasted",
    "read_web",
    "web_corpus",
]
