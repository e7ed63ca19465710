"""The app in a real browser. A package: what its fixtures start is gone before other tests begin."""
