"""The faults, by what is wrong."""
