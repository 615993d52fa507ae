"""Which rows of its source belong to a table."""

from collections.abc import Mapping

from analysis.edc.sql.short_form.blocks import Part
from analysis.edc.sql.short_form.cells import Cell
from analysis.edc.sql.statement import QueryError, parse_statement


def write_conditions(part: Part, cells: Mapping[str, Cell]) -> tuple[list[str], list[str]]:
    """Return what stands behind WHERE, joined by AND, and a finding for each that is none."""
    conditions, findings = [], []
    for rows in part.rows:
        try:
            list_names(rows)
            conditions.append(f"({rows.strip()}\n  )" if "--" in rows else f"({rows.strip()})")
        except QueryError as error:
            findings.append(f"rows: {error}")
    return conditions, findings


def write_filled(part: Part, cells: Mapping[str, Cell]) -> list[str]:
    """Return the condition that a column of the block is filled; none where that is not asked."""
    own = [cells[column].sql for column in cells if column in part.own]
    return [f"concat({', '.join(own)}) <> ''"] if own else []


def find_names(rows: str) -> frozenset[str]:
    """Return the names of the columns in a condition, folded; none of one that is none."""
    try:
        return list_names(rows)
    except QueryError:
        return frozenset()


def list_names(rows: str) -> frozenset[str]:
    """Return the names of the columns in a condition, folded; QueryError if it is none."""
    statement = parse_statement(f"SELECT * FROM here WHERE (\n{rows}\n)")
    if statement.tables != {"here"}:
        raise QueryError("a condition selects from no source; write the table as a query (sql)")
    return statement.columns
