"""The distribution of the mRS by arm: counted, standardised, cut in two (SAP 4.3, 5.1, 8.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.analyses.data.arms import count_share, select_set
from analysis.analyses.data.covariates import prepare_covariates
from analysis.analyses.data.design import OUTCOME, Design, build_design, fit_design
from analysis.analyses.mrs.common_odds import ESTIMANDS, diagnose
from analysis.analyses.statistics.estimates import (
    describe_difference,
    describe_no_difference,
    give_reason,
)
from analysis.analyses.statistics.risks import (
    DIFFERENCE_METHOD,
    count_events,
    describe_risk_difference,
)
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.predictions.contrasts import Effect, StandardisedEffects
from analysis.models.predictions.standardise import standardise
from analysis.models.proportional_odds.intervals import Interval
from analysis.not_estimable.codes import ReasonCode
from analysis.not_estimable.reason import Reason

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
    found = _standardise(adsl, plan)
    return [*counted, _describe_shares(found, plan), _describe_shifts(found, plan)]


def count_levels(outcome: pd.Series, plan: Plan, group: str, prefix: str = "") -> list[Statistic]:
    """Return N with an outcome, n and pct of every level of the mRS, and the number missing.

    ``outcome``: the mRS of one arm. ``prefix`` names the part of the set, as ``<70``: its N stands
    at that level, the levels of the mRS at ``<70: 3``.
    """
    observed, lead = outcome.dropna(), f"{prefix}: " if prefix else ""
    place = {"group": group, "variable": OUTCOME}
    statistics = [Statistic("N", len(observed), **place, level=prefix)]
    for level in plan.outcome.levels:
        count, name = int((observed == level).sum()), plan.outcome.name_level(level)
        statistics += count_share(count, len(observed), **place, level=f"{lead}{name}")
    missing = len(outcome) - len(observed)
    return [*statistics, Statistic("n", missing, **place, level=f"{lead}{MISSING}")]


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
        place = {"variable": OUTCOME, "level": str(level)}
        statistics += count_events(plan, events, totals, **place)
        statistics += describe_risk_difference(events, totals, plan.inference.alpha, **place)
    return AnalysisResult(
        "mrs_distribution_rd", population, f"{DIFFERENCE_METHOD}, mRS up to each cut point",
        tuple(statistics), ESTIMANDS[population],
    )  # fmt: skip


def _standardise(adsl: pd.DataFrame, plan: Plan) -> _Standardised:
    design = build_design(adsl, plan.primary.population, plan, prepare_covariates(adsl, plan))
    try:
        fit = fit_design(design)
        effects = standardise(fit, design.y, design.x, 0, alpha=plan.inference.alpha)
    except EstimationError as error:
        return _Standardised(design, None, {}, error.reason)
    return _Standardised(design, effects, diagnose(fit), Reason.of(ReasonCode.NO_REASON))


def _describe_shares(found: _Standardised, plan: Plan) -> AnalysisResult:
    statistics = list(found.design.counts)
    for place, code in enumerate(plan.arms.codes):
        for level in plan.outcome.levels:
            name = plan.outcome.name_level(level)
            where = {"group": code, "variable": OUTCOME, "level": name}
            statistics += _describe_share(found, place, level, where)
    return _result("mrs_distribution_adjusted", SHARE_METHOD, statistics, found, plan)


def _describe_share(
    found: _Standardised, arm: int, level: int, where: dict[str, str]
) -> list[Statistic]:
    """Percent with its interval; a level that nobody has is no level of the model: 0 percent."""
    if found.effects is None:
        return give_reason(found.reason, SHARE_NAMES, **where)
    if level not in found.effects.levels:
        warning = str(Reason.of(ReasonCode.NO_LEVEL_OF_MODEL, levels=f"{level}"))
        blank = [Statistic(name, None, **where, warning=warning) for name in SHARE_NAMES[1:]]
        return [Statistic("pct", 0.0, **where, warning=warning), *blank]
    arms: tuple[Sequence[Effect], ...] = (found.effects.treatment, found.effects.reference)
    share = arms[arm][found.effects.levels.index(level)]
    values = (share.estimate, share.low, share.high)
    return [
        Statistic(name, 100.0 * value, **where)
        for name, value in zip(SHARE_NAMES, values, strict=True)
    ]


def _describe_shifts(found: _Standardised, plan: Plan) -> AnalysisResult:
    statistics = list(found.design.counts)
    for level in list_cuts(plan):
        where = {"variable": OUTCOME, "level": str(level)}
        statistics += _describe_shift(found, level, where)
    return _result("mrs_distribution_rd_adjusted", SHIFT_METHOD, statistics, found, plan)


def _describe_shift(found: _Standardised, level: int, where: dict[str, str]) -> list[Statistic]:
    """The difference at a cut point; between levels of the model, that at the next lower one."""
    if found.effects is None:
        return describe_no_difference(found.reason, **where)
    below = sum(known <= level for known in found.effects.levels)
    if below in (0, len(found.effects.levels)):
        code = ReasonCode.NOBODY_UP_TO_MRS if below == 0 else ReasonCode.EVERYBODY_UP_TO_MRS
        return describe_no_difference(Reason.of(code, level=level), **where)
    shift = found.effects.risk_differences[below - 1]
    if shift.p_value is None:
        raise EstimationError("a risk difference has a p-value")
    interval = Interval(shift.low, shift.high, shift.p_value)
    return describe_difference(shift.estimate, interval, shift.standard_error, **where)


def _result(
    analysis_id: str, method: str, statistics: Sequence[Statistic], found: _Standardised, plan: Plan
) -> AnalysisResult:
    population = plan.primary.population
    return AnalysisResult(
        analysis_id, population, method, tuple(statistics), ESTIMANDS[population],
        found.diagnostics, found.design.notes,
    )  # fmt: skip
