"""Safety tables: deaths and bleeding, adverse events, exposure to the study drug."""
