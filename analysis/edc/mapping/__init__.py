"""The mapping of an export: proposed from its files, shown as queries, and accounted for."""
