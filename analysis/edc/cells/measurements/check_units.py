"""Whether the keys of numbers and units fit the columns of the layout."""

from collections.abc import Iterator

from analysis.config.cells import CellKeys, NumberForm, UnitOfCell
from analysis.edc.cells.measurements.units import fold, list_conversions, list_units
from analysis.edc.layout import Column


def check_units(
    table: str, keys: CellKeys, columns: dict[str, Column], decimal: str
) -> Iterator[str]:
    """Yield a finding for each key of numbers, units and factors that its column cannot have.

    ``decimal``: the mark of the numbers of its source.
    """
    where = f"tables.{table}"
    for name in (name for name in keys.factors if name in columns):
        if columns[name].type != "float":
            yield f"{where}.factors.{name}: the column holds no decimal numbers"
        if name in keys.units:
            yield f"{where}.units.{name}: a factor is given too. Give one of the two"
    for name, form in keys.numbers.items():
        if name in columns:
            yield from _check_number(f"{where}.numbers.{name}", columns[name], form, decimal)
    for name, unit in keys.units.items():
        if name in columns:
            yield from _check_unit(f"{where}.units.{name}", name, columns[name], unit)


def _check_number(where: str, column: Column, form: NumberForm, decimal: str) -> Iterator[str]:
    if column.type not in ("int", "float"):
        yield f"{where}: the column holds no numbers"
    elif column.type == "int" and form.below == "half":
        yield (
            f"{where}: the column holds whole numbers, half of which is none. Take bound or missing"
        )
    if form.thousands == decimal:
        yield f"{where}: '{decimal}' is the decimal mark, and cannot be that of thousands too"


def _check_unit(where: str, name: str, column: Column, unit: str | UnitOfCell) -> Iterator[str]:
    if column.type != "float" or not column.unit:
        kind = "no decimal numbers" if column.type != "float" else "numbers without a unit"
        yield f"{where}: the column holds {kind}"
        return
    if isinstance(unit, UnitOfCell) and bool(unit.column) == unit.in_text:
        yield f"{where}: say where the unit stands: {{column: COLUMN}} or {{in_text: true}}"
    named = unit if isinstance(unit, str) else unit.without
    if named and fold(named) not in list_conversions(name, column):
        units = ", ".join(list_units(name, column))
        yield (
            f"{where}: '{named}' cannot be converted into {column.unit}; units that can: {units}"
        )
