"""Dates of an export: as numbers, in their order, and on the days of their visits."""
