"""Workbooks of Excel and OpenDocument, by the zip and the XML of the standard library."""
