"""Texts of an export as a page for its owner may show them, and those that each column holds."""
