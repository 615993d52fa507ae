"""Safety: what happens or not, and time to death."""
