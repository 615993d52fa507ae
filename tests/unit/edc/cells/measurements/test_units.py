"""Units by name: what converts into the unit of a column, and by which factor."""

from __future__ import annotations

import pytest

from analysis.edc.cells.measurements.units import (
    fold,
    list_conversions,
    list_units,
    load_quantities,
)
from analysis.edc.layout import Column, Layout


def convert(name: str, unit: str, number: float, into: str) -> float:
    found = list_conversions(name, Column(type="float", unit=into))
    return found[fold(unit)].convert(number)


@pytest.mark.parametrize(
    ("name", "unit", "number", "into", "expected"),
    [
        # by hand: 126 mg/dL / 18.02; 1 mg/dL / 113.12 g/mol; pounds, inches by definition
        ("GLUC", "MG/DL", 126, "mmol/L", 6.993), ("GLUC", "g/L", 1.26, "mmol/L", 6.993),
        ("CREAT", "mg/dl", 1.0, "umol/L", 88.4), ("CREAT", "\u00b5mol/L", 90, "umol/L", 90),
        ("CREAT", "\u03bcmol/l", 90, "umol/L", 90), ("CREAT", "mmol/L", 0.09, "umol/L", 90),
        ("CREAT", "umol/L", 88.4, "mg/dL", 1.0), ("GLUC", "mmol/L", 6.993, "mg/dL", 126),
        ("WEIGHT", "lbs", 100, "kg", 45.359237), ("WEIGHT", "斤", 132, "kg", 66),
        ("HEIGHT", "m", 1.72, "cm", 172), ("HEIGHT", "in", 70, "cm", 177.8),
        ("HEIGHT", "ft", 6, "cm", 182.88), ("SBP", "kPa", 16, "mmHg", 120.00984981),
        ("EXDOSE", "g", 0.025, "mg", 25), ("TEMP", "°F", 98.6, "°C", 37.0),
        ("TEMP", "℃", 37, "°F", 98.6), ("TEMP", "K", 310.15, "°C", 37.0),
        ("PLT", "K/µL", 250, "10^9/L", 250), ("PLT", "/mm3", 250000, "10^9/L", 250),
        ("PLT", "×10⁹/L", 250, "10^9/L", 250), ("CHOL", "mg/dL", 200, "mmol/L", 5.18),
        ("EGFR", "mL/min/1.73 m²", 60, "mL/min/1.73m2", 60), ("LAG", "h", 1.5, "min", 90),
        ("FRACTION", "%", 45, "1", 0.45),
    ],
)  # fmt: skip
def test_a_number_in_another_unit(
    name: str, unit: str, number: float, into: str, expected: float
) -> None:
    assert convert(name, unit, number, into) == pytest.approx(expected, rel=1e-9)


def test_what_is_measured_tells_the_factor_of_a_concentration() -> None:
    milligrams = {
        name: list_conversions(name, Column(type="float", unit="mmol/L"))[fold("mg/dL")].factor
        for name in ("GLUC", "CHOL", "TRIG")
    }
    assert milligrams == {"GLUC": 0.0555, "CHOL": 0.0259, "TRIG": 0.0113}
    assert list_units("UREA", Column(type="float", unit="mmol/L")) == ["mmol/L"]


def test_a_unit_of_another_quantity_is_none() -> None:
    weight = list_conversions("WEIGHT", Column(type="float", unit="kg"))
    assert fold("cm") not in weight
    assert list_conversions("INR", Column(type="float")) == {}


def test_no_spelling_of_a_quantity_means_two_units() -> None:
    for quantity in load_quantities().values():
        spellings = [
            fold(spelling)
            for unit, spec in quantity.units.items()
            for spelling in {fold(each): each for each in (unit, *spec.also)}.values()
        ]
        assert len(spellings) == len(set(spellings))
        first = next(iter(quantity.units.values()))
        assert (first.factor, first.zero) == (1, 0)


def test_every_decimal_column_with_a_unit_can_come_in_another_one(layout: Layout) -> None:
    columns = {
        name: column
        for table in layout.tables.values()
        for name, column in table.columns.items()
        if column.type == "float" and column.unit
    }
    assert columns.keys() >= {"WEIGHT", "HEIGHT", "GLUC", "CREAT", "EGFR", "SBP", "EXDOSE"}
    assert [name for name, column in columns.items() if len(list_units(name, column)) < 2] == []
