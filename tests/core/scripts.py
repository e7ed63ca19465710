"""Text in many scripts, and its words, however it is read."""

SCRIPTS = [
    ("हिन्दी में शब्द", ["हिन्दी", "में", "शब्द"]),  # vowel signs are combining marks
    ("كِتَابٌ جَدِيدٌ", ["كِتَابٌ", "جَدِيدٌ"]),
    ("שָׁלוֹם \u200fעולם\u200f", ["שָׁלוֹם", "עולם"]),  # direction marks are no part of words
    ("می‌خواهم کتاب", ["می‌خواهم", "کتاب"]),  # nor is this joiner a space
    ("cafe\u0301 nai\u0308ve", ["café", "naïve"]),  # decomposed, as macOS writes
    ("some\u00adthing", ["something"]),
    ("ÉCOLE Ünal STRASSE", ["école", "ünal", "strasse"]),
    ("a\x07b\u200bc", ["a", "b", "c"]),
]
