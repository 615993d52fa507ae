"""Units of a column: the factor from another one that would bring its median where it belongs."""

import math

from analysis.edc.cells.measurements.units import Conversion, list_conversions
from analysis.edc.layout import Column

_LOST_MARK = "decimals that lost their mark"
LOST_DECIMALS = tuple(Conversion(_LOST_MARK, 0.0, factor, 0.0) for factor in (0.1, 0.01))
"""What remains of 7.1 where a program takes the mark for one of thousands."""


def list_factors(name: str, column: Column) -> tuple[Conversion, ...]:
    """Return the units from which a factor alone converts into that of a column, each once."""
    units = dict.fromkeys(list_conversions(name, column).values())
    return tuple(each for each in units if not each.is_none and each.zero == each.shift == 0)


def find_units(
    name: str, column: Column, median: float, band: tuple[float, float]
) -> list[Conversion]:
    """Return the units whose factor brings a median into a band, nearest to its middle first.

    The middle is that of a ratio; where the band begins at 0, that of a difference.
    """
    low, high = band
    for units in (list_factors(name, column), LOST_DECIMALS):
        fitting = [unit for unit in units if low <= unit.convert(median) <= high]
        if fitting:
            return sorted(fitting, key=lambda unit: _measure(unit.convert(median), low, high))
    return []


def _measure(value: float, low: float, high: float) -> float:
    """How far a value of a band is from its middle."""
    if low > 0:
        return abs(math.log(value / math.sqrt(low * high)))
    return abs(value - (low + high) / 2)


def describe_unit(
    table: str, name: str, column: Column, median: float, band: tuple[float, float]
) -> str:
    """Return which units would fit and what to do, or that none does.

    A column of whole numbers is to be exported again: a factor would make fractions of them.
    """
    units = find_units(name, column, median, band)
    if not units:
        return "No unit that is known fits: look at the column's unit and export it again"
    fitting = " or ".join(
        f"{unit.convert(median):.4g} from {unit.unit} (times {unit.factor:g})" for unit in units
    )
    by_factor = (
        f", or write in config/edc.yaml `tables: {{{table}: {{factors: {{{name}: "
        f"{units[0].factor:g}}}}}}}`"
    )
    return (
        f"The median would be {fitting}. If that is what it is, export the column in the layout's "
        f"unit{'' if column.type == 'int' else by_factor}"
    )
