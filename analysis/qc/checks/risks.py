"""The dichotomies of the outcome, and the contrasts of any two risks (SAP 8.1)."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.config import Plan
from analysis.qc.checks.shift import read_levels
from analysis.qc.checks.sparse import (
    ADJUSTED,
    LOGISTIC,
    count_fewest,
    recompute_odds,
    replace_sparse,
)
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.likelihood.complex_step import Matrix
from analysis.qc.formulas.likelihood.regressions import (
    recompute_risk_difference,
    recompute_risk_ratio,
)
from analysis.qc.formulas.two_risks import Counts, recompute_difference, recompute_ratio
from analysis.qc.recomputed import COUNTED, Recomputed, assign, count, percent
from analysis.qc.subjects import Trial, build_model, with_outcome

METHODS = {
    "": COUNTED,
    "_rr": "closed formula; Koopman limits with the restricted maximum by bisection",
    "_rd": "score limits with the restricted maximum by bisection",
    "_rr_adjusted": "statsmodels GLM, Poisson, HC0",
    "_or_adjusted": LOGISTIC,
    "_rd_adjusted": "statsmodels GLM, binomial; mean predicted risks and their influence function",
}
"""Method of the check by the end of the analysis id."""


def check_dichotomies(trial: Trial) -> Iterator[Recomputed]:
    """Yield counts and the five contrasts of every dichotomy."""
    population = trial.plan.secondary.population
    model = build_model(trial, with_outcome(trial.members(population)), adjusted=True)
    levels, best = read_levels(model.rows), trial.plan.outcome.levels[0]
    counts = model.counts(trial.plan)
    for level in trial.plan.secondary.dichotomies:
        event = levels <= level
        crude = contrast_risks(trial, model.rows, event)
        adjusted = _adjust(event, model.columns, crude, trial.plan)
        by_end = crude | {end: list(numbers) for end, numbers in adjusted.items()}
        numbers = {end: [*(counts if end else []), *numbers] for end, numbers in by_end.items()}
        yield from name_by_end(numbers, f"mrs_{best}_{level}", population)


def _adjust(
    event: NDArray[np.bool_], columns: Matrix, crude: Mapping[str, list[Recomputed]], plan: Plan
) -> dict[str, Iterator[Recomputed] | list[Recomputed]]:
    """The adjusted contrasts by the end of their ids, or what the plan puts in their place."""
    odds = recompute_odds(event, columns, plan)
    if replace_sparse(count_fewest(event), columns, plan) != ADJUSTED:
        return {
            "_rr_adjusted": assign(crude["_rr"], METHODS["_rr"]),
            "_rd_adjusted": assign(crude["_rd"], METHODS["_rd"]),
            "_or_adjusted": odds,
        }
    alpha = find_left_out(plan)
    return {
        "_rr_adjusted": recompute_risk_ratio(event, columns, alpha),
        "_or_adjusted": odds,
        "_rd_adjusted": recompute_risk_difference(
            event,
            columns,
            alpha,
            leaves_out=plan.inference.adjusted_residuals == "leave_one_out",
        ),
    }


def contrast_risks(
    trial: Trial, rows: pd.DataFrame, event: NDArray[np.bool_]
) -> dict[str, list[Recomputed]]:
    """Return counts by arm, risk ratio and risk difference, by the end of their ids."""
    arms = [rows["ARM"].eq(code).to_numpy(dtype=bool) for code in trial.plan.arms.codes]
    sizes = [(int(event[arm].sum()), int(arm.sum())) for arm in arms]
    counts, alpha = Counts(*sizes[0], *sizes[1]), find_left_out(trial.plan)
    counted = [
        number
        for code, (events, total) in zip(trial.plan.arms.codes, sizes, strict=True)
        for number in (
            count("events", events, group=code),
            count("N", total, group=code),
            percent(events, total, group=code),
        )
    ]
    return {
        "": counted,
        "_rr": recompute_ratio(counts, alpha),
        "_rd": recompute_difference(counts, alpha),
    }


def name_by_end(
    numbers: Mapping[str, list[Recomputed]], stem: str, population: str
) -> Iterator[Recomputed]:
    """Yield numbers under their ids: the stem and the end that they stand under."""
    for end, part in numbers.items():
        yield from assign(
            part, analysis_id=stem + end, population=population, method=METHODS[end]
        )  # fmt: skip
