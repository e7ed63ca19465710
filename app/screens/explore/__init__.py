"""Explore: the map of the vectors, and beside it neighbors, analogies and the way they came about."""
