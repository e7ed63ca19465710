"""From text to pairs: words, vocabulary, ids, windows. Needs numpy alone."""
