"""What the floors hand each other: files, data frames, results and the verdicts of the check."""
