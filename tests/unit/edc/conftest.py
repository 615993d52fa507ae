"""Builders: one typed table from a few rows, and a small export on disk."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import Mapping as EdcMapping
from analysis.config import load_mapping
from analysis.edc.layout import Layout, load_layout
from analysis.edc.reading.export import Export, read_export
from analysis.edc.typed import TypedTable, type_table

Row = Mapping[str, str]
Rows = list[Row]
MakeMapping = Callable[..., EdcMapping]
TypeRows = Callable[..., TypedTable]

TOP = Path(__file__).parents[3]

SUBJECTS = ("S1", "S2")
SMALL_EXPORT: dict[str, Rows] = {
    "dm": [{"SUBJID": s, "SITEID": "001", "AGE": "66", "SEX": "F"} for s in SUBJECTS],
    "rand": [
        {"SUBJID": "S1", "RANDNO": "R1", "RANDDTC": "2026-03-01T10:00", "KITNO": "K1"},
        {"SUBJID": "S2", "RANDNO": "R2", "RANDDTC": "2026-03-02T11:30", "KITNO": "K2"},
    ],
    "bl": [{"SUBJID": s, "NIHSSBL": "14", "IVT": "Y"} for s in SUBJECTS],
    "ie": [{"SUBJID": s, "IETESTCD": "IN01", "IEORRES": "Y"} for s in SUBJECTS],
    "evt": [{"SUBJID": s, "PASSES": "2", "ETICI": "2C"} for s in SUBJECTS],
    "ex": [{"SUBJID": s, "EXSEQ": "1", "EXROUTE": "IA", "EXDAY": "0"} for s in SUBJECTS],
    "nihss": [{"SUBJID": s, "VISIT": "H24", "NIHSS": "9"} for s in SUBJECTS],
    "mrs": [
        {"SUBJID": s, "VISIT": "D90", "MRSDTC": "2026-06-01", "MRSSRC": "CENTRAL", "MRS": "2"}
        for s in SUBJECTS
    ],
    "eq5d": [{"SUBJID": s, "VISIT": "D90", "EQVAS": "70"} for s in SUBJECTS],
    "ich": [{"SUBJID": "S1", "ICHTYPE": "NONE", "SICH": "N"}],
    "ae": [{"SUBJID": "S1", "AESEQ": "1", "AETERM": "肺炎"}],
    "ds": [{"SUBJID": s, "DSDECOD": "COMPLETED"} for s in SUBJECTS],
    "dd": [{"SUBJID": "S2", "DTHDTC": "2026-07-01"}],
    "dv": [{"SUBJID": "S1", "DVSEQ": "1", "DVMAJOR": "N"}],
}
"""A small export without one query: every table that may not be absent, by row."""
SOME_TABLES = ("dm", "rand", "bl", "ie", "mrs", "cm")


class ExportFolder:
    """An export of two subjects on disk; a test changes what it is about and reads it."""

    def __init__(self, path: Path, layout: Layout, make_mapping: MakeMapping) -> None:
        self.path, self.layout, self.make_mapping = path, layout, make_mapping
        path.mkdir()
        for name in SMALL_EXPORT.keys() & layout.tables.keys():
            self.write(name, csv_text(list(layout.tables[name].columns), SMALL_EXPORT[name]))

    def write(self, name: str, text: str) -> None:
        """Write one CSV file."""
        (self.path / f"{name}.csv").write_text(text, encoding="utf-8", newline="")

    def rows(self, name: str, *rows: Row) -> None:
        """Put rows of the layout's columns in place of a table's rows."""
        self.write(name, csv_text(list(self.layout.tables[name].columns), list(rows)))

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text, which must be there, everywhere in one file."""
        text = (self.path / f"{name}.csv").read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def read(self, **mapping: object) -> tuple[Export, list[str]]:
        """Read the export with keys of the mapping changed."""
        return read_export(self.path, self.make_mapping(**mapping), self.layout)

    def queries(self, **mapping: object) -> list[tuple[str, str, str]]:
        """Return table, column and rule of every query; the export must be readable."""
        export, fatal = self.read(**mapping)
        assert fatal == []
        return [(query.table, query.column, query.rule.value) for query in export.queries]

    def fatal(self, **mapping: object) -> str:
        """Return what stops the run, in one text."""
        return "\n".join(self.read(**mapping)[1])


def csv_text(columns: list[str], rows: Rows) -> str:
    """Return rows as CSV text with every column of the table."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture(scope="session")
def layout() -> Layout:
    return load_layout()


@pytest.fixture(scope="session")
def make_mapping() -> MakeMapping:
    """The shipped mapping with keys changed."""
    shipped = TOP / "config" / "edc.yaml"
    return lambda **changes: load_mapping(shipped, changes)


@pytest.fixture(scope="session")
def mapping(make_mapping: MakeMapping) -> EdcMapping:
    return make_mapping()


@pytest.fixture
def whole_export(tmp_path: Path, layout: Layout, make_mapping: MakeMapping) -> ExportFolder:
    """Every table that may not be absent."""
    return ExportFolder(tmp_path / "edc", layout, make_mapping)


@pytest.fixture
def export_folder(tmp_path: Path, layout: Layout, make_mapping: MakeMapping) -> ExportFolder:
    """Some of the tables, for what is the same in all: reading takes a third of the time."""
    tables = {name: layout.tables[name] for name in SOME_TABLES}
    some = layout.model_copy(update={"tables": tables})
    return ExportFolder(tmp_path / "edc", some, make_mapping)


@pytest.fixture(scope="session")
def type_rows(layout: Layout) -> TypeRows:
    """Type rows of one table, given as {column: text}; columns left out are empty."""

    def build(name: str, *rows: Row, subjects: frozenset[str] | None = None) -> TypedTable:
        table = layout.tables[name]
        texts = pd.DataFrame(
            {c: pd.Series([row.get(c, "") for row in rows], dtype=str) for c in table.columns}
        )
        return type_table(name, table, texts, subjects)

    return build
