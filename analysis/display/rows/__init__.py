"""Rows that a figure and a table share."""
