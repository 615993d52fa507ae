"""Names of files and folders as messages show them, and as a shell takes them."""
