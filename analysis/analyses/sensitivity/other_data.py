"""The primary model on other outcomes or subjects, all of them observed (SAP 6)."""

import pandas as pd

from analysis.analyses.model_data.covariates import Prepared
from analysis.analyses.model_data.design import build_design
from analysis.analyses.model_data.window import is_out_of_window
from analysis.analyses.mrs.common_odds import ESTIMANDS
from analysis.analyses.mrs.primary_measure import analyse_effect
from analysis.config import Plan
from analysis.io.result import AnalysisResult


def analyse_merged_levels(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    """Return the primary analysis with some levels of the mRS as one (``sens_merge56``)."""
    first, *others = plan.sensitivity.merged_levels
    named = plan.outcome.name_scores(first, others[-1])
    merged = adsl["MRS90"].where(~adsl["MRS90"].isin(others), first)
    population = plan.primary.population
    design = build_design(adsl, population, plan, prepared, merged)
    return analyse_effect(
        "sens_merge56", population, design, adsl, plan, detail=f"mRS {named} merged",
        estimand=f"{ESTIMANDS[population]}, mRS {named} as one level",
        merged=others,
    )  # fmt: skip


def analyse_in_window(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    """Return the primary analysis of assessments inside the window, and deaths."""
    inside, late = keep_in_window(adsl)
    population = plan.primary.population
    design = build_design(adsl, population, plan, prepared, inside)
    days = plan.outcome.window_days
    return analyse_effect(
        "sens_in_window", population, design, adsl, plan,
        detail="assessments inside the window and deaths",
        warnings=[f"{late} subjects assessed more than {days} days off day "
                  f"{plan.outcome.day} are left out"] if late else [],
    )  # fmt: skip


def keep_in_window(adsl: pd.DataFrame) -> tuple[pd.Series, int]:
    """Return the outcomes but those outside the window, deaths kept, and how many those are."""
    late = is_out_of_window(adsl)
    return adsl["MRS90"].mask(late), int(late.sum())


def analyse_as_treated(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    """Return the primary analysis in the safety set, by the treatment received."""
    design = build_design(adsl, "SAF", plan, prepared)
    return analyse_effect("sens_as_treated", "SAF", design, adsl, plan)
