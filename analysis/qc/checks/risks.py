"""The dichotomies of the outcome, deaths and haemorrhages (SAP 8.1, 9.1, 9.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class SafetyEvent:
    """A flag of ADSL, the flag of unknown status, the sets, and the flag of the denominator."""

    analysis_id: str
    flag: str
    unknown: str = ""
    populations: tuple[str, ...] = ("SAF",)
    among: str = ""


SAFETY_EVENTS = (
    SafetyEvent("death_90d", "DTH90FL", populations=("SAF", "ITT")),
    SafetyEvent("sich_48h", "SICH48FL", "SICHUNFL"),
    SafetyEvent("ich_any_48h", "ICH48FL", "ICHUNFL"),
    SafetyEvent("ph_48h", "PH48FL", "ICHUNFL"),
    SafetyEvent("ich_any_48h_imaged", "ICH48FL", "ICHUNFL", among="ICHIMGFL"),
)


def check_dichotomies(trial: Trial) -> Iterator[Recomputed]:
    """Yield counts and the five contrasts of every dichotomy."""
    population = trial.plan.secondary.population
    model = build_model(trial, with_outcome(trial.members(population)), adjusted=True)
    levels, best = read_levels(model.rows), trial.plan.outcome.levels[0]
    counts = model.counts(trial.plan)
    for level in trial.plan.secondary.dichotomies:
        event = levels <= level
        crude = _contrast(trial, model.rows, event)
        adjusted = _adjust(event, model.columns, crude, trial.plan)
        by_end = crude | {end: list(numbers) for end, numbers in adjusted.items()}
        numbers = {end: [*(counts if end else []), *numbers] for end, numbers in by_end.items()}
        yield from _name(numbers, f"mrs_{best}_{level}", population)


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


def check_safety(trial: Trial) -> Iterator[Recomputed]:
    """Yield counts, ratio and difference of every safety outcome and set."""
    for outcome in SAFETY_EVENTS:
        for population in outcome.populations:
            rows = trial.members(population)
            if outcome.among:
                rows = rows[_is_yes(rows, outcome.among)]
            by_end = _contrast(trial, rows, _is_yes(rows, outcome.flag))
            n = count("n", len(rows))
            numbers = {end: [*([n] if end else []), *part] for end, part in by_end.items()}
            if outcome.unknown:
                numbers[""] += [
                    count("n_unknown", int(_is_yes(arm, outcome.unknown).sum()), group=code)
                    for code, arm in _split(trial, rows).items()
                ]
            yield from _name(numbers, outcome.analysis_id, population)


def _contrast(
    trial: Trial, rows: pd.DataFrame, event: NDArray[np.bool_]
) -> dict[str, list[Recomputed]]:
    """Counts by arm, risk ratio and risk difference, by the end of their ids."""
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


def _name(
    numbers: Mapping[str, list[Recomputed]], stem: str, population: str
) -> Iterator[Recomputed]:
    for end, part in numbers.items():
        yield from assign(
            part, analysis_id=stem + end, population=population, method=METHODS[end]
        )  # fmt: skip


def _is_yes(rows: pd.DataFrame, flag: str) -> NDArray[np.bool_]:
    return rows[flag].eq("Y").fillna(False).to_numpy(dtype=bool)


def _split(trial: Trial, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {code: rows[rows["ARM"].eq(code)] for code in trial.plan.arms.codes}
