"""What was computed of a corpus is kept as long as the corpus is: of a sample for all, of a text for its session.

It does not import Streamlit, whose caches would keep what is known of a user's text after the session.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from w2v_core import Corpus

T = TypeVar("T")


class CorpusCache(Generic[T]):
    """Results by corpus and key; safe to call from any thread.

    Parameters
    ----------
    most : int
        Results kept for each corpus; the oldest goes. They must not refer to the corpus.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._of: WeakKeyDictionary[Corpus, tuple[threading.Lock, dict[Hashable, T]]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def __call__(self, corpus: Corpus, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` made for this corpus and key, or make it: once, if several ask meanwhile."""
        with self._lock:
            lock, kept = self._of.setdefault(corpus, (threading.Lock(), {}))
        with lock:
            if key not in kept:
                while len(kept) >= self._most:
                    del kept[next(iter(kept))]
                kept[key] = make()
            return kept[key]
