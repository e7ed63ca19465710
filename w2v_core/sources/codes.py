"""Everything that this room can say: the codes of its problems and notices, and the details they carry.

A problem ends the reading. A notice does not: it comes back with the result, as data, so that a page can say
it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..problems import Problem

# Codes of Problem -> names of the details. `Corpus` adds empty_corpus, all_words_rare, one_word
# and many_words.
PROBLEMS: dict[str, tuple[str, ...]] = {
    # what was given
    "bad_setting": ("name", "value"),
    "empty_file": ("name",),
    "not_text": ("name",),
    "document_file": ("name", "format"),
    "unsupported_archive": ("name", "format"),
    "corrupt_gzip": ("name",),
    "gzip_members": ("name", "most"),
    "unpacked_too_big": ("name", "limit_mb"),
    "corrupt_zip": ("name",),
    "encrypted_zip": ("name",),
    "no_text_in_zip": ("name",),
    "too_big": ("name", "limit_mb"),
    "many_files": ("name", "most"),
    "zip_method": ("name",),
    "many_columns": ("name", "most"),
    "no_column": ("name", "column", "columns"),
    "damaged_table": ("name", "line"),
    "library_missing": ("library", "package"),
    "cancelled": (),
    # the web
    "unknown_web_corpus": ("id", "ids"),
    "offline": ("host",),
    "slow_server": ("host",),
    "cut_off": ("host",),
    "server_refused": ("host", "status"),
    "redirected_elsewhere": ("host", "target"),
    "wrong_content": ("host", "name"),
    "cannot_cache": ("folder", "reason"),
}

# Codes of Notice -> names of the details.
NOTICES: dict[str, tuple[str, ...]] = {
    "encoding_guessed": ("name", "encoding"),
    "undecodable": ("name", "encoding", "count"),
    "files_skipped": ("name", "count", "names"),
    "cut_at_limit": ("name", "limit_mb"),
    "gutenberg_stripped": ("name",),
    "no_segmenter": ("name", "script"),
    "long_words": ("count", "longest"),
    "short_rows": ("name", "count", "column"),
    "many_marks": ("name", "count", "most"),
    "phrases_joined": ("count", "places", "names"),
    "phrases_none": (),
    "more_notices": ("count",),
}


@dataclass(frozen=True)
class Notice:
    """Something worth knowing about a text that was read all the same.

    Attributes
    ----------
    code : str
        One of `NOTICES`.
    message : str
        The English sentence.
    details : mapping
        What a translation of the sentence needs.
    """

    code: str
    message: str
    details: Mapping[str, object] = field(default_factory=dict)


class Cancelled(Problem):
    """Raise it in a progress callback to stop what is going on."""

    def __init__(self) -> None:
        super().__init__("cancelled", "Stopped before the end.")
