"""Analysis sets and the distribution of the outcome, counted again (SAP 3, 4.3)."""

from collections.abc import Iterator

import pandas as pd

from analysis.qc.recomputed import DIFFERENCE, Recomputed, assign, count, measure, percent, without
from analysis.qc.subjects import SETS, Trial, with_outcome

QUARTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}
INTERPOLATED = "linear interpolation between the ordered scores"


def check_sets(trial: Trial) -> Iterator[Recomputed]:
    """Yield the subjects of every set, by arm and together."""
    for population in SETS:
        rows = trial.members(population)
        numbers = [count("n", size, group=group) for group, size in _sizes(trial, rows).items()]
        yield from assign(numbers, analysis_id="populations", population=population)


def check_distribution(trial: Trial) -> Iterator[Recomputed]:
    """Yield count and percent of every level of the outcome by arm, quartiles, and the missing."""
    for population in ("ITT", "PP"):
        rows = trial.members(population)
        for code in trial.plan.arms.codes:
            scores = rows.loc[rows["ARM"].eq(code), "MRS90"]
            numbers = (*_distribute(scores, trial), *_find_quartiles(scores))
            yield from assign(
                numbers, analysis_id="mrs_distribution", population=population, group=code
            )


def _sizes(trial: Trial, rows: pd.DataFrame) -> dict[str, int]:
    by_arm = {code: int(rows["ARM"].eq(code).sum()) for code in trial.plan.arms.codes}
    return {**by_arm, "": len(rows)}


def _distribute(scores: pd.Series, trial: Trial) -> Iterator[Recomputed]:
    total = len(with_outcome(scores.to_frame()))
    yield count("N", total)
    yield count("n", len(scores) - total, level="missing")
    for level in trial.plan.outcome.levels:
        here = int(scores.eq(level).fillna(False).sum())
        name = trial.plan.outcome.name_level(level)
        yield count("n", here, level=name)
        yield percent(here, total, level=name)


def _find_quartiles(scores: pd.Series) -> Iterator[Recomputed]:
    ordered = sorted(int(score) for score in with_outcome(scores.to_frame())["MRS90"])
    if not ordered:
        yield from assign(without(QUARTILES, "nobody has an outcome"), INTERPOLATED)
        return
    values = {name: _interpolate(ordered, share) for name, share in QUARTILES.items()}
    yield from assign(measure(values, DIFFERENCE), INTERPOLATED)


def _interpolate(ordered: list[int], share: float) -> float:
    """The value at a share of the way from the first to the last."""
    way = share * (len(ordered) - 1)
    below = int(way)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (way - below) * (ordered[above] - ordered[below])
