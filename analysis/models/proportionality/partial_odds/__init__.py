"""Partial proportional odds: the fit, its maximum, and the boundary where it has none."""
