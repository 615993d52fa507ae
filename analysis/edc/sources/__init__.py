"""The files of an export, read as text."""
