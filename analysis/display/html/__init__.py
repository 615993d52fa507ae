"""HTML pages: the templates of tables and report, and figures inside a page."""
