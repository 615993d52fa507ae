"""Effects over all subjects beside the conditional one: covariates as sampled (SAP 5.7).

Standardised after the primary model; the variance is that of the influence function of the whole
estimation, which holds for a wrong model, too (docs/methods.md, section 10).
"""

import math
from collections.abc import Sequence

from analysis.analyses.model_data.design import OUTCOME, TREATMENT_COLUMN, Design, fit_design
from analysis.analyses.mrs.common_odds import ESTIMANDS
from analysis.analyses.mrs.distributions import describe_cut
from analysis.analyses.statistics.direction import describe_odds, turn_probability
from analysis.analyses.statistics.estimates import (
    describe_no_difference,
    describe_not_estimable,
    diagnose,
)
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.predictions import Effect, Variance, standardise
from analysis.models.proportional_odds import ProportionalOddsFit

ROBUST, COMMON, WINS, DIFFERENCE = (
    "primary_robust", "marginal_common_odds", "marginal_win_odds", "marginal_rd",
)  # fmt: skip
SAMPLED = (
    "standardised after proportional odds, covariates as sampled (influence function), Wald "
    "interval"
)
METHODS = {
    ROBUST: "proportional odds, adjusted, robust (HC0) variance, Wald interval",
    COMMON: f"common odds ratio of both distributions, {SAMPLED}",
    WINS: f"win odds of both distributions, ties split, {SAMPLED}",
    DIFFERENCE: f"risk difference up to each cut point, {SAMPLED}",
}
WIN_PROBABILITY = "win_probability"


def analyse_unconditional(design: Design, plan: Plan) -> list[AnalysisResult]:
    """Return the primary estimate with a robust error, and the effects over all subjects.

    ``primary_robust``, ``marginal_common_odds``, ``marginal_win_odds`` (with the win probability)
    and ``marginal_rd`` at each of ``co_reported.cut_points``: of an mRS up to it, treatment minus
    reference. ``design``: the data of the primary model.
    """
    try:
        fit = fit_design(design)
        effects = standardise(
            fit, design.y, design.x, TREATMENT_COLUMN, alpha=plan.inference.other_alpha,
            variance=Variance.COVARIATES_SAMPLED,
        )  # fmt: skip
    except EstimationError as error:
        return _leave_out(design, error.reason.with_columns(design.names), plan)
    differences = [
        statistic
        for level in plan.co_reported.cut_points
        for statistic in describe_cut(effects, level, variable=OUTCOME, level=str(level))
    ]
    found = {
        ROBUST: _describe_robust(fit, plan),
        COMMON: _describe(COMMON, effects.common_odds_ratio, plan),
        WINS: _describe_wins(effects.win_odds, plan),
        DIFFERENCE: differences,
    }
    diagnostics = diagnose(fit)
    return [_result(name, design, rows, plan, diagnostics) for name, rows in found.items()]


def _describe_robust(fit: ProportionalOddsFit, plan: Plan) -> list[Statistic]:
    cuts = len(fit.theta)
    error = math.sqrt(fit.covariance_robust[cuts, cuts])
    return describe_odds(ROBUST, float(fit.beta[TREATMENT_COLUMN]), error, plan, variable=OUTCOME)


def _describe(analysis_id: str, odds: Effect, plan: Plan) -> list[Statistic]:
    log_odds = math.log(odds.estimate)
    return describe_odds(analysis_id, log_odds, odds.standard_error, plan, variable=OUTCOME)


def _describe_wins(odds: Effect, plan: Plan) -> list[Statistic]:
    share = turn_probability(odds.estimate / (1.0 + odds.estimate), plan)
    return [*_describe(WINS, odds, plan), Statistic(WIN_PROBABILITY, share, variable=OUTCOME)]


def _leave_out(design: Design, reason: Reason, plan: Plan) -> list[AnalysisResult]:
    """All four not estimable, with the reason."""
    keys = {"variable": OUTCOME}
    found = {
        ROBUST: describe_not_estimable(reason, **keys),
        COMMON: describe_not_estimable(reason, **keys),
        WINS: describe_not_estimable(reason, WIN_PROBABILITY, **keys),
        DIFFERENCE: [
            statistic
            for level in plan.co_reported.cut_points
            for statistic in describe_no_difference(reason, level=str(level), **keys)
        ],
    }
    return [_result(name, design, rows, plan, {}) for name, rows in found.items()]


def _result(
    analysis_id: str,
    design: Design,
    statistics: Sequence[Statistic],
    plan: Plan,
    diagnostics: dict[str, str | int | bool],
) -> AnalysisResult:
    population = plan.primary.population
    estimand = ESTIMANDS[population]
    over_all = estimand if analysis_id == ROBUST else f"{estimand}; over all subjects"
    return AnalysisResult(
        analysis_id, population, METHODS[analysis_id], (*design.counts, *statistics), over_all,
        diagnostics, design.notes,
    )  # fmt: skip
