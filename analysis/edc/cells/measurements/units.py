"""Units by name: which can be converted into the unit of a layout column, and how."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from analysis.config.base import Strict
from analysis.config.load import parse_model, read_yaml
from analysis.edc.layout import Column
from analysis.edc.written.normal import normalise

UNITS_FILE = Path(__file__).with_name("units.yaml")
COLUMNS = "columns"


class Unit(Strict):
    """A unit; a number in it, less ``zero``, times ``factor`` is one in the first of its kind."""

    factor: float = Field(gt=0)
    zero: float = 0.0
    also: tuple[str, ...] = ()


class Quantity(Strict):
    """What is measured, in its units by name. ``columns``: of the layout; none where units tell."""

    units: dict[str, Unit]
    columns: tuple[str, ...] = ()


class Quantities(Strict):
    """All quantities by name."""

    quantities: dict[str, Quantity]


@dataclass(frozen=True)
class Conversion:
    """From a unit into that of the layout: ``(number - zero) * factor + shift``."""

    unit: str
    zero: float
    factor: float
    shift: float

    def convert(self, number: float) -> float:
        """Return a number in the unit of the layout.

        >>> round(Conversion("°F", 32.0, 1 / 1.8, 0.0).convert(98.6), 6)
        37.0
        """
        return (number - self.zero) * self.factor + self.shift

    @property
    def is_none(self) -> bool:
        """Whether the unit is that of the layout."""
        return (self.zero, self.factor, self.shift) == (self.shift, 1, self.zero)

    @property
    def words(self) -> str:
        """What is done, for the account: ``unit mg/dL, times 0.0555``."""
        less = f", minus {self.zero:g}" if self.zero else ""
        times = "" if self.factor == 1 else f", times {self.factor:.6g}"
        plus = f", plus {self.shift:g}" if self.shift else ""
        return f"unit {self.unit}" + ("" if self.is_none else less + times + plus)


@cache
def load_quantities() -> dict[str, Quantity]:
    """Return the quantities that the package carries."""
    raw: dict[str, Any] = {
        name: {
            COLUMNS: units.get(COLUMNS, ()),
            "units": {unit: spec for unit, spec in units.items() if unit != COLUMNS},
        }
        for name, units in read_yaml(UNITS_FILE).items()
    }
    return parse_model(Quantities, {"quantities": raw}, UNITS_FILE.name).quantities


def fold(unit: str) -> str:
    """Return a unit as spellings are compared: without case, width, blanks; u for the letter mu.

    >>> fold("\u00b5mol / L") == fold("\u03bcMol/l") == "umol/l"
    True
    """
    return "".join(normalise(unit).casefold().split()).replace("\u03bc", "u").replace("\u00b7", "")


def list_conversions(name: str, column: Column) -> dict[str, Conversion]:
    """Return by folded spelling the conversions into the unit of a layout column; none without one.

    ``name``: of the column, which tells what is measured where a unit does not.
    """
    return _list_conversions(name, column.unit) if column.unit else {}


@cache
def _list_conversions(name: str, into: str) -> dict[str, Conversion]:
    quantity = _find_quantity(name, into)
    if quantity is None:
        return {fold(into): Conversion(into, 0.0, 1.0, 0.0)}
    target = quantity.units[next(unit for unit in quantity.units if fold(unit) == fold(into))]
    return {
        fold(spelling): Conversion(unit, spec.zero, spec.factor / target.factor, target.zero)
        for unit, spec in quantity.units.items()
        for spelling in (unit, *spec.also)
    }


def _find_quantity(name: str, into: str) -> Quantity | None:
    """That which names the column, else one that any column may be of; by its unit either."""
    fitting = [
        quantity
        for quantity in load_quantities().values()
        if fold(into) in map(fold, quantity.units)
    ]
    named = [quantity for quantity in fitting if name in quantity.columns]
    return next(iter([*named, *(each for each in fitting if not each.columns)]), None)


def list_units(name: str, column: Column) -> list[str]:
    """Return the names of the units that can be converted into that of a column, in their order."""
    found = list_conversions(name, column).values()
    return list(dict.fromkeys(conversion.unit for conversion in found))
