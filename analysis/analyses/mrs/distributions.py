"""The distribution of the mRS by arm: counted, standardised, cut in two (SAP 4.3, 5.1, 8.1)."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.analyses.model_data.arms import count_share, select_set
from analysis.analyses.model_data.covariates import prepare_covariates
from analysis.analyses.model_data.design import OUTCOME, Design, build_design, fit_design
from analysis.analyses.mrs.common_odds import ESTIMANDS
from analysis.analyses.statistics.estimates import (
    describe_difference,
    describe_no_difference,
    diagnose,
    give_reason,
)
from analysis.analyses.statistics.risks import (
    DIFFERENCE_METHOD,
    count_events,
    describe_risk_difference,
)
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.numerics import Interval
from analysis.models.predictions import Effect, StandardisedEffects, standardise

COUNT_METHOD = "count and percent of subjects with an outcome"
SHARE_METHOD = (
    "level probabilities standardised after proportional odds, covariates fixed, delta method on "
    "the log odds"
)
SHIFT_METHOD = (
    "risk difference up to each cut point, standardised after proportional odds, covariates fixed, "
    "delta method"
)
SHARE_NAMES = ("pct", "ci_low", "ci_high")
MISSING = "missing"


@dataclass(frozen=True)
class _Standardised:
    """Both arms for everybody, or the reason why there is none."""

    design: Design
    effects: StandardisedEffects | None
    diagnostics: dict[str, str | int | bool]
    reason: Reason


def analyse_distributions(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return what stands in the figures beside mrs_distribution.

    ``mrs_distribution_rd`` (ITT, PP), ``mrs_distribution_adjusted`` and
    ``mrs_distribution_rd_adjusted`` (the set of the primary analysis). Risk differences are of an
    mRS up to each cut point of the scale, treatment minus reference: above 0 favours the treatment.
    The standardised ones follow the model of the primary analysis.
    """
    counted = [_analyse_differences(adsl, population, plan) for population in ("ITT", "PP")]
    fitted = _standardise(adsl, plan)
    return [*counted, _describe_shares(fitted, plan), _describe_shifts(fitted, plan)]


def count_levels(outcome: pd.Series, plan: Plan, group: str, prefix: str = "") -> list[Statistic]:
    """Return N with an outcome, n and pct of every level of the mRS, and the number missing.

    ``outcome``: the mRS of one arm. ``prefix`` names the part of the set, as ``<70``: its N stands
    at that level, the levels of the mRS at ``<70: 3``.
    """
    observed, lead = outcome.dropna(), f"{prefix}: " if prefix else ""
    keys = {"group": group, "variable": OUTCOME}
    statistics = [Statistic("N", len(observed), **keys, level=prefix)]
    for level in plan.outcome.levels:
        count, name = int((observed == level).sum()), plan.outcome.name_level(level)
        statistics += count_share(count, len(observed), **keys, level=f"{lead}{name}")
    missing = len(outcome) - len(observed)
    return [*statistics, Statistic("n", missing, **keys, level=f"{lead}{MISSING}")]


def count_by_arm(
    outcome: pd.Series, arms: pd.Series, plan: Plan, prefix: str = ""
) -> list[Statistic]:
    """Return the distribution of the mRS in each arm, in the order of the plan."""
    return [
        statistic
        for code in plan.arms.codes
        for statistic in count_levels(outcome[arms == code], plan, code, prefix)
    ]


def list_cuts(plan: Plan) -> tuple[int, ...]:
    """Return every cut point of the scale: all levels but the last."""
    return plan.outcome.levels[:-1]


def _analyse_differences(adsl: pd.DataFrame, population: str, plan: Plan) -> AnalysisResult:
    members, arm = select_set(adsl, population)
    members = members[members["MRS90"].notna()]
    arms = [members[members[arm] == code]["MRS90"] for code in plan.arms.codes]
    totals = [len(scores) for scores in arms]
    statistics = [Statistic("n", sum(totals), variable=OUTCOME)]
    for level in list_cuts(plan):
        events = [int((scores <= level).sum()) for scores in arms]
        keys = {"variable": OUTCOME, "level": str(level)}
        statistics += count_events(plan, events, totals, **keys)
        statistics += describe_risk_difference(events, totals, plan.inference.other_alpha, **keys)
    return AnalysisResult(
        "mrs_distribution_rd", population, f"{DIFFERENCE_METHOD}, mRS up to each cut point",
        tuple(statistics), ESTIMANDS[population],
    )  # fmt: skip


def _standardise(adsl: pd.DataFrame, plan: Plan) -> _Standardised:
    design = build_design(adsl, plan.primary.population, plan, prepare_covariates(adsl, plan))
    try:
        fit = fit_design(design)
        effects = standardise(fit, design.y, design.x, 0, alpha=plan.inference.other_alpha)
    except EstimationError as error:
        return _Standardised(design, None, {}, error.reason.with_columns(design.names))
    return _Standardised(design, effects, diagnose(fit), Reason.of(ReasonCode.NO_REASON))


def _describe_shares(fitted: _Standardised, plan: Plan) -> AnalysisResult:
    statistics = list(fitted.design.counts)
    for arm, code in enumerate(plan.arms.codes):
        for level in plan.outcome.levels:
            name = plan.outcome.name_level(level)
            keys = {"group": code, "variable": OUTCOME, "level": name}
            statistics += _describe_share(fitted, arm, level, keys)
    return _result("mrs_distribution_adjusted", SHARE_METHOD, statistics, fitted, plan)


def _describe_share(
    fitted: _Standardised, arm: int, level: int, keys: dict[str, str]
) -> list[Statistic]:
    """Percent with its interval; a level that nobody has is no level of the model: 0 percent."""
    if fitted.effects is None:
        return give_reason(fitted.reason, SHARE_NAMES, **keys)
    if level not in fitted.effects.levels:
        warning = str(Reason.of(ReasonCode.NO_LEVEL_OF_MODEL, levels=f"{level}"))
        blank = [Statistic(name, None, **keys, warning=warning) for name in SHARE_NAMES[1:]]
        return [Statistic("pct", 0.0, **keys, warning=warning), *blank]
    arms: tuple[Sequence[Effect], ...] = (fitted.effects.treatment, fitted.effects.reference)
    share = arms[arm][fitted.effects.levels.index(level)]
    values = (share.estimate, share.low, share.high)
    return [
        Statistic(name, 100.0 * value, **keys)
        for name, value in zip(SHARE_NAMES, values, strict=True)
    ]


def _describe_shifts(fitted: _Standardised, plan: Plan) -> AnalysisResult:
    statistics = list(fitted.design.counts)
    for level in list_cuts(plan):
        keys = {"variable": OUTCOME, "level": str(level)}
        statistics += (
            describe_cut(fitted.effects, level, **keys)
            if fitted.effects
            else describe_no_difference(fitted.reason, **keys)
        )
    return _result("mrs_distribution_rd_adjusted", SHIFT_METHOD, statistics, fitted, plan)


def describe_cut(effects: StandardisedEffects, level: int, /, **keys: str) -> list[Statistic]:
    """Return the difference at a cut point; between levels of the model, at the next lower one."""
    below = sum(known <= level for known in effects.levels)
    if below in (0, len(effects.levels)):
        code = ReasonCode.NOBODY_UP_TO_MRS if below == 0 else ReasonCode.EVERYBODY_UP_TO_MRS
        return describe_no_difference(Reason.of(code, level=level), **keys)
    shift = effects.risk_differences[below - 1]
    if shift.p_value is None:
        raise EstimationError("a risk difference has a p-value")
    interval = Interval(shift.low, shift.high, shift.p_value)
    return describe_difference(shift.estimate, interval, shift.standard_error, **keys)


def _result(
    analysis_id: str,
    method: str,
    statistics: Sequence[Statistic],
    fitted: _Standardised,
    plan: Plan,
) -> AnalysisResult:
    population = plan.primary.population
    return AnalysisResult(
        analysis_id, population, method, tuple(statistics), ESTIMANDS[population],
        fitted.diagnostics, fitted.design.notes,
    )  # fmt: skip
