"""Shift of the mRS at day 90: the primary analysis and the co-reported ones (SAP 5, 6)."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from analysis.analyses.model_data.covariates import Prepared, prepare_covariates
from analysis.analyses.model_data.design import Design, build_design
from analysis.analyses.mrs.common_odds import (
    ESTIMANDS,
    PRIMARY_METHOD,
    UNADJUSTED_METHOD,
    analyse_common_odds,
    estimate_common_odds,
    note_model,
)
from analysis.analyses.mrs.cut_points import analyse_cut_points
from analysis.analyses.mrs.proportionality import (
    analyse_brant,
    analyse_free_effect,
    analyse_likelihood_ratio,
)
from analysis.analyses.mrs.roles import PRIMARY, mark_confirmatory, mark_role
from analysis.analyses.mrs.win_odds import METHODS as WIN_ODDS
from analysis.analyses.mrs.win_odds import analyse_win_odds
from analysis.analyses.statistics.direction import describe_odds, name_side
from analysis.analyses.statistics.estimates import diagnose
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.proportional_odds import ProportionalOddsFit

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
        *_analyse_primary(adjusted, plan),
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


def _analyse_primary(design: Design, plan: Plan) -> list[AnalysisResult]:
    population = plan.primary.population
    try:
        fit, effect = estimate_common_odds(PRIMARY, design, plan)
    except EstimationError as error:
        raise EstimationError(ReasonCode.NO_PRIMARY_ANALYSIS, reason=error.reason) from error
    return [
        AnalysisResult(
            PRIMARY, population, PRIMARY_METHOD, (*design.counts, *effect),
            ESTIMANDS[population], diagnose(fit), note_model(fit, design, plan),
        ),
        _describe_coefficients(fit, design, plan),
    ]  # fmt: skip


def _analyse_wins(
    analysis_id: str, adsl: pd.DataFrame, plan: Plan, prepared: Prepared
) -> list[AnalysisResult]:
    return [analyse_win_odds(analysis_id, adsl, plan, prepared)]


def _analyse_per_protocol(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    design = build_design(adsl, "PP", plan, prepared)
    return mark_role(analyse_common_odds("sens_pp", "PP", design, plan))


def _analyse_unadjusted(adsl: pd.DataFrame, plan: Plan) -> AnalysisResult:
    population = plan.primary.population
    design = build_design(adsl, population, plan, None)
    return mark_role(
        analyse_common_odds("sens_unadjusted", population, design, plan, method=UNADJUSTED_METHOD)
    )


def _describe_coefficients(fit: ProportionalOddsFit, design: Design, plan: Plan) -> AnalysisResult:
    """Every coefficient of the primary model: odds ratio of the mRS per unit."""
    statistics = list(design.counts)
    for name, value, error in zip(design.names, fit.beta, fit.beta_errors, strict=True):
        keys = {"variable": name.partition("=")[0], "level": name}
        statistics += describe_odds(COEFFICIENTS, float(value), float(error), plan, **keys)
    method = f"coefficients of the primary model, odds ratio of a {name_side(plan)} mRS per unit"
    population = plan.primary.population
    return AnalysisResult(
        COEFFICIENTS, population, method, tuple(statistics),
        f"{ESTIMANDS[population]}; each term given the others",
    )  # fmt: skip
