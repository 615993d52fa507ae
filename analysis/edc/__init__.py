"""The EDC export, read to typed tables and data queries."""
