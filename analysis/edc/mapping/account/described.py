"""Where the cells of a column and the rows of a table come from, in words."""

from collections.abc import Sequence

from analysis.edc.sql.engine import FILE, ROW
from analysis.edc.sql.queried_table import QueriedTable
from analysis.edc.sql.short_form.blocks import list_parts

PLACE_OF_ROW = {FILE: "the name of the file (_file)", ROW: "the number of the row (_row)"}
MOST_NAMED = 3
"""Sources that are all named where they hold the same."""


def describe_column(table: QueriedTable, column: str) -> tuple[str, str]:
    """Return where a column comes from, and else why from nowhere.

    A column may be constant in one block of ``stack`` and that of a source in another.
    """
    if table.query.findings:
        return "", "the table has no query"
    if table.spec.sql:
        return "a query (sql)", ""
    if column in table.spec.not_collected:
        return "", "declared not collected"
    constants = dict.fromkeys(
        part.constants[column] for part in list_parts(table.spec) if column in part.constants
    )
    by_source: dict[str, list[str]] = {}
    for source, name in dict.fromkeys(table.query.places.get(column, ())):
        by_source.setdefault(source, []).append(name)
    of_columns: dict[str, list[str]] = {}
    for source, names in by_source.items():
        of_columns.setdefault(", ".join(names), []).append(source)
    said = [f"constant: {', '.join(constants)}"] * bool(constants)
    said += _list_marks(table, column)
    pattern = table.spec.source or ""
    said += [f"{name_sources(found, pattern)}: {names}" for names, found in of_columns.items()]
    return "; ".join(said), "" if said else "no column of the source"


def _list_marks(table: QueriedTable, column: str) -> list[str]:
    """What a column takes of the place of its row, in words."""
    blocks = [table.spec.columns, *(block.columns for block in table.spec.stack)]
    named = {columns[column].casefold() for columns in blocks if column in columns}
    return [words for mark, words in PLACE_OF_ROW.items() if mark in named]


def name_sources(sources: Sequence[str], pattern: str = "") -> str:
    """Return sources as a list, or, if they are many, by the pattern or the first of them.

    >>> name_sources(["ae_01", "ae_02", "ae_03", "ae_04"], "ae_*")
    'ae_* (4 sources)'
    >>> name_sources(["a.csv", "b.csv", "c.csv", "d.csv"])
    'a.csv, b.csv and 2 more'
    """
    if len(sources) <= MOST_NAMED:
        return ", ".join(sources)
    if "*" in pattern:
        return f"{pattern} ({len(sources)} sources)"
    return f"{', '.join(sources[: MOST_NAMED - 1])} and {len(sources) - MOST_NAMED + 1} more"
