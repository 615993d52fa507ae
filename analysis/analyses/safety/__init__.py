"""Deaths, bleeding, adverse events, exposure."""
