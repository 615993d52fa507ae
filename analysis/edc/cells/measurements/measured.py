"""Measurements with a unit: of the whole column, of each row, or behind each number."""

import re
from dataclasses import dataclass

from analysis.config.cells import NumberForm, UnitOfCell
from analysis.config.mapping import DecimalMark
from analysis.edc.cells.measurements.numbers import Numbers, read_float, write_number
from analysis.edc.cells.measurements.units import Conversion, fold, list_conversions
from analysis.edc.layout import Column
from analysis.edc.written.normal import normalise

NO_UNIT = "(no unit)"
"""Stands behind a number that is not used as it has no unit."""
_SIGN, _DIGITS = r"[<>≤≥≦≧]?=?\s*[+\-−]?", r"[0-9.,](?:[0-9.,]|['’](?=[0-9]))*"
_EXPONENT = r"(?:[eE][+-]?[0-9]{1,2}(?![0-9A-Za-z^*]))?\+?"
_IN_TEXT = {
    groups: re.compile(rf"(?P<number>{_SIGN}{_DIGITS}{groups}{_EXPONENT})\s*(?P<unit>.*)")
    for groups in ("", r"(?: [0-9]{3})*(?:[.,][0-9]+)?")
}
"""A number and what stands behind it; blanks inside the number only where they mark thousands."""


@dataclass(frozen=True)
class Measured:
    """How the measurements of one layout column are read.

    ``unit``: as the mapping has it. ``numbers``: how they are written.
    """

    name: str
    column: Column
    unit: str | UnitOfCell | None
    numbers: Numbers

    def read(self, text: str, unit: str = "") -> tuple[str, str]:
        """Return the number in the unit of the layout, and in words how it was read.

        ``unit``: the text that stands in the column of units. A number whose unit is not known, or
        that has none, stays visible with it and is then no number.

        >>> weight = Column(type="float", unit="kg")
        >>> by_text = Measured("WEIGHT", weight, UnitOfCell(in_text=True), Numbers(NumberForm()))
        >>> by_text.read("132 斤"), by_text.read("66")
        (('66', 'unit jin, times 0.5'), ('66 (no unit)', 'without a unit, not used'))
        """
        if not text or self.unit is None:
            return self.numbers.read(text) if text else ("", "")
        if isinstance(self.unit, str):
            return self._convert(text, text, self.unit)
        if not self.unit.in_text:
            return self._convert(text, text, unit or self.unit.without or "")
        groups = list(_IN_TEXT)[self.numbers.form.thousands == " "]
        found = _IN_TEXT[groups].fullmatch(normalise(text))
        if found is None:
            return text, ""
        return self._convert(text, found["number"], found["unit"] or self.unit.without or "")

    def _convert(self, text: str, number: str, unit: str) -> tuple[str, str]:
        plain, words = self.numbers.read(number)
        value = read_float(plain, self.numbers.decimal)
        if not plain:
            return plain, words
        if value is None:
            return text, ""
        conversion = list_conversions(self.name, self.column).get(fold(unit))
        if conversion is None:
            return _keep_visible(text, unit)
        told = f"{words}, {conversion.words}" if words else conversion.words
        return self._write(plain, value, conversion), "" if self._is_plain(told) else told

    def _write(self, plain: str, value: float, conversion: Conversion) -> str:
        if conversion.is_none:
            return plain
        return write_number(conversion.convert(value), self.numbers.decimal)

    def _is_plain(self, told: str) -> bool:
        """A unit of the whole column that is the layout's is nothing to tell."""
        return isinstance(self.unit, str) and told == f"unit {self.column.unit}"


def _keep_visible(text: str, unit: str) -> tuple[str, str]:
    if not unit:
        return f"{text} {NO_UNIT}", "without a unit, not used"
    shown = text if normalise(text).endswith(unit) else f"{text} {unit}"
    return shown, "with a unit that is not known, not used"


def read_measured(
    name: str,
    column: Column,
    unit: str | UnitOfCell | None,
    form: NumberForm | None,
    decimal: DecimalMark,
) -> Measured:
    """Return how the measurements of a layout column are read, by the keys of the mapping."""
    return Measured(name, column, unit, Numbers(form or NumberForm(), decimal))
