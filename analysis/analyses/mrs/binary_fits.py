"""Models of an mRS up to a level: the effect of the arm as statistics, or why there is none."""

from analysis.analyses.model_data.design import (
    OUTCOME,
    TREATMENT_COLUMN,
    Design,
    cut_outcome,
    fit_design,
    require_two_arms,
)
from analysis.analyses.statistics.estimates import (
    describe_difference,
    describe_no_difference,
    describe_not_estimable,
    describe_profile,
    describe_ratio,
)
from analysis.errors import EstimationError
from analysis.io.result import Statistic
from analysis.models.data.residuals import Residuals
from analysis.models.means_and_risks import (
    FirthFit,
    fit_firth_logistic,
    fit_log_risk,
    profile_firth,
)
from analysis.models.numerics import Interval, wald_interval
from analysis.models.predictions import Variance, standardise


def fit_risk_ratio(design: Design, level: int, alpha: float) -> list[Statistic]:
    """Return the risk ratio by Poisson regression with robust variance (Zou 2004)."""
    try:
        require_two_arms(design)
        cut = cut_outcome(design, level)
        fit = fit_log_risk(cut.y == 0, cut.x)
    except EstimationError as error:
        reason = error.reason.with_columns(design.names)
        return describe_not_estimable(reason, variable=OUTCOME)
    return describe_ratio(float(fit.beta[0]), float(fit.beta_errors[0]), alpha, variable=OUTCOME)


def fit_risk_difference(
    design: Design, level: int, alpha: float, residuals: Residuals
) -> list[Statistic]:
    """Return the risk difference standardised after logistic regression (SAP 5.8, 8.1)."""
    try:
        cut = cut_outcome(design, level)
        effects = standardise(
            fit_design(cut), cut.y, cut.x, TREATMENT_COLUMN, alpha=alpha,
            variance=Variance.RANDOMISED, residuals=residuals,
        )  # fmt: skip
    except EstimationError as error:
        return describe_no_difference(error.reason.with_columns(design.names), variable=OUTCOME)
    difference = effects.risk_differences[0]
    interval = wald_interval(difference.estimate, difference.standard_error, alpha)
    return describe_difference(
        difference.estimate, interval, difference.standard_error, variable=OUTCOME
    )


def fit_odds_ratio(design: Design, level: int, alpha: float) -> list[Statistic]:
    """Return the odds ratio by logistic regression."""
    try:
        fit = fit_design(cut_outcome(design, level))
    except EstimationError as error:
        return describe_not_estimable(error.reason.with_columns(design.names), variable=OUTCOME)
    return describe_ratio(float(fit.beta[0]), float(fit.beta_errors[0]), alpha, variable=OUTCOME)


def fit_penalised_odds(design: Design, level: int, alpha: float) -> list[Statistic]:
    """Return the odds ratio by Firth's penalised likelihood, with its profile interval."""
    try:
        fit, interval = fit_penalised(design, level, alpha)
    except EstimationError as error:
        return describe_not_estimable(error.reason.with_columns(design.names), variable=OUTCOME)
    return describe_profile(
        float(fit.beta[TREATMENT_COLUMN]), interval, float(fit.beta_errors[TREATMENT_COLUMN]),
        variable=OUTCOME,
    )  # fmt: skip


def fit_penalised(design: Design, level: int, alpha: float) -> tuple[FirthFit, Interval]:
    """Return Firth's fit of an mRS up to a level, and the profile interval of the arm.

    Raises EstimationError if there is none.
    """
    require_two_arms(design)
    cut = cut_outcome(design, level)
    fit = fit_firth_logistic(cut.y == 0, cut.x)
    return fit, profile_firth(fit, TREATMENT_COLUMN, alpha)
