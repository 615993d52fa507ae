"""The hierarchical win ratio, win odds and net benefit, pair by pair (SAP 5.9)."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.config import Plan
from analysis.config.blocks.supportive import HierarchyLevel
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.hierarchy import (
    PairEffects,
    Shares,
    compare_by_levels,
    compare_deaths,
    compare_scores,
)
from analysis.qc.formulas.likelihood.complex_step import Matrix, Vector
from analysis.qc.formulas.wald import (
    DIFFERENCE_NAMES,
    RATIO_NAMES,
    describe_difference,
    describe_ratio,
)
from analysis.qc.recomputed import FORMULA, Recomputed, assign, count, measure, without
from analysis.qc.subjects import Trial, build_model, with_outcome

METHOD = "the sign of every pair at every level; variance of each subject's influence"
IDS = ("win_ratio", "win_odds_hierarchical", "net_benefit")
SHARES = ("decided", "pct_won", "pct_lost", "pct_open")
RECORDS = {
    "nihss_h24": ("NIHSS", "H24", -1.0),
    "nihss_d7": ("NIHSS", "D7", -1.0),
    "eq5d": ("EQ5DUTIL", None, 1.0),
    "eqvas": ("EQVAS", None, 1.0),
}
"""By level: parameter and visit of ADQS, and the sign that makes more the better."""
NOBODY = "nobody has a value"


def check_hierarchy(trial: Trial) -> Iterator[Recomputed]:
    """Yield the three effects over all pairs, and what each level of the plan decides."""
    rows = with_outcome(trial.members(trial.plan.primary.population))
    model = build_model(trial, rows, adjusted=False)
    hierarchy = trial.plan.supportive.hierarchy
    scores = {level.outcome: _score(level, rows, trial) for level in hierarchy}
    signs = [
        _compare(level, scores[level.outcome], rows, trial, model.treated) for level in hierarchy
    ]
    known = {str(name): int(np.isfinite(values).sum()) for name, values in scores.items()}
    found = compare_by_levels(signs)
    observed = [count("n_observed", n, level=name) for name, n in known.items()]
    is_lower = trial.plan.inference.favours_treatment == "above_1"
    reported = found if is_lower else compare_by_levels([-each for each in signs])
    effects = _describe(found, reported, trial.plan)
    effects[IDS[0]] += [*observed, *_describe_shares(found, known)]
    for analysis_id, numbers in effects.items():
        yield from assign(
            [*model.counts(trial.plan), *numbers], METHOD, analysis_id=analysis_id,
            population=trial.plan.primary.population,
        )  # fmt: skip


def _score(level: HierarchyLevel, rows: pd.DataFrame, trial: Trial) -> Vector:
    """What a level compares, the more the better: days, levels turned, or values of ADQS."""
    if level.outcome == "death":
        days = trial.adtte.set_index("SUBJID")["AVAL"].reindex(rows.index)
        return days.to_numpy(dtype=np.float64)
    if level.outcome == "mrs":
        return -rows["MRS90"].to_numpy(dtype=np.float64)
    if level.outcome == "uw_mrs":
        worth = dict(
            zip(trial.plan.outcome.levels, trial.plan.secondary.mrs_utilities, strict=True)
        )
        return np.array([worth[int(score)] for score in rows["MRS90"]], dtype=np.float64)
    parameter, visit, better = RECORDS[level.outcome]
    values = trial.read_parameter(parameter, visit).reindex(rows.index)
    return better * values.to_numpy(dtype=np.float64)


def _compare(
    level: HierarchyLevel, score: Vector, rows: pd.DataFrame, trial: Trial,
    treated: NDArray[np.bool_],
) -> Matrix:  # fmt: skip
    if level.outcome != "death":
        return compare_scores(score, treated, level.margin)
    censored = trial.adtte.set_index("SUBJID")["CNSR"].reindex(rows.index)
    return compare_deaths(score, censored.eq(0).to_numpy(dtype=bool), treated, level.margin)


def _describe(
    found: PairEffects | str, reported: PairEffects | str, plan: Plan
) -> dict[str, list[Recomputed]]:
    """Numbers by analysis id; the odds are those of ``reported``, read from the plan's end."""
    if isinstance(found, str) or isinstance(reported, str):
        names = (RATIO_NAMES, RATIO_NAMES, DIFFERENCE_NAMES)
        return {name: without(each, str(found)) for name, each in zip(IDS, names, strict=True)}
    alpha = find_left_out(plan)
    numbers = (
        describe_ratio(*reported.log_ratio, alpha),
        describe_ratio(*reported.log_odds, alpha),
        describe_difference(*found.net, alpha),
    )
    return dict(zip(IDS, numbers, strict=True))


def _describe_shares(found: PairEffects | str, known: Mapping[str, int]) -> Iterator[Recomputed]:
    if isinstance(found, str):
        for level in ("", *known):
            yield from assign(without(SHARES, found), level=level)
        return
    yield from _name_shares(found.whole)
    for (level, n), shares in zip(known.items(), found.levels, strict=True):
        numbers = _name_shares(shares) if n else without(SHARES, NOBODY)
        yield from assign(numbers, level=level)


def _name_shares(shares: Shares) -> list[Recomputed]:
    percents = (100.0 * share for share in (shares.won, shares.lost, shares.left))
    values = (shares.won + shares.lost, *percents)
    return measure(dict(zip(SHARES, values, strict=True)), FORMULA)
