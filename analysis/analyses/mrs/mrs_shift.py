"""Shift of the mRS at day 90: the primary analysis and the co-reported ones (SAP 5, 6)."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from analysis.analyses.model_data.covariates import Prepared, prepare_covariates
from analysis.analyses.model_data.design import Design, build_design, fit_design
from analysis.analyses.mrs.common_odds import (
    ESTIMANDS,
    UNADJUSTED_METHOD,
    analyse_common_odds,
)
from analysis.analyses.mrs.cut_points import analyse_cut_points
from analysis.analyses.mrs.primary_measure import COMMON_ODDS, analyse_effect, analyse_primary
from analysis.analyses.mrs.proportionality import (
    analyse_brant,
    analyse_free_effect,
    analyse_likelihood_ratio,
)
from analysis.analyses.mrs.roles import PRIMARY, mark_confirmatory, mark_role
from analysis.analyses.mrs.win_odds import METHODS as WIN_ODDS
from analysis.analyses.mrs.win_odds import analyse_win_odds
from analysis.analyses.statistics.direction import describe_odds, name_side
from analysis.analyses.statistics.estimates import describe_not_estimable
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.io.result import AnalysisResult, Statistic

COEFFICIENTS = "primary_coefficients"


def analyse_mrs_shift(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return the primary analysis and those beside it that the plan runs.

    Raises EstimationError if the primary analysis cannot be estimated; any other analysis is then
    reported as not estimable (SAP 5.3).
    """
    prepared = prepare_covariates(adsl, plan)
    adjusted = build_design(adsl, plan.primary.population, plan, prepared)
    further: dict[str, Callable[[], list[AnalysisResult]]] = {
        "sens_pp": lambda: [_analyse_per_protocol(adsl, plan, prepared)],
        "sens_unadjusted": lambda: [_analyse_unadjusted(adsl, plan)],
        "cutpoint": lambda: analyse_cut_points(adjusted, plan),
        "brant": lambda: [analyse_brant(adjusted, plan)],
        "po_lr_treatment": lambda: [analyse_likelihood_ratio(adjusted, plan)],
        "partial_po": lambda: [analyse_free_effect(adjusted, plan)],
        **{name: partial(_analyse_wins, name, adsl, plan, prepared) for name in WIN_ODDS},
    }
    results = [
        _describe_imputation(prepared, plan),
        *_analyse_first(adjusted, adsl, plan),
        *(found for name in plan.analyses.run if name in further for found in further[name]()),
    ]
    return mark_confirmatory(results, plan)


def _describe_imputation(prepared: Prepared, plan: Plan) -> AnalysisResult:
    statistics = [
        Statistic("n", prepared.imputed[covariate.name], level=covariate.name)
        for covariate in plan.primary.covariates
    ]
    method = "median or mode of the ITT set"
    return AnalysisResult(
        "imputation", "ITT", method, tuple(statistics), warnings=prepared.notes
    )  # fmt: skip


def _analyse_first(design: Design, adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """The primary analysis; the common odds ratio beside another measure; its coefficients."""
    primary = analyse_primary(PRIMARY, design, adsl, plan)
    coefficients = _describe_coefficients(design, plan)
    if plan.primary.is_common_odds:
        return [primary, coefficients]
    beside = analyse_common_odds(COMMON_ODDS, plan.primary.population, design, plan)
    return [primary, beside, coefficients]


def _analyse_wins(
    analysis_id: str, adsl: pd.DataFrame, plan: Plan, prepared: Prepared
) -> list[AnalysisResult]:
    return [analyse_win_odds(analysis_id, adsl, plan, prepared)]


def _analyse_per_protocol(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    design = build_design(adsl, "PP", plan, prepared)
    return mark_role(analyse_effect("sens_pp", "PP", design, adsl, plan))


def _analyse_unadjusted(adsl: pd.DataFrame, plan: Plan) -> AnalysisResult:
    population = plan.primary.population
    design = build_design(adsl, population, plan, None)
    return mark_role(
        analyse_common_odds("sens_unadjusted", population, design, plan, method=UNADJUSTED_METHOD)
    )


def _describe_coefficients(design: Design, plan: Plan) -> AnalysisResult:
    """Every coefficient of the proportional-odds model: odds ratio of the mRS per unit."""
    statistics = [*design.counts, *_estimate_coefficients(design, plan)]
    model = "primary" if plan.primary.is_common_odds else "proportional-odds"
    method = f"coefficients of the {model} model, odds ratio of a {name_side(plan)} mRS per unit"
    population = plan.primary.population
    return AnalysisResult(
        COEFFICIENTS, population, method, tuple(statistics),
        f"{ESTIMANDS[population]}; each term given the others",
    )  # fmt: skip


def _estimate_coefficients(design: Design, plan: Plan) -> list[Statistic]:
    keys = {name: {"variable": name.partition("=")[0], "level": name} for name in design.names}
    try:
        fit = fit_design(design)
    except EstimationError as error:
        return [
            statistic
            for each in keys.values()
            for statistic in describe_not_estimable(error.reason, **each)
        ]
    return [
        statistic
        for name, value, error in zip(design.names, fit.beta, fit.beta_errors, strict=True)
        for statistic in describe_odds(COEFFICIENTS, float(value), float(error), plan, **keys[name])
    ]
