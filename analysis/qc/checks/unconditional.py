"""Effects over all subjects, and the primary estimate with a robust error (SAP 5.7)."""

import math
from collections.abc import Iterator

import numpy as np

from analysis.config import Plan
from analysis.qc.checks.shift import read_levels
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.likelihood.marginal import (
    Marginal,
    difference_up_to,
    find_marginal,
    find_wins,
)
from analysis.qc.formulas.likelihood.ordinal import ShiftFit, fit_shift
from analysis.qc.formulas.wald import (
    DIFFERENCE_NAMES,
    RATIO_NAMES,
    describe_difference,
    describe_ratio,
)
from analysis.qc.recomputed import CURVATURE, Recomputed, assign, without
from analysis.qc.subjects import Model, Trial, build_model, with_outcome

ROBUST, COMMON, WINS, DIFFERENCE = IDS = (
    "primary_robust", "marginal_common_odds", "marginal_win_odds", "marginal_rd",
)  # fmt: skip
METHOD = "mean shares of the check's own likelihood, influence of every row by complex steps"
WIN_PROBABILITY = "win_probability"
Numbers = list[Recomputed]


def check_unconditional(trial: Trial) -> Iterator[Recomputed]:
    """Yield subjects and effects of all four analyses."""
    population = trial.plan.primary.population
    model = build_model(trial, with_outcome(trial.members(population)), adjusted=True)
    for name, numbers in _recompute(model, trial.plan).items():
        own = [*model.counts(trial.plan), *numbers]
        yield from assign(own, METHOD, analysis_id=name, population=population)


def _recompute(model: Model, plan: Plan) -> dict[str, Numbers]:
    fit: ShiftFit | str = "one arm only"
    levels = read_levels(model.rows)
    if model.has_both_arms:
        fit = fit_shift(levels, model.columns)
    if isinstance(fit, str):
        return _leave_out(fit, plan)
    marginal, known = find_marginal(fit), np.unique(levels)
    return {
        ROBUST: _turn((fit.log_odds_ratio, fit.robust_error()), plan),
        COMMON: _turn(marginal.find_log_odds(), plan),
        WINS: _describe_wins(marginal, plan),
        DIFFERENCE: [
            number
            for level in plan.co_reported.cut_points
            for number in _describe_cut(marginal, level, known, plan)
        ],
    }


def _turn(log_odds: tuple[float, float] | str, plan: Plan) -> Numbers:
    """Log odds of a lower mRS and their error, as the plan reports them."""
    if isinstance(log_odds, str):
        return without(RATIO_NAMES, log_odds)
    value, error = log_odds
    return describe_ratio(_sign(plan) * value, error, find_left_out(plan))


def _describe_wins(marginal: Marginal, plan: Plan) -> Numbers:
    value, error = marginal.measure(find_wins)
    share = 1.0 / (1.0 + math.exp(-_sign(plan) * value))
    return [*_turn((value, error), plan), Recomputed(WIN_PROBABILITY, share, CURVATURE)]


def _describe_cut(
    marginal: Marginal, level: int, known: np.ndarray[tuple[int], np.dtype[np.int64]], plan: Plan
) -> Iterator[Recomputed]:
    up_to = int((known <= level).sum())
    if up_to in (0, len(known)):
        numbers = without(DIFFERENCE_NAMES, "all are on one side of the cut point")
    else:
        value, error = marginal.measure(difference_up_to(up_to))
        numbers = describe_difference(value, error, find_left_out(plan))
    return assign(numbers, level=str(level))


def _sign(plan: Plan) -> float:
    return 1.0 if plan.inference.favours_treatment == "above_1" else -1.0


def _leave_out(reason: str, plan: Plan) -> dict[str, Numbers]:
    cuts = [
        number
        for level in plan.co_reported.cut_points
        for number in assign(without(DIFFERENCE_NAMES, reason), level=str(level))
    ]
    ratios = {name: without(RATIO_NAMES, reason) for name in (ROBUST, COMMON)}
    wins = without((*RATIO_NAMES, WIN_PROBABILITY), reason)
    return {**ratios, WINS: wins, DIFFERENCE: cuts}
