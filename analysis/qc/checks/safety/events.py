"""Deaths, haemorrhages and other safety outcomes that happen or not (SAP 9.1, 9.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.qc.checks.risks import METHODS, contrast_risks, name_by_end
from analysis.qc.checks.sparse import ADJUSTED, count_fewest, replace_sparse
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.likelihood.regressions import recompute_risk_ratio
from analysis.qc.from_export.heidelberg import CLASS_FLAGS, CLASSES
from analysis.qc.recomputed import Recomputed, assign, count
from analysis.qc.subjects import Trial, build_model


@dataclass(frozen=True)
class SafetyEvent:
    """A flag of ADSL, the flag of unknown status, the sets, and the flag of the denominator."""

    analysis_id: str
    flag: str
    unknown: str = ""
    populations: tuple[str, ...] = ("SAF",)
    among: str = ""
    is_adjusted: bool = False


SAFETY_EVENTS = (
    SafetyEvent("death_90d", "DTH90FL", populations=("SAF", "ITT"), is_adjusted=True),
    SafetyEvent("sich_48h", "SICH48FL", "SICHUNFL", is_adjusted=True),
    SafetyEvent("ich_any_48h", "ICH48FL", "ICHUNFL"),
    SafetyEvent("ph_48h", "PH48FL", "ICHUNFL"),
    SafetyEvent("ich_any_48h_imaged", "ICH48FL", "ICHUNFL", among="ICHIMGFL"),
    SafetyEvent("sich_ecass2", "ECASS2FL", "ECASS2UN"),
    SafetyEvent("sich_sits_most", "SITSMFL", "SITSMUN"),
    SafetyEvent("hemicraniectomy", "HEMICRFL"),
    SafetyEvent("eni_h24", "ENIFL", populations=("ITT",), among="ENIKNFL", is_adjusted=True),
)
"""Without ``sich_ecass3``, which no export can tell: it has no number to be checked."""


def check_safety(trial: Trial) -> Iterator[Recomputed]:
    """Yield counts, crude and adjusted ratio and difference of every outcome and set; classes."""
    for outcome in SAFETY_EVENTS:
        for population in outcome.populations:
            rows = trial.members(population)
            if outcome.among:
                rows = rows[_is_yes(rows, outcome.among)]
            numbers = _recompute(outcome, rows, trial)
            yield from name_by_end(numbers, outcome.analysis_id, population)
    yield from _check_classes(trial)


def _recompute(
    outcome: SafetyEvent, rows: pd.DataFrame, trial: Trial
) -> dict[str, list[Recomputed]]:
    """Numbers by the end of their ids."""
    by_end = contrast_risks(trial, rows, _is_yes(rows, outcome.flag))
    n = count("n", len(rows))
    numbers = {end: [*([n] if end else []), *part] for end, part in by_end.items()}
    if outcome.unknown:
        numbers[""] += [
            count("n_unknown", int(_is_yes(arm, outcome.unknown).sum()), group=code)
            for code, arm in _split(trial, rows).items()
        ]
    if outcome.is_adjusted:
        numbers["_rr_adjusted"] = _adjust(outcome, rows, by_end["_rr"], trial)
    return numbers


def _adjust(
    outcome: SafetyEvent, rows: pd.DataFrame, crude: list[Recomputed], trial: Trial
) -> list[Recomputed]:
    """Subjects of the model, and the adjusted ratio, or the crude one of sparse data."""
    model = build_model(trial, rows, adjusted=True)
    event = _is_yes(rows, outcome.flag)
    if replace_sparse(count_fewest(event), model.columns, trial.plan) != ADJUSTED:
        return [*model.counts(trial.plan), *assign(crude, METHODS["_rr"])]
    ratio = recompute_risk_ratio(event, model.columns, find_left_out(trial.plan))
    return [*model.counts(trial.plan), *ratio]


def _check_classes(trial: Trial) -> Iterator[Recomputed]:
    """Subjects with an image of each class, and the risk difference."""
    rows = trial.members("SAF")
    for kind, flag in zip(CLASSES, CLASS_FLAGS, strict=True):
        by_end = contrast_risks(trial, rows, _is_yes(rows, flag))
        chosen = {end: by_end[end] for end in ("", "_rd")}
        yield from assign(name_by_end(chosen, "ich_class_48h", "SAF"), level=kind)


def _is_yes(rows: pd.DataFrame, flag: str) -> NDArray[np.bool_]:
    return rows[flag].eq("Y").fillna(False).to_numpy(dtype=bool)


def _split(trial: Trial, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {code: rows[rows["ARM"].eq(code)] for code in trial.plan.arms.codes}
