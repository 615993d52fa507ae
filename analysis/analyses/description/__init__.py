"""Descriptions without a test: baseline, balance, missing data, sets, recruitment, queries."""
