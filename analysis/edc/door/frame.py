"""The account of the door as a frame: ``edc/door.csv``, one count a row."""

from collections.abc import Iterable, Iterator

import pandas as pd

from analysis.edc.cells.told import MISSING
from analysis.edc.door.account import LEFT_OUT, ColumnAccount, TableAccount

READ = "read: "
"""How what a key of the mapping did with cells is named, but for missing values."""
COLUMNS = ("table", "column", "file", "what", "n")
"""``column`` is empty where rows are counted."""


def build_door(accounts: Iterable[TableAccount]) -> pd.DataFrame:
    """Return every count of every table and column, in the order of the accounts."""
    rows = [
        (account.table, column, account.file, what, n)
        for account in accounts
        for column, what, n in _count_all(account)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _count_all(account: TableAccount) -> Iterator[tuple[str, str, int]]:
    yield "", "rows_read", account.rows_read
    yield "", "rows_used", account.rows_used
    for rule in LEFT_OUT:
        yield "", f"left_out_{rule.value}", account.left_out.get(rule.value, 0)
    yield "", "subjects_without_row", account.without_row
    for name, column in account.columns.items():
        yield from ((name, what, n) for what, n in count_cells(column))


def count_cells(column: ColumnAccount) -> Iterator[tuple[str, int]]:
    """Yield what is counted of the cells of a column.

    Rules that no cell breaks are left out, and the imputed where no covariate is made of it. What
    keys of the mapping did stands in words: ``read: unit mg/dL, times 0.0555``, and for missing
    values with their reason, ``missing: not done``.
    """
    yield "filled", column.filled
    yield "typed", column.typed
    yield "mapped", column.mapped
    yield from ((_name_reading(words), n) for words, n in sorted(column.read_as.items()))
    yield "set_missing", column.unusable
    broken = column.set_missing
    yield from ((f"outside_{rule}", n) for rule, n in sorted(broken.items()) if n)
    yield "out_of_range", column.out_of_range
    if column.imputed is not None:
        yield "imputed", column.imputed


def _name_reading(words: str) -> str:
    return words if words.startswith(MISSING) else f"{READ}{words}"
