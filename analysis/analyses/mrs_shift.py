"""The shift of the mRS at day 90: the primary analysis and what stands beside it (SAP 5, 6)."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.analyses.covariates import Prepared, prepare_covariates
from analysis.analyses.crosscheck import check_primary
from analysis.analyses.design import OUTCOME, Design, build_design, cut_outcome, fit_design
from analysis.analyses.estimates import describe_not_estimable, describe_ratio
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.models.intervals import profile_interval
from analysis.models.proportional_odds import ProportionalOddsFit
from analysis.models.rank import estimate_win_odds
from analysis.result import AnalysisResult, Statistic

ESTIMANDS = {
    "ITT": "mRS at day 90 (death = 6), treatment policy for intercurrent events, all randomised "
    "subjects with an outcome",
    "PP": "mRS at day 90 (death = 6) without protocol deviations, subjects of the per-protocol set",
}
PRIMARY_METHOD = "proportional odds, adjusted, Wald interval"
PROFILE_NAMES = ("ci_low_profile", "ci_high_profile", "p_value_lr")


def analyse_mrs_shift(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return the primary analysis, its independent check, and the analyses that the plan runs.

    Raises EstimationError if the primary analysis cannot be estimated and CheckError if the second
    implementation disagrees; any other analysis is then reported as not estimable (SAP 5.3).
    """
    prepared = prepare_covariates(adsl, plan)
    results = [_describe_imputation(prepared, plan), *_analyse_primary(adsl, prepared, plan)]
    further: dict[str, Callable[[], AnalysisResult]] = {
        "sens_pp": lambda: _analyse_common_odds("sens_pp", adsl, "PP", plan, prepared),
        "sens_unadjusted": lambda: _analyse_common_odds("sens_unadjusted", adsl, "ITT", plan, None),
        "cutpoint": lambda: _analyse_cut_points(adsl, prepared, plan),
        "win_odds": lambda: _analyse_win_odds(adsl, plan),
    }
    return results + [further[analysis_id]() for analysis_id in plan.analyses.run]


def _describe_imputation(prepared: Prepared, plan: Plan) -> AnalysisResult:
    statistics = [
        Statistic("n", prepared.imputed[covariate.name], level=covariate.name)
        for covariate in plan.primary.covariates
    ]
    method = "median or mode of the ITT set"
    return AnalysisResult(
        "imputation", "ITT", method, tuple(statistics), warnings=prepared.notes
    )  # fmt: skip


def _analyse_primary(adsl: pd.DataFrame, prepared: Prepared, plan: Plan) -> list[AnalysisResult]:
    design = build_design(adsl, "ITT", plan, prepared)
    try:
        fit, effect = _estimate_common_odds(design, plan)
    except EstimationError as error:
        raise EstimationError(
            f"The primary analysis cannot be estimated: {error}. "
            "Nothing else is put in its place (SAP 5.3). Look at the counts of the outcome and of "
            "the covariates by arm"
        ) from error
    return [
        AnalysisResult(
            "primary", "ITT", PRIMARY_METHOD, (*design.counts, *effect), ESTIMANDS["ITT"],
            _diagnose(fit), _warn(fit, design, plan),
        ),
        _describe_coefficients(fit, design, plan),
        check_primary(fit, design.y, design.x),
    ]  # fmt: skip


def _analyse_common_odds(
    analysis_id: str, adsl: pd.DataFrame, population: str, plan: Plan, prepared: Prepared | None
) -> AnalysisResult:
    method = PRIMARY_METHOD if prepared else "proportional odds, unadjusted, Wald interval"
    design = build_design(adsl, population, plan, prepared)
    try:
        fit, effect = _estimate_common_odds(design, plan)
    except EstimationError as error:
        effect = describe_not_estimable(str(error), *PROFILE_NAMES, variable=OUTCOME)
        statistics = (*design.counts, *effect)
        return AnalysisResult(analysis_id, population, method, statistics, ESTIMANDS[population])
    statistics = (*design.counts, *effect)
    return AnalysisResult(
        analysis_id, population, method, statistics, ESTIMANDS[population], _diagnose(fit),
        _warn(fit, design, plan),
    )  # fmt: skip


def _estimate_common_odds(
    design: Design, plan: Plan
) -> tuple[ProportionalOddsFit, list[Statistic]]:
    """The fit and its effect with Wald and profile-likelihood interval, Wald and LR p-value."""
    alpha = plan.inference.alpha
    fit = fit_design(design)
    profile = profile_interval(fit, design.y, design.x, 0, alpha)
    values = (math.exp(profile.low), math.exp(profile.high), profile.p_value)
    return fit, [
        *_describe_effect(fit, alpha),
        *(
            Statistic(name, value, variable=OUTCOME)
            for name, value in zip(PROFILE_NAMES, values, strict=True)
        ),
    ]


def _analyse_cut_points(adsl: pd.DataFrame, prepared: Prepared, plan: Plan) -> AnalysisResult:
    """Odds ratio of an mRS at or below each cut point: logistic regression, adjusted (SAP 5.5)."""
    design = build_design(adsl, "ITT", plan, prepared)
    statistics = list(design.counts)
    for level in plan.outcome.levels[:-1]:
        place = {"variable": OUTCOME, "level": str(level)}
        try:
            fit = fit_design(cut_outcome(design, level))
        except EstimationError as error:
            statistics += describe_not_estimable(str(error), **place)
        else:
            statistics += _describe_effect(fit, plan.inference.alpha, **place)
    method = "logistic regression at each cut point, adjusted, Wald interval"
    return AnalysisResult(
        "cutpoint", "ITT", method, tuple(statistics), ESTIMANDS["ITT"], warnings=design.notes
    )


def _analyse_win_odds(adsl: pd.DataFrame, plan: Plan) -> AnalysisResult:
    design = build_design(adsl, "ITT", plan, None)
    method = "Wilcoxon-Mann-Whitney win odds, ties split, delta method on the log odds"
    try:
        found = estimate_win_odds(design.y, design.x[:, 0].astype(np.int64))
    except EstimationError as error:
        effect = describe_not_estimable(str(error), "win_probability", variable=OUTCOME)
    else:
        effect = [
            *describe_ratio(
                found.log_odds, found.log_odds_error, plan.inference.alpha, variable=OUTCOME
            ),
            Statistic("win_probability", found.win_probability, variable=OUTCOME),
        ]
    return AnalysisResult("win_odds", "ITT", method, (*design.counts, *effect), ESTIMANDS["ITT"])


def _describe_effect(
    fit: ProportionalOddsFit, alpha: float, variable: str = OUTCOME, level: str = ""
) -> list[Statistic]:
    """The effect of the arm: the odds ratio of a lower mRS, treatment over reference."""
    return describe_ratio(
        float(fit.beta[0]), float(fit.beta_errors[0]), alpha, variable=variable, level=level
    )


def _describe_coefficients(fit: ProportionalOddsFit, design: Design, plan: Plan) -> AnalysisResult:
    """Every coefficient of the primary model: odds ratio of a lower mRS per unit."""
    statistics = list(design.counts)
    for name, value, error in zip(design.names, fit.beta, fit.beta_errors, strict=True):
        place = {"variable": name.partition("=")[0], "level": name}
        alpha = plan.inference.alpha
        statistics += describe_ratio(float(value), float(error), alpha, **place)
    method = "coefficients of the primary model, odds ratio of a lower mRS per unit"
    return AnalysisResult("primary_coefficients", "ITT", method, tuple(statistics))


def _diagnose(fit: ProportionalOddsFit) -> dict[str, str | int | bool]:
    """Convergence as facts that do not depend on the last bits of a processor."""
    return {
        "convergence": fit.convergence.value,
        "iterations": fit.iterations,
        "gradient_within_1e-6": fit.max_gradient <= 1e-6,
        "step_within_1e-7_standard_errors": fit.coefficient_error <= 1e-7,
        "condition_number_below_1e6": fit.condition_number < 1e6,
    }


def _warn(fit: ProportionalOddsFit, design: Design, plan: Plan) -> tuple[str, ...]:
    unused = ", ".join(str(level) for level in plan.outcome.levels if level not in fit.levels)
    dropped = [f"nobody has an mRS of {unused}; not a level of this model"] if unused else []
    return (*design.notes, *dropped)
