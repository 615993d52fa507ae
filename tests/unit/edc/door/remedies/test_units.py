"""The unit of a column whose median is not where it belongs, and the factor from it."""

from __future__ import annotations

import pytest

from analysis.edc.door.remedies.units import describe_unit, find_units, list_factors
from analysis.edc.layout import Column, Layout

CONVERTED = [
    ("GLUC", 7.1 * 18.016, "mg/dL"),
    ("CREAT", 75 / 88.42, "mg/dL"),
    ("CREAT", 0.075, "mmol/L"),
    ("WEIGHT", 66 / 0.45359237, "lb"),
    ("WEIGHT", 66 * 2, "jin"),
    ("HEIGHT", 1.65, "m"),
    ("HEIGHT", 165 / 2.54, "in"),
    ("SBP", 147 / 7.5006, "kPa"),
    ("GLUC", 71.0, "decimals that lost their mark"),
    ("INR", 1.03, None),
]


def find_column(layout: Layout, name: str) -> Column:
    (found,) = [t.columns[name] for t in layout.tables.values() if name in t.columns]
    return found


@pytest.mark.parametrize(("column", "median", "unit"), CONVERTED)
def test_the_factor_brings_the_median_where_it_belongs(
    layout: Layout, column: str, median: float, unit: str | None
) -> None:
    found = find_column(layout, column)
    assert found.typical is not None
    low, high = found.typical
    if unit is None:
        assert low <= median <= high
        return
    assert not low <= median <= high
    like = find_units(column, found, median, found.typical)
    assert all(low <= each.convert(median) <= high for each in like)
    assert unit in [each.unit for each in like]
    if column not in ("WEIGHT", "SBP"):  # 132 may be jin or lb: the dose tells
        assert len(like) == 1


@pytest.mark.parametrize(
    ("column", "units"),
    [
        ("AGE", {"months", "weeks", "days"}), ("WEIGHT", {"g", "lb", "jin"}),
        ("HEIGHT", {"m", "mm", "in", "ft"}), ("DBP", {"kPa", "cmHg"}), ("GLUC", {"mg/dL", "g/L"}),
        ("CREAT", {"mg/dL", "mg/L", "mmol/L"}), ("EGFR", {"mL/s/1.73m2"}), ("EXPDOSE", {"g"}),
    ],
)  # fmt: skip
def test_what_a_column_may_come_in_is_what_the_mapping_can_convert(
    layout: Layout, column: str, units: set[str]
) -> None:
    factors = list_factors(column, find_column(layout, column))
    named = [each.unit for each in factors]
    assert units <= set(named)
    assert len(named) == len(set(named))
    assert all(each.factor != 1 for each in factors)


def test_a_unit_with_another_zero_has_no_factor() -> None:
    assert list_factors("TEMP", Column(type="float", unit="°C")) == ()


@pytest.mark.parametrize("median", [0.0, 25_000.0])
def test_a_band_that_begins_at_nothing(layout: Layout, median: float) -> None:
    found = find_units("EXDOSE", find_column(layout, "EXDOSE"), median, (0, 1000))
    assert all(0 <= each.convert(median) <= 1000 for each in found)
    assert found != []


def test_the_typical_band_lies_in_the_plausible_range(layout: Layout) -> None:
    for table in layout.tables.values():
        for column in table.columns.values():
            if column.typical:
                assert column.range is not None
                assert column.range[0] < column.typical[0] < column.typical[1] < column.range[1]


def test_whole_numbers_are_not_to_be_multiplied(layout: Layout) -> None:
    def describe(name: str, median: float) -> str:
        column = find_column(layout, name)
        return describe_unit("t", name, column, median, column.typical or (0, 0))

    assert "67 from months" in describe("AGE", 804.0)
    assert "factors" not in describe("AGE", 804.0)
    assert "tables: {t: {factors: {WEIGHT: 0.5}}}" in describe("WEIGHT", 132.0)
    assert "No unit that is known" in describe("INR", 9e9)
