"""Level probabilities after a fit, and standardised (marginal) effects of two arms."""

from analysis.models.predictions.at_rows import Estimates, LevelEstimates, predict_levels
from analysis.models.predictions.averages import average_levels, contrast_levels
from analysis.models.predictions.contrasts import Effect, StandardisedEffects, Variance
from analysis.models.predictions.g_computation import standardise

__all__ = [
    "Effect", "Estimates", "LevelEstimates", "StandardisedEffects", "Variance", "average_levels",
    "contrast_levels", "predict_levels", "standardise",
]  # fmt: skip
