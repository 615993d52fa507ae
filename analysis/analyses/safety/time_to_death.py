"""Time to death (SAP 9.1): Kaplan-Meier curves and log-rank test, with the hazard ratio."""

from collections.abc import Iterator

import pandas as pd

from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.safety.hazard_ratio import analyse_hazard
from analysis.analyses.safety.survival_differences import compare_survival
from analysis.analyses.safety.survival_times import POPULATION, VARIABLE, Times, build_times
from analysis.analyses.statistics.estimates import describe_test
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.survival import SurvivalPoint, estimate_survival, logrank_test

CURVE_METHOD = "Kaplan-Meier, Greenwood standard error, interval on the log(-log) scale"
LOGRANK_METHOD = "log-rank test"
INTERVAL = ("ci_low", "ci_high")


def analyse_survival(adsl: pd.DataFrame, adtte: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return the analyses of time to death in the safety set.

    death_hr, death_schoenfeld, death_logrank, death_km; death_km_difference, death_rmst and
    death_rmst_difference.
    """
    times = build_times(adtte, plan, prepare_covariates(adsl, plan))
    return [
        *analyse_hazard(times, plan),
        compare_curves(times, plan),
        estimate_curves(times, plan),
        *compare_survival(times, plan),
    ]


def compare_curves(times: Times, plan: Plan) -> AnalysisResult:
    """Return death_logrank: chi-square test of the same hazard in both arms."""
    try:
        test = logrank_test(times.time, times.event, times.arm == plan.arms.treatment.code)
    except EstimationError as error:
        tests = describe_test(reason=error.reason, variable=VARIABLE)
    else:
        tests = describe_test(test.statistic, test.df, test.p_value, variable=VARIABLE)
    statistics = (*times.count(plan), *tests)
    return AnalysisResult("death_logrank", POPULATION, LOGRANK_METHOD, statistics)


def estimate_curves(times: Times, plan: Plan) -> AnalysisResult:
    """Return death_km: survival beyond each day by arm, and how many are at risk on it."""
    statistics = times.count(plan)
    for code in plan.arms.codes:
        for day, point in _iter_points(times, code, plan):
            statistics += _describe_point(point, group=code, variable=VARIABLE, level=str(day))
    estimand = "survival beyond each day, by the treatment received, subjects of the safety set"
    return AnalysisResult("death_km", POPULATION, CURVE_METHOD, tuple(statistics), estimand)


def _iter_points(times: Times, code: str, plan: Plan) -> Iterator[tuple[int, SurvivalPoint]]:
    time, event = times.take(code)
    days = range(plan.safety.death_day + 1)
    if not len(time):
        why = Reason.of(ReasonCode.NO_SUBJECT_IN_ARM, arm=code)
        empty = SurvivalPoint(0.0, None, None, None, None, 0, why)
        yield from ((day, empty) for day in days)
        return
    curve = estimate_survival(time, event)
    yield from ((day, curve.at(day, plan.inference.other_alpha)) for day in days)


def _describe_point(point: SurvivalPoint, **keys: str) -> list[Statistic]:
    values = {
        "estimate": point.estimate,
        "std_error": point.standard_error,
        "ci_low": point.ci_low,
        "ci_high": point.ci_high,
    }
    statistics = [Statistic("n_risk", point.at_risk, **keys)]
    for name, value in values.items():
        why = point.reason or ""
        note = f"{why}" if name in INTERVAL else ""
        statistics.append(Statistic(name, value, **keys, warning=why if value is None else note))
    return statistics
