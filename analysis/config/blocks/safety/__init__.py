"""Blocks of safety: outcomes of the safety set, and adverse events."""
