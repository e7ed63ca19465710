"""Reading and writing vectors: `load_vectors`, `save_vectors`.

| format            | extension     | what it keeps                                           |
|-------------------|---------------|---------------------------------------------------------|
| `word2vec_text`   | .txt, .vec    | words, vectors                                          |
| `word2vec_binary` | .bin          | words, vectors                                          |
| `glove`           | .glove, .txt  | words, vectors; no header, so lost last lines go unseen |
| `npz`             | .npz          | everything: counts and output vectors, too              |
| `projector`       | .tsv          | words, vectors, counts, in two files                    |

Read are also tables with each word before its numbers (.tsv), and any of these packed by gzip, bzip2 or xz, or alone in
a zip or tar; written, besides plain files, those packed by gzip.

Where a file keeps no counts the vocabulary gets V, V-1, ..., 1: ranks, so that "more frequent" keeps its
meaning (gensim does the same); they are not counts of anything, and its `counted` is false. A file that is
damaged, cut off or not what it is called gives one `Problem` that says where, and nothing is loaded; with
``errors="skip"`` what is wrong with single words is passed over and told.
"""

from .detect import FORMATS
from .load import load_vectors
from .save import check_target, format_of, save_vectors

__all__ = ["FORMATS", "check_target", "format_of", "load_vectors", "save_vectors"]
