"""The layout with how the cells of an export are written: decimal mark, forms of dates."""

from analysis.config import Mapping
from analysis.config.mapping import DecimalMark, TableMapping
from analysis.edc.layout import Column, Layout, Table
from analysis.edc.written.date_forms import parse_form


def map_layout(layout: Layout, mapping: Mapping) -> Layout:
    """Return the layout by which the cells of this export are to be read."""
    tables = {
        name: map_table(table, mapping.tables.get(name, TableMapping()))
        for name, table in layout.tables.items()
    }
    return layout.model_copy(update={"tables": tables})


def map_table(table: Table, spec: TableMapping) -> Table:
    """Return one table as ``map_layout`` does."""
    columns = {
        name: column.model_copy(update={"forms": spec.forms_of(name)})
        for name, column in table.columns.items()
    }
    return table.model_copy(update={"columns": columns})


def mark_decimals(table: Table, mark: DecimalMark) -> Table:
    """Return the table with the decimal mark of the source that it is read from."""
    columns = {
        name: column.model_copy(update={"decimal": mark}) for name, column in table.columns.items()
    }
    return table.model_copy(update={"columns": columns})


def check_forms(table: str, columns: dict[str, Column], spec: TableMapping) -> list[str]:
    """Return a finding for each form of a date that its column cannot be read by."""
    findings = []
    for name in spec.dates:
        key, column = f"tables.{table}.dates.{name}", columns.get(name)
        if column is None or column.type not in ("date", "datetime"):
            dates = [n for n, each in columns.items() if each.type in ("date", "datetime")]
            listed = ", ".join(dates) or "none, the table has no dates"
            findings.append(f"{key}: no such column of dates; allowed: {listed}")
            continue
        found = (_judge_form(column, form) for form in spec.forms_of(name))
        findings += [f"{key}: {finding}" for finding in found if finding]
    return findings


def _judge_form(column: Column, form: str) -> str:
    try:
        parsed = parse_form(form)
    except ValueError as error:
        return str(error)
    if not column.partial and not parsed.has_day:
        return f"'{form}': the column needs a day (%d)"
    if not column.partial and column.type == "datetime" and not parsed.has_time:
        return f"'{form}': the column needs a time (%H:%M)"
    return ""
