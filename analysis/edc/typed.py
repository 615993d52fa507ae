"""One table of text to one typed table of the layout, with the queries of its values and rows."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.config.blocks.door import Door
from analysis.edc.door.account import TableAccount, account_columns
from analysis.edc.door.limits import ONLY_MAJORITIES
from analysis.edc.door.losses import Reading, find_losses
from analysis.edc.door.remedies.identifiers import Known
from analysis.edc.layout import SUBJECT, Column, Table
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.written.plausible_dates import describe_days, is_plausible
from analysis.edc.written.values import Value, parse_value
from analysis.errors import name_subjects

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
    """A typed table, its queries, what makes it unusable (empty when nothing does), its account."""

    frame: pd.DataFrame
    queries: tuple[Query, ...]
    fatal: tuple[str, ...]
    account: TableAccount


def column_dtype(column: Column) -> str:
    """Return the pandas dtype of a column; dates of a ``partial`` column stay text."""
    return "str" if column.partial else _DTYPES[column.type]


def type_table(
    name: str,
    table: Table,
    texts: Texts,
    subjects: frozenset[str] | None = None,
    door: Door = ONLY_MAJORITIES,
) -> TypedTable:
    """Return the table typed by its layout, by the rules of docs/edc_tables.md, in that order.

    Rows are ordered by key, then by the other columns, whatever their order in the file.

    ``texts`` holds one text column per layout column, "" for missing. ``subjects`` are the
    randomised subjects; None leaves strangers in (the randomisation record itself, lists).
    ``door``: how much may be lost; without a plan's limits, up to half.
    """
    queries: Queries = []
    keys = describe_keys(table, texts)
    typed: dict[str, pd.Series] = {}
    fatal: list[str] = []
    for column_name, column in table.columns.items():
        check = _ColumnCheck(name, column_name, column, keys, is_key=column_name in table.key)
        typed[column_name] = check.type_values(texts[column_name])
        queries += check.queries
        if column.empty_flag:
            empty = texts[column_name] == ""
            typed[column.empty_flag] = empty.map({True: "Y", False: "N"}).astype("str")
    frame = values = pd.DataFrame(typed, index=texts.index)
    columns, left_out = account_columns(table, texts, values, queries), {}
    for rule, step in _row_steps(subjects):
        before = len(frame)
        frame, raised = step(name, table, frame, keys)
        left_out[rule.value] = before - len(frame)
        queries += raised
    account = TableAccount(name, len(texts), len(frame), left_out, columns)
    fatal += find_losses(Reading(name, table, texts, values, account, subjects), door)
    raised, conflicts = _find_duplicate_keys(name, table, frame, keys)
    queries += raised
    fatal += conflicts + _find_fatal_values(name, table, frame)
    ordered = frame.sort_values(
        [*table.key, *frame.columns.difference(list(table.key), sort=False)]
    )
    return TypedTable(ordered.reset_index(drop=True), tuple(queries), tuple(fatal), account)


def describe_keys(table: Table, texts: Texts) -> pd.Series:
    """Return for every row its key in words, as the export has it: ``SUBJID=S01; VISIT=D90``."""
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


def _within(value: Value, bounds: tuple[float, float]) -> bool:
    return isinstance(value, int | float) and bounds[0] <= value <= bounds[1]


def _describe_type(column: Column) -> str:
    forms = {"date": "date (YYYY-MM-DD)", "datetime": "datetime (YYYY-MM-DDTHH:MM)"}
    if column.forms:
        forms = {kind: f"{kind} ({' or '.join(column.forms)})" for kind in forms}
    return forms.get(column.type, column.type) + (", partial allowed" if column.partial else "")


RowStep = Callable[[str, Table, pd.DataFrame, "pd.Series[str]"], tuple[pd.DataFrame, Queries]]


def _row_steps(subjects: frozenset[str] | None) -> tuple[tuple[Rule, RowStep], ...]:
    """What leaves rows out, in that order, with the rule that each goes by."""
    return (
        (Rule.MISSING_KEY, _drop_without_key),
        (Rule.UNKNOWN_SUBJECT, _strangers(subjects)),
        (Rule.IDENTICAL_ROW, _collapse_identical),
    )


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
        words = _words_on_strangers(frame.loc[unknown, SUBJECT], subjects)
        queries = [
            Query(
                Severity.ERROR, name, keys[row], SUBJECT, str(frame.at[row, SUBJECT]),
                Rule.UNKNOWN_SUBJECT, words[str(frame.at[row, SUBJECT])],
            )
            for row in frame.index[unknown]
        ]  # fmt: skip
        return frame[~unknown], queries

    return drop


def _words_on_strangers(strangers: pd.Series, subjects: frozenset[str]) -> dict[str, str]:
    """For each subject who is not in rand what is said, with the one whose id it resembles."""
    if strangers.empty:
        return {}
    left_out = "the subject is not in rand; the row is left out"
    known = Known(subjects)
    like = {stranger: known.find_like(stranger) for stranger in strangers.unique()}
    return {
        stranger: left_out if near is None else f"{left_out}; it looks like {near}"
        for stranger, near in like.items()
    }


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
