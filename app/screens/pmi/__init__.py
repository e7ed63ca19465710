"""What it learns: the score of each pair against where the loss drives it."""
