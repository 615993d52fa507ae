"""What a run analyses, and in which mode."""
