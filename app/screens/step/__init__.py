"""Inside a step: one pair of the text, and every number between its vectors before and after one step."""
