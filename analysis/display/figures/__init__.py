"""Figures: Grotta bars, forest plots, survival, flow diagram, balance, recruitment, missingness."""
