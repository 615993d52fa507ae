"""Patterns of an allocation: what splits the randomised subjects as a list in blocks does."""
