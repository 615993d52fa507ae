"""Analysis sets and the distribution of the outcome, counted again (SAP 3, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.qc.recomputed import Recomputed, count, percent, place
from analysis.qc.subjects import SETS, Trial, with_outcome


def check_sets(trial: Trial) -> Iterator[Recomputed]:
    """Yield the subjects of every set, by arm and together."""
    for population in SETS:
        rows = trial.members(population)
        numbers = [count("n", size, group=group) for group, size in _sizes(trial, rows).items()]
        yield from place(numbers, analysis_id="populations", population=population)


def check_distribution(trial: Trial) -> Iterator[Recomputed]:
    """Yield count and percent of every level of the outcome by arm, and how many have none."""
    for population in ("ITT", "PP"):
        rows = trial.members(population)
        for code in trial.plan.arms.codes:
            numbers = _distribute(rows.loc[rows["ARM"].eq(code), "MRS90"], trial)
            yield from place(
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
