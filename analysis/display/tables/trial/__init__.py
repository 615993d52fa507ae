"""Tables of the trial and its data."""
