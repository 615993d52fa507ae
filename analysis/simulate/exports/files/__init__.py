"""Files that EDC systems write, the same bytes each time."""
