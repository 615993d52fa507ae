"""Win odds of two arms: estimates, rank and permutation tests, number needed to treat."""

from analysis.models.win_odds.batch.trials import WinOddsBatch, estimate_win_odds_batch
from analysis.models.win_odds.estimate import WinOdds, estimate_win_odds
from analysis.models.win_odds.joint_bounds import JointBounds, JointShare, bound_joint_shares
from analysis.models.win_odds.number_needed import NumberNeeded, number_needed_to_treat
from analysis.models.win_odds.permutation import PermutationTest, permute_win_probability
from analysis.models.win_odds.strata import StrataUse
from analysis.models.win_odds.wilcoxon import RankTest, van_elteren_test, wilcoxon_mann_whitney_test

__all__ = [
    "JointBounds", "JointShare", "NumberNeeded", "PermutationTest", "RankTest", "StrataUse",
    "WinOdds", "WinOddsBatch", "bound_joint_shares", "estimate_win_odds",
    "estimate_win_odds_batch", "number_needed_to_treat", "permute_win_probability",
    "van_elteren_test", "wilcoxon_mann_whitney_test",
]  # fmt: skip
