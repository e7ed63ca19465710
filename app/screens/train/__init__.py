"""Train: one run, its loss and its map, live."""
