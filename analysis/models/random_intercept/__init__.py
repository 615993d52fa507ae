"""Proportional odds with a random intercept by group."""
