"""Proportional-odds regression: the fit, its covariances, intervals, and many fits at once."""
