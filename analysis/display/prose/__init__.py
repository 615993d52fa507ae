"""Words for the paper: the abstract's results in the conventions of three journals."""
