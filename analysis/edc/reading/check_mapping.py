"""Whether the mapping of an export fits the layout."""

from collections.abc import Collection, Iterator

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.absent.not_collected import check_declared
from analysis.edc.cells.measurements.check_units import check_units
from analysis.edc.layout import Column, Layout
from analysis.edc.sql.short_form.check_keys import check_query_keys
from analysis.edc.written.mapped_layout import check_forms
from analysis.errors import ConfigError, join_findings

ANY_COLUMN = (
    "columns", "values", "identifiers", "factors", "missing_values", "labels", "checkboxes",
    "numbers", "units",
)  # fmt: skip
"""Keys that name columns of the layout; those of dates are checked with their forms."""


def check_mapping(mapping: Mapping, layout: Layout) -> None:
    """Raise ConfigError if the mapping names a table or column that the layout does not hold.

    So it does for a column that it declares not collected and describes, or that cannot be, and
    for a key that does not fit the type or the unit of its column.
    """
    findings: list[str] = []
    for name, spec in mapping.tables.items():
        declared = spec.not_allocation
        if name not in layout.tables and declared and spec == TableMapping(not_allocation=declared):
            continue  # a file that is no table of the layout, which a blinded run searches
        if name not in layout.tables:
            allowed = ", ".join(layout.tables)
            findings.append(f"tables.{name}: no such table; allowed: {allowed}")
            continue
        columns = layout.tables[name].columns
        findings += _check_names(name, spec, columns)
        findings += _check_texts(name, spec, columns)
        findings += check_units(name, spec, columns, _find_decimal(mapping, name))
        findings += check_declared(name, spec, layout.tables[name])
        findings += check_forms(name, columns, spec)
        findings += check_query_keys(name, spec, layout.tables[name])
        if spec.file and spec.source and not spec.is_query:
            findings.append(f"tables.{name}: file and source are given. Give one of the two")
    if findings:
        raise ConfigError(join_findings("The mapping of the export is wrong.", findings))


def _check_names(table: str, spec: TableMapping, columns: Collection[str]) -> Iterator[str]:
    for key in ANY_COLUMN:
        for column in getattr(spec, key):
            if column not in columns:
                allowed = ", ".join(columns)
                yield f"tables.{table}.{key}.{column}: no such column; allowed: {allowed}"


def _check_texts(table: str, spec: TableMapping, columns: dict[str, Column]) -> Iterator[str]:
    for column in spec.identifiers:
        if column in columns and (columns[column].type != "str" or columns[column].codes):
            yield (
                f"tables.{table}.identifiers.{column}: the column holds no identifiers, which are "
                "text"
            )
    for column, boxes in spec.checkboxes.items():
        where = f"tables.{table}.checkboxes.{column}"
        if not boxes or not all(boxes.values()):
            yield f"{where}: name each column of ticks with a code: {{at___1: ASA}}"


def _find_decimal(mapping: Mapping, table: str) -> str:
    spec = mapping.tables[table]
    source = mapping.sources.get(spec.source or table)
    return (source and source.decimal) or mapping.decimal
