"""What makes a typed table unusable: conflicting rows, values that are missing or not unique."""

import pandas as pd

from analysis.edc.layout import SUBJECT, Table
from analysis.errors import name_subjects

SHOWN = 5
"""Subjects of whom a message names the columns that differ."""


def may_share_key(table: Table) -> bool:
    """Whether several rows of a table may have one key: not where it is one row per subject."""
    is_single = table.one_row_per_subject or SUBJECT not in table.columns
    return not (len(table.key) == 1 and is_single)


def describe_conflict(name: str, table: Table, rows: pd.DataFrame) -> str:
    """Return the finding on ``rows`` that share a key but not their content, where none may."""
    key = table.key[0]
    subjects = rows[key].drop_duplicates().sort_values()
    shown = rows[rows[key].isin(subjects.head(SHOWN))].groupby(key, sort=True)
    described = "; ".join(
        f"{subject} ({', '.join(_differing_columns(table, group))})" for subject, group in shown
    )
    return (
        f"table {name}: {len(subjects)} {key} with conflicting rows, where one row is allowed: "
        f"{described}{'; ...' if len(subjects) > SHOWN else ''}. Correct the export"
    )


def _differing_columns(table: Table, rows: pd.DataFrame) -> list[str]:
    return [
        name
        for name, column in table.columns.items()
        if any(rows[c].nunique(dropna=False) > 1 for c in (name, column.empty_flag) if c)
    ]


def find_fatal_values(name: str, table: Table, frame: pd.DataFrame) -> list[str]:
    """Return a finding for each column with missing values that stop, or with one value twice."""
    fatal = []
    for column_name, column in table.columns.items():
        values = frame[column_name]
        where = f"table {name}, column {column_name}"
        if column.stops and values.isna().any():
            subjects = frame.loc[values.isna(), table.key[0]]
            fatal.append(
                f"{where}: missing or unusable for {name_subjects(subjects)}. It cannot be empty"
            )
        if column.unique and (twice := values.notna() & values.duplicated(keep=False)).any():
            subjects = frame.loc[twice, table.key[0]]
            shared_by = name_subjects(subjects)
            fatal.append(f"{where}: one value is shared by {shared_by}. It must be unique")
    return fatal
