"""Corpora from the web, through the user's cache folder, into a `Corpus`."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from urllib.parse import urlsplit

from ..files import written
from ..limits import APP_LIMIT
from ..problems import Problem
from .catalog import NEWSGROUPS, WebCorpus
from .downloading import PATIENCE, Expected, Patience, failure_of, fetch, sha256
from .intake import Intake, ReportProgress
from .options import TextOptions
from .reading import DEFAULTS, ReadResult, read, result_of
from .words import WordReader

APP_NAME = "word2vec-lab"
_locks: dict[Path, threading.Lock] = {}  # one download of a file at a time
_locks_guard = threading.Lock()


def cache_folder() -> Path:
    """Return where downloads are kept: the user's cache folder, as the operating system has it."""
    try:
        from platformdirs import user_cache_path
    except ImportError:
        return Path.home() / ".cache" / APP_NAME
    return user_cache_path(APP_NAME, appauthor=False)


def is_cached(entry: WebCorpus, folder: Path | None = None) -> bool:
    """Tell whether a corpus seems to be there already; its content is checked when it is read."""
    if entry.id == NEWSGROUPS.id:
        home = folder or Path(os.environ.get("SCIKIT_LEARN_DATA", "~/scikit_learn_data")).expanduser()
        return (home / entry.file).exists()
    path = (folder or cache_folder()) / entry.file
    return path.exists() and _digest_of(path).exists()


def read_web(
    entry: WebCorpus,
    options: TextOptions = DEFAULTS,
    *,
    limit: int | None = APP_LIMIT,
    folder: Path | None = None,
    progress: ReportProgress | None = None,
    download_progress: ReportProgress | None = None,
    patience: Patience = PATIENCE,
) -> ReadResult:
    """Download a corpus unless it is in the cache, and read it; text beyond `limit` is left out, with a notice.

    Parameters
    ----------
    entry : WebCorpus
    options : TextOptions
    limit : int, optional
        Bytes of unpacked text.
    folder : path, optional
        The cache; by default `cache_folder` (scikit-learn's own for 20 Newsgroups).
    progress, download_progress : callable, optional
        ``(done, total)`` in bytes; the second for the download, by default the first for both.
    patience : Patience

    Raises
    ------
    Problem
        As `download` and `read`.
    """
    download_progress = download_progress or progress
    if entry.id == NEWSGROUPS.id:
        posts = _newsgroups(folder, download_progress)
        return _read_posts(posts, entry, options, limit, progress)
    path = download(entry, folder=folder, progress=download_progress, patience=patience)
    return read(path, options, name=entry.file, limit=limit, at_limit="cut", progress=progress)


def download(
    entry: WebCorpus,
    *,
    folder: Path | None = None,
    progress: ReportProgress | None = None,
    patience: Patience = PATIENCE,
) -> Path:
    """Return the path of a corpus in the cache, downloaded first if it is not there or not whole.

    Raises
    ------
    Problem
        As `downloading.fetch`; also ``cannot_cache``.
    """
    folder = folder or cache_folder()
    path = folder / entry.file
    expected = Expected(
        size=entry.size if entry.sha256 else None,
        at_most=entry.size if entry.sha256 else 4 * entry.size + 1_000_000,
        sha256=entry.sha256,
        signature=entry.signature,
    )
    with _locks_guard:
        lock = _locks.setdefault(path.absolute(), threading.Lock())
    while not lock.acquire(timeout=0.2):  # someone else fetches it already
        if progress:
            progress(0, entry.size)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not _is_whole(path, entry):
            fetch(entry.address, path, expected, progress=progress, patience=patience)
            with written(_digest_of(path)) as file:
                file.write(sha256(path).encode())
    except OSError as error:
        reason = error.strerror or str(error).rstrip(".")
        raise Problem(
            "cannot_cache", f"Nothing can be kept in {folder}: {reason}.", folder=str(folder), reason=reason
        ) from None
    finally:
        lock.release()
    return path


def _is_whole(path: Path, entry: WebCorpus) -> bool:
    """Compare a cached file with the checksum that is known, or that it had when it came."""
    try:
        digest = entry.sha256 or _digest_of(path).read_text(encoding="ascii").strip()
        return sha256(path) == digest
    except (OSError, UnicodeDecodeError):
        return False


def _digest_of(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _newsgroups(folder: Path | None, progress: ReportProgress | None) -> list[str]:
    """Fetch 20 Newsgroups as scikit-learn does, without headers, signatures and quotations.

    scikit-learn tells no progress and cannot be stopped, so it works in a thread that is left behind if
    `progress` raises.
    """
    try:
        from sklearn.datasets import fetch_20newsgroups
    except ImportError:
        raise Problem(
            "library_missing",
            "20 Newsgroups needs scikit-learn: pip install 'w2v-core[sources]'",
            library="sklearn",
            package="w2v-core[sources]",
        ) from None
    posts: Future[list[str]] = Future()

    def work() -> None:
        try:
            found = fetch_20newsgroups(
                data_home=str(folder) if folder else None,
                subset="all",
                remove=("headers", "footers", "quotes"),
                n_retries=1,
            )
            posts.set_result(found.data)
        except BaseException as error:
            posts.set_exception(error)

    threading.Thread(target=work, name="newsgroups", daemon=True).start()
    host = urlsplit(NEWSGROUPS.address).hostname or ""
    while True:
        if progress:
            progress(0, None)
        try:
            return posts.result(timeout=0.2)
        except TimeoutError as error:
            if posts.done() and posts.exception() is error:  # the connection's, not ours
                raise failure_of(error, host) from None
        except OSError as error:
            if "checksum" in str(error):
                raise Problem(
                    "wrong_content",
                    f"What {host} sent for 20 Newsgroups is not what it should be. Try again later.",
                    host=host,
                    name=NEWSGROUPS.file,
                ) from None
            raise failure_of(error, host) from None


def _read_posts(
    posts: list[str],
    entry: WebCorpus,
    options: TextOptions,
    limit: int | None,
    progress: ReportProgress | None,
) -> ReadResult:
    """Make a corpus of texts that are in memory, each for itself: some are wrapped, some are not."""
    intake = Intake(entry.id, limit, cut=True, progress=progress, kind="archive", encodings=["utf-8"])
    words = WordReader(options, intake)
    sizes = [len(post.encode("utf-8", errors="replace")) for post in posts]
    total = sum(sizes)

    def sentences() -> Iterator[list[str]]:
        for number, (post, size) in enumerate(zip(posts, sizes, strict=True)):
            if limit is not None and intake.size + size > limit:
                intake.notice_cut()
                break
            intake.size += size
            yield from words.sentences([post], entry.id)
            if number % 100 == 0:
                intake.tell(intake.size, total)
        words.close()

    return result_of(sentences(), options, intake)
