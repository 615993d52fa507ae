"""Text files of rows and fields: encoding, separator, stray characters."""
