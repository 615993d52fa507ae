"""Columns and tables that a mapping declares not collected: what may be declared, and whether it
is true of a file."""

import pandas as pd

from analysis.config.mapping import WHOLE_TABLE, TableMapping
from analysis.edc.layout import Table

ESSENTIAL = (
    "the primary outcome, the deaths or the analysis sets rest on it, so it cannot be declared not "
    "collected. Export it, or map it under columns"
)


def list_declared(spec: TableMapping, table: Table) -> tuple[str, ...]:
    """Return the layout columns of a table that the mapping declares not collected."""
    return tuple(table.columns) if spec.is_absent else spec.not_collected


def check_declared(name: str, spec: TableMapping, table: Table) -> list[str]:
    """Return what is wrong with the declaration of a table: unknown, essential, or described too.

    A table that must be there and holds essential columns beside its key cannot be declared whole.
    """
    where = f"tables.{name}.not_collected"
    if spec.is_absent:
        return _check_table(where, spec, table)
    findings = [
        f"{where}: {column}: no such column; allowed: {', '.join(table.columns)}, or {WHOLE_TABLE} "
        "for the whole table"
        for column in spec.not_collected
        if column not in table.columns
    ]
    findings += [f"{where}: {c}: {ESSENTIAL}" for c in spec.not_collected if c in table.essential]
    return findings + [
        f"{where}: {column}: {key} describes it too. Take it out of one of the two"
        for key, described in (("columns", spec.columns), ("values", spec.values))
        for column in spec.not_collected
        if column in described
    ]


def find_collected(
    file: str, declared: tuple[str, ...], texts: dict[str, "pd.Series[str]"], name: str
) -> list[str]:
    """Return a finding if a file holds values of columns that were declared not collected.

    ``texts``: the cells by layout column, of those that the file holds; a column without one
    filled cell is not collected all the same.
    """
    filled = {c: int((texts[c] != "").sum()) for c in declared if c in texts}
    return [
        f"{file}: column {column} is declared not collected (tables.{name}.not_collected), but "
        f"{count} of {len(texts[column])} cells hold a value. Take it out of not_collected to have "
        "it analysed, or export the table without it"
        for column, count in filled.items()
        if count
    ]


def _check_table(where: str, spec: TableMapping, table: Table) -> list[str]:
    essential = [column for column in table.essential if column not in table.key]
    findings = [
        f"{where}: the whole table: {column}: {ESSENTIAL}" for column in essential[:1]
    ]  # fmt: skip
    described = {"file": spec.file, "columns": spec.columns, "values": spec.values}
    findings += [
        f"{where}: the whole table is declared, but {key} describes it. Take one of the two out"
        for key, given in described.items()
        if given
    ]
    if len(spec.not_collected) > 1:
        findings.append(f"{where}: {WHOLE_TABLE} means every column: name it alone")
    return findings
