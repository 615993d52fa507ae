"""Files as they are found: how each is written, which are dictionaries, which are long."""
