"""Files that the app saves and opens again."""
