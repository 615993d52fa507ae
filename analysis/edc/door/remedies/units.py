"""Units of a column: the factor from another one that would bring its median where it belongs."""

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


def find_unit(column: str, median: float, band: tuple[float, float]) -> Unit | None:
    """Return the unit whose factor brings a median nearest to the middle of a band; else None."""
    low, high = band
    known = load_units().columns.get(column, ())
    for units in (known, LOST_DECIMALS):
        fitting = [unit for unit in units if low <= median * unit.factor <= high]
        if fitting:
            middle = (low * high) ** 0.5
            return min(fitting, key=lambda unit: _distance(median * unit.factor, middle))
    return None


def _distance(number: float, middle: float) -> float:
    return max(number / middle, middle / number) if number > 0 else float("inf")


def describe_unit(
    table: str, column: str, median: float, band: tuple[float, float], *, is_whole: bool
) -> str:
    """Return which unit would fit and what to do, or that none does.

    ``is_whole``: the column holds whole numbers, which a factor would make fractions of.
    """
    unit = find_unit(column, median, band)
    if unit is None:
        return "No unit that is known fits: look at the column's unit and export it again"
    by_factor = (
        f", or write in config/edc.yaml `tables: {{{table}: {{factors: {{{column}: "
        f"{unit.factor:g}}}}}}}`"
    )
    return (
        f"Times {unit.factor:g}, as from {unit.unit}, the median would be "
        f"{median * unit.factor:.4g}. If that is what it is, export the column in the layout's unit"
        f"{'' if is_whole else by_factor}"
    )
