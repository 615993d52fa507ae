"""A shape, written and read back through its mapping, beside what it says that it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.config import Mapping, load_mapping
from analysis.config.mapping import TableMapping
from analysis.edc.layout import Column, Layout, Table
from analysis.edc.reading.export import Export, read_export
from analysis.edc.reading.texts import read_texts
from analysis.edc.written.date_forms import read_date
from analysis.edc.written.unprintable import clean_table
from analysis.simulate import write_export

TOP = Path(__file__).parents[5]
MAPPINGS = TOP / "config" / "exports"
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
DIGITS_OF_UNITS = 1
"""Decimals of the layout's texts in columns that a shape has in another unit."""
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Reader:
    """The mapping of a shape, the layout, and where an export of the layout may be written."""

    mapping: Mapping
    layout: Layout
    scratch: Path

    @classmethod
    def of(cls, shape: str, layout: Layout, scratch: Path) -> Reader:
        return cls(load_mapping(MAPPINGS / f"{shape}.yaml"), layout, scratch)

    def compare_texts(self, folder: Path, carried: Tables) -> list[str]:
        """The cells that the mapping reads otherwise than they are carried, before typing."""
        reading = read_texts(folder, self.mapping, self.layout.tables, (), None)
        assert reading.fatal == []
        assert reading.texts.keys() == self.layout.tables.keys()
        return [
            difference
            for name, table in self.layout.tables.items()
            for difference in _compare(
                name,
                _normalise(clean_table(carried[name]), table, self.mapping.tables[name]),
                _normalise(reading.texts[name], table, self.mapping.tables[name]),
            )
        ]

    def compare_typed(self, folder: Path, carried: Tables) -> list[str]:
        """The typed values that differ from those of the same tables as an export of the layout."""
        write_export(carried, self.scratch, "csv")
        plain = self._read(self.scratch, load_mapping(TOP / "config" / "edc.yaml"))
        through = self._read(folder, self.mapping)
        return [
            difference
            for name, table in plain.tables.items()
            for difference in _compare(
                name,
                self._round(name, table),
                self._round(name, through.tables[name]),
            )
        ]

    def _read(self, folder: Path, mapping: Mapping) -> Export:
        export, fatal = read_export(folder, mapping, self.layout)
        assert fatal == []
        return export

    def _round(self, name: str, typed: pd.DataFrame) -> pd.DataFrame:
        columns = list_converted(self.mapping.tables[name])
        return typed.assign(**{c: typed[c].round(DIGITS_OF_UNITS) for c in columns})


def list_converted(spec: TableMapping) -> list[str]:
    """The columns that come in another unit."""
    return [*spec.factors, *spec.units]


def _normalise(texts: pd.DataFrame, table: Table, spec: TableMapping) -> pd.DataFrame:
    """Dates as ISO text by the forms of the mapping, numbers without idle zeros."""
    columns = {}
    for name, column in table.columns.items():
        forms, cells = spec.forms_of(name), texts[name].str.strip()
        digits = DIGITS_OF_UNITS if name in list_converted(spec) else None
        written = {text: _write(text, column, forms, digits) for text in cells.unique()}
        columns[name] = cells.map(written)
    return pd.DataFrame(columns)


def _write(text: str, column: Column, forms: tuple[str, ...], digits: int | None) -> str:
    if column.type in ("int", "float") and NUMBER.fullmatch(text):
        return repr(round(float(text), digits) if digits is not None else float(text))
    read = (read_date(text, form, partial=column.partial) for form in forms)
    return next((iso for iso in read if iso is not None), text)


def _compare(name: str, expected: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    """A line for each of the first rows that one has and the other has not, in any order."""
    marked = [
        frame.astype(object).where(frame.notna(), None).map(repr).assign(times=1)
        for frame in (expected, found[list(expected.columns)])
    ]
    keys = list(expected.columns)
    counted = [frame.groupby(keys)["times"].sum() for frame in marked]
    both = pd.concat(counted, axis=1, keys=["expected", "found"]).fillna(0)
    differing = both[both["expected"] != both["found"]]
    return [f"{name}: {dict(zip(keys, row, strict=True))}" for row in differing.index[:5]]
