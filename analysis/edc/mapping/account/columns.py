"""Each column of the layout: the source that it comes from, and its cells."""

from collections import Counter

from analysis.config import Mapping
from analysis.edc.door import account as door
from analysis.edc.layout import Layout
from analysis.edc.mapping.account.described import describe_column
from analysis.edc.mapping.account.unread import SHOWN, count_unread, show_unread
from analysis.edc.mapping.opened import OpenedExport
from analysis.edc.mapping.texts.suspects import is_suspect, list_declared_columns
from analysis.edc.reading.export import Export
from analysis.io.mapping.account import ColumnAccount, Unread

NO_COUNT = door.ColumnAccount(0, 0)


def account_columns(
    export: Export, opened: OpenedExport, mapping: Mapping, layout: Layout
) -> tuple[ColumnAccount, ...]:
    """Return the account of every column of the layout, in its order."""
    counts, declared = count_unread(export.queries), list_declared_columns(mapping)
    accounts = []
    for name, table in layout.tables.items():
        found = opened.tables.get(name)
        for column, rules in table.columns.items():
            suspect = found is not None and is_suspect(found, column, declared)
            unread = counts.get((name, column), Counter())
            shown = show_unread(unread, rules, is_suspect=suspect)
            accounts.append(_account(name, column, export, opened, shown))
    return tuple(accounts)


def _account(
    table: str,
    column: str,
    export: Export,
    opened: OpenedExport,
    unread: tuple[Unread, ...],
) -> ColumnAccount:
    found = opened.tables.get(table)
    source, note = describe_column(found, column) if found else ("", opened.absent.get(table, ""))
    of_table = export.accounts.get(table)
    cells = of_table.columns.get(column, NO_COUNT) if of_table else NO_COUNT
    return ColumnAccount(
        table, column, source, cells.filled, cells.typed, unread[:SHOWN],
        len(unread[SHOWN:]), "" if cells.filled and not source else note,
    )  # fmt: skip
