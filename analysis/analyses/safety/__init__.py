"""Safety: deaths and bleeding, time to death, adverse events, exposure to the study drug."""
