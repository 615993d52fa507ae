"""What is said of an export and its mapping, as the pages show it: texts of columns, account."""
