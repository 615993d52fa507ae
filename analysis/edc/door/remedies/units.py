"""Units of a column: the factor from another one that would bring its median where it belongs."""

import math
from functools import cache
from pathlib import Path

from analysis.config.base import Strict
from analysis.config.load import parse_model, read_yaml

UNITS_FILE = Path(__file__).with_name("units.yaml")


class Unit(Strict):
    """A unit that a column may come in; its numbers times ``factor`` are in the layout's."""

    unit: str
    factor: float
    source: str


class Units(Strict):
    """The units of every column that may come in another one."""

    columns: dict[str, tuple[Unit, ...]]


LOST_DECIMALS = (
    Unit(unit="decimals that lost their mark", factor=0.1, source="one decimal"),
    Unit(unit="decimals that lost their mark", factor=0.01, source="two decimals"),
)
"""What remains of 7.1 where a program takes the mark for one of thousands."""


@cache
def load_units() -> Units:
    """Return the units that the package carries."""
    return parse_model(Units, {"columns": read_yaml(UNITS_FILE)}, UNITS_FILE.name)


def find_units(column: str, median: float, band: tuple[float, float]) -> list[Unit]:
    """Return the units whose factor brings a median into a band, nearest to its middle first."""
    low, high = band
    middle = (low * high) ** 0.5
    for units in (load_units().columns.get(column, ()), LOST_DECIMALS):
        fitting = [unit for unit in units if low <= median * unit.factor <= high]
        if fitting:
            return sorted(fitting, key=lambda unit: abs(math.log(median * unit.factor / middle)))
    return []


def describe_unit(
    table: str, column: str, median: float, band: tuple[float, float], *, is_whole: bool
) -> str:
    """Return which units would fit and what to do, or that none does.

    ``is_whole``: the column holds whole numbers, which a factor would make fractions of.
    """
    units = find_units(column, median, band)
    if not units:
        return "No unit that is known fits: look at the column's unit and export it again"
    fitting = " or ".join(
        f"{median * unit.factor:.4g} from {unit.unit} (times {unit.factor:g})" for unit in units
    )
    by_factor = (
        f", or write in config/edc.yaml `tables: {{{table}: {{factors: {{{column}: "
        f"{units[0].factor:g}}}}}}}`"
    )
    return (
        f"The median would be {fitting}. If that is what it is, export the column in the layout's "
        f"unit{'' if is_whole else by_factor}"
    )
