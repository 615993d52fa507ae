"""The win odds, over all pairs of subjects (SAP 5.4), also as the primary measure (5.6)."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

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
LEAST_SQUARES = "weighted least squares with the covariates' mean differences"
METHODS = {
    "win_odds": METHOD,
    "win_odds_adjusted": f"{METHOD}; {LEAST_SQUARES}",
    "win_odds_stratified": f"{METHOD}, within strata",
    "win_odds_stratified_adjusted": f"{METHOD}, within strata; {LEAST_SQUARES}",
}
POOLED = "\0pooled"
STRATA_NAMES = (
    "n_strata", "n_strata_analysed", "n_strata_pooled", "n_pooled", "n_strata_left_out",
    "n_left_out",
)  # fmt: skip


def check_wins(trial: Trial) -> Iterator[Recomputed]:
    """Yield every kind of win odds; and the primary analysis and that of the per-protocol set,
    where the plan makes win odds the primary measure.
    """
    own, primary = trial.plan.primary.population, trial.plan.primary
    analyses = [(measure, measure, own) for measure in METHODS]
    if not primary.is_common_odds:
        analyses += [("primary", primary.measure, own), ("sens_pp", primary.measure, "PP")]
    for analysis_id, measure, population in analyses:
        rows = with_outcome(trial.members(population))
        model = build_model(trial, rows, adjusted=True)
        numbers = recompute_wins(model, measure, analysis_id, trial)
        yield from assign(numbers, METHODS[measure], analysis_id=analysis_id, population=population)


def recompute_wins(model: Model, measure: str, analysis_id: str, trial: Trial) -> list[Recomputed]:
    """Return subjects and win odds of a model by a measure, one of ``METHODS``."""
    levels = read_ranks(model.rows, trial.plan)
    covariates = model.columns[:, 1:] if measure.endswith("_adjusted") else model.columns[:, :0]
    leaves_out = trial.plan.inference.adjusted_residuals == "leave_one_out"
    if "_stratified" in measure:
        return _compare_within(model, levels, covariates, analysis_id, trial, leaves_out)
    wins: Wins | str = compare_pairs(levels, model.treated)
    if covariates.shape[1] and not isinstance(wins, str):
        wins = compare_adjusted(levels, model.treated, covariates, leaves_out=leaves_out)
    return [*model.counts(trial.plan), *_describe(wins, analysis_id, trial.plan)]


def _compare_within(
    model: Model,
    levels: NDArray[np.int64],
    covariates: NDArray[np.float64],
    analysis_id: str,
    trial: Trial,
    leaves_out: bool,
) -> list[Recomputed]:
    settings = trial.plan.co_reported
    labels = label_strata(*(model.rows[name] for name in settings.strata))
    pooling = pool_strata(labels, model.treated, settings.strata_fewest_per_arm)
    is_small = labels.isin(pooling.small).to_numpy()
    kept = np.ones(len(labels), dtype=bool) if pooling.is_pooled else ~is_small
    strata = labels.where(~is_small, POOLED).to_numpy(dtype=np.str_)[kept]
    wins: Wins | str = "one level of the outcome"
    if len(set(levels)) > 1:
        inside = (levels[kept], model.treated[kept])
        wins = compare_strata(*inside, strata)
        if covariates.shape[1] and not isinstance(wins, str):
            wins = compare_adjusted(*inside, covariates[kept], strata=strata, leaves_out=leaves_out)
    used = build_model(trial, model.rows[kept], adjusted=False)
    effect = _describe(wins, analysis_id, trial.plan)
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
