"""Dichotomies of the mRS: risk ratios, risk differences and odds ratios (SAP 8.1)."""

import pandas as pd

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.model_data.design import OUTCOME, Design, build_design
from analysis.analyses.mrs.adjusted_contrasts import (
    Contrast,
    Cut,
    adjust_odds_ratio,
    adjust_risk_difference,
    adjust_risk_ratio,
)
from analysis.analyses.statistics.risks import (
    DIFFERENCE_METHOD,
    RATIO_METHOD,
    count_events,
    describe_risk_difference,
    describe_risk_ratio,
)
from analysis.config import Plan
from analysis.io.result import AnalysisResult

COUNT_METHOD = "count and percent of subjects with an outcome"
ENDINGS = ("", "_rr_adjusted", "_rr", "_rd", "_rd_adjusted", "_or_adjusted")
"""Ends of the analysis ids of a dichotomy, in their order."""


def analyse_dichotomies(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return counts and five contrasts of every dichotomy of the plan, in its analysis set.

    The event is an mRS up to the cut point: a ratio above 1 and a difference above 0 favour the
    treatment. What cannot be estimated says why; of sparse data the adjusted contrasts are what the
    plan puts in their place, and say so (SAP 5.8).
    """
    population = plan.secondary.population
    design = build_design(adsl, population, plan, prepare_covariates(adsl, plan))
    return [
        result
        for level in plan.secondary.dichotomies
        for result in _analyse_cut(design, level, plan)
    ]


def _analyse_cut(design: Design, level: int, plan: Plan) -> list[AnalysisResult]:
    cut = Cut.of(design, level, plan)
    events, totals = cut.events, cut.totals
    alpha, keys = plan.inference.other_alpha, {"variable": OUTCOME}
    contrasts = (
        Contrast(COUNT_METHOD, count_events(plan, events, totals, **keys)),
        adjust_risk_ratio(cut, plan),
        Contrast(RATIO_METHOD, describe_risk_ratio(events, totals, alpha, **keys)),
        Contrast(DIFFERENCE_METHOD, describe_risk_difference(events, totals, alpha, **keys)),
        adjust_risk_difference(cut, plan),
        adjust_odds_ratio(cut, plan),
    )
    death = plan.outcome.name_level(plan.outcome.death_level)
    estimand = f"mRS {cut.name} at day {plan.outcome.day} (death = {death})"
    return [
        AnalysisResult(
            f"mrs_{cut.name.replace('-', '_')}{ending}",
            plan.secondary.population,
            contrast.method,
            (*(design.counts if ending else []), *contrast.statistics),
            estimand,
            warnings=contrast.notes,
        )
        for ending, contrast in zip(ENDINGS, contrasts, strict=True)
    ]
