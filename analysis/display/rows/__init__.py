"""Rows that a figure and a table share: disposition, shift, subgroups, survival, tipping point."""
