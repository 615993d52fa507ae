"""Win ratio of two arms by outcomes in an order of priority: wins, losses and what decides them."""

from analysis.models.win_odds.win_ratio.estimate import PairwiseEffect, WinRatio, estimate_win_ratio
from analysis.models.win_odds.win_ratio.pairs import LevelShares
from analysis.models.win_odds.win_ratio.priorities import EventTimes, Measurement

__all__ = [
    "EventTimes", "LevelShares", "Measurement", "PairwiseEffect", "WinRatio", "estimate_win_ratio",
]  # fmt: skip
