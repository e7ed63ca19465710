"""What is kept with a corpus."""

import gc

from app.background.corpus_cache import CorpusCache
from w2v_core import Corpus


def test_each_result_is_made_once_for_a_corpus_and_goes_with_it():
    kept, made = CorpusCache(most=2), []

    def make(value):
        made.append(value)
        return value

    one, other = Corpus.from_text("a b a b"), Corpus.from_text("a b a b")
    assert [kept(one, key, lambda key=key: make(key)) for key in (1, 2, 1)] == [1, 2, 1]
    kept(other, 1, lambda: make("other's"))
    assert made == [1, 2, "other's"]
    kept(one, 3, lambda: make(3))  # the oldest goes
    kept(one, 1, lambda: make(1))
    assert made == [1, 2, "other's", 3, 1]
    del other
    gc.collect()
    assert len(kept._of) == 1
