"""The formulas of the check, which share nothing with the engine."""
