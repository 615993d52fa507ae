"""The page on a mapping: what it makes of an export, for the data manager who signs it."""

from collections.abc import Iterable

from analysis.display.html.template import render_template
from analysis.display.tables.table import Row, Table
from analysis.display.text.format import format_count
from analysis.io.mapping.account import (
    ColumnAccount,
    MappingAccount,
    SourceAccount,
    TableAccount,
    Unread,
)

OF_COLUMNS = ("Column", "Comes from", "Cells filled", "Read", "Not understood", "Which texts")
OF_TABLES = ("Table", "Comes from", "Rows read", "Rows used", "Rows left out", "Subjects")
OF_SOURCES = (
    "Source",
    "Rows",
    "Rows of no table",
    "Columns",
    "Columns that no table uses",
    "Columns with cells in rows of other tables",
)
RULES = {
    "type": "of another type",
    "code_list": "a code that nothing maps",
    "limits": "outside the scale",
    "plausible_dates": "no plausible date",
}


def build_mapping_page(account: MappingAccount, registry: str, stamp: str) -> str:
    """Return the page as HTML: one file that needs no network.

    ``registry``: the number of the trial; ``stamp``: what the data are, empty for a trial's own.
    """
    return render_template(
        "mapping.html",
        account=account,
        registry=registry,
        stamp=stamp,
        lock="",
        tables=[] if account.refusal else _list_frames(account),
    )


def _list_frames(account: MappingAccount) -> list[Table]:
    return [
        _frame("m_tables", "Tables of the layout", OF_TABLES, _list_tables(account.tables)),
        _frame("m_columns", "Columns of the layout", OF_COLUMNS, _list_columns(account)),
        _frame("m_sources", "Sources of the export", OF_SOURCES, _list_sources(account)),
    ]


def _frame(name: str, title: str, columns: tuple[str, ...], rows: Iterable[Row]) -> Table:
    words = {"Comes from", "Which texts", "Subjects", "Rows left out", *OF_SOURCES[-2:]}
    return Table(name, title, columns, tuple(rows), (), "", "", frozenset(words & {*columns}))


def _list_columns(account: MappingAccount) -> Iterable[Row]:
    return [
        Row(each.column, _describe_column(each), section=f"Table {each.table}")
        for each in account.columns
    ]


def _describe_column(column: ColumnAccount) -> tuple[str, ...]:
    texts = [_describe_text(each) for each in column.unread]
    if column.further:
        texts.append(f"and {format_count(column.further)} more texts")
    return (
        column.source or f"not mapped: {column.note or 'nothing is known of it'}",
        format_count(column.filled),
        format_count(column.typed),
        format_count(column.filled - column.typed),
        "; ".join(texts),
    )


def _describe_text(unread: Unread) -> str:
    return f"{unread.text} ({format_count(unread.cells)}, {RULES.get(unread.rule, unread.rule)})"


def _list_tables(tables: Iterable[TableAccount]) -> Iterable[Row]:
    return [
        Row(
            each.table,
            (
                each.source or each.note,
                format_count(each.rows_read),
                format_count(each.rows_used),
                "; ".join(f"{format_count(n)} {why}" for why, n in each.left_out),
                "; ".join(f"{ids}: {what}" for what, ids in each.subjects),
            ),
        )
        for each in tables
    ]


def _list_sources(account: MappingAccount) -> Iterable[Row]:
    return [
        Row(
            each.source,
            (
                format_count(each.rows),
                _describe_left(each),
                format_count(each.columns),
                ", ".join(each.unused),
                "; ".join(each.partly),
            ),
        )
        for each in account.sources
    ]


def _describe_left(source: SourceAccount) -> str:
    left = "not known" if source.left is None else format_count(source.left)
    return f"{left} ({source.note})" if source.note else left
