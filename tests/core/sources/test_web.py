"""Downloads from a local server: whole, resumed, broken, slow; and what becomes of them."""

import hashlib
import io
import itertools
import socket
import threading
import time
import urllib.error
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
import sklearn.datasets

from w2v_core import Problem
from w2v_core.sources import (
    CATALOG,
    PROBLEMS,
    Cancelled,
    TextOptions,
    WebCorpus,
    cache_folder,
    download,
    downloading,
    is_cached,
    read_web,
    web_corpus,
)
from w2v_core.sources.catalog import NEWSGROUPS
from w2v_core.sources.downloading import Patience

BOOK = (
    "The Project Gutenberg eBook\n*** START OF THE PROJECT GUTENBERG EBOOK A CAT ***\n"
    + "The cat sees the dog and the dog sees the cat.\n" * 9000
    + "*** END OF THE PROJECT GUTENBERG EBOOK A CAT ***\nlicence\n"
).encode()
DIGEST = hashlib.sha256(BOOK).hexdigest()
QUICK = Patience(tries=3, pause=0.01, timeout=0.4, slowest=1, window=60)
ALL = TextOptions(min_count=1)


class Server(ThreadingHTTPServer):
    """Answers with a list of behaviours, one a request, the last one again and again."""

    daemon_threads = True

    def __init__(self, behaviours):
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviours = list(behaviours)
        self.requests = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/pg1.txt"

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is part of the test


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        server.requests.append(dict(self.headers))
        behaviour = server.behaviours.pop(0) if len(server.behaviours) > 1 else server.behaviours[0]
        behaviour(self)

    def log_message(self, *arguments):
        pass

    def head(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()


def whole(handler, content=BOOK):
    handler.head(200, Content_Length=len(content), Content_Type="text/plain", ETag='"one"')
    handler.wfile.write(content)


def ranged(handler, content=BOOK):
    """Answer as a server that knows ranges: the rest, if the file is still the same."""
    start = int(handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
    if not start or handler.headers.get("If-Range") != '"one"':
        return whole(handler, content)
    handler.head(
        206,
        Content_Length=len(content) - start,
        Content_Range=f"bytes {start}-{len(content) - 1}/{len(content)}",
        ETag='"one"',
    )
    handler.wfile.write(content[start:])


def cut(handler, content=BOOK, after=100_000, etag='"one"'):
    """Promise everything, send some, and hang up."""
    handler.head(200, Content_Length=len(content), Content_Type="text/plain", ETag=etag)
    handler.wfile.write(content[:after])


def stalled(handler, seconds=2.0):
    handler.head(200, Content_Length=len(BOOK), ETag='"one"')
    handler.wfile.write(BOOK[:1000])
    handler.wfile.flush()
    time.sleep(seconds)


def status(code, **headers):
    return lambda handler: handler.head(code, Content_Length=0, **headers)


def page(handler):
    content = b"<!doctype html><title>Are you a robot?</title>"
    handler.head(200, Content_Length=len(content), Content_Type="text/html; charset=utf-8")
    handler.wfile.write(content)


def sent(content):
    return lambda handler: whole(handler, content)


@contextmanager
def serving(*behaviours):
    server = Server(behaviours)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


def entry_at(server, **changes):
    entry = WebCorpus(
        id="cat",
        title={"en": "A cat", "zh": "猫"},
        language="en",
        licence="none",
        page="",
        address=server.address,
        file="pg1.txt",
        size=len(BOOK),
        signature=b"PROJECT GUTENBERG EBOOK",
    )
    return replace(entry, **changes)


def refusal(entry, folder, **options):
    with pytest.raises(Problem) as refused:
        download(entry, folder=folder, patience=QUICK, **options)
    assert set(refused.value.details) == set(PROBLEMS[refused.value.code])
    assert not (folder / entry.file).exists()
    return refused.value


def test_a_book_is_downloaded_once_and_read_without_its_licence(tmp_path):
    with serving(whole) as server:
        entry = entry_at(server)
        assert not is_cached(entry, tmp_path)
        got, read = [], []
        result = read_web(
            entry,
            ALL,
            folder=tmp_path,
            download_progress=lambda *step: got.append(step),
            progress=lambda *step: read.append(step),
        )
        assert got[-1] == read[-1] == (len(BOOK), len(BOOK))
        assert got == sorted(got)
        assert result.corpus.sentence(0) == [
            "the",
            "cat",
            "sees",
            "the",
            "dog",
            "and",
            "the",
            "dog",
            "sees",
            "the",
            "cat",
        ]
        assert [notice.code for notice in result.notices] == ["gutenberg_stripped"]
        assert is_cached(entry, tmp_path)
        read_web(entry, ALL, folder=tmp_path)
        assert len(server.requests) == 1
        assert sorted(path.name for path in tmp_path.iterdir()) == ["pg1.txt", "pg1.txt.sha256"]


def test_the_server_learns_who_asks(tmp_path):
    with serving(whole) as server:
        download(entry_at(server), folder=tmp_path)
        [headers] = server.requests
        assert headers["User-Agent"].startswith("word2vec-lab/")
        assert headers["Accept-Encoding"] == "identity"
        assert "Range" not in headers


@pytest.mark.parametrize("damage", [b"", b"something else"])
def test_a_damaged_cache_is_fetched_again(tmp_path, damage):
    with serving(whole) as server:
        path = download(entry_at(server), folder=tmp_path)
        path.write_bytes(damage)
        assert download(entry_at(server), folder=tmp_path).read_bytes() == BOOK
        assert len(server.requests) == 2


def test_a_cut_connection_is_resumed_where_it_was_cut(tmp_path):
    with serving(cut, ranged) as server:
        path = download(entry_at(server), folder=tmp_path, patience=QUICK)
        assert path.read_bytes() == BOOK
        assert server.requests[1]["Range"] == "bytes=100000-"
        assert server.requests[1]["If-Range"] == '"one"'


def test_a_cancelled_download_is_resumed_another_day(tmp_path):
    def stop(done, total):
        if done > 200_000:
            raise Cancelled

    with serving(ranged) as server:
        entry = entry_at(server)
        assert refusal(entry, tmp_path, progress=stop).code == "cancelled"
        assert download(entry, folder=tmp_path).read_bytes() == BOOK
        assert int(server.requests[1]["Range"].removeprefix("bytes=").removesuffix("-")) > 200_000


def test_a_file_that_changed_in_between_is_fetched_anew(tmp_path):
    new = BOOK.replace(b"dog", b"fox")

    def changed(handler):
        assert "Range" in handler.headers
        handler.head(200, Content_Length=len(new), ETag='"two"')
        handler.wfile.write(new)

    with serving(cut, changed) as server:
        assert download(entry_at(server), folder=tmp_path, patience=QUICK).read_bytes() == new


def test_without_a_mark_of_its_version_a_file_is_not_resumed(tmp_path):
    weak = lambda handler: cut(handler, etag='W/"one"')  # noqa: E731
    with serving(weak, whole) as server:
        assert download(entry_at(server), folder=tmp_path, patience=QUICK).read_bytes() == BOOK
        assert "Range" not in server.requests[1]


def test_with_a_checksum_a_file_is_resumed_anyway_and_a_bad_join_is_fetched_anew(tmp_path):
    def wrong_rest(handler):
        handler.head(
            206, Content_Length=len(BOOK) - 100_000, Content_Range=f"bytes 100000-{len(BOOK) - 1}/{len(BOOK)}"
        )
        handler.wfile.write(b"x" * (len(BOOK) - 100_000))

    weak = lambda handler: cut(handler, etag='W/"one"')  # noqa: E731
    with serving(weak, wrong_rest, whole) as server:
        entry = entry_at(server, sha256=DIGEST)
        assert download(entry, folder=tmp_path, patience=QUICK).read_bytes() == BOOK
        assert [("Range" in headers) for headers in server.requests] == [False, True, False]


def test_a_part_that_is_not_acceptable_is_dropped(tmp_path):
    with serving(cut, status(416), whole) as server:
        assert download(entry_at(server), folder=tmp_path, patience=QUICK).read_bytes() == BOOK
        assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("behaviour", "code", "requests"),
    [
        (cut, "cut_off", 3),
        (lambda handler: None, "cut_off", 3),  # hangs up without a word
        (stalled, "slow_server", 3),
        (status(500), "server_refused", 3),
        (status(503), "server_refused", 3),
        (status(404), "server_refused", 1),
        (status(403), "server_refused", 1),
        (status(302, Location="http://elsewhere.example/x"), "redirected_elsewhere", 1),
        (status(302, Location="http://localhost:1/x"), "redirected_elsewhere", 1),
        (page, "wrong_content", 1),
        (sent(b"no such book here"), "wrong_content", 1),
        (sent(b""), "wrong_content", 1),
        (sent(BOOK * 9), "wrong_content", 1),
    ],
)
def test_what_goes_wrong_gets_a_sentence(tmp_path, behaviour, code, requests):
    with serving(behaviour) as server:
        assert refusal(entry_at(server), tmp_path).code == code
        assert len(server.requests) == requests


def test_a_redirection_on_the_same_host_is_followed(tmp_path):
    with serving(status(301, Location="/moved/pg1.txt"), whole) as server:
        assert download(entry_at(server), folder=tmp_path).read_bytes() == BOOK


@pytest.mark.parametrize(
    "changes",
    [{"sha256": "0" * 64}, {"size": len(BOOK) + 1, "sha256": DIGEST}, {"size": 10, "sha256": DIGEST}],
)
def test_a_wrong_size_or_checksum_is_never_kept(tmp_path, changes):
    with serving(whole) as server:
        assert refusal(entry_at(server, **changes), tmp_path).code == "wrong_content"
        assert list(tmp_path.iterdir()) == []


def test_a_body_without_length_is_checked_too(tmp_path):
    def unmeasured(handler):
        handler.head(200, Content_Type="text/plain")
        handler.wfile.write(BOOK)

    with serving(unmeasured) as server:
        assert download(entry_at(server), folder=tmp_path).read_bytes() == BOOK
        entry = entry_at(server, file="pg2.txt", size=len(BOOK) + 1, sha256=DIGEST)
        assert refusal(entry, tmp_path).code == "wrong_content"


def test_drops_that_keep_dripping_are_too_slow(tmp_path, monkeypatch):
    def dripping(handler):
        handler.head(200, Content_Length=len(BOOK))
        handler.wfile.write(b"x" * 100)

    clock = itertools.count()  # a second passes whenever somebody looks
    monkeypatch.setattr(downloading, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    patience = Patience(tries=1, slowest=200, window=0.5)
    with serving(dripping) as server, pytest.raises(Problem) as refused:
        download(entry_at(server), folder=tmp_path, patience=patience)
    assert refused.value.code == "slow_server"


def test_offline_is_one_sentence(tmp_path, monkeypatch):
    with serving(whole) as server:
        entry = entry_at(server)
    assert refusal(entry, tmp_path).code == "offline"  # nobody listens there any more

    def no_names(*arguments, **options):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    assert refusal(web_corpus("gutenberg_11"), tmp_path).details["host"] == "www.gutenberg.org"


def test_waiting_for_another_try_can_be_cancelled(tmp_path):
    calls = []

    def stop(done, total):
        calls.append(done)
        if len(calls) > 2:
            raise Cancelled

    with serving(status(500)) as server, pytest.raises(Cancelled):
        download(entry_at(server), folder=tmp_path, progress=stop, patience=replace(QUICK, pause=60))


def test_two_who_want_the_same_fetch_it_once(tmp_path):
    with serving(whole) as server:
        entry, paths = entry_at(server), []
        threads = [
            threading.Thread(target=lambda: paths.append(download(entry, folder=tmp_path))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert paths == [tmp_path / "pg1.txt"] * 4
        assert len(server.requests) == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with serving(whole) as server, pytest.raises(Problem) as refused:
        download(entry_at(server), folder=tmp_path / "file")
    assert refused.value.code == "cannot_cache"


def test_of_a_large_corpus_the_beginning_is_taken(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("text8", " anarchism originated as a term" * 9000)
    content = packed.getvalue()
    with serving(sent(content)) as server:
        digest = hashlib.sha256(content).hexdigest()
        entry = entry_at(server, file="text8.zip", size=len(content), sha256=digest, signature=b"")
        result = read_web(entry, ALL, folder=tmp_path, limit=100_000)
    assert result.facts.bytes == 100_000
    assert [notice.code for notice in result.notices] == ["cut_at_limit"]


def test_newsgroups_come_through_scikit_learn(tmp_path, monkeypatch):
    asked = {}

    def fetch(**options):
        asked.update(options)
        return SimpleNamespace(data=["The cat sees the dog.", "", "Another post\nof two lines"] * 100)

    monkeypatch.setattr(sklearn.datasets, "fetch_20newsgroups", fetch)
    result = read_web(NEWSGROUPS, ALL, folder=tmp_path)
    assert (asked["subset"], asked["remove"]) == ("all", ("headers", "footers", "quotes"))
    assert asked["data_home"] == str(tmp_path)
    assert result.corpus.sentence(0) == ["the", "cat", "sees", "the", "dog"]
    assert result.facts.words == 1000
    assert not result.notices
    cut = read_web(NEWSGROUPS, ALL, folder=tmp_path, limit=500)
    assert [notice.code for notice in cut.notices] == ["cut_at_limit"]
    assert cut.facts.bytes == 481  # ten times three posts, and one; the next would be beyond


def test_of_newsgroups_cut_at_the_limit_all_is_told(tmp_path, monkeypatch):
    posts = ["两个 词", "x" * 300 + " one", "two words"]
    monkeypatch.setattr(sklearn.datasets, "fetch_20newsgroups", lambda **_: SimpleNamespace(data=posts))
    told = []
    result = read_web(
        NEWSGROUPS, ALL, folder=tmp_path, limit=315, progress=lambda done, total: told.append((done, total))
    )
    assert sorted(notice.code for notice in result.notices) == ["cut_at_limit", "long_words"]
    assert result.facts.bytes == 10 + 304
    assert told[-1] == (10, 10 + 304 + 9)  # bytes, not characters


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (urllib.error.URLError(socket.gaierror(-2, "unknown")), "offline"),
        (urllib.error.HTTPError("http://x", 403, "no", {}, None), "server_refused"),
        (TimeoutError("timed out"), "slow_server"),
        (OSError("The checksum of the file differs"), "wrong_content"),
    ],
)
def test_newsgroups_that_fail_get_a_sentence(tmp_path, monkeypatch, error, code):
    def fetch(**options):
        raise error

    monkeypatch.setattr(sklearn.datasets, "fetch_20newsgroups", fetch)
    with pytest.raises(Problem) as refused:
        read_web(NEWSGROUPS, ALL, folder=tmp_path)
    assert refused.value.code == code


def test_waiting_for_newsgroups_can_be_cancelled(tmp_path, monkeypatch):
    going_on = threading.Event()
    monkeypatch.setattr(sklearn.datasets, "fetch_20newsgroups", lambda **options: going_on.wait(20))

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        read_web(NEWSGROUPS, ALL, folder=tmp_path, progress=stop)
    going_on.set()


def test_the_catalogue_is_well_formed():
    assert len({entry.id for entry in CATALOG}) == len({entry.file for entry in CATALOG}) == len(CATALOG)
    for entry in CATALOG:
        assert set(entry.title) == {"en", "zh"}
        assert entry.language in ("en", "zh")
        assert entry.licence
        # Without encryption only what a checksum protects.
        assert entry.address.startswith("https://") or len(entry.sha256) == 64
        assert web_corpus(entry.id) is entry
    assert {entry.language for entry in CATALOG} == {"en", "zh"}
    with pytest.raises(Problem) as refused:
        web_corpus("everything")
    assert refused.value.code == "unknown_web_corpus"


def test_the_cache_has_a_folder_of_its_own():
    assert "word2vec-lab" in cache_folder().parts
