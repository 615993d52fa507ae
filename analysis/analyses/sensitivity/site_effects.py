"""Site effects in the primary model: cluster sandwich, CR2, random intercept (SAP 6)."""

import math

import pandas as pd

from analysis.analyses.model_data.covariates import Prepared
from analysis.analyses.model_data.design import (
    OUTCOME,
    TREATMENT_COLUMN,
    build_design,
    require_two_arms,
)
from analysis.analyses.model_data.sites import label_subjects
from analysis.analyses.mrs.common_odds import ESTIMANDS, describe_effect, note_model
from analysis.analyses.statistics.direction import describe_odds, turn_limits
from analysis.analyses.statistics.estimates import (
    TOO_LARGE,
    describe_not_estimable,
    diagnose,
    to_ratio,
)
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.proportional_odds import (
    BiasReducedEffect,
    estimate_bias_reduced,
    fit_proportional_odds,
)
from analysis.models.random_intercept import (
    InterceptConvergence,
    RandomInterceptFit,
    fit_random_intercept,
)

CLUSTERS, RANDOM = "sens_site_cluster", "sens_site_random"
CLUSTER_METHOD = (
    "proportional odds, adjusted, sandwich by site without small-sample factor, Wald interval; "
    "beside it CR2 with Satterthwaite degrees of freedom"
)
CR2_NAMES = ("std_error_cr2", "df_cr2", "ci_low_cr2", "ci_high_cr2", "p_value_cr2")


def analyse_site_clusters(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    """Return the primary estimate with the variance between sites: sandwich, and CR2 beside it."""
    population = plan.primary.population
    design = build_design(adsl, population, plan, prepared)
    sites, notes = label_subjects(adsl, design)
    counted = [*design.counts, Statistic("n_clusters", len(set(sites)), variable=OUTCOME)]
    try:
        _require_common_odds(plan)
        require_two_arms(design)
        fit = fit_proportional_odds(design.y, design.x, clusters=sites)
        standard_error = _sandwich_error(fit.covariance_robust[len(fit.theta), len(fit.theta)])
        reduced = estimate_bias_reduced(fit, TREATMENT_COLUMN)
    except EstimationError as found:
        reason = found.reason.with_columns(design.names)
        effect = describe_not_estimable(reason, *CR2_NAMES, variable=OUTCOME)
        return AnalysisResult(
            CLUSTERS, population, CLUSTER_METHOD, (*counted, *effect),
            ESTIMANDS[population], warnings=notes,
        )  # fmt: skip
    effect = [
        *describe_odds(
            CLUSTERS, float(fit.beta[TREATMENT_COLUMN]), standard_error, plan, variable=OUTCOME
        ),
        *_describe_bias_reduced(reduced, plan),
    ]
    return AnalysisResult(
        CLUSTERS, population, CLUSTER_METHOD, (*counted, *effect), ESTIMANDS[population],
        diagnose(fit), (*note_model(fit, design, plan), *notes),
    )  # fmt: skip


def _sandwich_error(variance: float) -> float:
    if not variance > 0.0:
        raise EstimationError(ReasonCode.NO_SITE_VARIANCE)
    return math.sqrt(variance)


def _describe_bias_reduced(reduced: BiasReducedEffect, plan: Plan) -> list[Statistic]:
    interval = reduced.interval(plan.alpha_of(CLUSTERS))
    low, high = turn_limits(interval.low, interval.high, plan)
    values = (
        reduced.standard_error, reduced.degrees_of_freedom, to_ratio(low), to_ratio(high),
        interval.p_value,
    )  # fmt: skip
    return [
        Statistic(name, value, variable=OUTCOME, warning="" if math.isfinite(value) else TOO_LARGE)
        for name, value in zip(CR2_NAMES, values, strict=True)
    ]


def analyse_random_sites(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    """Return the odds ratio within a site: random site intercept, adaptive quadrature."""
    population = plan.primary.population
    design = build_design(adsl, population, plan, prepared)
    sites, notes = label_subjects(adsl, design)
    counted = [*design.counts, Statistic("n_clusters", len(set(sites)), variable=OUTCOME)]
    nodes = plan.sensitivity.quadrature_nodes
    method = (
        "proportional odds, adjusted, random site intercept, adaptive Gauss-Hermite quadrature "
        f"with {nodes} nodes, Wald interval"
    )
    try:
        _require_common_odds(plan)
        require_two_arms(design)
        fit = fit_random_intercept(design.y, design.x, sites, nodes=nodes)
    except EstimationError as found:
        reason = found.reason.with_columns(design.names)
        effect = describe_not_estimable(reason, "site_sd", variable=OUTCOME)
        return AnalysisResult(
            RANDOM, population, method, (*counted, *effect), ESTIMANDS[population],
            warnings=notes,
        )  # fmt: skip
    effect = [
        *describe_effect(RANDOM, fit, plan),
        Statistic("site_sd", fit.sigma, variable=OUTCOME),
    ]
    return AnalysisResult(
        RANDOM, population, method, (*counted, *effect), ESTIMANDS[population],
        diagnose(fit), (*note_model(fit, design, plan), *notes, *_note_boundary(fit)),
    )  # fmt: skip


def _note_boundary(fit: RandomInterceptFit) -> list[str]:
    if fit.convergence is not InterceptConvergence.BOUNDARY:
        return []
    return ["the standard deviation of the site intercept is 0: the primary estimate"]


def _require_common_odds(plan: Plan) -> None:
    """Raise EstimationError where the primary measure has no such model."""
    if not plan.primary.is_common_odds:
        raise EstimationError(ReasonCode.NOT_OF_MEASURE)
