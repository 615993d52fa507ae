"""Time to death: hazard ratio, its proportionality, log-rank test, Kaplan-Meier (SAP 9.1)."""

from __future__ import annotations

import pandas as pd

from analysis.analyses.covariates import prepare_covariates
from analysis.analyses.hazard_ratio import analyse_hazard
from analysis.analyses.survival_curves import compare_curves, estimate_curves
from analysis.analyses.survival_times import build_times
from analysis.config import Plan
from analysis.result import AnalysisResult


def analyse_survival(adsl: pd.DataFrame, adtte: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return death_hr, death_schoenfeld, death_logrank and death_km in the safety set."""
    times = build_times(adtte, plan, prepare_covariates(adsl, plan))
    return [
        *analyse_hazard(times, plan),
        compare_curves(times, plan),
        estimate_curves(times, plan),
    ]
