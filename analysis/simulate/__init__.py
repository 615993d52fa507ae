"""The demonstration trial: a simulated export with the faults that real ones have."""

from analysis.simulate.export import write_export, write_lists
from analysis.simulate.trial import SimulatedTrial, simulate_trial

__all__ = ["SimulatedTrial", "simulate_trial", "write_export", "write_lists"]
