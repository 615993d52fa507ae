"""Remedies: what a spoilt column looks like (identifier, code, date, unit), and what mends it."""
