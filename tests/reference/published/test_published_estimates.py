"""Estimates that trials printed, from the counts that they printed (``README.md``)."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.models.means_and_risks import Counts, estimate_risk_ratio
from analysis.models.numerics import wald_interval
from analysis.models.proportional_odds import fit_proportional_odds
from analysis.models.win_odds import estimate_win_odds

ALPHA = 0.05
Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution
LOOSE = 0.02
"""Relative; see ``README.md``."""

Row = dict[str, str]
Estimate = tuple[float, float, float]


def read_rows(name: str) -> list[Row]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ESTIMATES = {row["study"]: row for row in read_rows("estimates.csv")}
ARMS = {(row["trial"], row["role"]): row for row in read_rows("trials.csv")}
FIELDS = ("estimate", "ci_low", "ci_high")


def read_outcomes(trial: str, merge_5_and_6: bool) -> tuple[np.ndarray, np.ndarray]:
    """Scores and arm (1 treatment, 0 reference) of every patient of a trial."""
    counts = [
        [int(ARMS[trial, role][f"mrs{level}"]) for level in range(7)]
        for role in ("treatment", "reference")
    ]
    scores = np.concatenate([np.repeat(np.arange(7), arm) for arm in counts])
    arm = np.repeat([1, 0], [sum(arm) for arm in counts])
    return np.minimum(scores, 5) if merge_5_and_6 else scores, arm


def from_log(estimate: float, standard_error: float) -> Estimate:
    interval = wald_interval(estimate, standard_error, ALPHA)
    return math.exp(estimate), math.exp(interval.low), math.exp(interval.high)


def common_odds_ratio(row: Row) -> Estimate:
    scores, arm = read_outcomes(row["study"], row["merge_5_and_6"] == "yes")
    fit = fit_proportional_odds(scores, arm[:, None])
    return from_log(float(fit.beta[0]), float(fit.beta_errors[0]))


def win_odds(row: Row) -> Estimate:
    found = estimate_win_odds(*read_outcomes(row["study"], row["merge_5_and_6"] == "yes"))
    return from_log(found.log_odds, found.log_odds_error)


def read_counts(row: Row) -> tuple[int, int, int, int]:
    fields = ("treatment_events", "treatment_n", "reference_events", "reference_n")
    x1, n1, x0, n0 = (int(row[field]) for field in fields)
    return x1, n1, x0, n0


def log_wald_risk_ratio(row: Row) -> Estimate:
    found = estimate_risk_ratio(Counts(*read_counts(row)), ALPHA)
    assert found.estimate is not None
    assert found.ci_low is not None
    assert found.ci_high is not None
    return found.estimate, found.ci_low, found.ci_high


def wald_risk_difference(row: Row) -> Estimate:
    """p1 - p0 with variance p1 (1 - p1) / n1 + p0 (1 - p0) / n0."""
    x1, n1, x0, n0 = read_counts(row)
    p1, p0 = x1 / n1, x0 / n0
    half = Z * math.sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0)
    return p1 - p0, p1 - p0 - half, p1 - p0 + half


def woolf_odds_ratio(row: Row) -> Estimate:
    """x1 (n0 - x0) / x0 (n1 - x1); the variance of its log is the sum of 1 / cell (Woolf 1955)."""
    x1, n1, x0, n0 = read_counts(row)
    log_ratio = math.log(x1 * (n0 - x0) / (x0 * (n1 - x1)))
    return from_log(log_ratio, math.sqrt(sum(1 / cell for cell in (x1, n1 - x1, x0, n0 - x0))))


MEASURES: dict[str, Callable[[Row], Estimate]] = {
    "common odds ratio": common_odds_ratio,
    "win odds": win_odds,
    "log-Wald risk ratio": log_wald_risk_ratio,
    "Wald risk difference": wald_risk_difference,
    "Woolf odds ratio": woolf_odds_ratio,
}


def select(tolerance: str) -> list[str]:
    return [study for study, row in ESTIMATES.items() if row["tolerance"] == tolerance]


def print_as(printed: str, value: float) -> str:
    """``value`` with as many decimals as were printed."""
    return f"{value:.{len(printed.partition('.')[2])}f}"


@pytest.mark.parametrize("study", select("exact"))
def test_exact_rows_come_out_to_the_last_printed_digit(study: str) -> None:
    row = ESTIMATES[study]
    own = MEASURES[row["measure"]](row)
    printed = [row[field] for field in FIELDS]
    assert [print_as(*pair) for pair in zip(printed, own, strict=True)] == printed


@pytest.mark.parametrize("study", select("loose"))
def test_loose_rows_come_within_two_percent(study: str) -> None:
    row = ESTIMATES[study]
    own = MEASURES[row["measure"]](row)
    assert own == pytest.approx([float(row[field]) for field in FIELDS], rel=LOOSE)


def test_every_row_is_exact_or_loose() -> None:
    assert len(select("exact")) == 5
    assert len(select("loose")) == 2
    assert len(ESTIMATES) == 7


def test_merging_levels_is_another_estimand() -> None:
    """SWIFT PRIME prints 2.63 for six levels; seven levels of the same counts give 2.55."""
    row = {**ESTIMATES["SWIFT PRIME"], "merge_5_and_6": "no"}
    assert print_as("0.00", common_odds_ratio(row)[0]) == "2.55"
