"""Findings of one table: rows and cells of which more are lost than the plan allows."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.config.blocks.door import Door
from analysis.edc.door.account import ColumnAccount, TableAccount
from analysis.edc.door.limits import REMEDY, name_excess
from analysis.edc.door.remedies.codes import describe_texts
from analysis.edc.door.remedies.date_forms import describe_forms
from analysis.edc.door.remedies.identifiers import find_resemblance, write_spelling
from analysis.edc.door.remedies.known import know
from analysis.edc.door.remedies.missing_codes import find_missing_codes
from analysis.edc.door.remedies.units import describe_unit
from analysis.edc.layout import SUBJECT, Column, Table
from analysis.edc.queries import Rule
from analysis.edc.written.remedies import find_remedy, has_decimal_comma
from analysis.errors import name_subjects

DATES = {"date": "YYYY-MM-DD", "datetime": "YYYY-MM-DDTHH:MM"}
FULL_DATE = len("YYYY-MM-DD")
WORDS = {
    Rule.TYPE: "not of type {type}",
    Rule.CODE_LIST: "not in the code list ({codes})",
    Rule.LIMITS: "outside the scale {limits}",
}

WHY_LEFT_OUT = {
    Rule.MISSING_KEY.value: "without a usable key",
    Rule.UNKNOWN_SUBJECT.value: "of subjects that are not in rand",
}


@dataclass(frozen=True)
class Reading:
    """One table as it was read: its texts, its values before rows are left out, and its account."""

    name: str
    table: Table
    texts: pd.DataFrame
    values: pd.DataFrame
    account: TableAccount
    subjects: frozenset[str] | None


def find_losses(reading: Reading, door: Door) -> list[str]:
    """Return every finding of one table: identifiers, then columns, then rows for other reasons."""
    unknown = list(_find_unknown_subjects(reading, door))
    by_column = {
        name: list(_find_in_column(reading, name, column, door))
        for name, column in reading.table.columns.items()
    }
    explained = unknown or any(by_column[name] for name in reading.table.required_key)
    columns = [finding for findings in by_column.values() for finding in findings]
    return [*unknown, *columns, *([] if explained else _find_rows(reading, door))]


def _find_unknown_subjects(reading: Reading, door: Door) -> Iterator[str]:
    """Rows of subjects that rand does not have; all of those who have any, however few."""
    account, name = reading.account, reading.name
    lost = account.left_out.get(Rule.UNKNOWN_SUBJECT, 0)
    if not lost or reading.subjects is None:
        return
    present = reading.texts[SUBJECT][reading.texts[SUBJECT] != ""]
    strangers = sorted(set(present) - reading.subjects)
    like = find_resemblance(present, know(reading.subjects))
    excess = name_excess(door, "rows_left_out", name, lost, account.rows_read)
    if not excess and like and len(strangers) == present.nunique():
        excess = "all of them, and they resemble randomised subjects"
    if not excess:
        return
    counted = f"{len(strangers):,} of {present.nunique():,} subjects are not in rand"
    rows = f"{lost:,} of {account.rows_read:,} rows would be left out, {excess}"
    if like is None:
        remedy = f"They resemble no randomised subject ({name_subjects(strangers)}): is this file"
        yield f"table {reading.name}: {counted}; {rows}.{REMEDY}{remedy} of another trial?"
        return
    looks = f"`{like.unknown}` looks like `{like.known}`"
    if like.spelling is None:
        remedy = "Export it with the identifiers of rand"
    else:
        line = write_spelling(name, SUBJECT, like.spelling)
        remedy = (
            f"If they are the same subjects, write in config/edc.yaml `{line}`: it makes "
            f"{like.hits:,} of {like.present:,} known. Or export it with the identifiers of rand"
        )
    yield f"table {reading.name}: {counted}; {looks}; {rows}.{REMEDY}{remedy}"


def _find_in_column(reading: Reading, name: str, column: Column, door: Door) -> Iterator[str]:
    account, where = reading.account.columns[name], f"table {reading.name}, column {name}"
    codes = find_missing_codes(reading.name, name, column, reading.texts[name], door)
    if codes:
        yield f"{where}: {codes}"
        return
    key = f"{reading.name}.{name}"
    unusable = name_excess(door, "values_unusable", key, account.unusable, account.filled)
    if unusable:
        counted = f"{account.unusable:,} of {account.filled:,} values are unusable"
        why = _describe_rules(account, column)
        remedy = _remedy(reading, name, column, door)
        yield f"{where}: {counted} ({why}), {unusable}.{REMEDY}{remedy}"
        return
    outside = account.out_of_range
    implausible = name_excess(door, "values_implausible", key, outside, account.typed)
    if implausible and column.range:
        low, high = column.range
        yield (
            f"{where}: {outside:,} of {account.typed:,} values lie outside the plausible range "
            f"{low:g} to {high:g} {column.unit}".rstrip()
            + f", {implausible}.{REMEDY}"
            f"{_describe_median(reading, name, column)}"
        )
    else:
        yield from _find_typical(reading, name, column, door)
    yield from _find_incomplete(reading, name, column, door)


def _describe_rules(account: ColumnAccount, column: Column) -> str:
    rules = [rule for rule, n in account.set_missing.items() if n]
    limits = f"{column.limits[0]:g} to {column.limits[1]:g}" if column.limits else ""
    fields = {"type": column.type, "codes": ", ".join(column.allowed), "limits": limits}
    words = {rule.value: text for rule, text in WORDS.items()}
    return "; ".join(words.get(rule, rule).format(**fields) for rule in rules)


def _remedy(reading: Reading, name: str, column: Column, door: Door) -> str:
    texts = reading.texts[name]
    lost = texts[(texts != "") & reading.values[name].isna()]
    if column.type in DATES:
        read = texts[reading.values[name].notna()]
        return f"{describe_forms(lost)}. {find_remedy(reading.name, name, column, lost, read)}"
    if column.allowed:
        fewest = door.missing_codes_tolerated + 1
        return describe_texts(reading.name, name, lost, column.allowed, fewest)
    if column.limits:
        scale = [str(n) for n in range(int(column.limits[0]), int(column.limits[1]) + 1)]
        fewest = door.missing_codes_tolerated + 1
        return describe_texts(reading.name, name, lost, scale, fewest)
    if has_decimal_comma(lost):
        return find_remedy(reading.name, name, column, lost)
    return (
        f"Export the column as numbers ({column.type}, a decimal point, no unit), or map its texts "
        "in config/edc.yaml"
    )


def _median(reading: Reading, name: str) -> float:
    return float(reading.values[name].dropna().astype("float64").median())


def _describe_median(reading: Reading, name: str, column: Column) -> str:
    band = column.typical or column.range or (0.0, 0.0)
    median = _median(reading, name)
    described = describe_unit(reading.name, name, column, median, band)
    return f"Their median is {median:.4g}. {described}"


def _find_typical(reading: Reading, name: str, column: Column, door: Door) -> Iterator[str]:
    """A median outside its typical band: a wrong unit may lie inside the plausible range."""
    if column.typical is None or reading.account.columns[name].typed < door.typical_from:
        return
    low, high = column.typical
    median = _median(reading, name)
    if not low <= median <= high:
        unit = describe_unit(reading.name, name, column, median, (low, high))
        yield (
            f"table {reading.name}, column {name}: the median is {median:.4g}, where trials of "
            f"thrombectomy have {low:g} to {high:g} {column.unit}".rstrip()
            + f". {unit}"
        )


def _find_incomplete(reading: Reading, name: str, column: Column, door: Door) -> Iterator[str]:
    """Dates without a day, where most of a column are: their format cuts them off."""
    if not column.partial:
        return
    dates = reading.values[name].dropna()
    short = int((dates.str.len() < FULL_DATE).sum())
    key = f"{reading.name}.{name}"
    if dates.empty or not (excess := name_excess(door, "dates_incomplete", key, short, len(dates))):
        return
    yield (
        f"table {reading.name}, column {name}: {short:,} of {len(dates):,} dates have no day, "
        f"{excess}. Export the column as {DATES[column.type]}"
    )


def _find_rows(reading: Reading, door: Door) -> Iterator[str]:
    """Rows left out for any reason, where no column and no identifier has explained them."""
    account = reading.account
    lost, read = account.rows_lost, account.rows_read
    if excess := name_excess(door, "rows_left_out", reading.name, lost, read):
        reasons = ((WHY_LEFT_OUT.get(rule), n) for rule, n in account.left_out.items() if n)
        why = ", ".join(f"{n:,} {reason}" for reason, n in reasons if reason)
        key = ", ".join(reading.table.required_key)
        yield (
            f"table {reading.name}: {lost:,} of {read:,} rows would be left out ({why}), {excess}. "
            f"Fill {key} and export it again"
        )
