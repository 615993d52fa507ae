"""Measurements: numbers as exports write them, and units by name, converted into the layout's."""
