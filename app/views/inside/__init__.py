"""What the page Inside a step draws of one pair."""
