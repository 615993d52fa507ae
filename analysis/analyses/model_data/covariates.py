"""Covariates of the primary model, made ready once for every analysis set (SAP 5.2, 5.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.config import Plan
from analysis.config.blocks.primary import Covariate
from analysis.errors import DataError

SUBJECT = "SUBJID"


@dataclass(frozen=True)
class Prepared:
    """Covariate values of every ITT subject, by subject, imputed and merged.

    ``levels``: levels of each categorical covariate after merging, reference first; one level only
    means that the covariate drops out. ``imputed``: number of values imputed by covariate.
    ``notes``: what was imputed and merged, in words for the report.
    """

    values: pd.DataFrame
    levels: dict[str, tuple[str, ...]]
    imputed: dict[str, int]
    notes: tuple[str, ...]


def prepare_covariates(adsl: pd.DataFrame, plan: Plan) -> Prepared:
    """Return the covariates of the ITT set: missing values imputed, rare categories merged.

    Median or mode of the non-missing values of the ITT set, irrespective of arm (SAP 5.2). A
    category of fewer subjects than ``primary.rare_category_below`` is merged into the reference; a
    rare reference goes, with the other rare categories, into the largest one (SAP 5.3). Raises
    DataError if a covariate has no value at all.
    """
    itt = adsl[adsl["ITTFL"] == "Y"].set_index(SUBJECT)
    columns: dict[str, pd.Series] = {}
    levels: dict[str, tuple[str, ...]] = {}
    imputed: dict[str, int] = {}
    notes: list[str] = []
    for covariate in plan.primary.covariates:
        observed = itt[covariate.name]
        value = _typical_value(observed, covariate)
        imputed[covariate.name] = int(observed.isna().sum())
        if imputed[covariate.name]:
            shown = f"{value:.4g}" if isinstance(value, float) else value
            notes.append(f"{covariate.label}: {imputed[covariate.name]} missing, set to {shown}")
        if covariate.kind == "continuous":
            columns[covariate.name] = observed.astype("float64").fillna(value)
            continue
        filled = observed.fillna(value)
        filled, kept, note = _merge_rare(filled, covariate, plan.primary.rare_category_below)
        columns[covariate.name], levels[covariate.name] = filled, kept
        notes += note
    return Prepared(pd.DataFrame(columns, index=itt.index), levels, imputed, tuple(notes))


def _typical_value(observed: pd.Series, covariate: Covariate) -> float | str:
    """The median, or the most frequent level (of ties the reference, then the plan's order)."""
    values = observed.dropna()
    if values.empty:
        raise DataError(
            f"Column {covariate.name} holds no value for any randomised subject, so it cannot be a "
            "covariate of the primary analysis (SAP 5.2). Correct the export, or its mapping in "
            "config/edc.yaml"
        )
    if covariate.kind == "continuous":
        return float(values.astype("float64").median())
    unknown = sorted(set(values) - set(covariate.levels))
    if unknown:
        raise DataError(
            f"Column {covariate.name} holds {', '.join(map(str, unknown))}, which is not among the "
            f"levels of the plan ({', '.join(covariate.levels)}; key primary.covariates)"
        )
    counts = values.value_counts().reindex(covariate.levels, fill_value=0)
    return str(counts.idxmax())  # the first of ties: the reference stands first


def _merge_rare(
    values: pd.Series, covariate: Covariate, below: int
) -> tuple[pd.Series, tuple[str, ...], list[str]]:
    counts = values.value_counts().reindex(covariate.levels, fill_value=0)
    rare = [level for level in covariate.levels if counts[level] < below]
    reference = covariate.levels[0]
    target = str(counts.idxmax()) if reference in rare else reference
    merged = values.where(~values.isin(rare), target)
    kept = tuple(level for level in covariate.levels if level not in rare and level != target)
    notes = [
        f"{covariate.label}: {level} ({counts[level]} subjects) merged into {target}"
        for level in rare
        if counts[level] and level != target
    ]
    if not kept:
        notes.append(f"{covariate.label}: left with one level, not in the models")
    return merged, (target, *kept), notes


def build_columns(
    prepared: Prepared, subjects: Sequence[str], plan: Plan
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the covariate columns of ``subjects`` and the names of columns left out as constant.

    Continuous covariates as they are; one 0/1 column, named ``COVARIATE=level``, for each level of
    a categorical covariate but its reference. A column that is constant among these subjects is
    left out (SAP 5.3).
    """
    values = prepared.values.loc[list(subjects)]
    columns: dict[str, pd.Series] = {}
    for covariate in plan.primary.covariates:
        if covariate.kind == "continuous":
            columns[covariate.name] = values[covariate.name]
            continue
        for level in prepared.levels[covariate.name][1:]:
            chosen = values[covariate.name] == level
            columns[f"{covariate.name}={level}"] = chosen.astype("float64")
    frame = pd.DataFrame(columns, index=values.index)
    constant = tuple(name for name in columns if frame[name].nunique() <= 1)
    return frame.drop(columns=list(constant)), constant
