"""Findings between columns and tables: what no table shows alone."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.config import Plan
from analysis.config.blocks.door import Door
from analysis.edc.door.dates.order import PAIRS, count_pairs
from analysis.edc.door.limits import name_excess
from analysis.edc.door.remedies.units import list_factors
from analysis.edc.layout import SUBJECT, Layout
from analysis.errors import name_subjects
from analysis.io.large.text_columns import find_first, is_among

Tables = dict[str, pd.DataFrame]
EVERY_SUBJECT = ("dm", "bl", "evt", "ds")
"""Tables in which every randomised subject has a row."""
CENTIMETRES = 100.0


def find_relations(tables: Tables, plan: Plan, layout: Layout) -> list[str]:
    """Return the findings on subjects without rows, dates in wrong order, weights and doses."""
    return [
        *_find_absent(tables, plan.door),
        *_find_disorder(tables, plan.door, layout),
        *_find_wrong_weight(tables, plan, layout),
        *_find_wrong_height(tables, plan.door),
    ]


def count_absent(tables: Tables) -> dict[str, list[str]]:
    """Return, by table in which everyone has a row, the randomised subjects without one."""
    everyone = tables["rand"][SUBJECT] if "rand" in tables else pd.Series(dtype=str)
    there = (name for name in EVERY_SUBJECT if name in tables)
    return {name: list(everyone[~is_among(everyone, tables[name][SUBJECT])]) for name in there}


def _find_absent(tables: Tables, door: Door) -> Iterator[str]:
    randomised = len(tables.get("rand", ()))
    for name, absent in count_absent(tables).items():
        if excess := name_excess(door, "subjects_without_row", name, len(absent), randomised):
            yield (
                f"table {name}: {len(absent):,} of {randomised:,} randomised subjects have no row, "
                f"{excess}: {name_subjects(absent)}. Export the whole table"
            )


def _find_disorder(tables: Tables, door: Door, layout: Layout) -> Iterator[str]:
    for pair in PAIRS:
        wrong, compared = count_pairs(pair, tables, layout)
        name = f"{pair.table}.{pair.column}"
        if excess := name_excess(door, "dates_out_of_order", name, wrong, compared):
            yield (
                f"table {pair.table}, column {pair.column}: {pair.words} "
                f"({pair.other_table}.{pair.other_column}) in {wrong:,} of {compared:,} dates, "
                f"{excess}. Are the columns exchanged, or the dates of another form or clock?"
            )


def _find_wrong_weight(tables: Tables, plan: Plan, layout: Layout) -> Iterator[str]:
    """The weight against the dose planned of it (SAP 3.2): both medians, so no slip decides."""
    if not {"ex", "dm"} <= tables.keys():
        return
    doses = tables["ex"][tables["ex"]["EXROUTE"] == "IV"]
    people = find_first(doses[SUBJECT], tables["dm"][SUBJECT])
    known = tables["dm"]["WEIGHT"].to_numpy(dtype="float64", na_value=np.nan)
    weights = pd.api.extensions.take(known, people, allow_fill=True)
    per_kg = (doses["EXPDOSE"] / weights).dropna()
    per_kg = per_kg[(per_kg > 0) & (per_kg < float("inf"))]
    planned, off = plan.dosing.iv_mg_per_kg, plan.dosing.planned_tolerance_percent
    if len(per_kg) < plan.door.typical_from:
        return
    median = float(per_kg.median())
    if abs(median / planned - 1) * 100 <= off:
        return
    units = list_factors("WEIGHT", layout.tables["dm"].columns["WEIGHT"])
    unit = min(units, key=lambda each: abs(median / each.factor / planned - 1))
    remedy = (
        f"Weights times {unit.factor:g}, as from {unit.unit}, would fit: export them in kg, or "
        f"write in config/edc.yaml `tables: {{dm: {{factors: {{WEIGHT: {unit.factor:g}}}}}}}`"
        if abs(median / unit.factor / planned - 1) * 100 <= off
        else "Look at the units of dm.WEIGHT and ex.EXPDOSE, and at dosing.iv_mg_per_kg in the plan"
    )
    yield (
        f"table ex, column EXPDOSE: planned intravenous doses are {median:.3g} mg per kg of "
        f"dm.WEIGHT in the median of {len(per_kg):,}, where the plan has {planned:g} "
        f"(SAP 3.2, dosing). {remedy}"
    )


def _find_wrong_height(tables: Tables, door: Door) -> Iterator[str]:
    """The weight against the height: the body mass index."""
    if "dm" not in tables:
        return
    metres = tables["dm"]["HEIGHT"] / CENTIMETRES
    index = (tables["dm"]["WEIGHT"] / metres**2).dropna()
    index = index[index < float("inf")]
    low, high = door.body_mass_index
    if len(index) >= door.typical_from and not low <= float(index.median()) <= high:
        yield (
            f"table dm, columns WEIGHT and HEIGHT: the body mass index is "
            f"{float(index.median()):.4g} kg/m2 in the median, where the plan has {low:g} to "
            f"{high:g} (door.body_mass_index). Look at the units of both: kg and cm"
        )
