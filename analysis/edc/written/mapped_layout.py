"""The layout with how the cells of an export are written: decimal mark, forms of dates, offsets."""

from analysis.config import Mapping
from analysis.config.mapping import DecimalMark, TableMapping
from analysis.edc.layout import Column, Layout, Table
from analysis.edc.written.date_forms import FIRST_TWO_DIGIT_YEAR, parse_form
from analysis.edc.written.offsets import parse_offset
from analysis.edc.written.serials import ISO, SERIALS


def map_layout(layout: Layout, mapping: Mapping) -> Layout:
    """Return the layout by which the cells of this export are to be read."""
    tables = {
        name: map_table(table, mapping.tables.get(name, TableMapping()))
        for name, table in layout.tables.items()
    }
    return layout.model_copy(update={"tables": tables})


def map_table(table: Table, spec: TableMapping) -> Table:
    """Return one table as ``map_layout`` does."""
    columns = {name: _map_column(name, column, spec) for name, column in table.columns.items()}
    return table.model_copy(update={"columns": columns})


def _map_column(name: str, column: Column, spec: TableMapping) -> Column:
    """Moments that carry an offset are of more forms than those of the layout: ISO of any kind."""
    offset = spec.offsets.get(name, "")
    update = {
        "forms": spec.forms_of(name) or ((ISO,) if offset else ()),
        "first_year": spec.two_digit_years.get(name, FIRST_TWO_DIGIT_YEAR),
        "offset": offset,
    }
    return column.model_copy(update=update)


def mark_decimals(table: Table, mark: DecimalMark) -> Table:
    """Return the table with the decimal mark of the source that it is read from."""
    columns = {
        name: column.model_copy(update={"decimal": mark}) for name, column in table.columns.items()
    }
    return table.model_copy(update={"columns": columns})


def check_forms(table: str, columns: dict[str, Column], spec: TableMapping) -> list[str]:
    """Return a finding for each form of a date that its column cannot be read by."""
    findings = []
    dates = [n for n, each in columns.items() if each.type in ("date", "datetime")]
    named = [(k, n) for k in ("dates", "two_digit_years", "offsets") for n in getattr(spec, k)]
    for key, name in named:
        where = f"tables.{table}.{key}.{name}"
        if name not in dates:
            listed = ", ".join(dates) or "none, the table has no dates"
            findings.append(f"{where}: no such column of dates; allowed: {listed}")
        elif key == "dates":
            found = (_judge_form(columns[name], form, name, spec) for form in spec.forms_of(name))
            findings += [f"{where}: {finding}" for finding in found if finding]
        elif key == "offsets":
            findings += [f"{where}: {finding}" for finding in _judge_offset(spec.offsets[name])]
        elif not any("%y" in form for form in spec.forms_of(name)):
            findings.append(f"{where}: no form of the column has a year of two digits (%y)")
    return findings


def _judge_offset(offset: str) -> list[str]:
    try:
        parse_offset(offset)
    except ValueError as error:
        return [str(error)]
    return []


def _judge_form(column: Column, form: str, name: str, spec: TableMapping) -> str:
    try:
        parsed = parse_form(form)
    except ValueError as error:
        return str(error)
    if not column.partial and not parsed.has_day:
        return f"'{form}': the column needs a day (%d)"
    if not column.partial and column.type == "datetime" and not parsed.has_time:
        return f"'{form}': the column needs a time (%H:%M)"
    if "y" in parsed.parts and name not in spec.two_digit_years:
        return (
            f"'{form}': a year of two digits may be of any century; say which hundred years it "
            f"means (two_digit_years: {{{name}: 1970}} is 1970 to 2069)"
        )
    if form in SERIALS and SERIALS[form].is_utc and name not in spec.offsets:
        return (
            f"'{form}' counts in UTC; say the offset of local time (offsets: {{{name}: "
            '"+08:00"})'
        )
    return ""
