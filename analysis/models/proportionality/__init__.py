"""Whether odds are proportional: tests, and models in which they are not."""

from analysis.models.proportionality.brant import brant_test
from analysis.models.proportionality.cut_points import CutPoint, fit_cut_points
from analysis.models.proportionality.partial_odds.fit import PartialOddsFit, fit_partial_odds
from analysis.models.proportionality.score_and_likelihood_ratio import (
    likelihood_ratio_test,
    score_test,
)

__all__ = [
    "CutPoint", "PartialOddsFit", "brant_test", "fit_cut_points", "fit_partial_odds",
    "likelihood_ratio_test", "score_test",
]  # fmt: skip
