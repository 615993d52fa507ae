"""Power and sample size of a common odds ratio (a shift)."""

from analysis.models.power.shift_power import (
    ShiftPower,
    ShiftSize,
    power_of_shift,
    sample_size_of_shift,
    smallest_odds_ratio,
)
from analysis.models.power.shifted_levels import ShiftedLevels, shift_levels

__all__ = [
    "ShiftPower", "ShiftSize", "ShiftedLevels", "power_of_shift", "sample_size_of_shift",
    "shift_levels", "smallest_odds_ratio",
]  # fmt: skip
