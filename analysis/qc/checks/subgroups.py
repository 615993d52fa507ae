"""The common odds ratio in each level of the subgroups, by the check's own likelihood (SAP 8.4)."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.config.blocks.subgroups import Subgroup
from analysis.qc.checks.shift import read_ranks
from analysis.qc.checks.win_odds import METHODS, recompute_wins
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.likelihood.complex_step import Matrix
from analysis.qc.formulas.likelihood.finite import describe_columns, has_ordinal_maximum
from analysis.qc.formulas.likelihood.ordinal import fit_shift
from analysis.qc.formulas.wald import RATIO_NAMES, describe_ratio
from analysis.qc.recomputed import Recomputed, assign, without
from analysis.qc.subjects import Model, Trial, build_model, with_outcome

Ranks = np.ndarray[tuple[int], np.dtype[np.int64]]
METHOD = (
    "likelihood in cuts and log gaps, complex-step gradients, scipy BFGS and Newton, without "
    "covariates that separate"
)


def check_subgroups(trial: Trial) -> Iterator[Recomputed]:
    """Yield subjects and the odds ratio of every level that is not merged into another."""
    population = trial.plan.subgroups.population
    members = trial.members(population)
    for factor in trial.plan.subgroups.factors:
        groups = _read_levels(trial, members, factor)
        kept = trial.kept_levels(factor.column) if factor.merge_rare else factor.levels
        for level in (name for name in factor.levels if name in kept):
            rows = with_outcome(members[groups.eq(level)])
            model = build_model(trial, rows, adjusted=True)
            numbers, method = _recompute_level(model, trial)
            yield from assign(
                numbers, method, analysis_id=f"subgroup_{factor.name}", population=population,
                level=level,
            )  # fmt: skip


def _read_levels(trial: Trial, members: pd.DataFrame, factor: Subgroup) -> pd.Series:
    """The level of each subject as text; rare ones merged as those of the covariate."""
    own = members[factor.variable].astype(object)
    own = own.where(own.notna(), "").astype(str)
    if not factor.merge_rare:
        return own
    kept = trial.kept_levels(factor.column)
    merged: pd.Series = own.where(own.isin([*kept, ""]), kept[0])
    return merged


def _recompute_level(model: Model, trial: Trial) -> tuple[list[Recomputed], str]:
    """The numbers by the primary measure, and how they were found."""
    measure = trial.plan.primary.measure
    if trial.plan.primary.is_common_odds:
        return [*model.counts(trial.plan), *_recompute(model, trial)], METHOD
    if not len(model.rows):
        return [*model.counts(trial.plan), *_recompute(model, trial)], METHODS[measure]
    wins = recompute_wins(model, measure, "subgroup", trial)
    return [each for each in wins if each.name in ("n", *RATIO_NAMES)], METHODS[measure]


def _recompute(model: Model, trial: Trial) -> list[Recomputed]:
    if not len(model.rows):
        return without(RATIO_NAMES, "nobody of the level has an outcome")
    if not model.has_both_arms:
        return without(RATIO_NAMES, "one arm only")
    ranks = read_ranks(model.rows, trial.plan)
    fit = fit_shift(ranks, _leave_out_separating(ranks, model))
    if isinstance(fit, str):
        return without(RATIO_NAMES, fit)
    return describe_ratio(fit.log_odds_ratio, fit.standard_error, find_left_out(trial.plan))


def _leave_out_separating(ranks: Ranks, model: Model) -> Matrix:
    """The columns, the arm first, without covariates that separate by themselves, or together."""
    codes = np.unique(ranks, return_inverse=True)[1]
    columns, names = model.columns, model.names
    if codes.max() < 1 or describe_columns(columns) or has_ordinal_maximum(codes, columns):
        return columns
    alone = {
        name for name, column in zip(names, columns.T, strict=True)
        if not has_ordinal_maximum(codes, column[:, None])
    }  # fmt: skip
    if names[0] in alone:
        return columns
    if alone:
        kept = [name not in alone for name in names]
        smaller = Model(model.rows, model.treated, columns[:, kept],
                        tuple(name for name in names if name not in alone))  # fmt: skip
        return _leave_out_separating(ranks, smaller)
    rest = columns[:, 1:]
    if rest.shape[1] and not has_ordinal_maximum(codes, rest):
        return columns[:, :1]
    return columns
