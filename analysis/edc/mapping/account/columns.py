"""Each column of the layout: the source that it comes from, and its cells."""

from collections import Counter

from analysis.edc.door import account as door
from analysis.edc.layout import Layout
from analysis.edc.mapping.account.unread import SHOWN, Counts, count_unread, show_unread
from analysis.edc.mapping.opened import OpenedExport
from analysis.edc.reading.export import Export
from analysis.edc.sql.engine import FILE, ROW
from analysis.edc.sql.queried_table import QueriedTable
from analysis.io.mapping_account import ColumnAccount, Unread

PLACE_OF_ROW = {FILE: "the name of the file (_file)", ROW: "the number of the row (_row)"}
NO_COUNT = door.ColumnAccount(0, 0)


def account_columns(
    export: Export, opened: OpenedExport, layout: Layout, fewest: int
) -> tuple[ColumnAccount, ...]:
    """Return the account of every column of the layout, in its order.

    ``fewest``: the cells from which on a text is shown as it is.
    """
    unread = count_unread(export.queries)
    return tuple(
        _account(name, column, export, opened, _show(unread, name, column, fewest))
        for name, table in layout.tables.items()
        for column in table.columns
    )


def _show(unread: Counts, table: str, column: str, fewest: int) -> tuple[Unread, ...]:
    return show_unread(unread.get((table, column), Counter()), fewest)


def _account(
    table: str,
    column: str,
    export: Export,
    opened: OpenedExport,
    unread: tuple[Unread, ...],
) -> ColumnAccount:
    found = opened.tables.get(table)
    source, note = _describe(found, column) if found else ("", opened.absent.get(table, ""))
    of_table = export.accounts.get(table)
    cells = of_table.columns.get(column, NO_COUNT) if of_table else NO_COUNT
    return ColumnAccount(
        table, column, source, cells.filled, cells.typed, unread[:SHOWN],
        len(unread[SHOWN:]), "" if cells.filled and not source else note,
    )  # fmt: skip


def _describe(table: QueriedTable, column: str) -> tuple[str, str]:
    """Where a column comes from, and else why from nowhere."""
    if table.query.findings:
        return "", "the table has no query"
    if table.spec.sql:
        return "a query (sql)", ""
    if column in table.spec.not_collected:
        return "", "declared not collected"
    constants = [*_list_constants(table, column)]
    if constants:
        return f"constant: {', '.join(dict.fromkeys(constants))}", ""
    places = dict.fromkeys(table.query.places.get(column, ()))
    if marks := _list_marks(table, column):
        return " and ".join(marks), ""
    if not places:
        return "", "no column of the source"
    by_source: dict[str, list[str]] = {}
    for source, name in places:
        by_source.setdefault(source, []).append(name)
    return "; ".join(f"{source}: {', '.join(names)}" for source, names in by_source.items()), ""


def _list_marks(table: QueriedTable, column: str) -> list[str]:
    """What a column takes of the place of its row, in words."""
    blocks = [table.spec.columns, *(block.columns for block in table.spec.stack)]
    named = {columns[column].casefold() for columns in blocks if column in columns}
    return [words for mark, words in PLACE_OF_ROW.items() if mark in named]


def _list_constants(table: QueriedTable, column: str) -> list[str]:
    blocks = [table.spec.constants, *(block.constants for block in table.spec.stack)]
    return [constants[column] for constants in blocks if column in constants]
