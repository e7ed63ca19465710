"""What a step costs: the time of one pair under each loss, measured on the spot."""
