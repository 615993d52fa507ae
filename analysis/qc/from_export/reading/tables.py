"""One table of the export with its values, and what of it could not be used."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal, NamedTuple

from analysis.qc.from_export.reading.cells import (
    DATES,
    DAYS,
    Kind,
    Value,
    is_within,
    prepare,
    read_text,
)
from analysis.qc.from_export.reading.columns import SUBJECT, TableColumns
from analysis.qc.from_export.reading.files import TextFile
from analysis.qc.from_export.reading.mapping import Beside, Days, MappedTable
from analysis.qc.from_export.reading.sources.statistical.epochs import read_unformatted

Values = Mapping[str, Value | None]


class Loss(NamedTuple):
    """Something that was left out or set to missing. Of identical rows it is one loss.

    ``row``: the cells that name its row. ``text``: the cell, empty where it is missing.
    """

    kind: Literal["cell", "key", "stranger"]
    column: str
    subject: str
    row: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Row:
    """A row of a randomised subject: values by column, None for missing, and cells as text."""

    subject: str
    values: Values
    texts: Mapping[str, str]


@dataclass(frozen=True)
class ReadTable:
    """The rows of randomised subjects, and the account of all others.

    ``absent``: columns that the file lacks. ``strangers``: by id, rows of subjects who are not
    randomised. ``filled``: cells by column, ``lost``: those of no use. ``losses``: what a data
    query must tell of.
    """

    mapped: MappedTable
    file: TextFile
    rows: tuple[Row, ...] = ()
    absent: frozenset[str] = frozenset()
    strangers: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    losses: set[Loss] = field(default_factory=set)
    conflicting: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        """Rows of the file."""
        return len(next(iter(self.file.columns.values()), []))

    @cached_property
    def by_subject(self) -> dict[str, Row]:
        """The first row of every subject."""
        return {row.subject: row for row in reversed(self.rows)}


def read_table(
    file: TextFile,
    mapped: MappedTable,
    columns: TableColumns,
    subjects: frozenset[str] | None,
    days: Days | None = None,
) -> ReadTable:
    """Return the values of a table; ``subjects`` None: whoever it names is randomised.

    ``days``: the first and the last that a date can have.
    """
    mapped = mapped.with_decimal(file.decimal).with_missing(file.missing)
    names = (SUBJECT, *columns.kinds)
    source = {name: file.columns.get(mapped.find_name(name).strip().upper()) for name in names}
    table = ReadTable(mapped, file, absent=frozenset(n for n in names if source[n] is None))
    kinds = {SUBJECT: read_text, **columns.kinds}
    readers = {name: _make_reader(name, kind, table, days) for name, kind in kinds.items()}
    cells = {
        name: [*map(readers[name], texts, _find_units(name, table, len(texts)))]
        for name, texts in source.items()
        if texts
    }
    rows = [_read_row(cells, i, table, columns) for i in range(table.row_count)]
    kept = _keep_rows(rows, table, columns, subjects)
    return ReadTable(
        mapped, file, tuple(kept), table.absent, table.strangers, table.filled, table.lost,
        table.losses, _find_conflicts(kept, columns),
    )  # fmt: skip


def _make_reader(
    name: str, kind: Kind, table: ReadTable, days: Days | None
) -> Callable[[str, str], tuple[str, Value | None]]:
    """Reads a cell once for each text, with its unit: most stand in a column many times."""
    header = table.mapped.find_name(name).strip().upper()
    beside = Beside(
        table.file.marked.get(header, frozenset()),
        table.file.labels.get(header, {}),
        frozenset(table.file.columns.get(header, ())),
    )

    @cache
    def read(text: str, unit: str) -> tuple[str, Value | None]:
        prepared = prepare(text, name, kind, table.mapped, beside, unit)
        if table.file.epoch and kind in DATES and name not in table.mapped.dates:
            is_day = kind in DAYS
            if is_day and header in table.file.shown_as_days:
                prepared = prepared.partition("T")[0]
            prepared = read_unformatted(prepared, table.file.epoch, is_day=is_day)
        value = kind(prepared) if prepared else None
        return prepared, value if is_within(value, days) else None

    return read


def _find_units(name: str, table: ReadTable, count: int) -> list[str]:
    """The cells of the column of units that the mapping names for a column; else empty ones."""
    measure = table.mapped.measures.get(name)
    header = measure.beside.strip().upper() if measure else ""
    return table.file.columns.get(header) or [""] * count


def _read_row(
    cells: Mapping[str, list[tuple[str, Value | None]]],
    i: int,
    table: ReadTable,
    columns: TableColumns,
) -> Row:
    texts = {name: column[i][0] for name, column in cells.items()}
    values = {name: column[i][1] for name, column in cells.items()}
    for name, text in texts.items():
        if text:
            table.filled[name] += 1
            if values[name] is None:
                table.lost[name] += 1
                table.losses.add(_describe("cell", name, texts, columns, text))
    blank = dict.fromkeys(table.absent)
    return Row(texts.get(SUBJECT, ""), {**values, **blank}, {**texts, **dict.fromkeys(blank, "")})


def _describe(
    kind: Literal["cell", "key", "stranger"],
    column: str,
    texts: Mapping[str, str],
    columns: TableColumns,
    text: str = "",
) -> Loss:
    row = tuple(texts.get(name, "") for name in (*columns.key, *columns.dated))
    return Loss(kind, column, texts.get(SUBJECT, ""), row, text)


def _keep_rows(
    rows: list[Row], table: ReadTable, columns: TableColumns, subjects: frozenset[str] | None
) -> list[Row]:
    kept: dict[object, Row] = {}
    for number, row in enumerate(rows):
        absent = [name for name in columns.key if row.values[name] is None]
        table.losses.update(_describe("key", name, row.texts, columns) for name in absent)
        if absent:
            continue
        if subjects is not None and row.subject not in subjects:
            table.strangers[row.subject] += 1
            table.losses.add(_describe("stranger", SUBJECT, row.texts, columns))
            continue
        kept.setdefault(tuple(row.values.items()) if columns.repeats else number, row)
    return list(kept.values())


def _find_conflicts(rows: list[Row], columns: TableColumns) -> tuple[str, ...]:
    """Subjects with rows of other content where one row is allowed."""
    if not columns.single:
        return ()
    contents = {(row.subject, *row.values.values()) for row in rows}
    count = Counter(subject for subject, *_ in contents)
    return tuple(sorted(str(subject) for subject in count if count[subject] > 1))
