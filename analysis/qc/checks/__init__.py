"""What is recomputed, by subject."""
