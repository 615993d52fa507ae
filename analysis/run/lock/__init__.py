"""The lock of a data set and its plan."""
