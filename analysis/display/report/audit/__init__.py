"""The audit of a run: its state, changes against the plan, what it was made of, warnings."""
