"""Folders: where results may lie, whether they can be written to, and who else can read them."""
