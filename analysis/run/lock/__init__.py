"""The data lock: a data set and its plan, fixed before the arms are known."""
