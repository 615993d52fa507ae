"""The odds ratio of the mRS cut at each cut point, each by its own logistic model (SAP 5.5)."""

from collections.abc import Callable
from dataclasses import replace

from analysis.analyses.model_data.design import (
    OUTCOME,
    TREATMENT_COLUMN,
    Design,
    cut_outcome,
    fit_design,
)
from analysis.analyses.mrs.adjusted_contrasts import Cut, leave_arm_alone
from analysis.analyses.mrs.binary_fits import fit_penalised
from analysis.analyses.mrs.common_odds import ESTIMANDS, describe_effect
from analysis.analyses.statistics.direction import turn, turn_limits
from analysis.analyses.statistics.estimates import describe_not_estimable, describe_profile
from analysis.analyses.statistics.sparse import Estimator, name_crude
from analysis.config import Plan
from analysis.config.blocks.sparse import FIRTH
from analysis.errors import EstimationError
from analysis.io.result import AnalysisResult, Statistic

CUT_POINTS = "cutpoint"
METHODS = {
    Estimator.ADJUSTED: "logistic regression at each cut point, adjusted, Wald interval",
    Estimator.FIRTH: f"logistic regression at each cut point, adjusted, with {FIRTH}, profile "
    "penalised-likelihood interval and p",
    Estimator.CRUDE: name_crude("logistic regression at each cut point, Wald interval"),
}


def analyse_cut_points(design: Design, plan: Plan) -> list[AnalysisResult]:
    """Return the odds ratio of the mRS cut at each cut point, by logistic regression.

    Where few are on one side of a cut, by Firth's penalised likelihood or crude, as the block
    ``sparse`` of the plan says: in a result of its own, which names that method.
    """
    cuts = [Cut.of(design, level, plan) for level in plan.co_reported.cut_points]
    population = plan.primary.population
    results = []
    for estimator, method in METHODS.items():
        own = [cut for cut in cuts if cut.sparsity.odds is estimator]
        statistics = [statistic for cut in own for statistic in _estimate(cut, estimator, plan)]
        is_adjusted = estimator is Estimator.ADJUSTED
        if own or is_adjusted:
            results.append(AnalysisResult(
                CUT_POINTS, population, method,
                (*(design.counts if is_adjusted else ()), *statistics), ESTIMANDS[population],
                warnings=design.notes if is_adjusted else (),
            ))  # fmt: skip
    return results


def _estimate(cut: Cut, estimator: Estimator, plan: Plan) -> list[Statistic]:
    """The effect at one cut point, with what the reader must know of it."""
    try:
        effect = _ESTIMATES[estimator](cut.design, cut.level, plan)
    except EstimationError as error:
        reason = error.reason.with_columns(cut.design.names)
        return describe_not_estimable(reason, variable=OUTCOME, level=str(cut.level))
    if estimator is Estimator.ADJUSTED:
        return effect
    said = "; ".join(cut.note(estimator))
    return [replace(each, warning=each.warning or said) for each in effect]


def _adjust(design: Design, level: int, plan: Plan) -> list[Statistic]:
    fit = fit_design(cut_outcome(design, level))
    return describe_effect(CUT_POINTS, fit, plan, str(level))


def _leave_crude(design: Design, level: int, plan: Plan) -> list[Statistic]:
    return _adjust(leave_arm_alone(design), level, plan)


def _penalise(design: Design, level: int, plan: Plan) -> list[Statistic]:
    fit, interval = fit_penalised(design, level, plan.alpha_of(CUT_POINTS))
    low, high = turn_limits(interval.low, interval.high, plan)
    return describe_profile(
        turn(float(fit.beta[TREATMENT_COLUMN]), plan), replace(interval, low=low, high=high),
        float(fit.beta_errors[TREATMENT_COLUMN]), variable=OUTCOME, level=str(level),
    )  # fmt: skip


_ESTIMATES: dict[Estimator, Callable[[Design, int, Plan], list[Statistic]]] = {
    Estimator.ADJUSTED: _adjust,
    Estimator.FIRTH: _penalise,
    Estimator.CRUDE: _leave_crude,
}
