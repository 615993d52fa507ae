"""The unit of a column whose median is not where it belongs, and the factor from it."""

from __future__ import annotations

import pytest

from analysis.edc.door.remedies.units import describe_unit, find_units, load_units
from analysis.edc.layout import Layout

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


@pytest.mark.parametrize(("column", "median", "unit"), CONVERTED)
def test_the_factor_brings_the_median_where_it_belongs(
    layout: Layout, column: str, median: float, unit: str | None
) -> None:
    (found,) = [t.columns[column] for t in layout.tables.values() if column in t.columns]
    assert found.typical is not None
    low, high = found.typical
    if unit is None:
        assert low <= median <= high
        return
    assert not low <= median <= high
    like = find_units(column, median, found.typical)
    assert all(low <= median * each.factor <= high for each in like)
    assert unit in [each.unit for each in like]
    if column not in ("WEIGHT", "SBP"):  # 132 may be jin or lb: the dose tells
        assert len(like) == 1


def test_every_column_with_units_is_one_of_the_layout(layout: Layout) -> None:
    columns = {name: c for t in layout.tables.values() for name, c in t.columns.items()}
    for name in load_units().columns:
        assert columns[name].type in ("int", "float")


def test_the_typical_band_lies_in_the_plausible_range(layout: Layout) -> None:
    for table in layout.tables.values():
        for column in table.columns.values():
            if column.typical:
                assert column.range is not None
                assert column.range[0] < column.typical[0] < column.typical[1] < column.range[1]


def test_whole_numbers_are_not_to_be_multiplied() -> None:
    assert "factors" not in describe_unit("dm", "AGE", 804.0, (40, 90), is_whole=True)
    assert "tables: {dm: {factors: {WEIGHT: 0.5}}}" in describe_unit(
        "dm", "WEIGHT", 132.0, (45, 110), is_whole=False
    )
    assert "No unit that is known" in describe_unit("bl", "INR", 9e9, (0.8, 2), is_whole=False)
