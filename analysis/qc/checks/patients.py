"""The shift in patients: benefit per 100 with its bounds, and numbers needed (SAP 5.9)."""

from collections.abc import Iterator

import numpy as np

from analysis.qc.checks.shift import read_levels
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.joint import bound_gain
from analysis.qc.formulas.normal import find_quantile
from analysis.qc.formulas.pairs import compare_pairs
from analysis.qc.formulas.two_risks import Counts, recompute_difference
from analysis.qc.recomputed import (
    FORMULA,
    NOT_REACHED,
    Recomputed,
    Tolerance,
    Unit,
    assign,
    measure,
    without,
)
from analysis.qc.subjects import Model, Trial, build_model, with_outcome

METHODS = {
    "benefit_per_100": "pairings of both distributions, linear programs (HiGHS, dual simplex)",
    "number_needed": "score limits by bisection, shares of pairs won; their inverses",
}
BOUNDS = ("low", "high", "independent")
NEEDED = ("number_needed", "number_needed_low", "number_needed_high")
NO_DIFFERENCE = "no difference"
SAME = 1e-13
"""A share of pairs won less lost that is this small is rounding: the least is one pair of all."""


def check_patients(trial: Trial) -> Iterator[Recomputed]:
    """Yield the bounds of benefit, harm and net, and the numbers needed by cut point and wins."""
    population = trial.plan.primary.population
    model = build_model(trial, with_outcome(trial.members(population)), adjusted=False)
    by_id = {
        "benefit_per_100": _bound_shares(model),
        "number_needed": [*_invert_cuts(model, trial), *_invert_wins(model, trial)],
    }
    for analysis_id, numbers in by_id.items():
        yield from assign(
            [*model.counts(trial.plan), *numbers], METHODS[analysis_id],
            analysis_id=analysis_id, population=population,
        )  # fmt: skip


def _bound_shares(model: Model) -> Iterator[Recomputed]:
    levels = read_levels(model.rows)
    steps = np.unique(levels)
    better = (steps[:, None] < steps[None, :]).astype(np.int64)
    gains = {"benefit": better, "harm": better.T, "net": better - better.T}
    reason = "one arm only" if not model.has_both_arms else ""
    reason = reason or ("one level of the outcome" if len(steps) < 2 else "")
    treated, reference = (
        (levels[arm][:, None] == steps).sum(axis=0) for arm in (model.treated, ~model.treated)
    )
    pairs = int(treated.sum()) * int(reference.sum())
    for level, gain in gains.items():
        bounds = None if reason else bound_gain(gain, treated, reference)
        if bounds is None:
            yield from assign(without(BOUNDS, reason or NOT_REACHED), level=level)
            continue
        sums = (*bounds, int(treated @ gain @ reference))
        values = {name: 100.0 * total / pairs for name, total in zip(BOUNDS, sums, strict=True)}
        yield from assign(measure(values, FORMULA), level=level)


def _invert_cuts(model: Model, trial: Trial) -> Iterator[Recomputed]:
    levels, own = read_levels(model.rows), model.treated
    for cut in trial.plan.co_reported.cut_points:
        low = levels <= cut
        counts = Counts(
            int(low[own].sum()), int(own.sum()), int(low[~own].sum()), int((~own).sum())
        )
        found = recompute_difference(counts, find_left_out(trial.plan))
        values = {number.name: number.value for number in found}
        needed = [
            _invert(name, values[source])
            for name, source in zip(NEEDED, ("estimate", "ci_low", "ci_high"), strict=True)
        ]
        yield from assign([*found, *needed], level=str(cut))


def _invert_wins(model: Model, trial: Trial) -> Iterator[Recomputed]:
    wins = compare_pairs(read_levels(model.rows), model.treated)
    if isinstance(wins, str):
        yield from assign(without(NEEDED, wins), level="win_probability")
        return
    half = find_quantile(find_left_out(trial.plan)) * wins.log_odds_error
    excess = (
        2.0 * wins.probability - 1.0,
        *(float(np.tanh((wins.log_odds + side * half) / 2.0)) for side in (-1.0, 1.0)),
    )
    numbers = [_invert(name, value) for name, value in zip(NEEDED, excess, strict=True)]
    yield from assign(numbers, level="win_probability")


def _invert(name: str, difference: float | None) -> Recomputed:
    """An inverse is off by as much, relatively, as what it is of, and that by 1e-9 absolutely."""
    if difference is None or abs(difference) < SAME:
        reason = "an arm without subjects" if difference is None else NO_DIFFERENCE
        return Recomputed(name, None, FORMULA, reason=reason)
    tolerance = Tolerance(FORMULA.limit / abs(difference), Unit.RELATIVE)
    return Recomputed(name, 1.0 / difference, tolerance)
