"""Data queries: findings of reading and checking the export, in one vocabulary."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from pathlib import Path

import pandas as pd

from analysis.io.frames import read_csv
from analysis.io.printable import clean_printed


class Severity(StrEnum):
    """``error``: a value or row is not used; ``warning``: it is, look at it; ``note``: informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(StrEnum):
    """The rules that a query can break. The value is what ``queries.csv`` prints."""

    # reading one table (the rules of docs/edc_tables.md)
    TYPE = "type"
    PLAUSIBLE_DATES = "plausible_dates"
    CODE_LIST = "code_list"
    LIMITS = "limits"
    RANGE = "range"
    REQUIRED = "required"
    UNPRINTABLE = "unprintable"
    IDENTICAL_ROW = "identical_row"
    DUPLICATE_KEY = "duplicate_key"
    MISSING_KEY = "missing_key"
    UNKNOWN_SUBJECT = "unknown_subject"
    MISSING_SUBJECT = "missing_subject"
    EXTRA_COLUMN = "extra_column"
    MISSING_COLUMN = "missing_column"
    NOT_COLLECTED = "not_collected"
    EXTRA_FILE = "extra_file"
    UNFORMATTED_DATE = "unformatted_date"
    MISSING_CODE = "missing_code"
    READ_AS = "read_as"
    EMPTY_TABLE = "empty_table"
    # between columns and tables
    DATE_ORDER = "date_order"
    SITE_UNKNOWN = "site_unknown"
    CRITERION_MISSING = "criterion_missing"
    DOSE_BEFORE_RANDOMISATION = "dose_before_randomisation"
    DOSE_PLANNED_OFF = "dose_planned_off"
    KIT_UNKNOWN = "kit_unknown"
    DEATH_WITHOUT_RECORD = "death_without_record"
    DEATH_WITHOUT_DATE = "death_without_date"
    MRS_AFTER_DEATH = "mrs_after_death"
    MRS6_BEFORE_DEATH = "mrs6_before_death"
    SICH_WITHOUT_DATE = "sich_without_date"
    SICH_WITHOUT_HAEMORRHAGE = "sich_without_haemorrhage"


@dataclass(frozen=True, order=True)
class Query:
    """One data query, one row of ``queries.csv``.

    ``key`` names the row as ``COLUMN=value`` pairs joined by ``; ``; ``value`` is the text that
    was found in the export.
    """

    severity: Severity
    table: str
    key: str
    column: str
    value: str
    rule: Rule
    message: str


COLUMNS = [field.name for field in fields(Query)]
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def build_queries(queries: Iterable[Query]) -> pd.DataFrame:
    """Return the queries as a frame of text, ordered by severity, table, rule, key, column.

    A query that was raised twice (a row that stands there twice) is listed once. Every text can be
    printed, names of files among them.
    """
    ordered = sorted(
        set(queries),
        key=lambda q: (_RANK[q.severity], q.table, q.rule, q.key, q.column, q.value, q.message),
    )
    return pd.DataFrame(
        [[clean_printed(cell) for cell in astuple(query)] for query in ordered],
        columns=COLUMNS,
        dtype=str,
    )


def read_queries(path: Path) -> list[Query]:
    """Return the queries of a file that holds a frame of :func:`build_queries`."""
    frame = read_csv(path)
    return [
        Query(Severity(severity), table, key, column, value, Rule(rule), message)
        for severity, table, key, column, value, rule, message in frame[COLUMNS].itertuples(
            index=False
        )
    ]
