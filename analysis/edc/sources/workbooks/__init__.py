"""Workbooks of Excel and OpenDocument: sheets as the text that a CSV would hold."""
