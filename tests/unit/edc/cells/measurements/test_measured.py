"""Measurements with a unit behind the number, or of the whole column."""

from __future__ import annotations

import pytest

from analysis.config.cells import NumberForm, UnitOfCell
from analysis.edc.cells.measurements.measured import Measured
from analysis.edc.cells.measurements.numbers import Numbers
from analysis.edc.layout import Column

WEIGHT = Column(type="float", unit="kg")
PLATELETS = Column(type="float", unit="10^9/L")


@pytest.mark.parametrize(
    ("text", "read", "words"),
    [
        ("66 kg", "66", "unit kg"), ("66kg", "66", "unit kg"), ("66㎏", "66", "unit kg"),
        ("132 斤", "66", "unit jin, times 0.5"), ("1e2 g", "0.1", "unit g, times 0.001"),
        ("<10 kg", "5", "below a bound, as half of it, unit kg"),
        ("1,000 g", "1", "unit g, times 0.001"), ("", "", ""), ("n.d.", "n.d.", ""),
        ("66", "66 (no unit)", "without a unit, not used"),
        ("10 stone", "10 stone", "with a unit that is not known, not used"),
        ("66 %", "66 %", "with a unit that is not known, not used"),
        ("66 kg or so", "66 kg or so", "with a unit that is not known, not used"),
        ("1,00 kg", "1,00 kg", ""),
    ],
)  # fmt: skip
def test_a_unit_behind_the_number(text: str, read: str, words: str) -> None:
    numbers = Numbers(NumberForm(thousands=",", below="half"))
    assert Measured("WEIGHT", WEIGHT, UnitOfCell(in_text=True), numbers).read(text) == (read, words)


def test_a_unit_that_begins_with_a_digit() -> None:
    plain = Measured("PLT", PLATELETS, UnitOfCell(in_text=True), Numbers(NumberForm()))
    assert [plain.read(text)[0] for text in ("250 10^9/L", "250 ×10⁹/L", "250000 /µL")] == [
        "250", "250", "250",
    ]  # fmt: skip
    by_blanks = Numbers(NumberForm(thousands=" "))
    grouped = Measured("PLT", PLATELETS, UnitOfCell(in_text=True), by_blanks)
    assert grouped.read("250 000 /µL")[0] == "250"


def test_a_unit_where_none_is_named() -> None:
    unit = UnitOfCell(in_text=True, without="lb")
    measured = Measured("WEIGHT", WEIGHT, unit, Numbers(NumberForm()))
    assert measured.read("100") == ("45.359237", "unit lb, times 0.453592")
    assert measured.read("100 kg") == ("100", "unit kg")


def test_the_unit_of_the_layout_is_nothing_to_tell_of_a_whole_column() -> None:
    assert Measured("WEIGHT", WEIGHT, "KG", Numbers(NumberForm())).read("66") == ("66", "")
