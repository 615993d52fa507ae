"""What splits the subjects as an allocation does: columns, characters, rows, against a list in blocks."""
