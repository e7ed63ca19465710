"""What a session has chosen and what has come of it: the only owners of its state."""
