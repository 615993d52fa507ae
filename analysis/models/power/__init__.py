"""Power and sample size of a shift."""
