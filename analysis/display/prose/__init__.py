"""Prose for the paper: abstracts in the conventions of three journals, and the methods."""
