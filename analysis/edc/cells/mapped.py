"""Cells as the mapping changes them, by the keys of their column, in a fixed order."""

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.cells.beside import PLAIN, Beside
from analysis.edc.cells.dates import tell_dates
from analysis.edc.cells.identifiers import respell
from analysis.edc.cells.meanings import join_missing, translate
from analysis.edc.cells.measurements.measured import Measured, read_measured
from analysis.edc.cells.measurements.numbers import multiply
from analysis.edc.cells.told import ReadCells
from analysis.edc.cells.yes_no import read_yes_no
from analysis.edc.layout import Column
from analysis.edc.written.normal import normalise
from analysis.edc.written.values import parse_value

FULL_WIDTH = "characters of another width, read as plain ones"


def map_cells(
    texts: pd.Series,
    name: str,
    column: Column,
    spec: TableMapping,
    mapping: Mapping,
    beside: Beside = PLAIN,
) -> ReadCells:
    """Return the texts of a layout column as the mapping has them, and how they were read.

    ``labels``, ``values`` and ``missing_values`` first, then ``yes_no``, ``identifiers``,
    ``numbers`` and ``units``, ``factors``; last, characters of another width. What no key reads
    stays as it is, so that a query shows the text of the export. ``column``: of the layout, with
    how its dates are written; those are read where cells get their type, and only counted here.
    """
    missing = join_missing(
        mapping.missing_values, beside.missing, spec.missing_values.get(name, ())
    )
    labels = beside.labels if name in spec.labels else {}
    values = spec.values.get(name, {})
    cells = ReadCells(texts)
    if values or missing or labels:
        cells = cells.apply(translate(values, missing, labels))
    if column.type == "yn" and mapping.yes_no == "any":
        cells = cells.apply(read_yes_no([str(text) for text in cells.texts.unique()]))
    if spelling := spec.identifiers.get(name):
        cells = cells.apply(lambda text: (respell(text, spelling), ""))
    if name in spec.numbers or name in spec.units:
        cells = _measure(cells, name, column, spec, beside)
    if factor := spec.factors.get(name):
        cells = cells.apply(lambda text: (multiply(text, factor, beside.decimal), ""))
    cells = _make_plain(cells, column.model_copy(update={"decimal": beside.decimal}))
    return cells.apply(tell_dates(column)) if column.forms else cells


def _measure(
    cells: ReadCells, name: str, column: Column, spec: TableMapping, beside: Beside
) -> ReadCells:
    number, unit = spec.numbers.get(name), spec.units.get(name)
    measured = read_measured(name, column, unit, number, beside.decimal)
    if beside.units is None:
        return cells.apply(measured.read)
    return _measure_rows(cells, measured, beside.units)


def _measure_rows(cells: ReadCells, measured: Measured, units: pd.Series) -> ReadCells:
    """Number and unit of each row, asked once for each pair of them."""
    pairs = pd.Series(list(zip(cells.texts, units, strict=True)), index=cells.texts.index)
    counts = pairs.value_counts()
    done = {pair: measured.read(*pair) for pair in counts.index}
    told = dict(cells.told)
    for pair, (_, words) in done.items():
        if words:
            told[words] = told.get(words, 0) + int(counts[pair])
    read = pd.Series([done[pair][0] for pair in pairs], index=pairs.index, dtype=str)
    return ReadCells(read, told)


def _make_plain(cells: ReadCells, column: Column) -> ReadCells:
    """Full-width letters, digits and signs as plain ones, where the column can then be read."""
    if column.type == "str" and not column.allowed:
        return cells

    def step(text: str) -> tuple[str, str]:
        plain = normalise(text)
        if plain == text.strip() or not _is_readable(column, plain):
            return text.strip(), ""
        return plain, FULL_WIDTH

    return cells.apply(step)


def _is_readable(column: Column, text: str) -> bool:
    if parse_value(column, text) is None:
        return False
    return not column.allowed or text in column.allowed


def count_mapped(before: pd.Series, after: pd.Series) -> int:
    """Return the number of cells that the mapping changed."""
    return 0 if before is after else int(before.ne(after).sum())
