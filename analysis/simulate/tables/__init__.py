"""The truth written into the tables of an export."""
