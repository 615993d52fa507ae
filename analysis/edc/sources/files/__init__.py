"""A file of an export as readers get it: name and bytes, what it really is, how it is written."""
