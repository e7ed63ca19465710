"""What one does with finished (or half-finished) vectors. Only here may scikit-learn be imported."""
