"""Tests by the randomisation: van Elteren's, and the re-randomisation of the primary model."""

import math
from collections.abc import Iterator

import numpy as np

from analysis.qc.checks.shift import label_strata, read_levels
from analysis.qc.formulas.likelihood.complex_step import Vector
from analysis.qc.formulas.likelihood.ordinal import find_residuals
from analysis.qc.formulas.normal import find_chi_square_p, find_p
from analysis.qc.formulas.ranks import Arrangement, arrange, can_differ, score_ranks
from analysis.qc.recomputed import (
    COUNT,
    FORMULA,
    MAXIMUM,
    TOO_FEW_ARRANGEMENTS,
    Recomputed,
    Tolerance,
    Unit,
    assign,
    count,
    tolerate_p,
    without,
)
from analysis.qc.subjects import Model, Trial, build_model, with_outcome

METHODS = {
    "van_elteren": "Cochran-Mantel-Haenszel mean scores, midranks over n + 1",
    "rerandomisation": "complex-step scores, moments over all arrangements within strata, normal",
}
TEST_NAMES = ("statistic", "df", "p_value")
RANK_COUNTS = ("n_strata", "n_strata_left_out", "n_left_out")
DRAWN_NAMES = ("n_strata", "n_left_out", "z", "draws", "p_value")
ALIKE = "every arrangement is alike"
MONTE_CARLO = 5.0
"""Standard errors of the engine's draws: one trial in a million lies farther."""
DECIMALS = 9
FEWEST_MOVED, FEWEST_VALUES = 50, 20
"""Subjects of the smaller arm of each stratum together, and different scores: with fewer the sum
takes few values, and no normal distribution is near."""


def check_randomisation(trial: Trial) -> Iterator[Recomputed]:
    """Yield both tests with what was left out of them."""
    population = trial.plan.primary.population
    rows = with_outcome(trial.members(population))
    by_id = {
        "van_elteren": _test_ranks(build_model(trial, rows, adjusted=False), trial),
        "rerandomisation": _test_scores(build_model(trial, rows, adjusted=True), trial),
    }
    for analysis_id, numbers in by_id.items():
        yield from assign(
            numbers, METHODS[analysis_id], analysis_id=analysis_id, population=population
        )


def _test_ranks(model: Model, trial: Trial) -> Iterator[Recomputed]:
    yield from model.counts(trial.plan)
    levels = read_levels(model.rows)
    strata = label_strata(*(model.rows[name] for name in trial.plan.co_reported.strata))
    if not can_differ(levels, model.treated, strata):
        yield from without((*TEST_NAMES, *RANK_COUNTS), ALIKE)
        return
    found = arrange(score_ranks(levels, strata), model.treated, strata)
    tolerance = Tolerance(FORMULA.limit * max(1.0, found.z**2), Unit.ABSOLUTE)  # may be 0
    yield Recomputed("statistic", found.z**2, tolerance)
    yield Recomputed("df", 1, COUNT)
    yield Recomputed("p_value", find_chi_square_p(found.z**2), tolerate_p(found.z**2))
    values = (found.given, found.alone, found.alone_rows)
    yield from (count(name, value) for name, value in zip(RANK_COUNTS, values, strict=True))


def _test_scores(model: Model, trial: Trial) -> Iterator[Recomputed]:
    yield from model.counts(trial.plan)
    scores: Vector | str = "one arm only"
    if model.has_both_arms:
        scores = find_residuals(read_levels(model.rows), model.columns[:, 1:])
    strata = label_strata(*(model.rows[name] for name in trial.plan.co_reported.strata))
    if not isinstance(scores, str) and not can_differ(_distinguish(scores), model.treated, strata):
        scores = ALIKE
    if isinstance(scores, str):
        yield from without(DRAWN_NAMES, scores)
        return
    found = arrange(scores, model.treated, strata)
    yield from (count("n_strata", found.given), count("n_left_out", found.alone_rows))
    yield Recomputed("z", found.z, MAXIMUM)
    yield count("draws", trial.plan.supportive.rerandomisation.draws)
    has_many = len(np.unique(_distinguish(scores))) >= FEWEST_VALUES
    yield _approximate(found, has_many, trial.plan.supportive.rerandomisation.draws)


def _approximate(found: Arrangement, has_many: bool, draws: int) -> Recomputed:
    """The p-value for a normal sum, within what random draws and the approximation leave open."""
    if not has_many or found.smaller_arms < FEWEST_MOVED:
        return Recomputed("p_value", None, COUNT, reason=TOO_FEW_ARRANGEMENTS)
    p_value = find_p(found.z)
    drawn = MONTE_CARLO * math.sqrt(p_value * (1.0 - p_value) / draws) + 1.0 / draws
    return Recomputed("p_value", p_value, Tolerance(drawn + 1.0 / found.rows, Unit.ABSOLUTE))


def _distinguish(scores: Vector) -> Vector:
    """Scores that differ by rounding alone are one."""
    return np.round(scores, DECIMALS)
