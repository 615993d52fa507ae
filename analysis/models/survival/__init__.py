"""Times to an event: Kaplan-Meier, log-rank, Cox, and whether hazards are proportional."""

from analysis.models.survival.cox import ProportionalHazardsFit, fit_proportional_hazards
from analysis.models.survival.kaplan_meier import (
    LogRankTest,
    SurvivalCurve,
    SurvivalPoint,
    estimate_survival,
    logrank_test,
)
from analysis.models.survival.restricted_mean import RestrictedMean, restrict_mean
from analysis.models.survival.schoenfeld import SCHOENFELD_METHOD, schoenfeld_test

__all__ = [
    "SCHOENFELD_METHOD", "LogRankTest", "ProportionalHazardsFit", "RestrictedMean", "SurvivalCurve",
    "SurvivalPoint", "estimate_survival", "fit_proportional_hazards", "logrank_test",
    "restrict_mean", "schoenfeld_test",
]  # fmt: skip
