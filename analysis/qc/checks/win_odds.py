"""The win odds, over all pairs of subjects (SAP 5.4)."""

from collections.abc import Iterator

import numpy as np

from analysis.config import Plan
from analysis.qc.checks.shift import label_strata, read_ranks
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.pairs import (
    Pooling,
    Wins,
    compare_adjusted,
    compare_pairs,
    compare_strata,
    pool_strata,
)
from analysis.qc.formulas.wald import RATIO_NAMES, describe_ratio
from analysis.qc.recomputed import FORMULA, Recomputed, assign, count, without
from analysis.qc.subjects import Model, Trial, build_model, with_outcome

METHOD = "every pair of subjects compared, variance from each subject's share of wins"
STRATIFIED = "win_odds_stratified"
METHODS = {
    "win_odds": METHOD,
    "win_odds_adjusted": f"{METHOD}; weighted least squares with the covariates' mean differences",
    STRATIFIED: f"{METHOD}, within strata",
}
POOLED = "\0pooled"
STRATA_NAMES = (
    "n_strata", "n_strata_analysed", "n_strata_pooled", "n_pooled", "n_strata_left_out",
    "n_left_out",
)  # fmt: skip


def check_wins(trial: Trial) -> Iterator[Recomputed]:
    """Yield the win odds plain, adjusted and stratified."""
    rows = with_outcome(trial.members(trial.plan.primary.population))
    model = build_model(trial, rows, adjusted=True)
    levels = read_ranks(model.rows, trial.plan)
    by_id = {
        "win_odds": compare_pairs(levels, model.treated),
        "win_odds_adjusted": compare_adjusted(
            levels,
            model.treated,
            model.columns[:, 1:],
            leaves_out=trial.plan.inference.adjusted_residuals == "leave_one_out",
        ),
    }
    for analysis_id, wins in by_id.items():
        numbers = [*model.counts(trial.plan), *_describe(wins, analysis_id, trial.plan)]
        yield from _name(numbers, analysis_id, trial)
    yield from _name(_compare_within(model, trial), STRATIFIED, trial)


def _name(numbers: list[Recomputed], analysis_id: str, trial: Trial) -> Iterator[Recomputed]:
    population = trial.plan.primary.population
    return assign(
        numbers, analysis_id=analysis_id, population=population, method=METHODS[analysis_id]
    )  # fmt: skip


def _compare_within(model: Model, trial: Trial) -> list[Recomputed]:
    settings = trial.plan.co_reported
    labels = label_strata(*(model.rows[name] for name in settings.strata))
    pooling = pool_strata(labels, model.treated, settings.strata_fewest_per_arm)
    is_small = labels.isin(pooling.small).to_numpy()
    kept = np.ones(len(labels), dtype=bool) if pooling.is_pooled else ~is_small
    strata = labels.where(~is_small, POOLED).to_numpy(dtype=np.str_)
    levels = read_ranks(model.rows, trial.plan)
    wins: Wins | str = "one level of the outcome"
    if len(set(levels)) > 1:
        wins = compare_strata(levels[kept], model.treated[kept], strata[kept])
    used = build_model(trial, model.rows[kept], adjusted=False)
    effect = _describe(wins, STRATIFIED, trial.plan)
    if isinstance(wins, str):  # then the numbers are those before any stratum is left out
        return [*model.counts(trial.plan), *effect, *without(STRATA_NAMES, wins)]
    return [*used.counts(trial.plan), *effect, *_count_strata(pooling)]


def _count_strata(pooling: Pooling) -> list[Recomputed]:
    small, rows, pools = len(pooling.small), pooling.small_rows, pooling.is_pooled
    pooled, left_out = ((small, rows), (0, 0)) if pools else ((0, 0), (small, rows))
    values = (pooling.given, pooling.given - small + int(pools), *pooled, *left_out)
    return [count(name, value) for name, value in zip(STRATA_NAMES, values, strict=True)]


def _describe(wins: Wins | str, analysis_id: str, plan: Plan) -> list[Recomputed]:
    if isinstance(wins, str):
        return without((*RATIO_NAMES, "win_probability"), wins)
    left_out = find_left_out(plan, analysis_id)
    return [
        *describe_ratio(wins.log_odds, wins.log_odds_error, left_out),
        Recomputed("win_probability", wins.probability, FORMULA),
    ]
