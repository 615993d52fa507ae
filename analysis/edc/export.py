"""Read one export: files to typed tables and queries, all fatal findings in one message."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.layout import SUBJECT, Layout, Table
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.sources.files import read_labelled_table
from analysis.edc.sources.folder import check_mapping, list_tables
from analysis.edc.sources.unformatted_dates import fit_dates, is_unformatted
from analysis.edc.typed import type_table
from analysis.edc.written.mapped_layout import map_layout
from analysis.errors import DataError

RANDOMISATION = "rand"
EVERY_SUBJECT = ("dm", "bl", "evt", "ds")
"""Tables in which every randomised subject has a row."""


@dataclass(frozen=True)
class Export:
    """The typed tables of an export (absent optional tables left out) and its queries."""

    tables: dict[str, pd.DataFrame]
    queries: tuple[Query, ...]


@dataclass(frozen=True)
class _Reading:
    """What reading gave: texts by table, queries, and what makes the analysis impossible."""

    texts: dict[str, pd.DataFrame]
    queries: list[Query]
    fatal: list[str]


def read_export(folder: Path, mapping: Mapping, layout: Layout) -> tuple[Export, list[str]]:
    """Return the export in ``folder`` and every finding that makes its analysis impossible.

    The findings are returned, not raised, so that those of the allocation lists can join them in
    one message. Tables that could not be read are absent. Raises ConfigError if the mapping names
    a table or column that the layout does not hold, DataError if the folder is absent.
    """
    check_mapping(mapping, layout)
    layout = map_layout(layout, mapping)
    reading = _read_texts(folder, mapping, layout.tables)
    tables: dict[str, pd.DataFrame] = {}
    order = [RANDOMISATION, *(name for name in layout.tables if name != RANDOMISATION)]
    for name in (name for name in order if name in reading.texts):
        subjects = frozenset(tables[RANDOMISATION][SUBJECT]) if RANDOMISATION in tables else None
        typed = type_table(name, layout.tables[name], reading.texts[name], subjects)
        tables[name] = typed.frame
        reading.queries.extend(typed.queries)
        reading.fatal.extend(typed.fatal)
    reading.queries.extend(_find_absent_subjects(tables))
    return Export(tables, tuple(reading.queries)), reading.fatal


def read_texts_of(path: Path, mapping: Mapping, name: str, table: Table) -> _Reading:
    """Read one file and fit it to the layout's columns."""
    reading = _Reading({}, [], [])
    try:
        source = read_labelled_table(path, mapping)
    except DataError as error:
        reading.fatal.append(str(error))
        return reading
    raw, spec = source.texts, mapping.tables.get(name, TableMapping())
    by_folded = {str(column).upper(): column for column in raw.columns}
    wanted = {column: spec.columns.get(column, column).upper() for column in table.columns}
    absent = [column for column, source in wanted.items() if source not in by_folded]
    needed = [c for c in absent if c in table.key or table.columns[c].required]
    if needed:
        named = [c if wanted[c] == c else f"{c} (mapped from {wanted[c]})" for c in needed]
        reading.fatal.append(_describe_absent(path, raw, named, set(wanted.values())))
        return reading
    if raw.empty and not table.may_be_empty:
        reading.fatal.append(f"{path.name}: the table holds no rows. Export it again")
    reading.queries.extend(_describe_columns(name, raw, wanted, absent))
    reading.queries.extend(
        Query(
            Severity.NOTE, name, "", column, "", Rule.UNFORMATTED_DATE,
            "numbers without a format are read as the dates that SAS or SPSS count",
        )
        for column, named in wanted.items()
        if column not in absent and is_unformatted(source, by_folded[named], table.columns[column])
    )  # fmt: skip
    if raw.empty:
        reading.queries.append(
            Query(Severity.NOTE, name, "", "", "", Rule.EMPTY_TABLE, "the table holds no rows")
        )
    reading.texts[name] = pd.DataFrame(
        {
            column: _map_values(
                fit_dates(source, by_folded[named], table.columns[column]),
                spec.values.get(column, {}),
                mapping,
            )
            if column not in absent
            else pd.Series("", index=raw.index, dtype=str)
            for column, named in wanted.items()
        },
        index=raw.index,
    )
    return reading


def _read_texts(folder: Path, mapping: Mapping, tables: dict[str, Table]) -> _Reading:
    files = list_tables(folder, mapping)
    reading = _Reading({}, [], [])
    for name, table in tables.items():
        paths = files.get(name, [])
        named = mapping.tables.get(name, TableMapping()).file
        if named and named not in [path.name for path in paths]:
            reading.fatal.append(
                f"table {name}: no file {named} in the export, as config/edc.yaml names it"
            )
        elif len(paths) > 1:
            listed = ", ".join(path.name for path in paths)
            reading.fatal.append(f"table {name}: several files ({listed}). Leave one")
        elif paths:
            of_table = read_texts_of(paths[0], mapping, name, table)
            reading.texts.update(of_table.texts)
            reading.queries.extend(of_table.queries)
            reading.fatal.extend(of_table.fatal)
        elif not table.optional:
            reading.fatal.append(
                f"table {name}: no file in the export (expected {name}.csv, or .xpt, .sas7bdat, "
                ".sav). Export it, or name its file in config/edc.yaml"
            )
    for name in sorted(set(files) - set(tables)):
        reading.queries.extend(
            Query(
                Severity.NOTE, name, "", "", path.name, Rule.EXTRA_FILE,
                "the file is not a table of the layout; it is not read",
            )
            for path in files[name]
        )  # fmt: skip
    return reading


def _describe_absent(path: Path, raw: pd.DataFrame, needed: list[str], known: set[str]) -> str:
    """The message; the header is shown only if it is one: without it the first row holds data."""
    text = f"{path.name}: column {', '.join(needed)} is missing, without which no row can be read."
    header = [str(column) for column in raw.columns]
    if not {column.upper() for column in header} & known:
        return f"{text} The first row names no column of the table: is it a header?"
    shown = ", ".join(header[:12]) + (", ..." if len(header) > 12 else "")
    return f"{text} The file holds: {shown}. Export it, or map it in config/edc.yaml"


def _describe_columns(
    name: str, raw: pd.DataFrame, wanted: dict[str, str], absent: list[str]
) -> list[Query]:
    extra = [c for c in raw.columns if str(c).upper() not in set(wanted.values())]
    return [
        Query(
            Severity.NOTE, name, "", str(column), "", Rule.EXTRA_COLUMN,
            "the column is not in the layout; it is not read",
        )
        for column in extra
    ] + [
        Query(
            Severity.ERROR, name, "", column, "", Rule.MISSING_COLUMN,
            "the column is missing in the export; all its values are missing",
        )
        for column in absent
    ]  # fmt: skip


def _map_values(texts: pd.Series, values: dict[str, str], mapping: Mapping) -> pd.Series:
    changes = {**dict.fromkeys(mapping.missing_values, ""), **values}
    return texts.replace(changes) if changes else texts


def _find_absent_subjects(tables: dict[str, pd.DataFrame]) -> list[Query]:
    """Randomised subjects without a row in a table in which everyone has one."""
    if RANDOMISATION not in tables:
        return []
    everyone = tables[RANDOMISATION][SUBJECT]
    return [
        Query(
            Severity.WARNING, name, f"{SUBJECT}={subject}", SUBJECT, str(subject),
            Rule.MISSING_SUBJECT, "the subject is randomised but has no row in this table",
        )
        for name in EVERY_SUBJECT
        if name in tables
        for subject in everyone[~everyone.isin(tables[name][SUBJECT])]
    ]  # fmt: skip
