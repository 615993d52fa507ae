"""Times to an event by the check's own formulas: curve, test, hazard ratio, restricted mean."""

from analysis.qc.formulas.survival.restricted_mean import restricted_mean
from analysis.qc.formulas.survival.times import (
    Survival,
    Times,
    fit_hazards,
    kaplan_meier,
    log_rank,
)

__all__ = ["Survival", "Times", "fit_hazards", "kaplan_meier", "log_rank", "restricted_mean"]
