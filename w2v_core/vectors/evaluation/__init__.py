"""How good are the vectors? Against human judgments, analogy questions, and given categories."""

from .analogies import AnalogyScore, SectionScore, evaluate_analogies
from .categories import CategoryPurity, PurityScore, neighbor_purity, silhouette
from .test_sets import Section, WordPair, read_analogies, read_word_pairs
from .word_pairs import WordPairScore, evaluate_word_pairs

__all__ = [
    "AnalogyScore",
    "CategoryPurity",
    "PurityScore",
    "Section",
    "SectionScore",
    "WordPair",
    "WordPairScore",
    "evaluate_analogies",
    "evaluate_word_pairs",
    "neighbor_purity",
    "read_analogies",
    "read_word_pairs",
    "silhouette",
]
