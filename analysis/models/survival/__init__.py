"""Times to an event: Kaplan-Meier, log-rank, Cox."""
