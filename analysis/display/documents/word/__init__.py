"""Word documents: the report and its tables, contents, pictures, styles, and the file itself."""
