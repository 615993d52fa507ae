"""Sheets, text, colours and axes in inches."""
