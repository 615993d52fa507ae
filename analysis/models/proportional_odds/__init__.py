"""Proportional-odds regression: fit, covariances (sandwich, CR2), intervals, many fits."""

from analysis.models.proportional_odds.batch import (
    ProportionalOddsBatch,
    fit_proportional_odds_batch,
)
from analysis.models.proportional_odds.cr2 import BiasReducedEffect, estimate_bias_reduced
from analysis.models.proportional_odds.fit import ProportionalOddsFit, fit_proportional_odds
from analysis.models.proportional_odds.intervals import profile_interval, score_interval
from analysis.models.proportional_odds.rerandomisation import RerandomisationTest, rerandomise

__all__ = [
    "BiasReducedEffect", "ProportionalOddsBatch", "ProportionalOddsFit", "RerandomisationTest",
    "estimate_bias_reduced", "fit_proportional_odds", "fit_proportional_odds_batch",
    "profile_interval", "rerandomise", "score_interval",
]  # fmt: skip
