"""The primary model on other outcomes or subjects, all of them observed (SAP 6)."""

from __future__ import annotations

import pandas as pd

from analysis.analyses.common_odds import TREATMENT_POLICY, analyse_common_odds
from analysis.analyses.covariates import Prepared
from analysis.analyses.design import build_design
from analysis.config import Plan
from analysis.result import AnalysisResult

OUT_OF_WINDOW = "d"
"""The rule of SAP 4.3 that chose an assessment outside the window."""


def analyse_merged_levels(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    """Return the primary analysis with some levels of the mRS as one (``sens_merge56``)."""
    first, *others = plan.sensitivity.merged_levels
    merged = adsl.assign(MRS90=adsl["MRS90"].where(~adsl["MRS90"].isin(others), first))
    design = build_design(merged, "ITT", plan, prepared)
    named = ", ".join(str(level) for level in plan.sensitivity.merged_levels)
    return analyse_common_odds(
        "sens_merge56", "ITT", design, plan,
        method=f"proportional odds, adjusted, mRS {named} merged, Wald interval",
        estimand=f"{TREATMENT_POLICY}, mRS {named} as one level, all randomised subjects with an "
        "outcome",
        merged=others,
    )  # fmt: skip


def analyse_in_window(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    """Return the primary analysis of assessments inside the window, and deaths."""
    late = adsl["MRS90RUL"].eq(OUT_OF_WINDOW).fillna(False)
    late &= adsl["MRS90"].ne(plan.outcome.death_level).fillna(False)
    inside = adsl.assign(MRS90=adsl["MRS90"].mask(late))
    design = build_design(inside, "ITT", plan, prepared)
    days = plan.outcome.window_days
    return analyse_common_odds(
        "sens_in_window", "ITT", design, plan,
        method="proportional odds, adjusted, assessments inside the window and deaths, Wald "
        "interval",
        warnings=[f"{int(late.sum())} subjects assessed more than {days} days off day "
                  f"{plan.outcome.day} are left out"] if late.any() else [],
    )  # fmt: skip


def analyse_as_treated(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    """Return the primary analysis in the safety set, by the treatment received."""
    design = build_design(adsl, "SAF", plan, prepared)
    return analyse_common_odds("sens_as_treated", "SAF", design, plan)
