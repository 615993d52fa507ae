"""Grotta bars."""
