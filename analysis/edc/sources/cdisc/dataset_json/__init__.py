"""Dataset-JSON 1.1: one table a file, as one JSON text or as lines of JSON."""
