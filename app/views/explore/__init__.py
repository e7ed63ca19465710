"""What the Explore page draws."""
