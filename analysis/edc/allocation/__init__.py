"""Allocation: the lists, dummy lists of a blinded run, and arms that an export gives away."""
