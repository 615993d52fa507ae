"""Hierarchical win ratio, win odds and net benefit, and the share that each level decides."""

from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from analysis.analyses.model_data.covariates import SUBJECT
from analysis.analyses.model_data.design import OUTCOME, Design, require_two_arms
from analysis.analyses.secondary import OUTCOMES, read_values
from analysis.analyses.statistics.direction import describe_odds
from analysis.analyses.statistics.estimates import (
    describe_difference,
    describe_no_difference,
    describe_not_estimable,
    give_reason,
)
from analysis.config import Plan
from analysis.config.blocks.supportive import HierarchyId, HierarchyLevel
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.numerics import wald_interval
from analysis.models.win_odds import (
    EventTimes,
    LevelShares,
    Measurement,
    WinRatio,
    estimate_win_ratio,
)

DEATH: Literal["death"] = "death"
MRS: Literal["mrs"] = "mrs"
WIN_RATIO, WIN_ODDS, NET_BENEFIT = "win_ratio", "win_odds_hierarchical", "net_benefit"
PAIRS = "all pairs of both arms, by the first level of the hierarchy that tells them apart"
METHODS = {
    WIN_RATIO: f"win ratio over {PAIRS}, U-statistics, delta method on the log ratio",
    WIN_ODDS: f"win odds over {PAIRS}, ties split, U-statistics, delta method on the log odds",
    NET_BENEFIT: f"wins less losses over {PAIRS}, U-statistics, Wald interval",
}
SHARES = ("decided", "pct_won", "pct_lost", "pct_open")
"""Of all pairs: those that a level decides as a share; in percent those won and lost by the
treatment there, and those still open after it."""


def analyse_win_ratio(
    design: Design, adsl: pd.DataFrame, adqs: pd.DataFrame, adtte: pd.DataFrame, plan: Plan
) -> list[AnalysisResult]:
    """Return win ratio with the shares by level, win odds and net benefit, a result each.

    The shares of all levels together have no level. A subject without a value leaves its pairs to
    the next level; ``n_observed`` counts those with one. A level of which nobody has a value drops
    out: it has no shares.
    """
    levels = {
        level.outcome: _read_level(level, design, adsl, adqs, adtte, plan)
        for level in plan.supportive.hierarchy
    }
    observed = {name: _count_observed(level) for name, level in levels.items()}
    try:
        require_two_arms(design)
        found = estimate_win_ratio({str(name): one for name, one in levels.items()}, design.x[:, 0])
    except EstimationError as error:
        effects, shares = _explain(error.reason), _explain_shares(error.reason, levels)
    else:
        effects, shares = _describe(found, plan), _describe_shares(found, observed)
    counts = [
        Statistic("n_observed", known, variable=name_variable(name), level=name)
        for name, known in observed.items()
    ]
    further = {WIN_RATIO: (*counts, *shares)}
    order = ", then ".join(_say_level(level, plan) for level in plan.supportive.hierarchy)
    return [
        AnalysisResult(
            name, plan.primary.population, METHODS[name],
            (*design.counts, *effect, *further.get(name, ())), order,
        )
        for name, effect in effects.items()
    ]  # fmt: skip


def name_variable(outcome: HierarchyId) -> str:
    """Return the variable of the analysis data sets that a level is of."""
    if outcome == DEATH:
        return "DTH90FL"
    return OUTCOME if outcome == MRS else OUTCOMES[outcome].parameter


def _read_level(
    level: HierarchyLevel,
    design: Design,
    adsl: pd.DataFrame,
    adqs: pd.DataFrame,
    adtte: pd.DataFrame,
    plan: Plan,
) -> EventTimes | Measurement:
    subjects = list(design.subjects)
    if level.outcome == DEATH:
        rows = adtte.set_index(SUBJECT).loc[subjects]
        return EventTimes(
            rows["AVAL"].to_numpy(float), 1 - rows["CNSR"].to_numpy(int), level.margin
        )
    if level.outcome == MRS:
        return Measurement(design.y, lower_is_better=True, margin=level.margin)
    values = read_values(level.outcome, adsl, adqs, plan).values.reindex(subjects)
    better = OUTCOMES[level.outcome].lower_is_better
    return Measurement(values.to_numpy(float), lower_is_better=better, margin=level.margin)


def _count_observed(level: EventTimes | Measurement) -> int:
    values = level.times if isinstance(level, EventTimes) else level.values
    return int(np.isfinite(np.asarray(values, dtype=np.float64)).sum())


def _describe(found: WinRatio, plan: Plan) -> dict[str, list[Statistic]]:
    keys = {"variable": OUTCOME}
    ratio, odds, net = found.log_ratio, found.log_odds, found.net_benefit
    interval = wald_interval(net.estimate, net.standard_error, plan.alpha_of(NET_BENEFIT))
    return {
        WIN_RATIO: describe_odds(WIN_RATIO, ratio.estimate, ratio.standard_error, plan, **keys),
        WIN_ODDS: describe_odds(WIN_ODDS, odds.estimate, odds.standard_error, plan, **keys),
        NET_BENEFIT: describe_difference(net.estimate, interval, net.standard_error, **keys),
    }


def _explain(reason: Reason) -> dict[str, list[Statistic]]:
    return {
        WIN_RATIO: describe_not_estimable(reason, variable=OUTCOME),
        WIN_ODDS: describe_not_estimable(reason, variable=OUTCOME),
        NET_BENEFIT: describe_no_difference(reason, variable=OUTCOME),
    }


def _describe_shares(found: WinRatio, observed: Mapping[HierarchyId, int]) -> list[Statistic]:
    statistics = _name_shares(LevelShares(found.wins, found.losses, found.ties), variable=OUTCOME)
    for level, known in observed.items():
        keys = {"variable": name_variable(level), "level": level}
        if known:
            statistics += _name_shares(found.levels[level], **keys)
        else:
            statistics += give_reason(Reason.of(ReasonCode.NO_VALUE), SHARES, **keys)
    return statistics


def _name_shares(shares: LevelShares, **keys: str) -> list[Statistic]:
    percents = (100.0 * share for share in (shares.won, shares.lost, shares.left))
    values = (shares.won + shares.lost, *percents)
    return [Statistic(name, value, **keys) for name, value in zip(SHARES, values, strict=True)]


def _explain_shares(reason: Reason, levels: Iterable[HierarchyId]) -> list[Statistic]:
    statistics = give_reason(reason, SHARES, variable=OUTCOME)
    for level in levels:
        statistics += give_reason(reason, SHARES, variable=name_variable(level), level=level)
    return statistics


def _say_level(level: HierarchyLevel, plan: Plan) -> str:
    if level.outcome == DEATH:
        said = f"death by day {plan.safety.death_day}, later is better"
    elif level.outcome == MRS:
        said = f"mRS at day {plan.outcome.day}"
    else:
        said = OUTCOMES[level.outcome].label
    return said if level.margin == 0.0 else f"{said} by more than {level.margin:g}"
