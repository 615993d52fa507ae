"""Dichotomies of the mRS: risk ratios, risk differences and odds ratios (SAP 8.1)."""

import pandas as pd

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.model_data.design import (
    OUTCOME,
    Design,
    build_design,
    cut_outcome,
    fit_design,
    require_two_arms,
)
from analysis.analyses.statistics.estimates import (
    describe_difference,
    describe_no_difference,
    describe_not_estimable,
    describe_ratio,
)
from analysis.analyses.statistics.risks import (
    DIFFERENCE_METHOD,
    RATIO_METHOD,
    count_events,
    describe_risk_difference,
    describe_risk_ratio,
)
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.means_and_risks import fit_log_risk
from analysis.models.numerics import wald_interval
from analysis.models.predictions import Variance, standardise

METHODS = {
    "": "count and percent of subjects with an outcome",
    "_rr_adjusted": "risk ratio, adjusted, Poisson regression with robust (HC0) variance, Wald "
    "interval",
    "_rr": RATIO_METHOD,
    "_rd": DIFFERENCE_METHOD,
    "_rd_adjusted": "risk difference, standardised after logistic regression, variance from the "
    "influence function, Wald interval",
    "_or_adjusted": "odds ratio, adjusted, logistic regression, Wald interval",
}
"""Method by the end of the analysis id."""


def analyse_dichotomies(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return counts and five contrasts of every dichotomy of the plan, in its analysis set.

    The event is an mRS up to the cut point: a ratio above 1 and a difference above 0 favour the
    treatment. What cannot be estimated says why.
    """
    population = plan.secondary.population
    design = build_design(adsl, population, plan, prepare_covariates(adsl, plan))
    return [
        result
        for level in plan.secondary.dichotomies
        for result in _analyse_cut(design, level, plan)
    ]


def _analyse_cut(design: Design, level: int, plan: Plan) -> list[AnalysisResult]:
    happened = design.y <= level
    members = [(design.groups == code).to_numpy() for code in plan.arms.codes]
    events = [int((happened & member).sum()) for member in members]
    totals = [int(member.sum()) for member in members]
    alpha, keys = plan.inference.other_alpha, {"variable": OUTCOME}
    by_ending = {
        "": count_events(plan, events, totals, **keys),
        "_rr_adjusted": _estimate_risk_ratio(design, level, alpha),
        "_rr": describe_risk_ratio(events, totals, alpha, **keys),
        "_rd": describe_risk_difference(events, totals, alpha, **keys),
        "_rd_adjusted": _estimate_risk_difference(design, level, alpha),
        "_or_adjusted": _estimate_odds_ratio(design, level, alpha),
    }
    outcome, name = plan.outcome, f"{plan.outcome.levels[0]}-{level}"
    death = outcome.name_level(outcome.death_level)
    estimand = f"mRS {name} at day {outcome.day} (death = {death})"
    return [
        AnalysisResult(
            f"mrs_{name.replace('-', '_')}{ending}", plan.secondary.population, METHODS[ending],
            (*(design.counts if ending else []), *statistics), estimand,
            warnings=design.notes if ending.endswith("adjusted") else (),
        )
        for ending, statistics in by_ending.items()
    ]  # fmt: skip


def _estimate_risk_ratio(design: Design, level: int, alpha: float) -> list[Statistic]:
    try:
        require_two_arms(design)
        cut = cut_outcome(design, level)
        fit = fit_log_risk(cut.y == 0, cut.x)
    except EstimationError as error:
        reason = error.reason.with_columns(design.names)
        return describe_not_estimable(reason, variable=OUTCOME)
    return describe_ratio(float(fit.beta[0]), float(fit.beta_errors[0]), alpha, variable=OUTCOME)


def _estimate_risk_difference(design: Design, level: int, alpha: float) -> list[Statistic]:
    try:
        cut = cut_outcome(design, level)
        effects = standardise(
            fit_design(cut), cut.y, cut.x, 0, alpha=alpha, variance=Variance.RANDOMISED
        )
    except EstimationError as error:
        return describe_no_difference(error.reason.with_columns(design.names), variable=OUTCOME)
    difference = effects.risk_differences[0]
    interval = wald_interval(difference.estimate, difference.standard_error, alpha)
    return describe_difference(
        difference.estimate, interval, difference.standard_error, variable=OUTCOME
    )


def _estimate_odds_ratio(design: Design, level: int, alpha: float) -> list[Statistic]:
    try:
        fit = fit_design(cut_outcome(design, level))
    except EstimationError as error:
        return describe_not_estimable(error.reason.with_columns(design.names), variable=OUTCOME)
    return describe_ratio(float(fit.beta[0]), float(fit.beta_errors[0]), alpha, variable=OUTCOME)
