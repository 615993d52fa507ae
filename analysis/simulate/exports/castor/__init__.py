"""Castor: a row a participant in one file, a file for each repeating form, options, variables."""
