"""The limits on what is read from a file, a pasted text or a number, in one place.

A limit that is reached ends in one sentence that says what to do instead (`Problem`), or in a notice where the rest
can be used without it. The limits are generous for honest use; they keep one input from taking the memory or the
time of other users of the machine.
"""

from __future__ import annotations

# Texts
APP_LIMIT = 50 << 20  # bytes of unpacked text that the app takes
APP_WORDS = 1_000_000  # different words of a text that the app takes
PREVIEW_LIMIT = 1 << 20  # bytes unpacked: a page previews anew at every click, whatever a small gzip holds
PREVIEW_MARKUP = 1 << 18  # of it in Markdown and tables, of which each line takes longer
PREVIEW_FILES = 1000  # of an archive
PIECE = 1 << 16  # bytes or characters worked on at once: a call of C holds the interpreter until it returns
MOST_FILES = 20_000  # in a zip
LARGEST_DIRECTORY = 8 << 20  # bytes of a zip's list of files
MOST_COLUMNS = 1000  # of a table
LONGEST_CELL = 1 << 22  # characters; a quote that is never closed ends here at the latest
LONGEST_LINE = 1 << 16  # characters of Markdown; longer ones are taken in parts
LONGEST_SENTENCE = 1 << 20  # characters, about; a longer one is taken in parts
LONGEST_WORD = 200  # characters; beyond, it is data (base64, a key), which no table or chart can show
MOST_MARKS = 30  # combining marks in a row, as in Unicode's Stream-Safe Text Format (UAX 15)
MOST_NOTICES = 5  # of one kind: an archive may give one for each of its files

# Settings: what fits below these is weighed by what a run takes (`training.memory`)
MOST_DIMENSIONS = 1 << 16  # as in a file of vectors
LARGEST_NUMBER = 2**31 - 1  # of any other whole number: more is a slip of the finger
LARGEST_SEED = 2**63 - 1
LARGEST_RATE = 1e30
MOST_PROCESSES = 256
MOST_ROUNDS = 1000  # of an epoch on a cluster
MOST_RUNS = 10_000  # of a sweep
MOST_SEEDS = 1000  # of each of its combinations
MOST_NEIGHBORS = 1_000_000  # that are asked for at once
MOST_ASKED = 1 << 20  # bytes of words to ask about
LONGEST_COLUMN = 200  # characters of the name of a table's column
LONGEST_COMPLAINT = 300  # characters of a sentence about what has been typed
LONGEST_NAME = 100  # characters of the name of a file or a column in a sentence
LONGEST_SHOWN = 40  # characters of a bad value in a sentence

# Vectors and runs
LONGEST_VECTOR_WORD = 1 << 12  # bytes of a word in UTF-8, in vectors of any format, test sets and run files
LONGEST_VECTOR = 1 << 16  # numbers of a word
LONGEST_VECTOR_LINE = 1 << 22  # bytes
MOST_VECTORS = 20_000_000  # words of a file
MOST_VECTOR_BYTES = 64 << 30  # of words and numbers in memory, where the caller allows no less
MOST_METADATA_COLUMNS = 256  # of the Embedding Projector's second table
MOST_UNPACKED = 64 << 30  # bytes behind a gzip, where the caller allows no less
XZ_MEMORY = 128 << 20  # bytes that unpacking an xz may take: twice what its highest level needs
MOST_ARCHIVED = 2000  # files in a zip or tar that are looked at for vectors
MOST_GZIP_MEMBERS = 1 << 20  # a gzip made for random access has one for each 64 kB
MOST_TEST_BYTES = 16 << 20  # of a file of word pairs or analogy questions, unpacked
LONGEST_TEST_LINE = 1 << 16  # bytes
MOST_RUN_ARRAYS = 16  # in the file of a run
MOST_RUN_FACTS = 1 << 20  # bytes of JSON in it

# What the app takes: thirty people share a server
APP_VECTOR_BYTES = 400 << 20  # of words and vectors from one file
APP_ALL_VECTOR_BYTES = 2 << 30  # of vectors from all files that any session has open
APP_RUN_BYTES = 1 << 30  # of one run
APP_ALL_RUN_BYTES = 4 << 30  # of all runs that any session has
APP_RUN_FILE = 400 << 20  # bytes
