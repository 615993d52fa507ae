"""One table of text to one typed table of the layout, with the queries of its values and rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.edc.layout import SUBJECT, Column, Table
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.values import Value, parse_value
from analysis.edc.written.plausible_dates import describe_days, is_plausible
from analysis.edc.written.remedies import find_remedy
from analysis.errors import name_subjects

MISFIT_FROM = 20
"""From this many cells on, a column without one usable value is a wrong layout, not bad data."""

Texts = pd.DataFrame
Queries = list[Query]

_DTYPES = {
    "str": "str",
    "yn": "str",
    "int": "Int64",
    "float": "float64",
    "date": "datetime64[s]",
    "datetime": "datetime64[s]",
}


@dataclass(frozen=True)
class TypedTable:
    """A typed table, its queries, and what makes it unusable (empty when nothing does)."""

    frame: pd.DataFrame
    queries: tuple[Query, ...]
    fatal: tuple[str, ...]


def column_dtype(column: Column) -> str:
    """Return the pandas dtype of a column; dates of a ``partial`` column stay text."""
    return "str" if column.partial else _DTYPES[column.type]


def type_table(
    name: str, table: Table, texts: Texts, subjects: frozenset[str] | None = None
) -> TypedTable:
    """Return the table typed by its layout, by the rules of docs/edc_tables.md, in that order.

    Rows are ordered by key, then by the other columns, whatever their order in the file.

    ``texts`` holds one text column per layout column, "" for missing. ``subjects`` are the
    randomised subjects; None leaves strangers in (the randomisation record itself, lists).
    """
    queries: Queries = []
    keys = _describe_keys(table, texts)
    typed, fatal = {}, []
    for column_name, column in table.columns.items():
        check = _ColumnCheck(name, column_name, column, keys, is_key=column_name in table.key)
        typed[column_name] = check.type_values(texts[column_name])
        queries += check.queries
        fatal += check.fatal
        if column.empty_flag:
            empty = texts[column_name] == ""
            typed[column.empty_flag] = empty.map({True: "Y", False: "N"}).astype("str")
    frame = pd.DataFrame(typed, index=texts.index)
    for step in (_drop_without_key, _strangers(subjects), _collapse_identical):
        frame, raised = step(name, table, frame, keys)
        queries += raised
    raised, conflicts = _find_duplicate_keys(name, table, frame, keys)
    queries += raised
    fatal += conflicts + _find_fatal_values(name, table, frame)
    ordered = frame.sort_values(
        [*table.key, *frame.columns.difference(list(table.key), sort=False)]
    )
    return TypedTable(ordered.reset_index(drop=True), tuple(queries), tuple(fatal))


def _describe_keys(table: Table, texts: Texts) -> pd.Series:
    """For every row its key in words, as the export has it: ``SUBJID=S01; VISIT=D90``."""
    shown = [*((SUBJECT,) if SUBJECT in table.columns else ()), *table.key]
    columns = list(dict.fromkeys(shown))
    described = [
        "; ".join(f"{column}={cell}" for column, cell in zip(columns, row, strict=True))
        for row in texts[columns].itertuples(index=False)
    ]
    return pd.Series(described, index=texts.index, dtype=str)


class _ColumnCheck:
    """Types one column and collects what is wrong with its values."""

    def __init__(
        self, table: str, name: str, column: Column, keys: pd.Series, *, is_key: bool
    ) -> None:
        self.table, self.name, self.column, self.keys = table, name, column, keys
        self.is_key = is_key
        self.queries: Queries = []
        self.fatal: list[str] = []

    def type_values(self, texts: pd.Series) -> pd.Series:
        """Return the values; texts that break type, code list or limits become missing."""
        parsed = {text: self._parse(text) for text in texts.unique() if text != ""}
        usable: dict[str, Value] = {}
        for text, (value, rule, message) in parsed.items():
            if value is not None:
                usable[text] = value
            if rule is not None:
                severity = Severity.WARNING if value is not None else Severity.ERROR
                self._query(texts.index[texts == text], severity, rule, text, message)
        missing = texts.index[texts == ""]
        if self.column.required and not self.is_key:
            self._query(missing, Severity.ERROR, Rule.REQUIRED, "", "a value is required")
        self._require_fit(texts, usable)
        return pd.Series(
            [usable.get(text) for text in texts], index=texts.index, dtype=column_dtype(self.column)
        )

    def _parse(self, text: str) -> tuple[Value | None, Rule | None, str]:
        column = self.column
        value = parse_value(column, text)
        if value is None:
            return None, Rule.TYPE, f"not of type {_describe_type(column)}; set to missing"
        if column.days and not is_plausible(column, value):
            days = f"outside the plausible dates {describe_days(column)}"
            return None, Rule.PLAUSIBLE_DATES, f"{days} (plan); set to missing"
        if column.allowed and text not in column.allowed:
            listed = ", ".join(column.allowed)
            return None, Rule.CODE_LIST, f"not in the code list ({listed}); set to missing"
        if column.limits and not _within(value, column.limits):
            low, high = column.limits
            return None, Rule.LIMITS, f"outside the scale {low:g} to {high:g}; set to missing"
        if column.range and not _within(value, column.range):
            low, high = column.range
            return value, Rule.RANGE, f"outside the plausible range {low:g} to {high:g}; kept"
        return value, None, ""

    def _query(
        self, rows: pd.Index, severity: Severity, rule: Rule, value: str, message: str
    ) -> None:
        self.queries += [
            Query(severity, self.table, key, self.name, value, rule, message)
            for key in self.keys.loc[rows]
        ]

    def _require_fit(self, texts: pd.Series, usable: Mapping[str, Value]) -> None:
        filled = texts[texts != ""]
        if len(filled) >= MISFIT_FROM and not usable:
            self.fatal.append(
                f"table {self.table}, column {self.name}: none of {len(filled)} values fits the "
                f"layout ({_describe_rule(self.column)}). "
                f"{find_remedy(self.table, self.name, self.column, filled)}"
            )


def _within(value: Value, bounds: tuple[float, float]) -> bool:
    return isinstance(value, int | float) and bounds[0] <= value <= bounds[1]


def _describe_type(column: Column) -> str:
    forms = {"date": "date (YYYY-MM-DD)", "datetime": "datetime (YYYY-MM-DDTHH:MM)"}
    if column.forms:
        forms = {kind: f"{kind} ({' or '.join(column.forms)})" for kind in forms}
    return forms.get(column.type, column.type) + (", partial allowed" if column.partial else "")


def _describe_rule(column: Column) -> str:
    if column.allowed:
        return "allowed: " + ", ".join(column.allowed)
    return f"type {_describe_type(column)}"


RowStep = Callable[[str, Table, pd.DataFrame, "pd.Series[str]"], tuple[pd.DataFrame, Queries]]


def _drop_without_key(
    name: str, table: Table, frame: pd.DataFrame, keys: pd.Series
) -> tuple[pd.DataFrame, Queries]:
    lost = frame[list(table.required_key)].isna()
    queries = [
        Query(
            Severity.ERROR, name, keys[row], column, "", Rule.MISSING_KEY,
            "no usable value in a column that identifies the row; the row is left out",
        )
        for column in table.required_key
        for row in frame.index[lost[column]]
    ]  # fmt: skip
    return frame[~lost.any(axis=1)], queries


def _strangers(subjects: frozenset[str] | None) -> RowStep:
    def drop(
        name: str, table: Table, frame: pd.DataFrame, keys: pd.Series
    ) -> tuple[pd.DataFrame, Queries]:
        if subjects is None or SUBJECT not in table.columns:
            return frame, []
        unknown = frame[SUBJECT].notna() & ~frame[SUBJECT].isin(subjects)
        queries = [
            Query(
                Severity.ERROR, name, keys[row], SUBJECT, str(frame.at[row, SUBJECT]),
                Rule.UNKNOWN_SUBJECT, "the subject is not in rand; the row is left out",
            )
            for row in frame.index[unknown]
        ]  # fmt: skip
        return frame[~unknown], queries

    return drop


def _collapse_identical(
    name: str, table: Table, frame: pd.DataFrame, keys: pd.Series
) -> tuple[pd.DataFrame, Queries]:
    repeated = frame.duplicated()
    queries = [
        Query(
            Severity.WARNING, name, key, "", "", Rule.IDENTICAL_ROW,
            "the row stands more than once with the same content; one is kept",
        )
        for key in keys[frame.index[repeated]]
    ]  # fmt: skip
    return frame[~repeated], queries


def _find_duplicate_keys(
    name: str, table: Table, frame: pd.DataFrame, keys: pd.Series
) -> tuple[Queries, list[str]]:
    """Rows that share a key but not their content: fatal where a subject has one row."""
    shared = frame.duplicated(list(table.key), keep=False)
    if not shared.any():
        return [], []
    rows = frame[shared]
    if len(table.key) == 1 and (table.one_row_per_subject or SUBJECT not in table.columns):
        return _conflict(name, table, rows)
    queries = [
        Query(
            Severity.WARNING, name, key, "", "", Rule.DUPLICATE_KEY,
            "several rows share this key but differ in content; all are kept",
        )
        for key in keys[rows.index]
    ]  # fmt: skip
    return queries, []


def _conflict(name: str, table: Table, rows: pd.DataFrame) -> tuple[Queries, list[str]]:
    key = table.key[0]
    groups = rows.groupby(key, sort=True)
    described = [
        f"{subject} ({', '.join(_differing_columns(table, group))})" for subject, group in groups
    ]
    shown = "; ".join(described[:5]) + ("; ..." if len(described) > 5 else "")
    return [], [
        f"table {name}: {len(described)} {key} with conflicting rows, where one row is allowed: "
        f"{shown}. Correct the export"
    ]


def _differing_columns(table: Table, rows: pd.DataFrame) -> list[str]:
    return [
        name
        for name, column in table.columns.items()
        if any(rows[c].nunique(dropna=False) > 1 for c in (name, column.empty_flag) if c)
    ]


def _find_fatal_values(name: str, table: Table, frame: pd.DataFrame) -> list[str]:
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
