"""Differences of survival and of restricted mean survival time on the last day (SAP 9.1)."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.analyses.safety.survival_times import POPULATION, VARIABLE, Times
from analysis.analyses.statistics.estimates import describe_difference, describe_no_difference
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.numerics import wald_interval
from analysis.models.survival import SurvivalCurve, estimate_survival, restrict_mean

SURVIVAL_METHOD = "difference of Kaplan-Meier estimates, Greenwood standard errors, Wald interval"
MEAN_METHOD = "restricted mean survival time, area below the Kaplan-Meier estimate, Wald interval"
MEAN_DIFFERENCE_METHOD = f"difference of {MEAN_METHOD}"
MEAN_NAMES = ("estimate", "std_error", "ci_low", "ci_high")


@dataclass(frozen=True)
class Amount:
    """A number of one arm with its standard error."""

    estimate: float
    standard_error: float


Estimate = Callable[[SurvivalCurve, Plan], Amount]


def compare_survival(times: Times, plan: Plan) -> list[AnalysisResult]:
    """Return death_km_difference, death_rmst (by arm) and death_rmst_difference.

    Differences are treatment minus reference: of shares alive on ``safety.death_day``, and of
    days alive up to it. An arm without deaths, or in which all have died, has no Greenwood error:
    its differences are not estimable.
    """
    day = plan.safety.death_day
    alive, lived = f"alive on day {day}", f"days alive up to day {day}"
    return [
        _compare(times, plan, _estimate_alive, "death_km_difference", SURVIVAL_METHOD, alive),
        _describe_means(times, plan, lived),
        _compare(times, plan, _estimate_mean, "death_rmst_difference", MEAN_DIFFERENCE_METHOD,
                 lived),
    ]  # fmt: skip


def _compare(
    times: Times, plan: Plan, estimate: Estimate, analysis_id: str, method: str, words: str
) -> AnalysisResult:
    alpha = plan.inference.other_alpha
    try:
        treated, reference = (
            _require_error(estimate(_read_curve(times, code), plan), code)
            for code in plan.arms.codes
        )
    except EstimationError as error:
        effect = describe_no_difference(error.reason, variable=VARIABLE)
    else:
        difference = treated.estimate - reference.estimate
        spread = (treated.standard_error**2 + reference.standard_error**2) ** 0.5
        interval = wald_interval(difference, spread, alpha)
        effect = describe_difference(difference, interval, spread, variable=VARIABLE)
    statistics = (*times.count(plan), *effect)
    return AnalysisResult(analysis_id, POPULATION, method, statistics, _describe(words))


def _describe_means(times: Times, plan: Plan, words: str) -> AnalysisResult:
    statistics = times.count(plan)
    for code in plan.arms.codes:
        statistics += _describe_mean(times, code, plan)
    return AnalysisResult(
        "death_rmst", POPULATION, MEAN_METHOD, tuple(statistics), _describe(words)
    )


def _describe_mean(times: Times, code: str, plan: Plan) -> list[Statistic]:
    """Mean and error of an arm; without deaths no interval, which would have no width."""
    keys = {"group": code, "variable": VARIABLE}
    values: dict[str, float | None] = dict.fromkeys(MEAN_NAMES)
    reason: Reason | None = None
    try:
        mean = _estimate_mean(_read_curve(times, code), plan)
        values |= {"estimate": mean.estimate, "std_error": mean.standard_error}
        _require_error(mean, code)
        limits = wald_interval(mean.estimate, mean.standard_error, plan.inference.other_alpha)
        values |= {"ci_low": limits.low, "ci_high": limits.high}
    except EstimationError as error:
        reason = error.reason
    return [
        Statistic(name, value, **keys, warning=reason if value is None and reason else "")
        for name, value in values.items()
    ]


def _read_curve(times: Times, code: str) -> SurvivalCurve:
    time, event = times.take(code)
    if not len(time):
        raise EstimationError(ReasonCode.NO_SUBJECT_IN_ARM, arm=code)
    return estimate_survival(time, event)


def _estimate_alive(curve: SurvivalCurve, plan: Plan) -> Amount:
    point = curve.at(plan.safety.death_day, plan.inference.other_alpha)
    if point.estimate is None or point.standard_error is None:
        raise EstimationError(point.reason or ReasonCode.NOBODY_AT_RISK)
    return Amount(point.estimate, point.standard_error)


def _estimate_mean(curve: SurvivalCurve, plan: Plan) -> Amount:
    mean = restrict_mean(curve, plan.safety.death_day)
    return Amount(mean.estimate, mean.standard_error)


def _require_error(amount: Amount, code: str) -> Amount:
    if not amount.standard_error > 0.0:
        raise EstimationError(ReasonCode.NOBODY_DIED, arm=code)
    return amount


def _describe(words: str) -> str:
    return f"{words}, by the treatment received, subjects of the safety set"
