"""Corpus: what the text looks like before any training, and the window that makes pairs of it."""
