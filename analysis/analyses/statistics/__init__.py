"""Estimates as statistics of a result: ratios, differences, risks, and which way they point."""
