"""Cells of a layout column: what the mapping makes of the text that stands in its source."""
