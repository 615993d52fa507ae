"""Cells of the layout as a system writes them, and what cannot be read back from what it wrote."""
