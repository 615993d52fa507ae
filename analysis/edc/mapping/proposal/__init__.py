"""A first mapping, proposed from names, labels, code lists and values, and marked where unsure."""
