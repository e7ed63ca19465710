"""Side by side: two to four runs over the same pairs, their losses, ranks, neighbors and maps."""
