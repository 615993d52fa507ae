"""ADaM-style analysis data sets, derived from the typed tables of an export."""
