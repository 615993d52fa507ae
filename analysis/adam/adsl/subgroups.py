"""The subgroup factors of the plan as labelled levels in ADSL (SAP 8.4)."""

import pandas as pd

from analysis.config import Plan
from analysis.config.blocks.subgroups import Subgroup


def derive_subgroups(adsl: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Add the column ``variable`` of every subgroup factor whose levels are made here; same rows.

    A level is the label of the plan. Missing where the factor is, and for a code that belongs to no
    level.
    """
    derived = {
        factor.variable: _derive_levels(adsl[factor.column], factor)
        for factor in plan.subgroups.factors
        if factor.variable != factor.column
    }
    return adsl.assign(**derived)


def _derive_levels(values: pd.Series, factor: Subgroup) -> pd.Series:
    levels = _cut(values, factor) if factor.cuts else _group(values, factor)
    return levels.astype("str")


def _cut(values: pd.Series, factor: Subgroup) -> pd.Series:
    numbers = values.astype("Float64")
    passed = numbers.mask(numbers.notna(), 0.0)
    for cut in factor.cuts:
        passed += (numbers >= cut) if factor.at_cut == "higher" else (numbers > cut)
    return passed.map(dict(enumerate(factor.levels)))


def _group(values: pd.Series, factor: Subgroup) -> pd.Series:
    level_of = {
        code: level
        for level, codes in zip(factor.levels, factor.groups, strict=True)
        for code in codes
    }
    return values.map(level_of)
