"""Win odds of two arms: estimates, rank and permutation tests, numbers needed, win ratio."""

from analysis.models.win_odds.batch.trials import WinOddsBatch, estimate_win_odds_batch
from analysis.models.win_odds.estimate import WinOdds, estimate_win_odds
from analysis.models.win_odds.joint_bounds import JointBounds, JointShare, bound_joint_shares
from analysis.models.win_odds.number_needed import NumberNeeded, number_needed_to_treat
from analysis.models.win_odds.permutation import PermutationTest, permute_win_probability
from analysis.models.win_odds.strata import StrataUse
from analysis.models.win_odds.wilcoxon import RankTest, van_elteren_test, wilcoxon_mann_whitney_test
from analysis.models.win_odds.win_ratio.estimate import (
    PairwiseEffect,
    WinRatio,
    estimate_win_ratio,
)
from analysis.models.win_odds.win_ratio.pairs import LevelShares
from analysis.models.win_odds.win_ratio.priorities import EventTimes, Measurement

__all__ = [
    "EventTimes", "JointBounds", "JointShare", "LevelShares", "Measurement", "NumberNeeded",
    "PairwiseEffect", "PermutationTest", "RankTest", "StrataUse", "WinOdds", "WinOddsBatch",
    "WinRatio", "bound_joint_shares", "estimate_win_odds", "estimate_win_odds_batch",
    "estimate_win_ratio", "number_needed_to_treat", "permute_win_probability", "van_elteren_test",
    "wilcoxon_mann_whitney_test",
]  # fmt: skip
