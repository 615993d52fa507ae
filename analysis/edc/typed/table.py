"""One table of text to one typed table of the layout, with the queries of its values and rows."""

from dataclasses import dataclass

import pandas as pd

from analysis.config.blocks.door import Door
from analysis.edc.door.account import ColumnAccount, TableAccount
from analysis.edc.door.limits import ONLY_MAJORITIES
from analysis.edc.door.losses import Reading, find_losses
from analysis.edc.layout import SUBJECT, Table
from analysis.edc.queries import Places, Queries, QueryRows
from analysis.edc.typed.column import TypedColumn, type_column
from analysis.edc.typed.fatal import describe_conflict, find_fatal_values, may_share_key
from analysis.edc.typed.key_dates import spell_dates
from analysis.edc.typed.rows import list_row_steps, query_duplicate_keys

Texts = pd.DataFrame


@dataclass(frozen=True)
class TypedTable:
    """A typed table, its queries, what makes it unusable (empty when nothing does), its account.

    ``places``: where each row of ``frame`` stands in the export.
    """

    frame: pd.DataFrame
    queries: Queries
    fatal: tuple[str, ...]
    account: TableAccount
    places: Places


def type_table(
    name: str,
    table: Table,
    texts: Texts,
    subjects: frozenset[str] | None = None,
    door: Door = ONLY_MAJORITIES,
    places: Places | None = None,
) -> TypedTable:
    """Return the table typed by its layout, by the rules of docs/edc_tables.md, in that order.

    Rows are ordered by key, then by the other columns, whatever their order in the file.

    ``texts`` holds one text column per layout column, "" for missing. ``subjects`` are the
    randomised subjects; None leaves strangers in (the randomisation record itself, lists).
    ``door``: how much may be lost; without a plan's limits, up to half. ``places``: where the rows
    of ``texts`` stand in the export; without, they are the rows of one file without a name.
    """
    places = places or Places.of_file("", len(texts))
    texts = texts.reset_index(drop=True)
    rows = name_rows(name, table, texts, places)
    typed = {
        column_name: type_column(rows, column_name, column, is_key=column_name in table.key)
        for column_name, column in table.columns.items()
    }
    queries = [query for column in typed.values() for query in column.queries]
    values = frame = _lay_out(table, texts, typed)
    accounts, left_out = {c: _account(column) for c, column in typed.items()}, {}
    for rule, step in list_row_steps(subjects):
        before = len(frame)
        frame, raised = step(table, frame, rows)
        left_out[rule.value] = before - len(frame)
        queries += raised
    account = TableAccount(name, len(texts), len(frame), left_out, accounts)
    fatal = find_losses(Reading(name, table, texts, values, account, subjects), door)
    shared = frame[frame.duplicated(list(table.key), keep=False)]
    if len(shared) and may_share_key(table):
        queries.append(query_duplicate_keys(shared, rows))
    elif len(shared):
        fatal.append(describe_conflict(name, table, shared))
    fatal += find_fatal_values(name, table, frame)
    ordered = _order(table, frame, is_unique=shared.empty)
    return TypedTable(
        ordered.reset_index(drop=True),
        Queries(queries),
        tuple(fatal),
        account,
        places.take(ordered.index.to_numpy()),
    )


def name_rows(name: str, table: Table, texts: Texts, places: Places | None = None) -> QueryRows:
    """Return the rows of a table as queries name them: by subject and key, as the export has them.

    Dates of the key are written as the typed table has them (2026-03-06), so that one row has one
    name, whatever finds fault with it; what is no date stays as it is.

    >>> from analysis.edc.layout import load_layout
    >>> texts = pd.DataFrame({"SUBJID": ["S01"], "VISIT": ["D90"]}, dtype="str")
    >>> rows = name_rows("eq5d", load_layout().tables["eq5d"], texts)
    >>> rows.describe(Places.of_file("", 1).rows - 1).tolist()
    ['SUBJID=S01; VISIT=D90']
    """
    shown = [*((SUBJECT,) if SUBJECT in table.columns else ()), *table.key]
    key = tuple(dict.fromkeys(shown))
    dates = [column for column in key if table.columns[column].type in ("date", "datetime")]
    spelt = {column: spell_dates(table.columns[column], texts[column]) for column in dates}
    return QueryRows(name, key, texts, places, spelt)


def _lay_out(table: Table, texts: Texts, typed: dict[str, TypedColumn]) -> pd.DataFrame:
    """The columns of the typed table, with those that keep whether a cell was empty."""
    columns: dict[str, pd.Series] = {}
    for name, column in table.columns.items():
        columns[name] = typed[name].values
        if column.empty_flag:
            empty = texts[name] == ""
            columns[column.empty_flag] = empty.map({True: "Y", False: "N"}).astype("str")
    return pd.DataFrame(columns, index=texts.index)


def _account(column: TypedColumn) -> ColumnAccount:
    """The account of a column before rows are left out."""
    return ColumnAccount(
        filled=column.filled,
        typed=column.typed,
        set_missing=column.set_missing,
        out_of_range=column.out_of_range,
    )


def _order(table: Table, frame: pd.DataFrame, *, is_unique: bool) -> pd.DataFrame:
    """The rows by key, then by the other columns, which decide only where a key is shared."""
    key = list(table.key)
    others = [] if is_unique else [*frame.columns.difference(key, sort=False)]
    return frame.sort_values([*key, *others])
