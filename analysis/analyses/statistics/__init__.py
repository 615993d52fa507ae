"""Numbers of a model as statistics of a result."""
