"""The hazard ratio of death, and whether hazards are proportional (SAP 9.1)."""

from analysis.analyses.safety.survival_times import POPULATION, VARIABLE, Times
from analysis.analyses.statistics.estimates import (
    describe_not_estimable,
    describe_ratio,
    describe_test,
    diagnose,
)
from analysis.analyses.statistics.sparse import Estimator, judge_events, name_crude
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.survival import (
    SCHOENFELD_METHOD,
    ProportionalHazardsFit,
    fit_proportional_hazards,
    schoenfeld_test,
)

HAZARD_METHOD = "Cox regression, adjusted, Efron ties, Wald interval"
CRUDE_METHOD = name_crude("Cox regression, Efron ties, Wald interval")


def analyse_hazard(times: Times, plan: Plan) -> list[AnalysisResult]:
    """Return death_hr, treatment over reference, and death_schoenfeld, the test of each term.

    Of sparse data both are those of the model without covariates, and say so (SAP 5.8).
    """
    sparsity = judge_events(int(times.event.sum()), "deaths", times.x.shape[1], plan.sparse)
    if sparsity.others is Estimator.CRUDE:
        notes = sparsity.note("Time to death", Estimator.CRUDE)
        return _analyse(times.without_covariates(notes), plan, CRUDE_METHOD)
    return _analyse(times, plan, HAZARD_METHOD)


def _analyse(times: Times, plan: Plan, method: str) -> list[AnalysisResult]:
    try:
        fit = _fit(times, plan)
    except EstimationError as error:
        effect = describe_not_estimable(error.reason, variable=VARIABLE)
        return _build(times, plan, method, effect, _without_tests(times, error.reason), {})
    effect = describe_ratio(
        float(fit.beta[0]), float(fit.beta_errors[0]), plan.inference.other_alpha, variable=VARIABLE
    )
    return _build(times, plan, method, effect, _test_terms(times, fit), diagnose(fit))


def _build(
    times: Times,
    plan: Plan,
    method: str,
    effect: list[Statistic],
    tests: list[Statistic],
    diagnostics: dict[str, str | int | bool],
) -> list[AnalysisResult]:
    counts = times.count(plan)
    given = " given the covariates" if method == HAZARD_METHOD else ""
    estimand = f"death by day {plan.safety.death_day}, hazard ratio{given}"
    return [
        AnalysisResult(
            "death_hr", POPULATION, method, (*counts, *effect), estimand, diagnostics,
            times.notes,
        ),
        AnalysisResult("death_schoenfeld", POPULATION, SCHOENFELD_METHOD, (counts[0], *tests),
                       warnings=times.notes if method == CRUDE_METHOD else ()),
    ]  # fmt: skip


def _fit(times: Times, plan: Plan) -> ProportionalHazardsFit:
    for code in plan.arms.codes:
        time, event = times.take(code)
        if not len(time):
            raise EstimationError(ReasonCode.NO_SUBJECT_IN_ARM, arm=code)
        if not event.any():
            raise EstimationError(ReasonCode.NOBODY_DIED, arm=code)
    try:
        return fit_proportional_hazards(times.time, times.event, times.x)
    except EstimationError as error:
        raise EstimationError(error.reason.with_columns(times.names)) from error


def _group_terms(times: Times) -> dict[str, list[int]]:
    """The columns of each covariate: ``OCCLOC=ICA`` and ``OCCLOC=M2`` are one term."""
    terms: dict[str, list[int]] = {}
    for j, name in enumerate(times.names):
        terms.setdefault(name.partition("=")[0], []).append(j)
    return terms


def _test_terms(times: Times, fit: ProportionalHazardsFit) -> list[Statistic]:
    schoenfeld = schoenfeld_test(times.time, times.event, times.x, fit.beta, _group_terms(times))
    levels = {"": schoenfeld.overall} | {test.name: test for test in schoenfeld.terms}
    return [
        statistic
        for level, test in levels.items()
        for statistic in describe_test(
            test.statistic, test.df, test.p_value, test.reason, variable=VARIABLE, level=level
        )
    ]


def _without_tests(times: Times, reason: Reason) -> list[Statistic]:
    return [
        statistic
        for level in ("", *_group_terms(times))
        for statistic in describe_test(reason=reason, variable=VARIABLE, level=level)
    ]
